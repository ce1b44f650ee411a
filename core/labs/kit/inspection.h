// The inspector's numbers about one point or one prototype of a run: a table over components, formulas with
// numbers plugged in, and single quantities. A pure function of a snapshot.
#pragma once

#include <string>
#include <vector>

#include "core/labs/kit/formula_line.h"

namespace iem {

struct Inspection {
  std::string title;   // "Point 326"; empty: there is nothing to say
  std::string state;   // "(0.321, −0.556)", muted
  int component = -1;  // the prototype it is about, or the one the formulas are of

  struct Column {
    std::string symbol;          // TeX: "d_j"
    std::string help;            // one sentence
    std::vector<double> values;  // one a component
  };
  std::vector<Column> table;

  std::vector<FormulaLine> formulas;

  struct Quantity {
    std::string symbol;          // TeX: "\\Sigma_j"
    std::string label;           // "covariance"
    std::vector<double> values;  // row-major
    int columns = 1;
  };
  std::vector<Quantity> quantities;
  std::string remark;  // why something is not there, one sentence
};

}  // namespace iem
