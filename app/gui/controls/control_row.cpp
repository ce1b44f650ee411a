#include "app/gui/controls/control_row.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/gui/controls/row_menu.h"
#include "app/gui/controls/typed_value.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/cover.h"
#include "core/config/setting_words.h"
#include "core/data/source.h"
#include "core/optimize/optimizer.h"

namespace iem::gui {
namespace {

constexpr float kAllBox = 26;         // beside segments: the menu of all choices, style pixels
constexpr float kCoveredRow = 30;     // style pixels
constexpr double kMostStepped = 100;  // whole numbers up to here are stepped, above they are scrubbed

struct Choices {
  std::vector<std::string> labels, reasons;
  std::vector<Choice> offered;  // views into the two
  int selected = -1;
};

Choices choices_of(const PanelContext& context, const Parameter& parameter, const std::string& chosen) {
  Choices all;
  for (const std::string& id : parameter.choices) {
    all.labels.push_back(choice_label(parameter, id));
    all.reasons.push_back(choice_unavailable(parameter, id, context.snapshot().model()));
    if (id == chosen) all.selected = static_cast<int>(all.labels.size()) - 1;
  }
  for (std::size_t i = 0; i < all.labels.size(); ++i) all.offered.push_back({all.labels[i], all.reasons[i]});
  return all;
}

bool is_stepped(const Parameter& p) {
  if (p.kind != ParameterKind::integer) return false;
  const bool has_slider = p.slider_max > p.slider_min;
  return has_slider ? p.slider_max - p.slider_min <= kMostStepped : p.effect == Effect::start;  // seeds
}

std::size_t place_of(const Parameter& parameter, const std::string& id) {
  return static_cast<std::size_t>(std::ranges::find(parameter.choices, id) - parameter.choices.begin());
}

std::string choice_symbol(const Parameter& parameter, const std::string& id) {
  const std::size_t at = place_of(parameter, id);
  return at < parameter.choice_symbols.size() ? parameter.choice_symbols[at] : "";
}

// The menu right of the segments, with those that have no segment too.
void all_choices(const Parameter& parameter, Choices& choices, ImVec2 at, Response& response) {
  const std::string menu = "##menu." + parameter.key, id = "##all." + parameter.key;
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const float right = at.x + row_width();
  ImGui::SetCursorScreenPos({right - px(kAllBox - 2), at.y + px(2)});
  if (icon_button({.id = id.c_str(), .help = text::kAllChoices, .selected = ImGui::IsPopupOpen(menu.c_str())},
                  icon::kChevronDown, 9, kAllBox - 2))
    ImGui::OpenPopup(menu.c_str());
  ImGui::SetNextWindowPos({right + px(8), at.y + px(32)}, ImGuiCond_Always, {1, 0});
  ImGui::SetNextWindowSizeConstraints({px(150), 0}, {px(420), px(420)});
  if (begin_menu(menu.c_str())) {
    for (std::size_t i = 0; i < choices.offered.size(); ++i) {
      const bool chosen = static_cast<int>(i) == choices.selected;
      if (!menu_item(choices.offered[i].label, {}, chosen, choices.offered[i].disabled) || chosen) continue;
      choices.selected = static_cast<int>(i);
      response.activated = response.changed = response.released = true;
    }
    end_menu();
  }
  ImGui::SetCursorScreenPos(below);
}

}  // namespace

Range range_of(const Parameter& p) {
  return {.slider_min = p.slider_min,
          .slider_max = p.slider_max,
          .min = p.min,
          .max = p.max,
          .min_open = p.min_open,
          .max_open = p.max_open,
          .logarithmic = p.logarithmic && p.slider_min > 0,
          .whole = p.kind == ParameterKind::integer};
}

std::string choice_label(const Parameter& parameter, const std::string& id) {
  if (parameter.key == kRuleKey)
    if (const OptimizerType* type = find_optimizer(id)) return type->label;
  return choice_in_words(parameter, id);
}

std::string choice_unavailable(const Parameter& parameter, const std::string& id, const Model& model) {
  if (parameter.key != kRuleKey) return {};
  const OptimizerType* type = find_optimizer(id);
  return type && type->unavailable ? type->unavailable(model) : std::string();
}

void ControlRows::answer(PanelContext& context, const Parameter& parameter, const Response& response,
                         Value value) {
  if (response.activated) gesture_ = context.new_gesture();
  if (!response.refused.empty())
    context.notices().say(refusal_words(parameter, response.refused), Notices::Tone::warn);
  if (response.reset && context.is_changed(parameter.key))
    context.reset(parameter.key);
  else if (response.changed)
    context.set(parameter.key, std::move(value), gesture_);
}

void ControlRows::draw_number(PanelContext& context, const Row& row, const Parameter& parameter) {
  const Value& value = context.value(parameter.key);
  if (is_stepped(parameter)) {
    auto whole = std::get<std::int64_t>(value);
    const auto most = static_cast<std::int64_t>(std::min(parameter.max, 9007199254740992.0));
    const auto least = static_cast<std::int64_t>(std::max(parameter.min, -9007199254740992.0));
    const Response response = stepper_row(row, whole, least, most);
    return answer(context, parameter, response, whole);
  }
  const bool integer = parameter.kind == ParameterKind::integer;
  double number = integer ? static_cast<double>(std::get<std::int64_t>(value)) : std::get<double>(value);
  const Response response = scrub_row(row, number, range_of(parameter));
  if (integer)
    answer(context, parameter, response, static_cast<std::int64_t>(std::llround(number)));
  else
    answer(context, parameter, response, number);
}

void ControlRows::draw_choice(PanelContext& context, const Row& row, const Parameter& parameter) {
  Choices choices = choices_of(context, parameter, std::get<std::string>(context.value(parameter.key)));
  const Response response = choice_row(row, choices.selected, choices.offered);
  const std::size_t taken = static_cast<std::size_t>(std::max(choices.selected, 0));
  answer(context, parameter, response, parameter.choices.empty() ? std::string() : parameter.choices[taken]);
}

void ControlRows::draw_segments(PanelContext& context, const Parameter& parameter) {
  Choices choices = choices_of(context, parameter, std::get<std::string>(context.value(parameter.key)));
  const std::string id = "##" + parameter.key;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (context.is_changed(parameter.key))
    ImGui::GetWindowDrawList()->AddCircleFilled({at.x - px(9) + 0.5F, at.y + px(14)}, 2.5F * scale(),
                                                colour(theme().accent));
  const auto first = std::span<const Choice>(choices.offered).first(segments_of(choices.offered.size()));
  const bool more = first.size() < choices.offered.size();
  Response response;
  {
    const ScopedRowWidth width(row_width() - (more ? px(kAllBox) : 0));
    response = segments(id.c_str(), choices.selected, first);
  }
  if (more) all_choices(parameter, choices, at, response);
  if (choices.selected >= 0)
    answer(context, parameter, response, parameter.choices[static_cast<std::size_t>(choices.selected)]);
}

// A list of words: one toggle each, the key's label before them.
void ControlRows::draw_choices(PanelContext& context, const Row& row, const Parameter& parameter) {
  auto chosen = std::get<std::vector<std::string>>(context.value(parameter.key));
  const auto& blocks = context.snapshot().model().layout().blocks();
  for (const std::string& id : parameter.choices) {
    // Blocks that this model does not have are not offered for learning.
    if (parameter.key == "model.learn" && std::ranges::find(blocks, id, &Block::name) == blocks.end())
      continue;
    bool on = std::ranges::find(chosen, id) != chosen.end();
    const std::string name = std::string(row.id) + "." + id;
    const std::string symbol = choice_symbol(parameter, id);
    const std::string label = parameter.label + (symbol.empty() ? " " + choice_label(parameter, id) : "");
    Row one = row;
    one.id = name.c_str();
    one.label = label;
    one.symbol = symbol;
    const auto& scene = std::get<std::vector<std::string>>(context.scene_value(parameter.key));
    one.changed = (std::ranges::find(scene, id) != scene.end()) != on;
    const Response response = toggle_row(one, on);
    if (!response.changed && !response.reset) continue;
    std::vector<std::string> next;  // in the order of the description
    for (const std::string& other : parameter.choices) {
      const bool was = std::ranges::find(chosen, other) != chosen.end();
      if (other == id ? on : was) next.push_back(other);
    }
    answer(context, parameter, response, next);
  }
}

void ControlRows::draw_text(PanelContext& context, const Row& row, const Parameter& parameter) {
  const auto& current = std::get<std::string>(context.value(parameter.key));
  std::string words = typing_ == parameter.key ? typed_ : current;
  const bool is_path = parameter.key.ends_with(".path");
  bool browse = false;
  Response response = is_path ? path_row(row, words, browse, text::kDropHint) : text_row(row, words);
  if (browse) browse_ = parameter.key;
  if (response.changed) typing_ = parameter.key, typed_ = words;
  // The value is set when typing ends, since half a path is a file that cannot be read.
  const bool done = response.released && typing_ == parameter.key;
  if (done) typing_.clear();
  response.changed = done;
  if (done) response.activated = true;
  answer(context, parameter, response, words);
}

void ControlRows::draw(PanelContext& context, const Config& config, const Parameter& parameter) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  // First, so that the pointer finds the dots rather than the row, which reaches a little under them.
  row_menu(context, config, parameter, at, {at.x + row_width(), at.y + px(26)});
  draw_row(context, config, parameter);
}

