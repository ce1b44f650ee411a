// A derivation in steps: each step has a formula, the same formula with numbers plugged in, and the panel of
// a figure that draws it.
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
  int hypothesis = -1;     // whose colour it has; -1: ink
  bool gap = false;        // a gap before this piece, which begins a new line of numbers
  ShownNumber shown = {};  // the number, with the digits for the shown numbers to add up
};

struct DerivationStep {
  std::string title;
  std::string formula;  // TeX
  std::vector<DerivationPiece> numbers;
};

// The derivation of a lab, as the window shows it.
struct Derivation {
  std::string figure;             // the id of the figure whose panels draw the steps, one each
  std::vector<std::string> rows;  // the ids of figures that show one of these panels alone, in their order
  std::vector<DerivationStep> (*steps)(const Snapshot& snapshot, const View& view);
  // Sentences below the steps. `lesson` is what the scene says to look for.
  std::vector<std::string> (*remarks)(const Snapshot& snapshot, const View& view, const std::string& lesson);
  // One sentence for places without room for words; may be empty.
  std::string (*caption)(const Snapshot& snapshot, const View& view);
};

}  // namespace iem
