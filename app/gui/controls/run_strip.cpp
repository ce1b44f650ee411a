#include "app/gui/controls/run_strip.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/context/actions.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "core/optimize/optimizer.h"
#include "core/run/comparison.h"
#include "core/run/new_start.h"

namespace iem::gui {
namespace {

constexpr float kWidestChip = 300, kNarrowestChip = 132, kChipSample = 26, kChipIcon = 22;
constexpr std::string_view kAddRunMenu = "##add_run_menu";

// What is said of one run, whichever it is.
struct Chip {
  std::string name, differs;
  double loss = 0;
  int mark = 0;
  bool shown = true, kept = false;
  const Divergence* divergence = nullptr;
};

Chip first_chip(const Snapshot& s) {
  return {s.name.empty() ? std::string(text::kThisRun) : s.name,
          {},
          s.evaluation.loss,
          s.mark,
          true,
          false,
          s.divergence ? &*s.divergence : nullptr};
}

Chip chip_of(const ComparedRun& run) {
  const bool repeats = run.differs == run.label;  // where nobody named it
  return {run.label, repeats ? std::string() : run.differs,      run.evaluation.loss, run.mark, run.shown,
          run.kept,  run.divergence ? &*run.divergence : nullptr};
}

std::string state_words(const Chip& chip) {
  if (chip.divergence != nullptr)
    return std::string(text::kEndsAtStep) + " " + format_whole(chip.divergence->step - 1);
  return chip.kept ? std::string(text::kLeftBehind) : "J " + loss_number(chip.loss);
}

// The ways to hide and to dismiss a run, from its right edge leftwards. Returns where they begin.
float chip_buttons(PanelContext& context, std::size_t i, const Chip& chip, ImVec2 min, ImVec2 max) {
  const float top = min.y + px(0.5F * (kRunStripHeight - kChipIcon));
  float x = max.x - px(kChipIcon + 4);
  ImGui::SetCursorScreenPos({x, top});
  if (icon_button({.id = "##remove", .help = text::kRemoveRunHelp}, icon::kClose, 11, kChipIcon))
    context.engine().remove_run(i);
  if (i == 0) return x;
  x -= px(kChipIcon);
  ImGui::SetCursorScreenPos({x, top});
  if (icon_button({.id = "##show", .help = chip.shown ? text::kHideRunHelp : text::kShowRunHelp},
                  chip.shown ? icon::kEye : icon::kEyeStruck, 11, kChipIcon))
    context.engine().show_run(i, !chip.shown);
  return x;
}

void draw_chip(PanelContext& context, std::size_t i, const Chip& chip, ImVec2 min, ImVec2 max) {
  ImGui::PushID(static_cast<int>(i));
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float end = chip_buttons(context, i, chip, min, max) - px(4);
  ImGui::SetCursorScreenPos(min);
  const bool pressed = ImGui::InvisibleButton("##run", {end - min.x, max.y - min.y});
  draw_focus(list, min, {end, max.y}, ImGui::GetItemID());
  if (i > 0) {
    tooltip(chip.kept ? text::kLeftBehindHelp : text::kMakeFirstHelp, chip.differs);
    if (pressed) context.engine().make_first(i);
  }
  const float middle = 0.5F * (min.y + max.y), x = min.x + px(kChipSample + 22);
  const double alpha = chip.shown ? 1 : 0.45;
  draw_lane_sample(list, chip.mark, !chip.shown || chip.kept, {min.x + px(14), middle}, px(kChipSample));
  const ImU32 ink = colour(paint::lane_colour(theme(), chip.mark), alpha);
  const std::string name = cut_to(chip.name, end - x, type::kBody, Face::bold);
  draw_text(list, name, {x, middle - px(3)}, ink, type::kBody, Face::bold);
  std::string below = state_words(chip);
  if (!chip.differs.empty()) below += ", " + chip.differs;
  draw_text(list, cut_to(below, end - x, type::kSmall), {x, middle + px(13)},
            colour(chip.divergence != nullptr ? theme().warn : theme().muted, alpha), type::kSmall);
  ImGui::PopID();
}

// Rules that fit the model and are nobody's yet.
std::vector<const OptimizerType*> other_rules(const Snapshot& s) {
  std::vector<const OptimizerType*> out;
  for (const OptimizerType& type : optimizers()) {
    if (type.unavailable && !type.unavailable(s.model()).empty()) continue;
    const auto has = [&](const Config& config) { return config.text("optimizer.method") == type.id; };
    const bool taken = has(s.config()) || std::ranges::any_of(s.lanes, [&](const ComparedRun& run) {
                         return !run.kept && run.setup != nullptr && has(run.setup->config());
                       });
    if (!taken) out.push_back(&type);
  }
  return out;
}

void side_by_side_button(PanelContext& context, float x) {
  const bool multiples = context.view().config.text("view.runs") == "multiples";
  ImGui::SetCursorScreenPos({x - px(13), ImGui::GetWindowPos().y + px(0.5F * (kRunStripHeight - 30))});
  if (text_button({.id = "##side_by_side", .help = text::kSideBySideHelp, .selected = multiples},
                  text::kSideBySide))
    context.set("view.runs", std::string(multiples ? "overlay" : "multiples"));
}

}  // namespace

void add_run_menu(PanelContext& context) {
  if (!begin_menu(kAddRunMenu.data())) return;
  Engine& engine = context.engine();
  const Snapshot& s = context.snapshot();
  const bool full = std::ranges::count_if(s.lanes, [](const ComparedRun& run) { return !run.kept; }) + 1 >=
                    static_cast<std::ptrdiff_t>(Comparison::kMost);
  const std::string_view reason = full ? text::kNoMoreRuns : std::string_view();
  if (menu_item(text::kSameAgain, {}, false, reason)) engine.add_run({});
  const auto seed = s.config().integer("seeds.init");
  if (menu_item(text::kOtherStart, {}, false, reason)) engine.add_run({{}, {{"seeds.init", seed + 1, 0}}});
  menu_rule();
  for (const OptimizerType* rule : other_rules(s))
    if (menu_item(rule->label, {}, false, reason)) engine.add_run({{}, {{"optimizer.method", rule->id, 0}}});
  menu_rule();
  if (menu_item(text::action::kDismiss, {}, false, s.lanes.empty() ? text::kNoOtherRuns : std::string_view()))
    context.actions->run("run.dismiss");
  end_menu();
}

void draw_run_strip(PanelContext& context) {
  const Snapshot& s = context.snapshot();
  const ImVec2 min = ImGui::GetWindowPos();
  const float width = ImGui::GetWindowWidth(), bottom = min.y + px(kRunStripHeight);
  const float side = measure_text(text::kSideBySide, type::kBody).width + px(20);
  const float add = measure_text(text::kAddRun, type::kBody).width + px(30) + side;
  const auto count = static_cast<float>(s.lanes.size() + 1);
  const float each = std::clamp((width - add - px(24)) / count, px(kNarrowestChip), px(kWidestChip));
  const auto fit = static_cast<std::size_t>(std::max(1.0F, std::floor((width - add - px(24)) / each)));
  ImDrawList* list = ImGui::GetWindowDrawList();
  float x = min.x + px(10);
  for (std::size_t i = 0; i <= s.lanes.size() && i < fit; ++i) {
    draw_chip(context, i, i == 0 ? first_chip(s) : chip_of(s.lanes[i - 1]), {x, min.y}, {x + each, bottom});
    x += each;
    draw_rule_v(list, std::round(x), min.y + px(12), bottom - px(12));
  }
  ImGui::SetCursorScreenPos({x + px(8), min.y + px(0.5F * (kRunStripHeight - 30))});
  if (text_button({.id = "##add_run", .help = text::kAddRunHelp}, text::kAddRun)) {
    ImGui::OpenPopup(kAddRunMenu.data());
  }
  ImGui::SetNextWindowPos({ImGui::GetItemRectMin().x, ImGui::GetItemRectMax().y + px(4)});
  add_run_menu(context);
  if (context.view().config.table().find("view.runs") != nullptr)
    side_by_side_button(context, min.x + width - side);
  draw_rule_h(list, min.x, min.x + width, bottom - hairline_px());
}

}  // namespace iem::gui
