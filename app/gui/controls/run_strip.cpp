#include "app/gui/controls/run_strip.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "app/gui/context/actions.h"
#include "app/gui/context/run_work.h"
#include "app/gui/controls/control_row.h"
#include "app/gui/controls/draws_menu.h"
#include "app/gui/controls/row_menu.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/cover.h"
#include "app/gui/widgets/widgets.h"
#include "core/labs/kit/run_rows.h"
#include "core/labs/kit/seen_draws.h"
#include "core/optimize/optimizer.h"
#include "core/run/comparison.h"

namespace iem::gui {
namespace {

constexpr float kWidestChip = 300, kNarrowestChip = 132, kChipSample = 26, kChipIcon = 22;
// The longest state of a run: by it chips are laid out, so that they stay as wide while J changes.
constexpr std::string_view kLongestState = "J −0.000 × 10^−10, ";
constexpr std::string_view kAddRunMenu = "##add_run_menu";

std::string state_words(const RunRow& run) {
  if (run.divergence != nullptr)
    return std::string(text::kEndsAtStep) + " " + format_whole(run.divergence->step - 1);
  return run.kept ? std::string(text::kLeftBehind) : "J " + loss_number(run.now->loss);
}

// The buttons to hide and to remove a run, from its right edge leftwards. Returns their left edge.
float chip_buttons(PanelContext& context, std::size_t i, const RunRow& run, ImVec2 min, ImVec2 max) {
  if (context.snapshot().lanes.empty()) return max.x;  // one run alone, beside its draws
  const float top = min.y + px(0.5F * (kRunStripHeight - kChipIcon));
  float x = max.x - px(kChipIcon + 4);
  ImGui::SetCursorScreenPos({x, top});
  if (icon_button({.id = "##remove", .help = text::kRemoveRunHelp, .disabled = context.locked()},
                  icon::kClose, 11, kChipIcon))
    context.engine().remove_run(i);
  if (i == 0) return x;
  x -= px(kChipIcon);
  ImGui::SetCursorScreenPos({x, top});
  if (icon_button({.id = "##show", .help = run.shown ? text::kHideRunHelp : text::kShowRunHelp},
                  run.shown ? icon::kEye : icon::kEyeStruck, 11, kChipIcon))
    context.engine().show_run(i, !run.shown);
  return x;
}

void draw_chip(PanelContext& context, std::size_t i, const RunRow& run, ImVec2 min, ImVec2 max) {
  ImGui::PushID(static_cast<int>(i));
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float end = chip_buttons(context, i, run, min, max) - px(4);
  ImGui::SetCursorScreenPos(min);
  const bool pressed =
      ImGui::InvisibleButton("##run", {end - min.x, max.y - min.y}, ImGuiButtonFlags_EnableNav);
  draw_focus(list, min, {end, max.y}, ImGui::GetItemID());
  if (i > 0) {
    const std::string_view locked = context.locked();
    tooltip(!locked.empty() ? locked : run.kept ? text::kLeftBehindHelp : text::kMakeFirstHelp, run.differs);
    if (pressed && locked.empty()) context.engine().make_first(i);
  }
  const float middle = 0.5F * (min.y + max.y), x = min.x + px(kChipSample + 22);
  draw_lane_sample(list, run.mark, !run.shown || run.kept, {min.x + px(14), middle}, px(kChipSample));
  const ImU32 ink = colour(run.shown ? paint::lane_colour(theme(), run.mark) : theme().muted);
  const std::string name = cut_to(run.name, end - x, type::kBody, Face::bold);
  draw_text(list, name, {x, middle - px(3)}, ink, type::kBody, Face::bold);
  std::string below = state_words(run);
  if (!run.differs.empty()) below += ", " + run.differs;
  draw_text(list, cut_to(below, end - x, type::kSmall), {x, middle + px(13)},
            colour(run.divergence != nullptr ? theme().warn : theme().muted), type::kSmall);
  ImGui::PopID();
}

// As wide as the longest difference needs: a strip has room for it as long as runs are few.
float widest_chip(const std::vector<RunRow>& runs) {
  float words = 0;
  for (const RunRow& run : runs)
    if (!run.differs.empty())
      words = std::max(words, measure_text(std::string(kLongestState) + run.differs, type::kSmall).width);
  return std::max(px(kWidestChip), words + px(kChipSample + 22 + 2 * kChipIcon + 12));
}

// Rules that fit the model and that no run has yet.
std::vector<Value> other_rules(const Snapshot& s) {
  std::vector<Value> out = values_to_compare(s.config(), *s.config().table().find(kRuleKey), s.model());
  for (const ComparedRun& run : s.lanes)
    if (!run.kept && run.setup != nullptr) std::erase(out, run.setup->config().value(kRuleKey));
  return out;
}

// A button that toggles what the stage shows instead of all runs in one picture. Returns its left edge.
float stage_button(PanelContext& context, const char* choice, std::string_view word, std::string_view help,
                   float right) {
  const bool on = context.view().config.text("view.runs") == choice;
  const float x = right - measure_text(word, type::kBody).width - px(20);
  ImGui::SetCursorScreenPos({x, ImGui::GetWindowPos().y + px(0.5F * (kRunStripHeight - 30))});
  if (text_button({.id = choice, .help = help, .selected = on}, word))
    context.set("view.runs", std::string(on ? "overlay" : choice));
  return x;
}

// At the right edge; returns where it begins.
float right_buttons(PanelContext& context) {
  const ImVec2 min = ImGui::GetWindowPos();
  float x = min.x + ImGui::GetWindowWidth() - px(6);
  if (context.view().config.table().find("view.runs") != nullptr) {
    if (!context.snapshot().lanes.empty())
      x = stage_button(context, "multiples", text::kSideBySide, text::kSideBySideHelp, x);
    if (context.view().draws != nullptr && context.view().draws->ends(context.snapshot()) != nullptr)
      x = stage_button(context, "draws", text::kDraws, text::kDrawsHelp, x);
  }
  return draws_button(context, x, min.y, px(kRunStripHeight));
}

// The menu that adds a run: the same again, each other rule that fits, or the next start.
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
  const Parameter& key = *s.config().table().find(kRuleKey);
  for (const Value& rule : other_rules(s))
    if (menu_item(choice_label(key, std::get<std::string>(rule)), {}, false, reason))
      engine.add_run({{}, {{kRuleKey, rule, 0}}});
  menu_rule();
  if (menu_item(text::kBestRates)) context.run_work->find_rates(context);
  if (menu_item(text::action::kDismiss, {}, false, s.lanes.empty() ? text::kNoOtherRuns : std::string_view()))
    context.actions->run("run.dismiss");
  end_menu();
}

// Which of the runs have room: `count` of them from `first` on.
struct RunsShown {
  int first = 0, count = 0;
};

// Where some have no room, a button says which are shown and turns to the next ones; so does the wheel.
void turn_runs(RunsShown& shown, int all, ImVec2 at) {
  int& first = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("##first_run"), 0);
  const int most = std::max(0, all - shown.count);
  shown.first = first = std::clamp(first, 0, most);
  if (most == 0) return;
  const int last = first + shown.count;
  const std::string range = shown.count == 1 ? "" : std::to_string(first + 1) + "–";
  const std::string words =
      range + std::to_string(last) + " " + std::string(text::kOf) + " " + std::to_string(all);
  ImGui::SetCursorScreenPos({at.x, at.y + px(0.5F * (kRunStripHeight - 30))});
  if (text_button({.id = "##more_runs", .help = text::kMoreRunsHelp}, words))
    first = last < all ? std::min(last, most) : 0;
  const float wheel = ImGui::IsWindowHovered() ? ImGui::GetIO().MouseWheel : 0;
  if (wheel != 0) first = std::clamp(first + (wheel < 0 ? 1 : -1), 0, most);
}

