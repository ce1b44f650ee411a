#include "core/expression/words.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/power_of_ten.h"
#include "core/base/utf8.h"
#include "core/expression/evaluator.h"
#include "core/expression/functions.h"

namespace iem {
namespace {

constexpr double kWholeUpTo = 1e9;
constexpr std::size_t kMostShown = 8;  // numbers of a list

std::string number_text(double value) {
  if (std::isnan(value)) return "–";
  if (std::abs(value) < kWholeUpTo && value == std::round(value)) return format_fixed(value, 0);
  return format_number(value, 4);
}

std::string tensor_text(const Tensor& value) {
  if (is_scalar(value)) return number_text(value.data[0]);
  std::string out;
  for (std::size_t i = 0; i < std::min(value.data.size(), kMostShown); ++i)
    out += (i > 0 ? ", " : "") + number_text(value.data[i]);
  return "(" + out + (value.data.size() > kMostShown ? ", …" : "") + ")";
}

WordsPiece group(std::string_view text) {
  WordsPiece out{std::string(text)};
  std::string_view inside = text.substr(1, text.size() - 2);
  while (!inside.empty() && inside.front() == ' ') inside.remove_prefix(1);
  if (!inside.empty() && inside.front() == '=') inside.remove_prefix(1);
  try {
    out.expression = parse_expression(inside);
    out.is_number = true;
  } catch (const InputError& error) {
    out.problem = error.message();
  }
  return out;
}

// The values of both sides of a comparison that fails, as text.
std::string sides_of(const Expression& condition, Evaluator& evaluator) {
  if (condition.kind != Expression::Kind::apply || condition.parts.size() != 2) return "";
  const Expression &a = condition.parts[0], &b = condition.parts[1];
  if (condition.name == "and") return sides_of(holds(evaluator.value(a)) ? b : a, evaluator);
  return tensor_text(evaluator.value(a)) + " " + condition.name + " " + tensor_text(evaluator.value(b));
}

}  // namespace

std::vector<WordsPiece> pieces_of(std::string_view words) {
  std::vector<WordsPiece> out;
  while (!words.empty()) {
    const std::size_t open = words.find('{'), close = words.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    if (open > 0) out.push_back({std::string(words.substr(0, open))});
    out.push_back(group(words.substr(open, close - open + 1)));
    words.remove_prefix(close + 1);
  }
  if (!words.empty()) out.push_back({std::string(words)});
  return out;
}

bool has_numbers(std::string_view words) {
  return words.find('{') != std::string_view::npos &&
         std::ranges::any_of(pieces_of(words), &WordsPiece::is_number);
}

std::string filled(std::string_view words, Evaluator& evaluator) {
  std::string out;
  for (const WordsPiece& piece : pieces_of(words)) {
    if (!piece.is_number) {
      out += piece.text;
      continue;
    }
    try {
      out += tensor_text(evaluator.value(piece.expression));
    } catch (const InputError&) {
      out += piece.text;
    }
  }
  return out;
}

std::string awaited(std::string_view words) {
  std::string out;
  for (const WordsPiece& piece : pieces_of(words)) out += piece.is_number ? "…" : piece.text;
  return out;
}

std::vector<std::string> problems_of(std::string_view words, Evaluator& evaluator) {
  std::vector<std::string> out;
  for (const WordsPiece& piece : pieces_of(words)) {
    std::string problem = piece.problem;
    try {
      if (piece.is_number) (void)evaluator.value(piece.expression);
    } catch (const InputError& error) {
      problem = error.message();
    }
    if (!problem.empty()) out.push_back(printable(piece.text, 80) + ": " + problem);
  }
  return out;
}

Claimed examine(const std::string& condition, Evaluator& evaluator) {
  const Expression expression = parse_expression(condition);
  Claimed out{holds(evaluator.value(expression)), ""};
  if (!out.holds) out.why = without_powers(sides_of(expression, evaluator));  // also for terminals
  return out;
}

}  // namespace iem
