// Sentences with numbers in them: "EM is there after {steps_to(loss < 3)} steps". What stands in braces is
// an expression, {= ...} or {...}; what is none stays text as it is written.
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
  std::string problem = {};  // why what stands in braces is no expression; empty: it is, or there are none
};
std::vector<WordsPiece> pieces_of(std::string_view words);
bool has_numbers(std::string_view words);

// The sentence with its numbers, four significant digits each and whole numbers whole; a list in brackets. A
// group that has no value (an unknown name) stays as it is written.
std::string filled(std::string_view words, Evaluator& evaluator);
// And with a sign in the place of each number, while they are on their way.
std::string awaited(std::string_view words);

// One line for each group in braces that is no expression or has no value: "{losss}: there is no number
// losss".
std::vector<std::string> problems_of(std::string_view words, Evaluator& evaluator);

// Does the condition hold? `why` says what it came to where not: "0.57 > 0.95".
struct Claimed {
  bool holds = false;
  std::string why;
};
Claimed examine(const std::string& condition, Evaluator& evaluator);

}  // namespace iem
