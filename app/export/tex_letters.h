// How words with letters outside ASCII, other than the signs of app/export/escape.h, are written for LaTeX.
// pdflatex knows little of Unicode by itself and needs definitions; LuaLaTeX and XeLaTeX take the letters
// from their font.
#pragma once

#include <string>
#include <string_view>

namespace iem {

// One character of UTF-8 for LaTeX: Greek letters and raised or lowered digits as mathematics, letters that
// only the encoding T1 has in that encoding, all others unchanged.
std::string tex_letter(std::string_view character);

// The characters of `text` for which pdflatex has no shape, each once, in their order: boxes stand there.
std::string letters_beyond_tex(std::string_view text);

// Lines of LaTeX that define those of `tex` unless the paper does: accents that follow their letter are set
// over it, and a box stands for any other. Empty where there are none.
std::string tex_letter_definitions(std::string_view tex);

}  // namespace iem
