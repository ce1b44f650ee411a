#include "app/gui/controls/group_text.h"

#include <algorithm>
#include <cmath>

#include "app/gui/controls/control_row.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"
#include "core/base/words.h"

namespace iem::gui {
namespace {

std::string lower(std::string words) {
  if (!words.empty() && words[0] >= 'A' && words[0] <= 'Z')
    words[0] = static_cast<char>(words[0] - 'A' + 'a');
  return words;
}

bool has(const Config& config, const char* key) { return config.table().find(key) != nullptr; }

std::string schedule_state(const Config& config) {
  std::vector<std::string> words;
  if (has(config, "schedule.temperature_decay"))
    words.emplace_back(config.real("schedule.temperature_decay") < 1 ? text::kDecayingTau
                                                                     : text::kConstantTau);
  bool stops = has(config, "schedule.stop_steps") && config.integer("schedule.stop_steps") > 0;
  for (const char* key : {"schedule.stop_grad_norm", "schedule.stop_loss_change"})
    stops = stops || (has(config, key) && config.real(key) > 0);
  words.emplace_back(stops ? text::kStops : text::kNoStop);
  return joined(words);
}

// What is on, in the order of the rows; a choice by its value.
std::string switches(const Config& config, Group group) {
  std::vector<std::string> words;
  for (const Parameter& p : config.table().all()) {
    if (p.group != group || !p.in_panel) continue;
    if (p.kind == ParameterKind::boolean && config.flag(p.key)) words.push_back(lower(p.label));
    if (p.kind == ParameterKind::choice && p.key == "view.field" && config.text(p.key) != "off")
      words.push_back(config.text(p.key) == "responsibility" ? std::string(text::kField)
                                                             : choice_label(p, config.text(p.key)));
  }
  return words.empty() ? std::string(text::kNothing) : joined(words);
}

// The first choices of a group: "gaussian, full".
std::string choices(const Config& config, Group group) {
  std::vector<std::string> words;
  for (const Parameter& p : config.table().all()) {
    const bool applies = !p.unavailable || p.unavailable(config).empty();
    if (p.group == group && p.kind == ParameterKind::choice && applies && !p.advanced)
      words.push_back(choice_label(p, config.text(p.key)));
  }
  return joined(words);
}

}  // namespace

std::string open_state(const PanelContext& context, Group group) {
  const Dataset& data = context.snapshot().data();
  if (group == Group::objective) {
    constexpr const char* kDecay = "schedule.temperature_decay";
    const bool cools = has(context.snapshot().config(), kDecay) && context.value(kDecay) != Value(1.0);
    return std::string(cools ? text::kMinimisedCooling : text::kMinimised);
  }
  if (group != Group::data) return {};
  const auto [one, several] = context.lab().point_names();
  std::string words = format_whole(data.size()) + " " + (data.size() == 1 ? one : several);
  if (data.standardised) words += ", " + std::string(text::kStandardised);
  return words;
}

std::string objective_state(const Evaluation& e) {
  if (!e.has_loss) return {};
  return std::isfinite(e.loss) ? "J = " + shown_number(e.loss) : "J " + std::string(text::kNotFinite);
}

std::string folded_state(const PanelContext& context, const Config& config, Group group) {
  switch (group) {
    case Group::schedule: return schedule_state(config);
    case Group::view: return switches(config, group);
    case Group::hypotheses:
    case Group::energy:
    case Group::statistic:
    case Group::compare:
    case Group::model:
    case Group::learning: return choices(config, group);
    case Group::objective: return objective_state(context.snapshot().evaluation);
    case Group::data:
    case Group::scene: break;
  }
  return open_state(context, group);
}

NumbersInFormula numbers_of(PanelContext& context) {
  NumbersInFormula out;
  const Snapshot& snapshot = context.snapshot();
  const int point = context.view().shown_point(snapshot);
  if (point < 0) return out;
  const ElementId& pinned = context.view().pinned;
  const auto components = static_cast<int>(context.responsibilities().size());
  if (components == 0) return out;
  if (pinned.kind == ElementId::Kind::prototype && pinned.index < components) {
    out.component = pinned.index;
  } else {
    const auto& r = context.responsibilities();
    out.component = static_cast<int>(std::max_element(r.begin(), r.end()) - r.begin());
  }
  const NumberLine line = context.lab().number_line(snapshot, point, out.component);
  if (line.terms.empty()) return {};
  const std::string symbol = "d_{" + std::to_string(out.component + 1) + "}";
  out.pieces = std::isfinite(line.sum) ? math_pieces(number_formula(line, symbol))
                                       : math_pieces({symbol, "\\mathrm{\\ is\\ not\\ finite}"});
  return out;
}

}  // namespace iem::gui
