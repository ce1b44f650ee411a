#include "app/gui/widgets/page_dots.h"

#include "app/gui/look/style.h"

namespace iem::gui {
namespace {

constexpr float kPitch = 12;

}  // namespace

float page_dots_width(std::size_t pages) { return px(kPitch) * static_cast<float>(pages); }

bool draw_page_dots(ImDrawList* list, std::size_t page, std::size_t pages, float left, float right, float y) {
  if (page_dots_width(pages) > right - left + px(0.5F)) return false;
  const float pitch = px(kPitch);
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
