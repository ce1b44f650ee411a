#include "app/gui/controls/control_panel.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/gui/context/actions.h"
#include "app/gui/context/explain.h"
#include "app/gui/controls/group_text.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/settings.h"
#include "core/base/number.h"
#include "imgui_internal.h"

namespace iem::gui {
namespace {

constexpr float kLeft = 24, kRight = 20, kTopMargin = 12, kFormula = 14;
constexpr float kTall = 1000;  // from this window height on no group is folded at first

// Pages fold their groups independently.
std::string setting_of(Group group, const PageWindows& page) {
  return "fold." + (page.folded.empty() ? std::string() : std::string(page.id) + ".") +
         std::string(type_of(group).id);
}

bool applies(const Parameter& p, const Config& config) {
  return !p.unavailable || p.unavailable(config).empty();
}

bool is_a_segment(const Parameter& p, const std::string& id) {
  const auto offered = std::span(p.choices).first(segments_of(p.choices.size()));
  return std::ranges::find(offered, id) != offered.end();
}

// Segments have the other choices in a menu beside them; one that was taken there is said in a row.
bool has_row(const Parameter& p, const Config& config) {
  return !p.segments || !is_a_segment(p, config.text(p.key));
}

std::string objective_value(double loss) {
  return std::isfinite(loss) ? shown_number(loss) : std::string(text::kNotFinite);
}

// The text of a reading: like values, but tiny numbers are shown with their order of magnitude.
std::string reading_text(double value) {
  return value != 0 && std::abs(value) < 1e-3 ? tiny_number(value) : shown_number(value);
}

// Whether a scene sets a key to another value than its default.
bool says(const Config& scene, const Parameter& p) {
  return scene.is_set(p.key) && scene.value(p.key) != scene.default_value(p.key);
}

// Rows that stand behind the dots of their group: seldom needed, without effect here, or the path of an
// embedded file.
bool is_behind(const Parameter& p, const Config& config, const Config& scene) {
  const bool embedded = p.kind == ParameterKind::text && config.text(p.key).starts_with("builtin:");
  // A number that the scene sets is one of its subjects and stays visible.
  const bool subject = p.kind == ParameterKind::real && says(scene, p);
  return (p.advanced && !subject) || embedded || !applies(p, config);
}

// Whether a group is folded in scenes that leave all of its keys at their defaults.
bool folds_at_defaults(Group group) {
  return group == Group::objective || group == Group::schedule || group == Group::view;
}

struct Behind {
  int count = 0, changed = 0;
};

struct HeadPress {
  bool fold = false, more = false;
};

// The head of an open group; a click folds it. Rows that stand behind are behind the dots on the right.
HeadPress head(Group group, std::string_view state, const Behind& behind, bool open) {
  HeadPress press;
  const std::string name(type_of(group).id);
  const float dots = behind.count > 0 ? px(24) : 0;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = at.x + row_width();
  ImDrawList* list = ImGui::GetWindowDrawList();
  press.fold = ImGui::InvisibleButton(("##head." + name).c_str(), {row_width() - dots, px(20)},
                                      ImGuiButtonFlags_EnableNav);
  const bool hovered = ImGui::IsItemHovered();
  draw_focus(list, {at.x - px(8), at.y - px(2)}, {right - dots, at.y + px(20)}, ImGui::GetItemID());
  tooltip({}, text::kFoldHelp);
  if (hovered) draw_icon(list, icon::kChevronDown, {at.x - px(11), at.y + px(8)}, colour(theme().muted), 9);
  if (behind.count > 0) {
    ImGui::SetCursorScreenPos({right - px(18), at.y - px(2)});
    press.more = icon_button({.id = ("##more." + name).c_str(), .help = text::kMoreHelp, .selected = open},
                             icon::kEllipsis, 12, 20);
    if (behind.changed > 0 && !open)
      list->AddCircleFilled({right + px(5), at.y + px(2)}, 2.5F * scale(), colour(theme().accent));
  }
  ImGui::SetCursorScreenPos(at);
  {
    const ScopedRowWidth width(row_width() - dots);
    group_head(type_of(group).label, state);
  }
  return press;
}

// d_3 = 2.753 - 0.920 + 2.674 = 4.507, smaller where it would not fit.
void number_row(const NumbersInFormula& numbers) {
  float size = kFormula;
  while (size > type::kTick && measure_math(numbers.pieces, size) > row_width()) size -= 0.5F;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  gap(24);
  draw_math(ImGui::GetWindowDrawList(), numbers.pieces, {at.x, at.y + px(15)}, size,
            colour(paint::line_colour(theme(), numbers.component)));
}

// Draw again, paint, paste: points that come from no key.
void points_row(PanelContext& context) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  gap(26);
  const float baseline = at.y + px(17), right = at.x + row_width();
  draw_text(ImGui::GetWindowDrawList(), text::kByHand, {at.x, baseline}, colour(theme().ink), type::kBody);
  struct Tool {
    const char* action;
    std::string_view icon;
  };
  float x = right - px(70);
  for (const Tool& tool :
       {Tool{"data.redraw", icon::kDice}, {"data.paint", icon::kBrush}, {"data.paste", icon::kPaste}}) {
    const Action* action = context.actions->find(tool.action);
    const std::string reason = context.actions->disabled(tool.action);
    ImGui::SetCursorScreenPos({x, at.y + px(1)});
    if (icon_button({.id = tool.action,
                     .help = action->label,
                     .shortcut = action->keys,
                     .disabled = reason,
                     .selected = context.view().painting && action->id == "data.paint"},
                    tool.icon, 12, 24))
      context.actions->run(tool.action);
    x += px(24);
  }
  ImGui::SetCursorScreenPos({at.x, at.y + px(26)});
}

// One item however many lines it has.
void explained_formula(PanelContext& context, const std::string& formula, const std::string& value) {
  ImGui::BeginGroup();
  formula_row(formula, kFormula, theme().ink, value);
  const ImVec2 below = ImGui::GetCursorScreenPos();  // a group would add air of its own
  ImGui::EndGroup();
  explain_formula(context, formula);
  ImGui::SetCursorScreenPos(below);
}

}  // namespace

