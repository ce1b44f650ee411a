#include "app/gui/widgets/cover.h"

#include <algorithm>

#include "app/gui/look/fonts.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"

namespace iem::gui {
namespace {

constexpr float kHatchPitch = 9, kCoverCorner = 6, kPillHeight = 26;  // style pixels

void draw_hatch(ImDrawList* list, ImVec2 min, ImVec2 max) {
  const float pitch = px(kHatchPitch), height = max.y - min.y;
  list->PushClipRect(min, max, true);
  for (float x = min.x - height; x < max.x; x += pitch)
    list->AddLine({x, max.y}, {x + height, min.y}, colour(theme().hairline), hairline_px());
  list->PopClipRect();
}

}  // namespace

void draw_cover(ImVec2 min, ImVec2 max) {
  if (max.x - min.x < px(8) || max.y - min.y < px(8)) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(min, max, colour(theme().panel), px(kCoverCorner));
  draw_hatch(list, min, max);
  list->AddRect(min, max, colour(theme().hairline), px(kCoverCorner), hairline_px());
  const float width = max.x - min.x;
  float size = type::kSmall;
  const auto wide = [&] { return measure_text(text::lesson::kHidden, size).width + px(48); };
  if (wide() > width) size = type::kTick;
  const bool words = wide() <= width;
  const float pill = words ? wide() : px(36);
  const ImVec2 centre(0.5F * (min.x + max.x), 0.5F * (min.y + max.y));
  const ImVec2 a(centre.x - 0.5F * pill, centre.y - 0.5F * px(kPillHeight)),
      b(centre.x + 0.5F * pill, centre.y + 0.5F * px(kPillHeight));
  if (max.y - min.y >= px(kPillHeight))
    list->AddRectFilled(a, b, colour(theme().panel), 0.5F * px(kPillHeight));
  const float icon_x = words ? a.x + px(18) : centre.x;
  draw_icon(list, icon::kEyeStruck, {icon_x, centre.y}, colour(theme().muted), 12);
  if (words)
    draw_text(list, text::lesson::kHidden, {a.x + px(32), centre.y + 0.5F * cap_height(size)},
              colour(theme().muted), size);
}

}  // namespace iem::gui
