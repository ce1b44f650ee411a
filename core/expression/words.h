// Sentences with numbers in them: "EM is there after {steps_to(loss < 3)} steps". Text in braces, {= ...} or
// {...}, is an expression; braces around anything else stay as they are written.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/expression/expression.h"
#include "core/run/scene.h"

namespace iem {

class Evaluator;

struct WordsPiece {
  std::string text;        // as written, braces included
  bool is_number = false;  // then `expression` says which
  Expression expression = {};
  std::string problem = {};  // why the text in braces is no expression; empty: it is, or there are no braces
};
std::vector<WordsPiece> pieces_of(std::string_view words);
bool has_numbers(std::string_view words);

// The sentence with the values of its expressions: numbers with four significant digits, whole numbers
// without decimals, lists in brackets. An expression without a value (an unknown name) stays as it is
// written.
std::string filled(std::string_view words, Evaluator& evaluator);
// The sentence with a placeholder for each number, while the values are being computed.
std::string awaited(std::string_view words);

// One line for each group in braces that is no expression or has no value: "{losss}: there is no number
// losss".
std::vector<std::string> problems_of(std::string_view words, Evaluator& evaluator);

// Whether a condition holds; where it does not, `why` gives the values of its two sides: "0.57 > 0.95".
struct Claimed {
  bool holds = false;
  std::string why;
};
Claimed examine(const std::string& condition, Evaluator& evaluator);

}  // namespace iem
