// Letters of a figure's words that the fonts of paper, or pdflatex, do not have: boxes appear in their place.
#pragma once

#include <string>

#include "core/figure/figure.h"

namespace iem {

// Whether words are set in the program's own fonts or by TeX.
enum class LettersBy { font, tex };

// Each once, in the order of the figure; empty when there are none.
std::string missing_letters(const Figure& figure, LettersBy by = LettersBy::font);

// One line about them; empty for none.
std::string missing_letters_warning(const std::string& letters, LettersBy by = LettersBy::font);

}  // namespace iem
