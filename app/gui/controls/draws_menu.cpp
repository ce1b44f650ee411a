#include "app/gui/controls/draws_menu.h"

#include <array>
#include <string>

#include "app/gui/context/run_work.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/sessions/take_points.h"
#include "app/gui/widgets/widgets.h"
#include "core/labs/kit/seen_draws.h"
#include "core/run/new_start.h"

namespace iem::gui {
namespace {

constexpr const char* kDrawsMenu = "##draws_menu";
constexpr float kProgressWidth = 96, kButtonHeight = 30, kStopBox = 22;

void draw_items(PanelContext& context, DrawOf of, std::string_view words, const std::string& disabled) {
  for (const int times : {5, 20, 100})
    if (menu_item(std::to_string(times) + " " + std::string(words), {}, false, disabled))
      context.run_work->draw(context, of, times);
}

// Menu items for the look of the present draws.
void look_items(PanelContext& context) {
  const std::shared_ptr<const SeenDraws> draws = context.view().draws;
  const std::string_view none = draws == nullptr ? text::kNoDrawsYet : std::string_view();
  SeenDraws::Look look = draws == nullptr ? SeenDraws::Look{} : draws->look();
  const auto show = [&] {
    context.view().draws = std::make_shared<const SeenDraws>(*draws, look);
    context.view().touch();
  };
  for (const BandKind band : {BandKind::deviation, BandKind::quartiles})
    if (menu_item(band == BandKind::deviation ? text::kMeanAndDeviation : text::kMedianAndQuartiles, {},
                  draws != nullptr && look.band == band, none)) {
      look.band = band;
      show();
    }
  if (menu_item(text::kSingleRuns, {}, look.single_lines, none)) {
    look.single_lines = !look.single_lines;
    show();
  }
  menu_rule();
  if (menu_item(text::kForgetDraws, {}, false, none)) {
    context.view().draws = nullptr;
    context.view().touch();
  }
}

void draws_menu(PanelContext& context) {
  if (!begin_menu(kDrawsMenu)) return;
  const Snapshot& s = context.snapshot();
  const std::string fixed = new_start_unavailable(s.setup->scene), given = redraw_unavailable(s);
  draw_items(context, DrawOf::start, text::kStarts, fixed);
  menu_rule();
  draw_items(context, DrawOf::data, text::kDataSets, given);
  menu_rule();
  draw_items(context, DrawOf::both, text::kStartsAndDataSets, given);
  menu_rule();
  look_items(context);
  end_menu();
}

// "Drawing ———— x".
float progress(PanelContext& context, float right, float top, float height) {
  RunWork& work = *context.run_work;
  ImDrawList* list = ImGui::GetWindowDrawList();
  float x = right - px(kStopBox);
  ImGui::SetCursorScreenPos({x, top + 0.5F * (height - px(kStopBox))});
  if (icon_button({.id = "##stop_work", .help = text::kStopWork}, icon::kClose, 11, kStopBox)) work.stop();
  x -= px(kProgressWidth + 8);
  const float middle = std::round(top + 0.5F * height);
  const auto done = static_cast<float>(work.part());
  list->AddLine({x, middle}, {x + px(kProgressWidth), middle}, colour(theme().hairline), px(4));
  list->AddLine({x, middle}, {x + done * px(kProgressWidth), middle}, colour(theme().accent), px(4));
  x -= px(10) + measure_text(work.words(), type::kBody).width;
  draw_text(list, work.words(), {x, middle + px(5)}, colour(theme().muted), type::kBody);
  return x;
}

}  // namespace

float draws_button(PanelContext& context, float right, float top, float height) {
  if (context.run_work->working()) return progress(context, right, top, height);
  const float x = right - measure_text(text::kManyDraws, type::kBody).width - px(20);
  ImGui::SetCursorScreenPos({x, top + 0.5F * (height - px(kButtonHeight))});
  if (text_button({.id = "##draws", .help = text::kManyDrawsHelp, .disabled = context.locked()},
                  text::kManyDraws))
    ImGui::OpenPopup(kDrawsMenu);
  ImGui::SetNextWindowPos({ImGui::GetItemRectMin().x, ImGui::GetItemRectMax().y + px(4)});
  draws_menu(context);
  return x;
}

}  // namespace iem::gui
