// The derivation in words: for each of its five steps the formula, and the same with the numbers at the
// probe.
#pragma once

#include <string>
#include <vector>

#include "core/figure/number.h"
#include "core/labs/kit/lab.h"

namespace iem {

// A piece of a line of numbers.
struct DerivationPiece {
  enum class Kind : unsigned char { formula, number, relation };
  Kind kind = Kind::number;
  std::string tex;  // of formulas and relations
  double number = 0;
  int hypothesis = -1;        // whose colour it has; -1: ink
  bool gap = false;           // something else begins here
  int digits = kShownDigits;  // with which a number is shown: what is shown adds up
};

struct DerivationStep {
  std::string title;
  std::string formula;  // TeX
  std::vector<DerivationPiece> numbers;
};

std::vector<DerivationStep> derivation_steps(const Snapshot& snapshot, const View& view);

// Sentences below the steps: what the curve does far out, and what the scene says to look for. A scene that
// was opened with points to learn from says nothing of them where nothing is learned any more.
std::vector<std::string> derivation_remarks(const Snapshot& snapshot, const View& view,
                                            const std::string& lesson);

}  // namespace iem
