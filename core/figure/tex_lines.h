// Breaks a formula that is too long for one line before a plus or minus outside of all brackets, as
// typesetters do.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace iem {

// The fewest lines that fit; joined they are `tex`. A line without any place to break it stays too long.
std::vector<std::string> tex_lines(std::string_view tex,
                                   const std::function<bool(const std::string& line)>& fits);

}  // namespace iem