std::string coming_words(const Engine::Coming& coming) {
  std::string out = coming.name.empty() ? std::string(text::kARunComes) : coming.name;
  if (coming.of > 1) out += " (" + std::to_string(coming.place) + " of " + std::to_string(coming.of) + ")";
  if (coming.last == 0) return out + ": " + std::string(text::kSeeksRate);
  return out + ": step " + format_whole(coming.step) + " of " + format_whole(coming.last);
}

// How far a run on its way is, and the button that ends it, in the place of the one that adds a run.
void draw_coming(PanelContext& context, const std::string& words, ImVec2 at) {
  const float middle = at.y + px(0.5F * kRunStripHeight);
  draw_text(ImGui::GetWindowDrawList(), words, {at.x, middle + px(5)}, colour(theme().muted), type::kBody);
  ImGui::SetCursorScreenPos(
      {at.x + measure_text(words, type::kBody).width + px(6), middle - px(0.5F * kChipIcon)});
  if (icon_button({.id = "##stop_coming", .help = text::kStopComing}, icon::kClose, 11, kChipIcon))
    context.engine().end_coming();
}

}  // namespace

bool has_run_strip(const PanelContext& context) {
  return !context.snapshot().lanes.empty() || context.engine().coming().has_value() ||
         context.view().draws != nullptr || context.run_work->working();
}

