#include "app/gui/context/reduced.h"

#include <algorithm>

#include "core/session/window_parts.h"

namespace iem::gui {
namespace {

using ElementKind = WindowElement::Kind;

}  // namespace

// The stage is always there: without it a window has no middle.
bool Reduced::shows_panel(std::string_view id) const {
  return arrangement_.shows_all || id == kStagePanel ||
         has_element(arrangement_.show, ElementKind::panel, id);
}

std::vector<std::string> Reduced::figures() const {
  std::vector<std::string> out;
  for (const WindowElement& each : arrangement_.show)
    if (each.kind == ElementKind::figure) out.push_back(each.name);
  return out;
}

std::vector<std::string> Reduced::keys() const {
  std::vector<std::string> out;
  for (const WindowElement& each : arrangement_.controls)
    if (each.kind == ElementKind::key) out.push_back(each.name);
  return out;
}

bool Reduced::reacts(std::string_view key) const {
  if (!arrangement_.lock) return true;
  return has_element(arrangement_.controls, ElementKind::key, key);
}

bool Reduced::reacts(const ElementId& element) const {
  if (!arrangement_.lock || has_element(arrangement_.controls, ElementKind::panel, kStagePanel)) return true;
  return std::ranges::any_of(arrangement_.controls, [&](const WindowElement& each) {
    return each.kind == ElementKind::element && each.element == element;
  });
}

bool Reduced::highlights_figures() const {
  return std::ranges::any_of(arrangement_.highlight,
                             [](const WindowElement& each) { return each.kind == ElementKind::figure; });
}

std::vector<ElementId> Reduced::highlighted() const {
  std::vector<ElementId> out;
  for (const WindowElement& each : arrangement_.highlight)
    if (each.kind == ElementKind::element) out.push_back(each.element);
  return out;
}

bool Reduced::highlights_formula(std::string_view tex, std::string_view lab) const {
  const auto in_formula = [&](const WindowElement& lit) {
    if (lit.kind != ElementKind::formula) return false;
    const std::vector<SymbolWords> named = symbols_of(lit.name, lab);
    return std::ranges::any_of(symbols_of(tex, lab), [&](const SymbolWords& symbol) {
      return std::ranges::find(named, symbol.letter, &SymbolWords::letter) != named.end();
    });
  };
  return std::ranges::any_of(arrangement_.highlight, in_formula);
}

bool Reduced::steps() const {
  if (asks_) return false;  // it would tell
  return !arrangement_.lock || has_element(arrangement_.controls, ElementKind::panel, "step");
}

bool Reduced::covers(ElementKind kind, std::string_view name) const {
  return asks_ && iem::covers(arrangement_, kind, name);
}

bool Reduced::covers_phase(const Phase& phase, std::span<const double> shares, std::string_view lab) const {
  return asks_ && iem::covers_phase(arrangement_.covered, phase, shares, lab);
}

bool Reduced::covers_symbol(const SymbolWords& symbol, std::string_view lab) const {
  return asks_ && iem::covers_symbol(arrangement_.covered, symbol, lab);
}

Figure Reduced::without_covered(Figure figure, const FigureType& type, std::int64_t step) const {
  return covers_anything() ? covered_figure(std::move(figure), type, arrangement_.covered, step) : figure;
}

}  // namespace iem::gui
