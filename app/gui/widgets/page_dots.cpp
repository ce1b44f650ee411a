#include "app/gui/widgets/page_dots.h"

#include <algorithm>

#include "app/gui/look/style.h"

namespace iem::gui {
namespace {

constexpr float kPitch = 12, kLeastPitch = 7.5F;

}  // namespace

float page_dots_width(std::size_t pages) { return px(kPitch) * static_cast<float>(pages); }

bool draw_page_dots(ImDrawList* list, std::size_t page, std::size_t pages, float left, float right, float y) {
  const float pitch = std::min(px(kPitch), (right - left) / static_cast<float>(pages));
  if (pitch < kLeastPitch * scale()) return false;
  const float begin = 0.5F * (left + right) - 0.5F * pitch * static_cast<float>(pages - 1);
  for (std::size_t i = 0; i < pages; ++i) {
    const ImVec2 centre(begin + pitch * static_cast<float>(i), y);
    if (i == page)
      list->AddCircleFilled(centre, px(4.5F), colour(theme().accent));
    else if (i < page)
      list->AddCircleFilled(centre, px(3), colour(theme().muted));
    else
      list->AddCircle(centre, px(3), colour(theme().muted), 0, px(1));
  }
  return true;
}

}  // namespace iem::gui
