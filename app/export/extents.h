// Sizes of words on paper, the same for every format.
#pragma once

#include <algorithm>

#include "app/export/type.h"
#include "app/paint/canvas.h"
#include "app/paint/formula.h"
#include "core/base/text.h"

namespace iem::paint {

inline TextExtent text_extent(std::string_view text, const TextStyle& style) {
  return {shape_text(one_line(text), style.bold).width * style.size_px, kTextAscent * style.size_px,
          kTextDescent * style.size_px};
}

inline TextExtent formula_extent(std::string_view tex, const TextStyle& style) {
  const auto outline = formula_outline(tex);
  if (!outline) return text_extent(tex, style);
  return {outline->width * style.size_px, outline->ascent * style.size_px, outline->descent * style.size_px};
}

// Stroked around filled formulas, em.
constexpr double kFormulaRim = 0.02;

// The left end of something `width` wide that is anchored at `x`.
inline double left_of(double x, double width, Anchor anchor) {
  return anchor == Anchor::left ? x : anchor == Anchor::centre ? x - width / 2 : x - width;
}

}  // namespace iem::paint
