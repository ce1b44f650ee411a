#include "core/labs/kit/formula_line.h"

#include <cmath>

#include "core/base/number.h"
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

std::vector<int> shown_digits(const FormulaLine& line) {
  std::vector<int> digits;
  for (const FormulaPiece& piece : line) digits.push_back(piece.is_number ? kShownDigits : 0);
  const std::vector<Side> sides = sides_with_numbers(line);
  if (sides.size() < 2 || !is_one_number(sides.back())) return digits;
  const double result = number_as_read(line[sides.back().begin].number);
  for (std::size_t s = 0; s + 1 < sides.size(); ++s) {
    for (int d = kShownDigits; d <= kExactDigits; ++d) {
      const auto value = tex_value(side_tex(line, sides[s], d));
      if (!value) break;
      if (number_as_read(*value) != result) continue;
      for (std::size_t i = sides[s].begin; i < sides[s].end; ++i)
        if (line[i].is_number) digits[i] = d;
      break;
    }
  }
  return digits;
}

std::string formula_tex(const FormulaLine& line) {
  const std::vector<int> digits = shown_digits(line);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i)
    out += line[i].is_number ? number_tex(line[i].number, digits[i]) : line[i].tex;
  return out;
}

}  // namespace iem
