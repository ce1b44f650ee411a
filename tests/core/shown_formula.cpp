// What symbols are, and formulas as they are shown, cut into what can be evaluated.
#include <algorithm>
#include <cctype>
#include <cmath>

#include "tests/core/tex_evaluator.h"
#include "tests/core/tex_matrix.h"

namespace iem::testing {
namespace {

// The parts between marks that stand outside of all brackets.
std::vector<std::string> cut(std::string_view tex, const std::vector<std::string_view>& marks) {
  std::vector<std::string> out = {""};
  int depth = 0;
  for (std::size_t i = 0; i < tex.size();) {
    std::string_view found;
    for (const std::string_view mark : marks)
      if (found.empty() && depth == 0 && tex.substr(i).starts_with(mark)) found = mark;
    if (!found.empty()) {
      out.emplace_back();
      i += found.size();
      continue;
    }
    const char c = tex[i];
    depth += c == '{' || c == '(' || c == '[' ? 1 : c == '}' || c == ')' || c == ']' ? -1 : 0;
    out.back() += c;
    ++i;
  }
  return out;
}

}  // namespace

std::string TexSymbol::name() const {
  std::string out = base;
  for (const std::string& index : below) out += "_" + index;
  return above.empty() ? out : out + "^" + above;
}

TexEvaluator::Value TexEvaluator::symbol(const TexSymbol& symbol) {
  const std::string name = symbol.name();
  if (const auto found = bound_.find(name); found != bound_.end()) return found->second;
  if (const auto found = bound_.find(symbol.base);
      found != bound_.end() && symbol.below.size() == 1 && at.contains(symbol.below[0]))
    return number(found->second(at.at(symbol.below[0]), 0));  // p_j of a vector p
  if (const auto found = defined_.find(name); found != defined_.end()) return value(found->second);
  if (symbol.below.size() == 1 && at.contains(symbol.below[0]))  // g_k where g_j is defined
    if (const auto found = defined_.find(symbol.base + "_j"); found != defined_.end()) {
      const auto before = at;
      at["j"] = at.at(symbol.below[0]);
      const Value there = value(found->second);
      at = before;
      return there;
    }
  if (const auto place = at.find(name); place != at.end()) return number(place->second);
  std::vector<int> places;
  for (const std::string& index : symbol.below) {
    if (const auto place = at.find(index); place != at.end())
      places.push_back(place->second);
    else if (std::isdigit(static_cast<unsigned char>(index[0])) != 0)
      places.push_back(std::stoi(index) - 1);
  }
  if (lookup)
    if (const auto value = lookup(symbol, places)) return *value;
  throw UnknownSymbol(name);
}

std::vector<std::string> sides_of(std::string_view tex) { return cut(tex, {"{=}", "=", "\\leftarrow"}); }
std::vector<std::string> statements_of(std::string_view tex) { return cut(tex, {",\\quad"}); }

double shown_tolerance(std::string_view number) {
  const std::size_t power = number.find("\\times10^{");
  const std::string_view digits = number.substr(0, power);
  const std::size_t dot = digits.find('.');
  // Whole numbers stand without decimals; up to four digits they are exact.
  const auto size = static_cast<double>(digits.size());
  const bool whole = dot == std::string_view::npos;
  double unit = std::pow(10.0, whole ? std::min(0.0, size - 4) : static_cast<double>(dot) + 1 - size);
  if (power != std::string_view::npos)
    unit *= std::pow(10.0, std::stoi(std::string(number.substr(power + 10))));
  return 0.5 * unit;
}

::testing::AssertionResult adds_up(const FormulaLine& line, int* checked) {
  const std::vector<std::string> sides = sides_of(formula_tex(line));
  TexEvaluator calculator;
  const auto result = calculator.known(sides.back());
  if (!result || result->size() != 1) return ::testing::AssertionSuccess();
  const std::string_view last = sides.back();
  const double tolerance = shown_tolerance(last.starts_with("-") ? last.substr(1) : last);
  for (std::size_t i = 0; i + 1 < sides.size(); ++i) {
    const auto value = sides[i].empty() ? std::nullopt : calculator.known(sides[i]);
    if (!value) continue;
    if (checked != nullptr) ++*checked;
    const double difference = std::abs((*value)(0, 0) - (*result)(0, 0));
    if (!(difference <= tolerance * (1 + 1e-9) + 1e-12 * std::abs((*result)(0, 0))))
      return ::testing::AssertionFailure() << formula_tex(line) << ": a calculator says " << (*value)(0, 0);
  }
  return ::testing::AssertionSuccess();
}

}  // namespace iem::testing
