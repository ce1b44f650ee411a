#include "core/data/columns.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/config.h"

namespace iem {
namespace {

// Whether a column has one of the names that programs give to a column of row numbers.
bool counts_by_name(const std::string& name) {
  constexpr std::array<std::string_view, 32> kNames = {
      "id",       "idx",    "index",  "row",       "rows",       "rowid",  "row_id",  "row id",
      "rownames", "row_no", "rowno",  "row.names", "row_number", "no",     "no.",     "nr",
      "nr.",      "num",    "number", "n",         "obs",        "#",      "nummer",  "observation",
      "lfd. nr.", "lfdnr",  "case",   "record",    "entry",      "sample", "subject", "seq"};
  const std::string word = lower_case(name);
  return std::ranges::find(kNames, word) != kNames.end() || word.ends_with("_id") ||
         word.starts_with("unnamed: ");
}

// `named`: the table has names of columns.
bool is_counter(const std::vector<ColumnFacts>& facts, std::size_t column, bool named) {
  const ColumnFacts& facts_here = facts[column];
  const bool counts = facts_here.words == 0 && (facts_here.from_zero || facts_here.from_one);
  // In a table with column names, a column without one holds the names of the rows. In a table without any
  // names only the first column can be a row counter.
  if (facts_here.name.empty()) return named || (column == 0 && counts && facts_here.numbers > 1);
  return counts && counts_by_name(facts_here.name);
}

// "x, y and column 5"; without any name "columns 3 and 4".
std::string listed(const std::vector<ColumnFacts>& facts, const std::vector<std::size_t>& columns) {
  constexpr std::size_t kMost = 4;
  const bool numbers = columns.size() > 1 && std::ranges::all_of(columns, [&](std::size_t column) {
                         return facts[column].name.empty();
                       });
  std::string out = numbers ? "columns " : "";
  const std::size_t shown = std::min(columns.size(), kMost);
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == columns.size();
    out += (i == 0 ? ""
            : last ? " and "
                   : ", ") +
           (numbers ? std::to_string(columns[i] + 1) : column_words(facts, columns[i]));
  }
  if (shown < columns.size()) out += " and " + std::to_string(columns.size() - shown) + " more";
  return out;
}

// The column a name or number means; an error says what there is.
std::size_t found(const ColumnName& wanted, const std::vector<ColumnFacts>& facts, const std::string& key,
                  const SourcePosition& at) {
  const auto fail = [&](const std::string& why) { return InputError(key + ": " + why, at); };
  const std::string count = std::to_string(facts.size());
  if (wanted.number > 0) {
    if (wanted.number <= facts.size()) return wanted.number - 1;
    throw fail("there is no column " + std::to_string(wanted.number) + ": the table has " + count);
  }
  std::vector<std::string> names;
  std::vector<std::size_t> same, named;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].name == wanted.name) same.push_back(i);
    if (!facts[i].name.empty()) names.push_back(facts[i].name), named.push_back(i);
  }
  if (same.size() == 1) return same[0];
  const std::string quoted = "\"" + printable(wanted.name) + "\"";
  if (same.size() > 1)
    throw fail(std::to_string(same.size()) + " columns are called " + quoted + ": say its number, " +
               std::to_string(same[0] + 1) + " or " + std::to_string(same[1] + 1));
  if (names.empty()) throw fail("there is no column " + quoted + ": the table has no names, only numbers");
  const std::string near = nearest_word(wanted.name, names);
  throw fail("there is no column " + quoted + ": there are " + listed(facts, named) +
             (near.empty() ? "" : "; did you mean " + printable(near) + "?"));
}

}  // namespace

void ColumnFacts::add_number(double value, std::int64_t row) {
  ++numbers;
  from_zero = from_zero && value == static_cast<double>(row);
  from_one = from_one && value == static_cast<double>(row + 1);
}

std::string column_words(const std::vector<ColumnFacts>& facts, std::size_t column) {
  const std::string& name = facts[column].name;
  return name.empty() ? "column " + std::to_string(column + 1) : printable(name);
}

std::vector<std::size_t> named_columns(const TableRequest& request, const std::vector<ColumnFacts>& facts) {
  std::vector<std::size_t> out;
  for (const ColumnName& wanted : request.columns) {
    const std::size_t column = found(wanted, facts, "data.columns", request.columns_at);
    if (std::ranges::find(out, column) != out.end())
      throw InputError("data.columns: " + column_words(facts, column) + " is given twice",
                       request.columns_at);
    out.push_back(column);
  }
  return out;
}

std::size_t named_label(const TableRequest& request, const std::vector<ColumnFacts>& facts) {
  if (request.label.given()) return found(request.label, facts, "data.label", request.label_at);
  for (std::size_t i = 0; i < facts.size(); ++i)
    if (lower_case(facts[i].name) == "label") return i;
  return Columns::kNone;
}

Columns chosen_columns(const TableRequest& request, const std::vector<ColumnFacts>& facts,
                       std::size_t label) {
  const auto wanted = static_cast<std::size_t>(request.dimension);
  std::vector<std::size_t> numeric, counters, words;
  const bool named = std::ranges::any_of(facts, [](const ColumnFacts& f) { return !f.name.empty(); });
  for (std::size_t i = 0; i < facts.size(); ++i)
    if (i != label)
      (is_counter(facts, i, named) ? counters : facts[i].is_numeric() ? numeric : words).push_back(i);
  Columns out;
  out.label = label;
  out.points = {numeric.begin(),
                numeric.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, numeric.size()))};
  for (std::size_t i = 0; i < counters.size() && out.points.size() < wanted; ++i)
    if (facts[counters[i]].is_numeric()) out.points.push_back(counters[i]);
  std::ranges::sort(out.points);
  std::erase_if(counters,
                [&](std::size_t c) { return std::ranges::find(out.points, c) != out.points.end(); });
  const std::size_t all = facts.size() - (label != Columns::kNone ? 1 : 0);
  if (out.points.size() < wanted || all == wanted) return out;

  const std::string taken = listed(facts, out.points), of = " of " + std::to_string(facts.size());
  const bool plain = std::ranges::all_of(out.points, [&](std::size_t i) { return !facts[i].name.empty(); });
  out.words = (plain ? (wanted == 1 ? "column " : "columns ") : "") + taken + of;
  std::string why;
  if (!counters.empty())
    why = listed(facts, counters) + (counters.size() == 1 ? " counts the rows" : " count the rows");
  if (!words.empty())
    why += (why.empty() ? "" : ", ") + listed(facts, words) + (words.size() == 1 ? " holds" : " hold") +
           " words";
  out.note = out.words + (wanted == 1 ? " is taken" : " are taken") + (why.empty() ? "" : " (" + why + ")") +
             "; data.columns chooses others" +
             (words.empty() || label != Columns::kNone ? "" : ", data.label takes classes");
  return out;
}

}  // namespace iem
