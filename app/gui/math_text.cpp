#include "app/gui/math_text.h"

#include <cmath>
#include <cstdio>

#include "app/gui/formula.h"
#include "app/gui/style.h"
#include "app/gui/text.h"
#include "core/figure/ticks.h"

namespace iem::gui {
namespace {

constexpr float kAir_em = 0.26F;  // TeX's space beside a relation

// Calls draw(tex, x) for each character of a number; returns the width.
template <class Draw>
float each_character(std::string_view number, float size, const Draw& draw) {
  constexpr std::string_view kMinus = "−";
  float width = 0;
  for (std::size_t i = 0; i < number.size();) {
    const bool minus = number.substr(i).starts_with(kMinus);
    const std::string_view tex = minus ? "{-}" : number[i] == '.' ? "{.}" : number.substr(i, 1);
    draw(tex, width);
    width += measure_formula(tex, size).width;
    i += minus ? kMinus.size() : 1;
  }
  return width;
}

template <class Draw>
float each_piece(std::span<const MathPiece> pieces, float size, const Draw& draw) {
  float x = 0;
  for (const MathPiece& piece : pieces) {
    const float air = piece.kind == MathPiece::Kind::relation ? kAir_em * size * scale() : 0;
    x += air;
    if (piece.kind == MathPiece::Kind::number) {
      x += each_character(piece.text, size, [&](std::string_view tex, float at) { draw(tex, x + at); });
    } else {
      draw(piece.text, x);
      x += measure_formula(piece.text, size).width;
    }
    x += air;
  }
  return x;
}

std::string with_true_minus(std::string text) {
  for (std::size_t at = text.find('-'); at != std::string::npos; at = text.find('-', at + 1))
    text.replace(at, 1, "−");
  return text;
}

std::string scientific(double value, int digits) {
  char text[48];
  std::snprintf(text, sizeof text, "%.*e", digits, value);
  std::string out = text;
  // e-05 says no more than e-5.
  const std::size_t e = out.find('e');
  std::size_t zeros = e + 2;
  while (zeros + 1 < out.size() && out[zeros] == '0') out.erase(zeros, 1);
  if (out[e + 1] == '+') out.erase(e + 1, 1);
  return with_true_minus(out);
}

}  // namespace

float measure_math(std::span<const MathPiece> pieces, float size) {
  return each_piece(pieces, size, [](std::string_view, float) {});
}

float draw_math(ImDrawList* list, std::span<const MathPiece> pieces, ImVec2 baseline, float size,
                ImU32 colour) {
  return each_piece(pieces, size, [&](std::string_view tex, float x) {
    draw_formula(list, tex, {baseline.x + x, baseline.y}, size, colour);
  });
}

std::string steady_number(double value) {
  const double size = std::abs(value);
  if (!std::isfinite(value)) return format_number(value);
  if (size >= 1e5 || (size > 0 && size < 5e-4)) return scientific(value, 0);
  return format_fixed(value, size < 10 ? 3 : size < 100 ? 2 : size < 1000 ? 1 : 0);
}

std::string loss_number(double value) {
  constexpr double kLarge = 1e6;  // more digits than there is room for, and none of them of interest
  if (!std::isfinite(value)) return std::string(text::kNotFinite);
  return std::abs(value) < kLarge ? format_fixed(value, 4) : scientific(value, 3);
}

std::vector<MathPiece> loss_pieces(double value) {
  const std::string number = loss_number(value);
  if (!std::isfinite(value)) return {{"\\mathrm{not\\ finite}", MathPiece::Kind::formula}};
  const std::size_t e = number.find('e');
  if (e == std::string::npos) return {{number, MathPiece::Kind::number}};
  return {{number.substr(0, e), MathPiece::Kind::number},
          {"{\\cdot}10^{" + number.substr(e + 1) + "}", MathPiece::Kind::formula}};
}

std::string tiny_number(double value) {
  if (value == 0 || !std::isfinite(value)) return format_number(value);
  return scientific(value, 1);
}

}  // namespace iem::gui
