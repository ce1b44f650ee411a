// Formulas in the notation of a textbook: the same mathematics with other letters.
#pragma once

#include <string>
#include <string_view>

#include "core/figure/figure.h"

namespace iem {

// Of the program itself: r, J, L, component j.
inline constexpr std::string_view kOwnNotation = "own";
// Bishop, Pattern Recognition and Machine Learning (2006), chapter 9: gamma, L, component k.
inline constexpr std::string_view kBishop = "bishop";

// A formula of the program in this notation, which a lab offers if it has the key view.notation.
std::string in_notation(std::string_view tex, std::string_view notation, std::string_view lab);

// All formulas of a figure: titles, words on it, its caption.
Figure in_notation(Figure figure, std::string_view notation, std::string_view lab);

}  // namespace iem
