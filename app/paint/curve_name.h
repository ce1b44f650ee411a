// How the name of a curve is written, wherever it stands: words or a formula in the curve's own ink, dark
// enough for text.
#pragma once

#include <string>

#include "app/paint/canvas.h"
#include "app/paint/theme.h"
#include "core/base/cut_text.h"

namespace iem::paint {

constexpr double kNameSize = 12, kNameFormulaSize = 14;

inline TextStyle curve_name_style(const Line& line, const Theme& theme, double type_scale) {
  const Ink ink = line.ink.role == Role::faint  ? Ink{Role::muted, 0, 1}
                  : line.ink.role == Role::mark ? Ink{Role::line, line.ink.index, 1}
                                                : line.ink;
  return {(line.label_tex ? kNameFormulaSize : kNameSize) * type_scale, false, Anchor::left,
          with_alpha(resolve(theme, ink).rgb, 1)};
}

inline TextExtent measure_name(const Line& line, Canvas& canvas, double type_scale) {
  const TextStyle style{
      (line.label_tex ? kNameFormulaSize : kNameSize) * type_scale, false, Anchor::left, {}};
  return line.label_tex ? canvas.measure_formula(line.label, style) : canvas.measure_text(line.label, style);
}

inline void write_name(const Line& line, Px left, const Theme& theme, Canvas& canvas, double type_scale) {
  const TextStyle style = curve_name_style(line, theme, type_scale);
  line.label_tex ? canvas.formula(line.label, left, style) : canvas.text(line.label, left, style);
}

// All of `words` where they fit into `room` pixels, else their beginning and "…".
inline std::string cut_words(const std::string& words, double room, const TextStyle& style, Canvas& canvas) {
  const auto beginning = [&](std::size_t letters) { return words.substr(0, byte_of_letter(words, letters)); };
  const std::size_t all = count_letters(words),
                    kept = most_fitting(0, all, [&](std::size_t letters) {
                      return canvas.measure_text(letters < all ? beginning(letters) + "…" : words, style)
                                 .width <= room;
                    });
  if (kept == all) return words;
  std::string out = beginning(kept);
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out + "…";
}

}  // namespace iem::paint
