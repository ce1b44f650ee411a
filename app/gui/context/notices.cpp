#include "app/gui/context/notices.h"

#include <algorithm>
#include <cmath>

#include "app/gui/look/fonts.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/file_dialog.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {
namespace {

constexpr double kShown_s = 6, kFade_s = 0.6;
constexpr std::size_t kMostLines = 3, kMostHistory = 50;

const Rgb& ink_of(Notices::Tone tone) {
  switch (tone) {
    case Notices::Tone::good: return theme().good;
    case Notices::Tone::warn: return theme().warn;
    case Notices::Tone::quiet: break;
  }
  return theme().ink;
}

}  // namespace

void Notices::take_back(const std::string& words) {
  std::erase_if(lines_, [&](const Line& line) { return line.words == words; });
}

bool Notices::showing(const std::string& words) const {
  return std::ranges::find(lines_, words, &Line::words) != lines_.end();
}

void Notices::say(std::string words, Tone tone) {
  take_back(words);
  history_.push_back(words);
  if (history_.size() > kMostHistory) history_.pop_front();
  lines_.push_back({std::move(words), tone, -1});
  if (lines_.size() > kMostLines) lines_.pop_front();
}

bool Notices::draw(float x, float bottom, float max_width) {
  const double now = ImGui::GetTime();
  for (Line& line : lines_)
    if (line.begin < 0) line.begin = now;
  std::erase_if(lines_, [&](const Line& line) { return now - line.begin > kShown_s + kFade_s; });
  ImDrawList* list = ImGui::GetForegroundDrawList();
  float y = bottom;
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
    const double fade = std::clamp((kShown_s + kFade_s - (now - line->begin)) / kFade_s, 0.0, 1.0);
    const float room = max_width - 2 * px(14);
    const float width = std::min(room, measure_text(line->words, type::kSmall).width);
    const ImVec2 min(std::round(x - 0.5F * width - px(14)), y - px(30));
    const ImVec2 max(std::round(x + 0.5F * width + px(14)), y);
    list->AddRectFilled(min, max, colour(theme().raised, fade), px(8));
    list->AddRect(min, max, colour(theme().hairline, fade), px(8), hairline_px());
    draw_text_cut(list, line->words, {min.x + px(14), min.y + px(20)}, colour(ink_of(line->tone), fade), room,
                  type::kSmall);
    y = min.y - px(6);
  }
  return !lines_.empty();
}

bool dialog_is_free(Notices& notices) {
  if (file_dialog().is_open()) notices.say(std::string(text::kDialogIsOpen), Notices::Tone::warn);
  return !file_dialog().is_open();
}

}  // namespace iem::gui
