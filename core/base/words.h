// Lists of words as text, and the case of letters; independent of the locale.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace iem {

// "a, b, c".
std::string joined(const std::vector<std::string>& words, std::string_view between = ", ");

// "svg, pdf or png": `last` stands before the last of several.
std::string listed_words(const std::vector<std::string>& words, std::string_view last);

// A to Z become a to z; every other byte stays.
std::string lower_case(std::string_view text);

// "Prototype 2 is dead" for "prototype 2 is dead", as words begin that stand alone.
std::string capitalised(std::string words);

// The text with no-break spaces around "=" and "×", so that no line ends within "J = 4.394".
std::string equations_whole(std::string_view text);

}  // namespace iem