// As the user left it, else as the scene needs it.
bool ControlPanel::is_folded(const PanelContext& context, Group group) const {
  if (page_ == nullptr) return false;
  const std::string setting = setting_of(group, *page_);
  if (const auto known = folded_.find(setting); known != folded_.end()) return known->second;
  const auto& saved = settings().more;
  if (const auto found = saved.find(setting); found != saved.end()) return found->second == "1";
  if (ImGui::GetIO().DisplaySize.y >= kTall * scale()) return false;
  if (std::ranges::find(page_->folded, group) != page_->folded.end()) return true;
  if (!folds_at_defaults(group)) return false;
  const Config& scene = context.scene();
  return std::ranges::none_of(scene.table().all(), [&](const Parameter& p) {
    // Seeds (the start) and view keys do not count as subjects of a scene that the user should try.
    const bool subject = p.effect != Effect::start && p.effect != Effect::view;
    return p.group == group && p.in_panel && !p.advanced && subject && says(scene, p);
  });
}

void ControlPanel::fold(Group group, bool folded) {
  const std::string setting = setting_of(group, *page_);
  folded_[setting] = folded;
  settings().more[setting] = folded ? "1" : "0";
}

void ControlPanel::draw_rows(PanelContext& context, const Config& config, Group group) {
  for (const bool behind : {false, true}) {
    if (behind && !more_[group]) return;
    for (const Parameter& p : config.table().all()) {
      if (p.group != group || !p.in_panel || !has_row(p, config) ||
          is_behind(p, config, context.scene()) != behind)
        continue;
      const ImVec2 at = ImGui::GetCursorScreenPos();
      rows_.draw(context, config, p);
      reveal(p.key, at);
    }
  }
}

// Scrolls to a row that has newly appeared in a scene that was shown already.
void ControlPanel::reveal(const std::string& key, ImVec2 top) {
  rows_now_.insert(key);
  if (rows_before_.empty() || rows_before_.contains(key)) return;
  const ImVec2 end(top.x + row_width(), ImGui::GetCursorScreenPos().y + px(4));
  ImGui::ScrollToRect(ImGui::GetCurrentWindow(), {top, end}, ImGuiScrollFlags_KeepVisibleEdgeY);
}

