// The small language for the numbers in a sentence and the conditions of a claim:
//
//   loss@100 < loss@100 with optimizer.method=em
//
//   name            loss, step, end, a metric of the lab, a block of the state (means), its gradient
//                   (gradient.means), a setting (model.nu)
//   x[i, j]         one of its numbers, or a row; counted from 0
//   f(x, ...)       abs sqrt exp log tanh round min max sum mean deviation norm count column,
//                   and metrics with arguments: activation(0.7)
//   x@n             x after n steps; n is a number, `end` or an expression in parentheses
//   x with k=v, ... x of another run from the same start: with other settings, as --set has them, or edited
//                   on the way, as --at has it (100:model.energy=gaussian)
//   steps_to(c, n)  the first step, of at most n (10000 unless given), at which c holds; nan when none does
//   over(x, m, n)   x at steps m to n, one after the other
//   + - * / ^  < <= > >= == !=  and or not  ( )  [a, b]
//
// Numbers are lists of any shape; a single one goes with any list. A comparison is 1 or 0, entry by entry,
// and a condition holds when it is nowhere 0 and nowhere nan. Comparisons may be chained: 0 < x <= 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iem {

struct Expression {
  enum class Kind : std::uint8_t { number, list, name, call, index, at, with, apply };
  // One setting of another run, "optimizer.method=em", made before the given step or, without one, before the
  // start.
  struct Change {
    std::optional<std::int64_t> step;
    std::string assignment;
  };
  Kind kind = Kind::number;
  double number = 0;
  std::string name;               // name; call: the function; apply: the operator
  std::vector<Expression> parts;  // what it is made of, in the order written
  std::vector<Change> changes;    // with
};

// Throws InputError for what is no expression: "character 7: a number is missing".
Expression parse_expression(std::string_view text);

}  // namespace iem
