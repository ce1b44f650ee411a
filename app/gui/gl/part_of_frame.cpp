#include "app/gui/gl/part_of_frame.h"

#include <glad/gl.h>

#include <cstddef>
#include <vector>

#include "imgui_impl_opengl3.h"

namespace iem::gui {
namespace {

void clear_within(const PixelRect& rect, int height, const ImVec4& colour) {
  glEnable(GL_SCISSOR_TEST);
  glScissor(rect.x0, height - rect.y1, rect.x1 - rect.x0, rect.y1 - rect.y0);
  glClearColor(colour.x, colour.y, colour.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  glDisable(GL_SCISSOR_TEST);
}

// Cuts the command to the rectangle, and to its triangles from the first to the last that reach into it.
// False where none does.
bool cut(ImDrawCmd& command, const FrameCopy& copy, const FrameCopy::Command& whole, const PixelRect& rect) {
  const PixelRect clip = common(whole.clip, rect);
  if (clip.empty()) return false;
  command.ClipRect = {static_cast<float>(clip.x0), static_cast<float>(clip.y0), static_cast<float>(clip.x1),
                      static_cast<float>(clip.y1)};
  if (command.UserCallback != nullptr) return true;
  const auto reaches = [&](std::size_t triangle) {
    const PixelRect& box = copy.boxes[triangle];
    return box.x0 < clip.x1 && clip.x0 < box.x1 && box.y0 < clip.y1 && clip.y0 < box.y1;
  };
  std::size_t first = whole.begin / 3, end = whole.end / 3;
  while (first < end && !reaches(first)) ++first;
  while (end > first && !reaches(end - 1)) --end;
  command.IdxOffset += 3 * static_cast<unsigned>(first - whole.begin / 3);
  command.ElemCount = 3 * static_cast<unsigned>(end - first);
  return first < end;
}

// The commands of a list, once for each rectangle they reach into; none where nothing is drawn.
ImVector<ImDrawCmd> commands_within(const ImDrawList& list, const FrameCopy& copy, std::size_t begin,
                                    std::span<const PixelRect> rects) {
  ImVector<ImDrawCmd> out;
  bool draws = false;
  for (int i = 0; i < list.CmdBuffer.Size; ++i) {
    const ImDrawCmd& each = list.CmdBuffer[i];
    if (each.UserCallback != nullptr && each.UserCallbackDataSize == 0) {  // sets how others are drawn
      out.push_back(each);
      continue;
    }
    for (const PixelRect& rect : rects) {
      ImDrawCmd part = each;
      if (!cut(part, copy, copy.commands[begin + static_cast<std::size_t>(i)], rect)) continue;
      out.push_back(part);
      draws = true;
    }
  }
  if (!draws) out.clear();
  return out;
}

}  // namespace

void draw_part(ImDrawData& data, const FrameCopy& copy, std::span<const PixelRect> rects,
               const ImVec4& clear) {
  for (const PixelRect& rect : rects) clear_within(rect, copy.height, clear);
  ImVector<ImDrawList*> all, drawn;
  all.swap(data.CmdLists);
  std::vector<ImVector<ImDrawCmd>> whole;
  for (int i = 0; i < all.Size; ++i) {
    ImVector<ImDrawCmd> part =
        commands_within(*all[i], copy, copy.lists[static_cast<std::size_t>(i)].begin, rects);
    if (part.empty()) continue;
    drawn.push_back(all[i]);
    all[i]->CmdBuffer.swap(part);
    whole.emplace_back().swap(part);
  }
  data.CmdLists = drawn;
  ImGui_ImplOpenGL3_RenderDrawData(&data);
  for (int i = 0; i < drawn.Size; ++i) drawn[i]->CmdBuffer.swap(whole[static_cast<std::size_t>(i)]);
  data.CmdLists.swap(all);
}

}  // namespace iem::gui
