// A formula too long for one line, broken as it is set by hand: before a plus or minus that stands outside of
// every bracket.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace iem {

// The fewest lines that fit; one that can be broken nowhere is longer. Together they are `tex`.
std::vector<std::string> tex_lines(std::string_view tex,
                                   const std::function<bool(const std::string& line)>& fits);

}  // namespace iem
