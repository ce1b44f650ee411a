// TeX mathematics as outlines: laid out by MicroTeX in Latin Modern Math, independent of any window or file
// format. Paper fills the outlines; the window rasterises them once and keeps the picture.
//
// MicroTeX has global state. All calls here are serialised by a mutex and safe on any thread; nothing else in
// the program may call MicroTeX.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace iem::paint {

// Lengths in em (1 = the type size), x to the right, y down, origin on the baseline at the left.
struct FormulaOutline {
  enum class Verb : std::uint8_t { move, line, cubic, close };  // 1, 1, 3, 0 points
  std::vector<Verb> verbs;
  std::vector<float> points;  // x, y pairs; contours are filled by the non-zero rule
  double width = 0, ascent = 0, descent = 0;
};

// Null for formulas that formula_source.h does not accept; the caller then sets the source as words. Results
// are kept for the life of the program (a few thousand at most; the oldest are dropped). `display`: big
// operators and roomy fractions, as in $$...$$.
std::shared_ptr<const FormulaOutline> formula_outline(std::string_view tex, bool display = false);

// Coverage of a formula at `size_px`, exact area anti-aliasing; the baseline lies between rows baseline - 1
// and baseline, the origin `left` pixels into the picture. For textures: alpha = coverage ^ gamma (0.72 on
// light, 0.82 on dark grounds, where Latin Modern is thin).
struct FormulaMask {
  int width = 0, height = 0, baseline = 0, left = 0;
  std::vector<std::uint8_t> coverage;
};
FormulaMask rasterise(const FormulaOutline& outline, double size_px);

}  // namespace iem::paint
