// Pictures by key, kept as OpenGL textures while they are in use.
#pragma once

#include <cstdint>

#include "app/paint/canvas.h"
#include "imgui.h"

namespace iem::gui {

// The texture of `image`, uploaded when its key is new (a picture without a key is known by its bytes). Least
// recently used ones go when the whole exceeds 96 MB, but none that was asked for in this frame.
ImTextureID texture_of(const paint::Image& image);

// Deletes all. Before the OpenGL context goes.
void clear_textures();

}  // namespace iem::gui
