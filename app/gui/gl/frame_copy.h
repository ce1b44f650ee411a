// What a frame of ImGui's draws, kept to be compared with the next one. A unit of ImGui's must be one pixel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/gui/gl/pixel_rect.h"
#include "imgui.h"

namespace iem::gui {

struct FrameCopy {
  struct Command {
    PixelRect clip;  // the pixels it may touch
    std::uintptr_t callback = 0;
    std::string given;  // to the callback
    unsigned texture = 0;
    std::uint64_t version = 0;       // of the texture's pixels (texture_versions.h)
    std::size_t begin = 0, end = 0;  // of `corners`, three a triangle; a callback has none
  };
  struct List {
    std::string name;
    std::size_t begin = 0, end = 0;  // of `commands`
  };
  int width = 0, height = 0;
  std::vector<ImDrawVert> corners;
  std::vector<PixelRect> boxes;  // of the triangles
  std::vector<Command> commands;
  std::vector<List> lists;

  // The last one is forgotten, and its room used again.
  void take(const ImDrawData& data);
};

// Whether they are drawn alike but for their triangles.
bool same_look(const FrameCopy::Command& a, const FrameCopy::Command& b);
// Whether the triangles from these corners on are the same.
bool same_triangle(const ImDrawVert* a, const ImDrawVert* b);
PixelRect box_of_triangle(const ImDrawVert* corners);  // as in `boxes`

}  // namespace iem::gui
