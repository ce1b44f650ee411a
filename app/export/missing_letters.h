// Letters of a figure's words for which the fonts of paper have no shape: they are drawn as boxes.
#pragma once

#include <string>

#include "core/figure/figure.h"

namespace iem {

// Each once, in the order of the figure; empty when there are none.
std::string missing_letters(const Figure& figure);

// One line about them; empty for none.
std::string missing_letters_warning(const std::string& letters);

}  // namespace iem
