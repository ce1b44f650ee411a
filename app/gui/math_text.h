// Numbers in the face of the formulas. A formula with new digits costs a new picture every step; here each
// digit is one small picture, made once, so that numbers may change in every frame.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"

namespace iem::gui {

// One piece of a line of mathematics.
struct MathPiece {
  enum class Kind : unsigned char {
    formula,
    number,
    relation
  };  // a relation (+, -, =) has air on both sides
  std::string text;
  Kind kind = Kind::formula;
};

float measure_math(std::span<const MathPiece> pieces, float size);
// Returns the width drawn.
float draw_math(ImDrawList* list, std::span<const MathPiece> pieces, ImVec2 baseline, float size,
                ImU32 colour);

// A number whose width stays while it moves: three decimals below 10, fewer above, powers of ten for the very
// large and the very small. U+2212 minus.
std::string steady_number(double value);
// J: four decimals, and from a million on a power of ten: "1.343e71" in words, 1.343 x 10^71 in a formula.
std::string loss_number(double value);
std::vector<MathPiece> loss_pieces(double value);
// Two significant digits and a power of ten: "1.1e−16".
std::string tiny_number(double value);

}  // namespace iem::gui
