#include "core/data/csv_labels.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/utf8.h"
#include "core/data/cell.h"
#include "core/data/label_noise.h"
#include "core/data/text_encoding.h"

namespace iem {

InputError CsvLabels::error(const std::string& what, const CsvPlace& at) const {
  return InputError(column_ + ": " + what, {file_, at.line, at.column});
}

void CsvLabels::add(std::string_view field, const CsvPlace& at) {
  if (is_missing(field) && field != "-" && field != "." && field != "none" && field != "None") {
    of_row_.push_back(-1);
    return;
  }
  auto found = index_.find(field);
  if (found == index_.end()) {
    std::optional<std::string> words(field);
    if (invalid_utf8(field) != field.size()) words = utf8_from_latin1(field), latin1_ = true;
    if (!words) throw error("neither UTF-8 nor Latin-1 text: save the table as UTF-8", at);
    if (words_.size() > kLargestLabel)
      throw error(
          "more than " + std::to_string(kLargestLabel + 1) + " different labels: is it a column of numbers?",
          at);
    found = index_.emplace(std::string(field), static_cast<int>(words_.size())).first;
    words_.push_back({std::move(*words), at});
  }
  of_row_.push_back(found->second);
}

void CsvLabels::put_into(Dataset& data) const {
  std::vector<int> value(words_.size());
  bool numbers = true, labels = true, whole = true;
  const Word* wrong = nullptr;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    double number = 0;
    const bool is = parse_number(words_[i].text, DecimalSign::point, number) == std::errc();
    numbers = numbers && is;
    if (!is) continue;
    const bool fits = label_of(number, value[i]);
    labels = labels && fits;
    whole = whole && std::floor(number) == number;
    if (!fits && !wrong) wrong = &words_[i];
  }
  if (numbers && !labels && !(asked_for_ && whole))
    throw error("\"" + printable(wrong->text) + "\" is not a label: " + kLabelRule, wrong->at);
  const bool named = !numbers || !labels;
  data.labels.resize(static_cast<Eigen::Index>(of_row_.size()));
  for (std::size_t i = 0; i < of_row_.size(); ++i) {
    const int word = of_row_[i];
    data.labels[static_cast<Eigen::Index>(i)] =
        word < 0 || named ? word : value[static_cast<std::size_t>(word)];
  }
  if (named)
    for (const Word& word : words_) data.label_names.push_back(word.text);
}

}  // namespace iem
