// Numbers in the face of the formulas. A formula with new digits costs a new picture every step; here each
// digit is one small picture, made once, so that numbers may change in every frame.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/number.h"
#include "core/labs/kit/formula_line.h"
#include "imgui.h"

namespace iem::gui {

// One piece of a line of mathematics.
struct MathPiece {
  enum class Kind : unsigned char {
    formula,
    number,
    relation
  };  // a relation (+, -, =, and the sign before a power of ten) has air on both sides
  std::string text;
  Kind kind = Kind::formula;
  bool raised = false;  // an exponent
};

float measure_math(std::span<const MathPiece> pieces, float size);
// Returns the width drawn.
float draw_math(ImDrawList* list, std::span<const MathPiece> pieces, ImVec2 baseline, float size,
                ImU32 colour);

// A number at the end of a line.
void add_number(std::vector<MathPiece>& line, const ShownNumber& shown);
// The pieces of a lab's formula line: its equals signs are pieces of their own, and its numbers have enough
// digits to add up and divide as shown.
std::vector<MathPiece> math_pieces(const FormulaLine& line);

// J: four decimals and at least four digits: "2.6643", "1.234 × 10^−5", and powers of ten from a million on.
// "0" is exactly that.
std::string loss_number(double value);
std::vector<MathPiece> loss_pieces(double value);
// An error: two significant digits, "1.1 × 10^−16".
std::string tiny_number(double value);

}  // namespace iem::gui
