// The value of mathematics as the program shows it, so that a test can hold a formula on screen or on paper
// against the number beside it.
//
// Read are the TeX that the program writes and nothing else: sums over named indices, fractions, roots,
// powers, logarithms, products of numbers, vectors and matrices. A product after "/" is the whole
// denominator, as one reads it in a line: e^{-x^2/2\sigma^2}. What a symbol is worth says the test; a symbol
// it does not know is an error, never 0.
#pragma once

#include <Eigen/Core>
#include <cctype>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace iem::testing {

struct TexError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline bool tex_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

using TexValue = Eigen::MatrixXd;  // a number is 1 x 1, a vector a column
inline TexValue tex_number(double value) { return TexValue::Constant(1, 1, value); }

// Where a symbol stands: its own indices, and those of the sums around it.
struct TexPlace {
  std::vector<int> index;
  std::map<std::string, int> bound;
};

// What they are made of must outlive them.
struct TexSymbols {
  using Value = std::function<TexValue(const TexPlace&)>;
  using Function = std::function<TexValue(const TexPlace&, const std::vector<TexValue>&)>;

  // By their name without indices: "d", "\\mu", "d'", "\\pi^{\\mathrm{EM}}", "\\Delta m",
  // "\\partial J/\\partial\\mu". An index that stands alone ("s", "h") is a symbol too.
  std::map<std::string, Value> values;
  std::map<std::string, Function> functions;       // with arguments in parentheses
  std::map<std::string, Value> literals;           // "\\mathrm{Var}(g\\mid z)", as it is written
  std::map<std::string, std::vector<int>> ranges;  // what an index runs over in a sum
  // What stands below a sum in place of an index ("y_i": points with a label), the index it runs by, and over
  // what.
  struct Domain {
    std::string index;
    std::function<std::vector<int>(const TexPlace&)> values;
  };
  std::map<std::string, Domain> domains;
  std::map<std::string, int> bound;                 // indices that have a value
  std::function<int(const std::string&)> index_of;  // of "+", "-", "2"; unless given, 2 is 1

  void number(const std::string& name, double value) {
    values[name] = [value](const TexPlace&) { return tex_number(value); };
  }
};

// Space and size say nothing: without them. A space that ends a command's name stays.
std::string tex_without_space(std::string_view tex);

// "a = b = c" is one statement with three sides; statements stand between commas or spaces.
struct TexStatement {
  std::vector<std::string> sides, relations;
};
std::vector<TexStatement> tex_statements(std::string_view tex);

TexValue formula_value(std::string_view tex, const TexSymbols& symbols);

}  // namespace iem::testing
