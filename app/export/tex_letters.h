// Letters of words in LaTeX that are neither ASCII nor signs of ours (app/export/escape.h): what pdflatex,
// which of Unicode knows little by itself, is told to do with them. LuaLaTeX and XeLaTeX take them from their
// font.
#pragma once

#include <string>
#include <string_view>

namespace iem {

// One character of UTF-8 as LaTeX sets it: Greek, raised and lowered digits as mathematics, letters that only
// the encoding T1 has in that one, all others as they are.
std::string tex_letter(std::string_view character);

// The characters of `text` for which pdflatex has no shape, each once, in their order: boxes stand there.
std::string letters_beyond_tex(std::string_view text);

// Lines of LaTeX that define those of `tex` unless the paper does: accents that follow their letter are set
// over it, and a box stands for any other. Empty where there are none.
std::string tex_letter_definitions(std::string_view tex);

}  // namespace iem
