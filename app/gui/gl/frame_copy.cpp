#include "app/gui/gl/frame_copy.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "app/gui/gl/texture_versions.h"

namespace iem::gui {
namespace {

// As the renderer of ImGui's turns a clip into whole pixels.
PixelRect pixels_of(const ImVec4& clip, int width, int height) {
  const auto whole = [](float length) { return static_cast<int>(length); };
  if (clip.z <= clip.x || clip.w <= clip.y) return {};
  const int bottom = whole(static_cast<float>(height) - clip.w), y1 = height - bottom;
  return common({whole(clip.x), y1 - whole(clip.w - clip.y), whole(clip.x) + whole(clip.z - clip.x), y1},
                {0, 0, width, height});
}

// The pixel it lies in. Far outside of the window a float may be no int.
int pixel(float length) {
  constexpr int kFar = 1 << 20;
  return static_cast<int>(std::clamp(length, static_cast<float>(-kFar), static_cast<float>(kFar)) + kFar) -
         kFar;
}

}  // namespace

void FrameCopy::take(const ImDrawData& data) {
  width = static_cast<int>(data.DisplaySize.x), height = static_cast<int>(data.DisplaySize.y);
  corners.clear(), boxes.clear(), commands.clear(), lists.clear();
  corners.reserve(static_cast<std::size_t>(data.TotalIdxCount));
  for (const ImDrawList* list : data.CmdLists) {
    List& here = lists.emplace_back();
    if (list->_OwnerName != nullptr) here.name = list->_OwnerName;
    here.begin = commands.size();
    for (const ImDrawCmd& each : list->CmdBuffer) {
      Command& command = commands.emplace_back();
      command.clip = pixels_of(each.ClipRect, width, height);
      command.begin = corners.size();
      if (each.UserCallback != nullptr) {
        command.callback = reinterpret_cast<std::uintptr_t>(each.UserCallback);
        if (each.UserCallbackDataSize > 0)
          command.given.assign(static_cast<const char*>(each.UserCallbackData),
                               static_cast<std::size_t>(each.UserCallbackDataSize));
      } else {
        command.texture = static_cast<unsigned>(each.GetTexID());
        command.version = texture_version(command.texture);
        const ImDrawIdx* index = list->IdxBuffer.Data + each.IdxOffset;
        const ImDrawVert* vertex = list->VtxBuffer.Data + each.VtxOffset;
        for (unsigned i = 0; i < each.ElemCount; ++i) corners.push_back(vertex[index[i]]);
      }
      command.end = corners.size();
    }
    here.end = commands.size();
  }
  boxes.reserve(corners.size() / 3);
  for (std::size_t i = 0; i < corners.size(); i += 3) boxes.push_back(box_of_triangle(corners.data() + i));
}

bool same_look(const FrameCopy::Command& a, const FrameCopy::Command& b) {
  return a.clip == b.clip && a.callback == b.callback && a.given == b.given && a.texture == b.texture &&
         a.version == b.version;
}

bool same_triangle(const ImDrawVert* a, const ImDrawVert* b) {
  return std::memcmp(a, b, 3 * sizeof(ImDrawVert)) == 0;
}

PixelRect box_of_triangle(const ImDrawVert* corners) {
  const ImVec2 &a = corners[0].pos, &b = corners[1].pos, &c = corners[2].pos;
  return {pixel(std::min({a.x, b.x, c.x})), pixel(std::min({a.y, b.y, c.y})),
          pixel(std::max({a.x, b.x, c.x})) + 1, pixel(std::max({a.y, b.y, c.y})) + 1};
}

}  // namespace iem::gui
