// Evaluates a line of TeX that contains only numbers, as a calculator would.
#pragma once

#include <optional>
#include <string_view>

namespace iem {

// Numbers ("1.3\times10^{-6}"), + - / \cdot \times, ( ) and { }, \frac, \sqrt, \log, e^{...} and other
// powers, \|(x,\;y)\|; spaces and \left, \right are passed over. Returns nothing where there is any other
// symbol or the line is incomplete.
std::optional<double> tex_value(std::string_view tex);

}  // namespace iem
