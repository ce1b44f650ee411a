// Evaluates TeX as a reader would: \frac{N}{\sum_i r_{ij}}\Sigma_j\frac{\partial J}{\partial\mu_j}, given
// what the symbols are. So a formula that the program shows can be held against the number shown with it, by
// code that knows nothing of how either was made.
//
// Values are matrices; numbers are 1 x 1. Side by side, matrices multiply; columns of one length do so entry
// by entry, as learning rules mean it. A sum reaches to the next + or - of its level.
#pragma once

#include <gtest/gtest.h>

#include <Eigen/Core>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/labs/kit/formula_line.h"

namespace iem::testing {

// "\mu_{j}^{\mathrm{EM}}" is base "\mu", below {"j"}, above "EM"; \partial J/\partial\mu_j is base "dJ/d\mu"
// below {"j"}; L(x) is base "L(x)".
struct TexSymbol {
  std::string base;
  std::vector<std::string> below;
  std::string above;
  std::string name() const;
};

struct UnknownSymbol : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class TexEvaluator {
 public:
  using Value = Eigen::MatrixXd;
  // The value of a symbol, whose lower indices stand in `at` (points and components from 0).
  using Lookup = std::function<std::optional<Value>(const TexSymbol&, const std::vector<int>& at)>;

  Lookup lookup;
  std::map<std::string, int> ranges;  // of the indices of sums: {"i", N}, {"j", K}
  std::map<std::string, int> at;      // where free indices stand
  std::map<std::string, std::function<double(double)>> functions;  // "k'"
  // For \min_p and argmin_p over the simplex: where it is claimed to be. It is compared with other places.
  std::function<Eigen::VectorXd()> minimiser;

  // Throws UnknownSymbol, or std::runtime_error at what it cannot read.
  Value value(std::string_view tex);
  std::optional<Value> known(std::string_view tex);  // nothing at a symbol it does not know
  void bind(const std::string& name, Value value) { bound_[name] = std::move(value); }
  void define(const std::string& name, std::string tex) { defined_[name] = std::move(tex); }
  const Value* bound(const std::string& name) const {
    const auto found = bound_.find(name);
    return found == bound_.end() ? nullptr : &found->second;
  }
  void forget() { bound_.clear(), defined_.clear(); }

 private:
  friend class TexParser;
  Value symbol(const TexSymbol& symbol);
  std::map<std::string, Value> bound_;
  std::map<std::string, std::string> defined_;
};

// The name of the symbol that a text is: "\\pi_j'" and "\\pi_{j}'" are "\\pi_j^'".
std::string symbol_name(std::string_view tex);

// What stands between signs of equality ("=", "{=}", "\leftarrow") outside of all brackets.
std::vector<std::string> sides_of(std::string_view tex);
// A text cut at ",\quad".
std::vector<std::string> statements_of(std::string_view tex);

// How far a shown number may be from what it stands for: half a unit of its last digit (of a whole number of
// its fourth).
double shown_tolerance(std::string_view number);

// Of a line as it is shown: every side of numbers makes what the last one says, on a calculator. Lines
// without such sides pass; `checked` counts the sides that were compared.
::testing::AssertionResult adds_up(const FormulaLine& line, int* checked = nullptr);

}  // namespace iem::testing
