// Letters of a figure's words for which the fonts of paper, or pdflatex, have no shape: boxes stand there.
#pragma once

#include <string>

#include "core/figure/figure.h"

namespace iem {

// Who sets the words of a file.
enum class LettersBy { font, tex };

// Each once, in the order of the figure; empty when there are none.
std::string missing_letters(const Figure& figure, LettersBy by = LettersBy::font);

// One line about them; empty for none.
std::string missing_letters_warning(const std::string& letters, LettersBy by = LettersBy::font);

}  // namespace iem
