#include "app/gui/look/math_text.h"

#include <cmath>

#include "app/gui/look/fonts.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "core/base/number.h"

namespace iem::gui {
namespace {

constexpr float kAir_em = 0.26F;                         // TeX's space beside a relation
constexpr float kRaisedSize = 0.74F, kRaised_em = 0.4F;  // of an exponent
constexpr double kLargeLoss = 1e6;                       // from here on J is shown with a power of ten

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

// Calls draw(tex, offset, size) for each picture; returns the width.
template <class Draw>
float each_piece(std::span<const MathPiece> pieces, float full, const Draw& draw) {
  float x = 0;
  for (const MathPiece& piece : pieces) {
    const float size = piece.raised ? kRaisedSize * full : full;
    const float up = piece.raised ? std::round(kRaised_em * full * scale()) : 0;
    const float air = piece.kind == MathPiece::Kind::relation ? kAir_em * size * scale() : 0;
    x += air;
    if (piece.kind == MathPiece::Kind::number) {
      x += each_character(piece.text, size,
                          [&](std::string_view tex, float at) { draw(tex, ImVec2(x + at, -up), size); });
    } else {
      draw(piece.text, ImVec2(x, -up), size);
      x += measure_formula(piece.text, size).width;
    }
    x += air;
  }
  return x;
}

bool is_relation(std::string_view tex) { return tex == "{=}" || tex == "{+}" || tex == "{-}"; }

// Equals signs become pieces of their own, also those within a piece: "Z{=}\\sum" makes three.
void add_formula(std::vector<MathPiece>& out, std::string tex) {
  constexpr std::string_view kEqual = "{=}";
  for (std::size_t at = tex.find(kEqual); at != std::string::npos && tex != kEqual; at = tex.find(kEqual)) {
    if (at > 0) out.push_back({tex.substr(0, at), MathPiece::Kind::formula});
    out.push_back({std::string(kEqual), MathPiece::Kind::relation});
    tex.erase(0, at + kEqual.size());
  }
  if (tex.empty()) return;
  const bool relation = is_relation(tex);
  out.push_back({std::move(tex), relation ? MathPiece::Kind::relation : MathPiece::Kind::formula});
}

bool fits_four_decimals(double value) {
  const double size = std::abs(value);
  return size >= 0.1 && size < kLargeLoss;
}

}  // namespace

float measure_math(std::span<const MathPiece> pieces, float size) {
  return each_piece(pieces, size, [](std::string_view, ImVec2, float) {});
}

float draw_math(ImDrawList* list, std::span<const MathPiece> pieces, ImVec2 baseline, float size,
                ImU32 colour) {
  return each_piece(pieces, size, [&](std::string_view tex, ImVec2 at, float own_size) {
    draw_formula(list, tex, {baseline.x + at.x, baseline.y + at.y}, own_size, colour);
  });
}

void add_number(std::vector<MathPiece>& line, const ShownNumber& shown) {
  line.push_back({shown.digits, MathPiece::Kind::number});
  if (!shown.power) return;
  line.push_back({"{\\times}", MathPiece::Kind::relation});
  line.push_back({"10^{" + std::to_string(*shown.power) + "}", MathPiece::Kind::formula});
}

// Between a piece that opens an exponent, "e^{-", and the one that begins with its end, "}", all is raised.
std::vector<MathPiece> math_pieces(const FormulaLine& line) {
  constexpr std::string_view kOpens = "^{";
  const std::vector<ShownNumber> numbers = shown_numbers(line);
  std::vector<MathPiece> out;
  bool raised = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::size_t begin = out.size();
    std::string tex = line[i].tex;
    if (raised && !line[i].is_number && tex.starts_with("}")) raised = false, tex.erase(0, 1);
    const std::size_t opened = tex.rfind(kOpens);
    const bool opens = opened != std::string::npos && tex.find('}', opened) == std::string::npos;
    std::string inside;
    if (opens) inside = tex.substr(opened + kOpens.size()), tex.erase(opened);
    if (line[i].is_number)
      add_number(out, numbers[i]);
    else
      add_formula(out, std::move(tex));
    for (std::size_t k = begin; k < out.size(); ++k) out[k].raised = raised;
    if (opens && !inside.empty()) out.push_back({"{" + inside + "}", MathPiece::Kind::formula, true});
    raised = raised || opens;
  }
  return out;
}

std::string loss_number(double value) {
  if (!std::isfinite(value)) return std::string(text::kNotFinite);
  return fits_four_decimals(value) ? format_fixed(value, 4) : shown_number(value);
}

std::vector<MathPiece> loss_pieces(double value) {
  if (!std::isfinite(value)) return {{"\\mathrm{not\\ finite}", MathPiece::Kind::formula}};
  if (fits_four_decimals(value)) return {{format_fixed(value, 4), MathPiece::Kind::number}};
  std::vector<MathPiece> out;
  add_number(out, show_number(value));
  return out;
}

std::string tiny_number(double value) { return shown_number(value, 2); }

}  // namespace iem::gui
