// How often the pixels of a texture were replaced: a texture keeps its name, and OpenGL gives the name of one
// that is gone to another.
#pragma once

#include <cstdint>

namespace iem::gui {

void texture_changed(unsigned texture);
std::uint64_t texture_version(unsigned texture);  // 0 of one that nobody has reported

}  // namespace iem::gui
