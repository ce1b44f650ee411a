// A result that is derived step by step: for each step its formula, and the same with numbers plugged in,
// beside the panel of a figure that draws it.
#pragma once

#include <string>
#include <vector>

#include "core/base/number.h"

namespace iem {

struct Snapshot;
struct View;

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

// What a lab tells a window of its derivation.
struct Derivation {
  std::string figure;  // the id of the figure whose panels draw the steps, one each
  std::vector<DerivationStep> (*steps)(const Snapshot& snapshot, const View& view);
  // Sentences below the steps. `lesson` is what the scene says to look for.
  std::vector<std::string> (*remarks)(const Snapshot& snapshot, const View& view, const std::string& lesson);
  // One sentence where there is no room for words; empty: none.
  std::string (*caption)(const Snapshot& snapshot, const View& view);
};

}  // namespace iem
