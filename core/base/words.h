// Lists of words as text, and lower case; independent of the locale.
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

}  // namespace iem
