#include "app/gui/context/explain.h"

#include <algorithm>
#include <string>
#include <vector>

#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widgets.h"
#include "core/figure/glossary.h"
#include "core/figure/symbol_marks.h"

namespace iem::gui {
namespace {

// The number that a symbol stands for, where it is a setting and applies.
const Parameter* setting_of(const Config& config, const std::string& tex) {
  const auto is_number = [](const Parameter& p) {
    return p.kind == ParameterKind::real || p.kind == ParameterKind::integer;
  };
  for (const Parameter& parameter : config.table().all())
    if (parameter.symbol == tex && is_number(parameter) && !parameter.help.empty() &&
        config.unavailable_reason(parameter.key).empty())
      return &parameter;
  return nullptr;
}

std::string value_of(const PanelContext& context, const SymbolWords& symbol, const Parameter* setting) {
  const Snapshot& s = context.snapshot();
  const Reduced& reduced = context.reduced();
  if (reduced.covers_symbol(symbol, context.lab().id())) return {};
  if (setting != nullptr && reduced.covers_key(setting->key)) return {};
  if (symbol.value == SymbolValue::loss)
    return s.evaluation.has_loss ? loss_number(s.evaluation.loss) : std::string();
  if (symbol.value == SymbolValue::points) return format_whole(s.data().size());
  if (setting == nullptr) return {};
  const Value& value = context.value(setting->key);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return format_whole(*whole);
  if (const auto* number = std::get_if<double>(&value)) return format_value(*number);
  return {};
}

std::vector<SymbolLine> lines_of(const PanelContext& context, std::string_view tex) {
  const Config config = context.shown_config();
  std::vector<SymbolLine> lines;
  for (const SymbolWords& symbol : symbols_of(tex, config.lab())) {
    const Parameter* setting = setting_of(config, symbol.tex);
    const bool by_setting = setting != nullptr;  // the help of a setting is more specific than the glossary
    lines.push_back({symbol.tex, by_setting ? setting->label : symbol.name,
                     value_of(context, symbol, setting), by_setting ? setting->help : symbol.sentence});
  }
  return lines;
}

// Whether the formula has a symbol for the marks that the pointer rests on.
bool names_pointed(PanelContext& context, std::string_view tex) {
  const Pointed& pointed = context.pointed();
  if (pointed.series().empty()) return false;
  const Lab& lab = context.lab();
  return std::ranges::any_of(symbols_of(tex, lab.id()), [&](const SymbolWords& symbol) {
    return shows_symbol(lab.symbol_marks(), pointed.figure(), pointed.series(), symbol.letter);
  });
}

// Highlights the item drawn last, as belonging to the marks under the pointer.
void mark_item() {
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  ImGui::GetWindowDrawList()->AddRectFilled(min, max, colour(theme().accent, 0.12), px(3));
}

}  // namespace

void explain_formula(PanelContext& context, std::string_view tex, std::string_view words, bool in_tooltip) {
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) {
    std::vector<std::string> letters;
    for (SymbolWords& symbol : symbols_of(tex, context.lab().id()))
      letters.push_back(std::move(symbol.letter));
    context.pointed().at_symbols(std::move(letters));
  } else if (names_pointed(context, tex) || context.reduced().highlights_formula(tex, context.lab().id())) {
    mark_item();
  }
  if (in_tooltip && ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip | ImGuiHoveredFlags_AllowWhenDisabled))
    symbols_tooltip(words, lines_of(context, tex));
}

void explain_at(PanelContext& context, std::string_view tex, ImVec2 min, ImVec2 max, std::string_view words) {
  if (!(max.x > min.x) || !(max.y > min.y)) return;
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(min);
  ImGui::Dummy({max.x - min.x, max.y - min.y});
  explain_formula(context, tex, words);
  ImGui::SetCursorScreenPos(cursor);
}

void explain_title(PanelContext& context, const std::string& figure_id, std::string_view tex, ImVec2 min,
                   ImVec2 max) {
  const auto& types = context.lab().figures();
  const auto type = std::ranges::find(types, figure_id, &FigureType::id);
  explain_at(context, tex, min, max, type == types.end() ? std::string_view() : std::string_view(type->help));
}

}  // namespace iem::gui
