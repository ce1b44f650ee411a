#include "app/gui/controls/row_menu.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/controls/control_row.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {
namespace {

constexpr float kDotsBox = 15;

template <class Number>
void add_numbers(std::vector<Value>& out, const Parameter& p, Number now,
                 std::initializer_list<Number> others) {
  for (const Number other : others) {
    if (is_legal(range_of(p), static_cast<double>(other)) && other != now) out.emplace_back(other);
  }
}

std::string words_of(const Parameter& parameter, const Value& value) {
  if (const auto* id = std::get_if<std::string>(&value)) return choice_label(parameter, *id);
  if (const auto* on = std::get_if<bool>(&value)) return std::string(*on ? text::kOn : text::kOff);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return format_whole(*whole);
  return format_value(std::get<double>(value));
}

}  // namespace

std::vector<Value> values_to_compare(const Config& config, const Parameter& p, const Model& model) {
  std::vector<Value> out;
  if (p.effect == Effect::view || (p.unavailable && !p.unavailable(config).empty())) return out;
  switch (p.kind) {
    case ParameterKind::boolean: out.emplace_back(!config.flag(p.key)); break;
    case ParameterKind::choice:
      for (const std::string& id : p.choices)
        if (id != config.text(p.key) && choice_unavailable(p, id, model).empty()) out.emplace_back(id);
      break;
    case ParameterKind::integer: {
      const std::int64_t now = config.integer(p.key);
      add_numbers(out, p, now, {now - 1, now + 1});
      break;
    }
    case ParameterKind::real: {
      const double now = config.real(p.key);
      if (now != 0)
        add_numbers(out, p, now, {0.1 * now, 0.5 * now, 2 * now, 10 * now});
      else
        add_numbers(out, p, now, {p.slider_min, 0.5 * (p.slider_min + p.slider_max), p.slider_max});
      break;
    }
    default: break;  // points, paths and lists are no one-word difference
  }
  return out;
}

void row_menu(PanelContext& context, const Config& config, const Parameter& parameter, ImVec2 min,
              ImVec2 max) {
  const std::string menu = "##compare." + parameter.key;
  const bool open = ImGui::IsPopupOpen(menu.c_str());
  const bool near = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
                    ImGui::IsMouseHoveringRect(min, {max.x + px(kDotsBox), max.y}, false);
  if ((!open && !near) || !context.locked().empty()) return;
  const std::vector<Value> values = values_to_compare(config, parameter, context.snapshot().model());
  if (values.empty()) return;
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({max.x, min.y + px(3)});
  const std::string id = "##row." + parameter.key;
  if (icon_button({.id = id.c_str(), .help = text::kCompareThisHelp, .selected = open}, icon::kEllipsis, 9,
                  kDotsBox))
    ImGui::OpenPopup(menu.c_str());
  ImGui::SetNextWindowPos({max.x + px(kDotsBox), min.y + px(kDotsBox + 4)}, ImGuiCond_Always, {1, 0});
  ImGui::SetNextWindowSizeConstraints({px(150), 0}, {px(420), px(420)});
  if (begin_menu(menu.c_str())) {
    for (const Value& value : values)
      if (menu_item(std::string(text::kCompareWith) + " " + words_of(parameter, value)))
        context.engine().add_run({{}, {{parameter.key, value, 0}}});
    end_menu();
  }
  ImGui::SetCursorScreenPos(after);
}

}  // namespace iem::gui
