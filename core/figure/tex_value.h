// What a calculator makes of a line of TeX that has only numbers in it.
#pragma once

#include <optional>
#include <string_view>

namespace iem {

// Numbers ("1.3\times10^{-6}"), + - / \cdot \times, ( ) and { }, \frac, \sqrt, \log, e^{...} and other
// powers, \|(x,\;y)\|; spaces and \left, \right are passed over. Nothing where there is any other symbol, or
// no end.
std::optional<double> tex_value(std::string_view tex);

}  // namespace iem