bool ControlPanel::draw_group(PanelContext& context, const Config& config, Group group, bool first) {
  const std::string formula = context.lab().formula(group, config);
  const auto& all = config.table().all();
  const bool any =
      std::ranges::any_of(all, [&](const Parameter& p) { return p.group == group && p.in_panel; });
  if (!any && formula.empty()) return false;
  if (type_of(group).learns && context.snapshot().data().size() == 0) return false;
  if (is_folded(context, group)) {
    if (!last_was_folded_ && !first) gap(3);
    bool open = false;
    const std::string id = "##fold." + std::string(type_of(group).id);
    if (fold_row(id.c_str(), type_of(group).label, folded_state(context, config, group), open))
      fold(group, false);
    last_was_folded_ = true;
    return true;
  }
  if (!first) group_rule();
  last_was_folded_ = false;
  Behind behind;
  for (const Parameter& p : all) {
    if (p.group != group || !p.in_panel || !is_behind(p, config, context.scene()) || !has_row(p, config))
      continue;
    ++behind.count;
    if (context.is_changed(p.key) && !p.segments) ++behind.changed;
  }
  const bool by_hand = group == Group::data && config.table().find("data.points");
  behind.count += by_hand ? 1 : 0;
  const HeadPress press = head(group, open_state(context, group), behind, more_[group]);
  if (press.fold) fold(group, true);
  if (press.more) more_[group] = !more_[group];
  for (const Parameter& p : all) {
    if (p.group != group || !p.segments) continue;
    gap(2);
    rows_.draw_segments(context, p);
    gap(5);
  }
  const Evaluation& now = context.snapshot().evaluation;
  if (group == Group::objective && !now.has_loss)
    note(context.snapshot().model().em_unavailable());
  else if (!formula.empty())
    explained_formula(context, formula, group == Group::objective ? objective_value(now.loss) : "");
  if (group == Group::model)
    if (const NumbersInFormula numbers = numbers_of(context); numbers.component >= 0) number_row(numbers);
  draw_rows(context, config, group);
  if (by_hand && (more_[group] || context.view().painting)) points_row(context);
  draw_readings(context, group);
  return true;
}

// Some are read off a whole curve, which takes longer than to draw the panel.
const std::vector<Reading>& ControlPanel::readings(PanelContext& context, Group group) {
  KeptReadings& kept = readings_[group];
  const std::uint64_t serial = context.snapshot().serial, revision = context.view().revision;
  if (!kept.made || kept.opened != context.opened() || kept.serial != serial ||
      kept.view_revision != revision)
    kept = {context.lab().readings(group, context.snapshot(), context.view().view()), context.opened(),
            serial, revision, true};
  return kept.readings;
}

// Draws the readings of a group, and the button that copies the lab's result as code.
void ControlPanel::draw_readings(PanelContext& context, Group group) {
  for (const Reading& reading : readings(context, group)) {
    const std::string id = "##reading." + reading.label;
    value_row({.id = id.c_str(), .label = reading.label, .help = reading.help}, reading_text(reading.value));
  }
  const std::vector<CodeType> types = context.lab().code_types();
  if (group != Group::compare || types.empty()) return;
  std::vector<Choice> choices;
  for (const CodeType& type : types) choices.push_back({type.label});
  code_ = std::min(code_, static_cast<int>(types.size()) - 1);
  int chosen = code_;
  if (!choice_row({.id = "##code", .label = text::kCopyAsCode, .help = text::kCopyAsCodeHelp}, chosen,
                  choices))
    return;
  code_ = chosen;
  const CodeType& type = types[static_cast<std::size_t>(code_)];
  ImGui::SetClipboardText(context.lab().code(type.id, context.snapshot()).c_str());
  const std::string& doubt = context.snapshot().doubt;
  const std::string copied = std::string(text::kCopied) + ": " + type.label;
  context.notices().say(copied + (doubt.empty() ? "" : ". ") + doubt, Notices::Tone::quiet);
}

void ControlPanel::draw_groups(PanelContext& context) {
  const Config config = context.shown_config();
  last_was_folded_ = false;
  bool first = true;
  for (const auto& [group, id, label, learns, folded] : group_types())
    if (draw_group(context, config, group, first)) first = false;
}

void ControlPanel::draw(PanelContext& context, const PageWindows& page) {
  page_ = &page;
  ImGui::BeginChild("##controls", {0, 0}, ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_None);
  rows_before_ = std::exchange(rows_now_, {});
  if (std::exchange(opened_, context.opened()) != context.opened()) {
    ImGui::SetScrollY(0);
    rows_before_.clear();
  }
  ImGui::SetCursorPos({px(kLeft), px(kTopMargin)});
  ImGui::BeginGroup();
  {
    const ScopedRowWidth width(ImGui::GetWindowWidth() - px(kLeft) - px(kRight));
    if (context.reduced().has_all_controls())
      draw_groups(context);
    else
      rows_.draw_keys(context, context.reduced().keys());
    gap(2);
  }
  ImGui::EndGroup();
  ImGui::EndChild();
}

}  // namespace iem::gui