void ControlRows::draw_keys(PanelContext& context, const std::vector<std::string>& keys) {
  const Config config = context.shown_config();
  for (const std::string& key : keys) {
    const Parameter* parameter = config.table().find(key);
    if (parameter == nullptr) continue;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float x = at.x;
    if (context.reduced().covers_key(key) || context.reduced().covers_panel("controls")) {
      ImGui::Dummy({row_width(), px(kCoveredRow)});
      draw_cover({x, at.y + px(3)}, {x + row_width(), at.y + px(kCoveredRow - 3)});
    } else if (parameter->segments)
      draw_segments(context, *parameter);
    else
      draw(context, config, *parameter);
    if (context.reduced().highlights_key(key))
      ImGui::GetWindowDrawList()->AddRectFilled({x - px(6), at.y},
                                                {x + row_width() + px(6), ImGui::GetCursorScreenPos().y},
                                                colour(theme().accent, 0.12), px(4));
    ImGui::SetCursorScreenPos({x, ImGui::GetCursorScreenPos().y});
  }
}

void ControlRows::draw_row(PanelContext& context, const Config& config, const Parameter& parameter) {
  const std::string id = "##" + parameter.key;
  const std::string reason = parameter.unavailable ? parameter.unavailable(config) : std::string();
  std::string help = parameter.help;
  if (parameter.effect == Effect::start) help += (help.empty() ? "" : " ") + std::string(text::kAtRestart);
  std::vector<double> marks;
  for (const TrackMark& mark : context.track_marks())
    if (mark.key == parameter.key) {
      marks.push_back(mark.value);
      help += (help.empty() ? "" : " ") + mark.words;
    }
  const std::string reads = parameter.reads ? parameter.reads(config) : std::string();
  const Row row{.id = id.c_str(),
                .label = parameter.label,
                .symbol = parameter.symbol,
                .unit = parameter.unit,
                .help = help,
                .disabled = reason,
                .changed = context.is_changed(parameter.key),
                .marks = marks,
                .reads = reads};
  switch (parameter.kind) {
    case ParameterKind::boolean: {
      bool on = std::get<bool>(context.value(parameter.key));
      const Response response = toggle_row(row, on);
      return answer(context, parameter, response, on);
    }
    case ParameterKind::integer:
    case ParameterKind::real: return draw_number(context, row, parameter);
    case ParameterKind::choice: return draw_choice(context, row, parameter);
    case ParameterKind::choices: return draw_choices(context, row, parameter);
    case ParameterKind::text: return draw_text(context, row, parameter);
    case ParameterKind::tensor: {
      const auto& tensor = std::get<Tensor>(context.value(parameter.key));
      const std::string shape = tensor.data.empty() ? std::string(text::kNotGiven) : shape_text(tensor.shape);
      return value_row(row, shape);
    }
    case ParameterKind::column:
    case ParameterKind::columns: return value_row(row, to_toml(context.value(parameter.key)));
  }
}

}  // namespace iem::gui
