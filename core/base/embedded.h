// Files inside the binary: scenes, data, lessons, shaders, fonts, licences. They are put there at build time
// (cmake/embed.cmake) under names such as "scenes/three_blobs.toml", "data/penguins.csv",
// "shaders/field.frag", "fonts/Roboto-Regular.ttf", "licences/imgui.txt". The bytes live as long as the
// program.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace iem {

// Empty if there is no such file. A zero byte follows the last one, outside the span.
std::span<const std::byte> embedded_file(std::string_view name);

// The same bytes as text.
std::string_view embedded_text(std::string_view name);

// Names that begin with `prefix`, sorted: embedded_names("scenes/").
std::vector<std::string_view> embedded_names(std::string_view prefix);

}  // namespace iem
