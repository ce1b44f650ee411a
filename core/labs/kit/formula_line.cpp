#include "core/labs/kit/formula_line.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/figure/tex_value.h"

namespace iem {
namespace {

constexpr int kExactDigits = 17;  // tell any two doubles apart

struct Side {
  std::size_t begin = 0, end = 0;  // pieces
  std::string lead;                // the part of the first piece behind its last equals sign
};

// The sides of the equations in a line, those without a number left out.
std::vector<Side> sides_with_numbers(const FormulaLine& line) {
  constexpr std::string_view kEqual = "{=}";
  std::vector<Side> sides = {{0, 0, ""}};
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::size_t at = line[i].is_number ? std::string::npos : line[i].tex.rfind(kEqual);
    if (at == std::string::npos) continue;
    sides.back().end = i;
    sides.push_back({i + 1, 0, line[i].tex.substr(at + kEqual.size())});
  }
  sides.back().end = line.size();
  std::erase_if(sides, [&](const Side& side) {
    for (std::size_t i = side.begin; i < side.end; ++i)
      if (line[i].is_number) return false;
    return true;
  });
  return sides;
}

std::string side_tex(const FormulaLine& line, const Side& side, int digits) {
  std::string out = side.lead;
  for (std::size_t i = side.begin; i < side.end; ++i)
    out += line[i].is_number ? number_tex(line[i].number, digits) : line[i].tex;
  return out;
}

bool is_one_number(const Side& side) { return side.end - side.begin == 1 && side.lead.empty(); }

// A side that is nothing but numbers with plus and minus signs between them.
struct PlainSum {
  std::vector<std::size_t> places;  // pieces
  std::vector<double> terms;        // with their signs
};

std::optional<PlainSum> plain_sum(const FormulaLine& line, const Side& side) {
  if (!side.lead.empty() || (side.end - side.begin) % 2 == 0) return std::nullopt;
  PlainSum sum;
  for (std::size_t i = side.begin; i < side.end; ++i) {
    const bool term = (i - side.begin) % 2 == 0;
    if (term != line[i].is_number || (!term && line[i].tex != "{+}" && line[i].tex != "{-}"))
      return std::nullopt;
    if (!term) continue;
    sum.places.push_back(i);
    sum.terms.push_back(i > side.begin && line[i - 1].tex == "{-}" ? -line[i].number : line[i].number);
  }
  return sum.terms.size() > 1 ? std::optional(sum) : std::nullopt;
}

// Three decimals; below 1 as many as the result's four digits take.
int sum_decimals(double result) {
  int decimals = kShownDigits - 1;
  for (double size = std::abs(result); size < 0.99995; size *= 10) ++decimals;
  return decimals;
}

// The terms in units of the last decimal, rounded so that they sum to `result`: where rounding each to its
// nearest misses it, those that lie farthest on the wanted side take the other neighbour.
std::vector<double> rounded_terms(const std::vector<double>& terms, double result) {
  std::vector<double> out;
  std::vector<std::size_t> order;
  double missing = result;
  for (const double term : terms) {
    order.push_back(out.size());
    out.push_back(std::round(term));
    missing -= out.back();
  }
  const double step = missing < 0 ? -1 : 1;
  std::ranges::stable_sort(order, std::ranges::greater(),
                           [&](std::size_t i) { return step * (terms[i] - out[i]); });
  for (std::size_t k = 0; k < order.size() && missing != 0; ++k) {
    out[order[k]] += step;
    missing -= step;
  }
  return out;
}

// Whole numbers stand without decimals, as everywhere.
ShownNumber with_decimals(double value, double units, double unit, int decimals) {
  return value == std::floor(value) ? show_number(value)
                                    : ShownNumber{format_fixed(units / unit, decimals), {}};
}

// Writes a line that names its result, a plain sum; false, and nothing is written, where the line is
// something else or has numbers that are shown with powers of ten. Terms of a sum without a name are shown by
// themselves too, so that they keep their own digits.
bool write_sum(const FormulaLine& line, const std::vector<Side>& sides, std::vector<ShownNumber>& out) {
  constexpr double kLeast = 1e-4, kMost = 1e5;
  if (sides.size() != 2 || line.front().is_number) return false;
  const auto sum = plain_sum(line, sides[0]);
  const std::size_t last = sides[1].begin;
  const double result = line[last].number;
  if (!sum || !(std::abs(result) >= kLeast && std::abs(result) < kMost)) return false;
  const int decimals = sum_decimals(result);
  double unit = 1;
  for (int i = 0; i < decimals; ++i) unit *= 10;
  std::vector<double> scaled;
  double off = result * unit;
  for (const double term : sum->terms) {
    if (!(std::abs(term) < kMost)) return false;
    scaled.push_back(term * unit);
    off -= scaled.back();
  }
  constexpr double kRounding = 0.01;  // of the last decimal: more is no error of doubles, the sum is false
  if (std::abs(off) > kRounding) return false;
  const std::vector<double> rounded = rounded_terms(scaled, std::round(result * unit));
  for (std::size_t k = 0; k < rounded.size(); ++k) {
    const std::size_t i = sum->places[k];
    const double sign = sum->terms[k] == line[i].number ? 1 : -1;
    out[i] = with_decimals(line[i].number, sign * rounded[k], unit, decimals);
  }
  out[last] = with_decimals(result, std::round(result * unit), unit, decimals);
  return true;
}

}  // namespace

FormulaLine number_formula(const NumberLine& numbers, const std::string& symbol) {
  FormulaLine line = {symbol, "{=}"};
  for (std::size_t i = 0; i < numbers.terms.size(); ++i) {
    const double term = numbers.terms[i];
    if (i > 0) line.emplace_back(term < 0 ? "{-}" : "{+}");
    line.emplace_back(i > 0 ? std::abs(term) : term);
  }
  if (numbers.terms.size() > 1) line.insert(line.end(), {"{=}", numbers.sum});
  return line;
}

std::vector<ShownNumber> shown_numbers(const FormulaLine& line) {
  std::vector<ShownNumber> out;
  for (const FormulaPiece& piece : line)
    out.push_back(piece.is_number ? show_number(piece.number) : ShownNumber{});
  const std::vector<Side> sides = sides_with_numbers(line);
  if (sides.size() < 2 || !is_one_number(sides.back()) || write_sum(line, sides, out)) return out;
  const double result = number_as_read(line[sides.back().begin].number);
  for (std::size_t s = 0; s + 1 < sides.size(); ++s) {
    for (int d = kShownDigits; d <= kExactDigits; ++d) {
      const auto value = tex_value(side_tex(line, sides[s], d));
      if (!value) break;
      if (number_as_read(*value) != result) continue;
      for (std::size_t i = sides[s].begin; i < sides[s].end; ++i)
        if (line[i].is_number) out[i] = show_number(line[i].number, d);
      break;
    }
  }
  return out;
}

std::string formula_tex(const FormulaLine& line) {
  const std::vector<ShownNumber> numbers = shown_numbers(line);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i)
    out += line[i].is_number ? number_tex(numbers[i]) : line[i].tex;
  return out;
}

}  // namespace iem
