#include "app/gui/cards/furniture_rows.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/settings.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/config/setting_words.h"
#include "core/figure/furniture.h"

namespace iem::gui {
namespace {

constexpr const char *kOn = "on", *kOff = "off";

// A choice of on and off, or words that may be one of the two.
bool is_switch(const Parameter& key) { return key.choices == std::vector<std::string>{kOn, kOff}; }

// "0, 10": as it is typed.
std::string range_words(const Value& value) {
  const auto& ends = std::get<Tensor>(value).data;
  return ends.empty() ? "" : exact_number(ends[0]) + ", " + exact_number(ends[1]);
}

constexpr const char* kSetting = "export.furniture";

// Two numbers with a comma between them, or nothing; throws InputError for anything else.
Value range_of_words(const std::string& words) {
  if (words.find_first_not_of(' ') == std::string::npos) return Tensor{};
  const std::size_t comma = words.find(',');
  std::array<double, 2> ends{};
  if (comma == std::string::npos || !parse_number(std::string_view(words).substr(0, comma), ends[0]) ||
      !parse_number(std::string_view(words).substr(comma + 1), ends[1]))
    throw InputError(std::string(text::kTwoNumbers));
  return Tensor{{2}, {ends[0], ends[1]}};
}

}  // namespace

void FurnitureRows::follow(const PanelContext& context) {
  if (!std::exchange(read_, true)) chosen_ = read_kept_furniture(settings().more[kSetting]);
  if (std::exchange(of_opened_, context.opened()) == context.opened()) return;
  for (auto& [figure, pieces] : chosen_)
    std::erase_if(pieces, [](const auto& piece) { return !outlives_its_run(piece.first, piece.second); });
  typing_.clear(), wrong_.clear();
}

Config FurnitureRows::paper(PanelContext& context, const std::string& figure) const {
  Config paper = context.view().config;
  if (const auto found = chosen_.find(figure); found != chosen_.end())
    for (const auto& [key, value] : found->second) paper.set(key, value);
  return paper;
}

// Keeps a value that fits, and says why another does not.
void FurnitureRows::choose(const Parameter& key, const std::function<Value()>& read, Chosen& chosen) {
  try {
    chosen[key.key] = checked_value(key, read(), {});
    wrong_.clear();
  } catch (const InputError& error) {
    wrong_ = key.label + ": " + error.message();
  }
}

void FurnitureRows::draw_choice(const Row& row, const Parameter& key, const Value& value, Chosen& chosen) {
  const auto& now = std::get<std::string>(value);
  if (is_switch(key)) {
    bool on = now == kOn;
    if (toggle_row(row, on).changed) chosen[key.key] = std::string(on ? kOn : kOff);
    return;
  }
  std::vector<std::string> labels;
  for (const std::string& id : key.choices) labels.push_back(choice_in_words(key, id));
  const std::vector<Choice> offered(labels.begin(), labels.end());
  int selected = static_cast<int>(std::ranges::find(key.choices, now) - key.choices.begin());
  if (choice_row(row, selected, offered).changed)
    chosen[key.key] = key.choices[static_cast<std::size_t>(selected)];
}

// Words that can be on and off too have a switch above their field.
void FurnitureRows::draw_words(const Row& row, const Parameter& key, const Value& value, Chosen& chosen) {
  std::string words = std::get<std::string>(value);
  if (!is_switch(key)) {
    if (text_row(row, words).changed)
      choose(
          key, [&] { return words; }, chosen);
    return;
  }
  bool on = words != kOff;
  const std::string switch_id = std::string(row.id) + ".on";
  Row first = row;
  first.id = switch_id.c_str();
  if (toggle_row(first, on).changed) chosen[key.key] = std::string(on ? kOn : kOff);
  if (!on) return;
  if (words == kOn || words == kOff) words.clear();
  Row second = row;
  const bool is_link = key.key == kLinkKey;
  second.label = is_link ? text::kLinkAddress : text::kOtherWords;
  if (text_row(second, words, is_link ? text::kOwnPage : text::kOwnCaption).changed)
    choose(
        key, [&] { return words.empty() ? std::string(kOn) : words; }, chosen);
}

void FurnitureRows::draw_number(const Row& row, const Parameter& key, const Value& value, Chosen& chosen) {
  double number = std::get<double>(value);
  const Range range{
      .slider_min = key.slider_min, .slider_max = key.slider_max, .min = key.min, .max = key.max};
  if (scrub_row(row, number, range).changed) chosen[key.key] = number;
}

// The range is set when typing ends, since half a range is none.
void FurnitureRows::draw_range(const Row& row, const Parameter& key, const Value& value, Chosen& chosen) {
  std::string words = typing_ == key.key ? typed_ : range_words(value);
  const Response response = text_row(row, words, text::kOwnRange);
  if (response.changed) typing_ = key.key, typed_ = words;
  if (!response.released || typing_ != key.key) return;
  typing_.clear();
  choose(
      key, [&] { return range_of_words(words); }, chosen);
}

// What is chosen here and leaves the figure as it is; [paper] of a scene covers all its figures.
void FurnitureRows::say_idle(PanelContext& context, const std::string& figure, const Chosen& chosen) const {
  const Config paper = this->paper(context, figure);
  for (const IdleFurniture& idle : idle_furniture(context.figure(figure), paper)) {
    if (!chosen.contains(idle.key)) continue;
    gap(4);
    note(paper.table().find(idle.key)->label + ": " + idle.why);
  }
}

void FurnitureRows::draw(PanelContext& context, const std::string& figure, std::string_view disabled) {
  if (std::exchange(of_figure_, figure) != figure) typing_.clear(), wrong_.clear();
  const Config paper = this->paper(context, figure);
  Chosen& chosen = chosen_[figure];
  const Chosen before = chosen;
  for (const FurniturePiece& piece : furniture_pieces()) {
    const Parameter& key = piece.key;
    const std::string id = "##" + key.key;
    const Row row{.id = id.c_str(),
                  .label = key.label,
                  .unit = key.unit,
                  .help = key.help,
                  .disabled = disabled,
                  .changed = chosen.contains(key.key)};
    const Value& value = paper.value(key.key);
    switch (key.kind) {
      case ParameterKind::choice: draw_choice(row, key, value, chosen); break;
      case ParameterKind::text: draw_words(row, key, value, chosen); break;
      case ParameterKind::real: draw_number(row, key, value, chosen); break;
      default: draw_range(row, key, value, chosen);
    }
  }
  if (chosen != before) settings().more[kSetting] = write_kept_furniture(chosen_);
  if (!wrong_.empty()) {
    gap(4);
    paragraph(wrong_, theme().bad);
  }
  if (disabled.empty()) say_idle(context, figure, chosen);
}

}  // namespace iem::gui