void draw_run_strip(PanelContext& context) {
  const std::vector<RunRow> runs = run_rows(context.snapshot());
  const ImVec2 min = ImGui::GetWindowPos();
  if (context.reduced().covers_anything())  // how far each has come
    return draw_cover({min.x + px(24), min.y + px(6)},
                      {min.x + ImGui::GetWindowWidth() - px(24), min.y + px(kRunStripHeight - 6)});
  const float width = ImGui::GetWindowWidth(), bottom = min.y + px(kRunStripHeight);
  const std::optional<Engine::Coming> coming = context.engine().coming();
  const std::string words = coming ? coming_words(*coming) : std::string(text::kAddRun);
  const float add = measure_text(words, type::kBody).width + px(30);
  float room = right_buttons(context) - min.x - add - px(24);
  const auto all = static_cast<int>(runs.size());
  if (room < static_cast<float>(all) * px(kNarrowestChip))
    room -= measure_text("0–0 of 0", type::kBody).width + px(20);
  const float each = std::clamp(room / static_cast<float>(all), px(kNarrowestChip), widest_chip(runs));
  RunsShown shown{.count = std::clamp(static_cast<int>(std::floor(room / each + 1e-3F)), 1, all)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  float x = min.x + px(10);
  turn_runs(shown, all, {x + static_cast<float>(shown.count) * each + px(2), min.y});
  const float after =
      shown.count < all ? ImGui::GetItemRectMax().x - px(4) : x + static_cast<float>(shown.count) * each;
  for (int i = shown.first; i < shown.first + shown.count; ++i) {
    const auto run = static_cast<std::size_t>(i);
    draw_chip(context, run, runs[run], {x, min.y}, {x + each, bottom});
    x += each;
    draw_rule_v(list, std::round(x), min.y + px(12), bottom - px(12));
  }
  draw_rule_h(list, min.x, min.x + width, bottom - hairline_px());
  if (coming) return draw_coming(context, words, {after + px(8), min.y});
  ImGui::SetCursorScreenPos({after + px(8), min.y + px(0.5F * (kRunStripHeight - 30))});
  if (text_button({.id = "##add_run", .help = text::kAddRunHelp, .disabled = context.locked()},
                  text::kAddRun)) {
    ImGui::OpenPopup(kAddRunMenu.data());
  }
  ImGui::SetNextWindowPos({ImGui::GetItemRectMin().x, ImGui::GetItemRectMax().y + px(4)});
  add_run_menu(context);
}

}  // namespace iem::gui
