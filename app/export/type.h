// The two faces paper is set in, read from the binary: no font of the system is used, so pages look the same
// everywhere. Measuring and shaping (kerning, ligatures) by HarfBuzz.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/paint/canvas.h"
#include "app/paint/formula.h"

namespace iem::paint {

struct ShapedGlyph {
  std::uint32_t glyph = 0;
  std::uint32_t cluster = 0;  // first byte of the text it stands for
  double x = 0, y = 0;        // in em, from the start of the text, y down
  double size = 1;            // em; of exponents less (core/base/power_of_ten.h)
};
struct ShapedText {
  std::vector<ShapedGlyph> glyphs;
  double width = 0;  // em
};

ShapedText shape_text(std::string_view utf8, bool bold);

// The same text as outlines, in em as formulas are (app/paint/formula.h).
FormulaOutline text_outline(std::string_view utf8, bool bold);

// The characters of `utf8` that the face has no letter for, each once, in order.
std::string missing_letters(std::string_view utf8, bool bold);

// The file of a face: TrueType bytes that live as long as the program.
std::span<const std::byte> face_file(bool bold);

// The face cut down to the characters of `utf8`: a TrueType file of a few kilobytes that can travel in a
// picture.
std::string face_subset(std::string_view utf8, bool bold);

}  // namespace iem::paint
