// Files that say what somebody has worked on: for its owner's eyes only.
#pragma once

#include <string>
#include <string_view>

namespace iem::gui {

// Whole or not at all, mode 0600. Throws InputError (kind io).
void write_privately(const std::string& path, std::string_view text);

}  // namespace iem::gui
