#include "app/gui/context/reduced.h"

#include <algorithm>

#include "core/session/window_parts.h"

namespace iem::gui {
namespace {

using Kind = WindowElement::Kind;

}  // namespace

// The stage is always there: without it a window has no middle.
bool Reduced::shows_panel(std::string_view id) const {
  return arrangement_.shows_all || id == kStagePanel || has_element(arrangement_.show, Kind::panel, id);
}

std::vector<std::string> Reduced::figures() const {
  std::vector<std::string> out;
  for (const WindowElement& each : arrangement_.show)
    if (each.kind == Kind::figure) out.push_back(each.name);
  return out;
}

std::vector<std::string> Reduced::keys() const {
  std::vector<std::string> out;
  for (const WindowElement& each : arrangement_.controls)
    if (each.kind == Kind::key) out.push_back(each.name);
  return out;
}

bool Reduced::reacts(std::string_view key) const {
  if (!arrangement_.lock) return true;
  return has_element(arrangement_.controls, Kind::key, key);
}

bool Reduced::reacts(const ElementId& element) const {
  if (!arrangement_.lock || has_element(arrangement_.controls, Kind::panel, kStagePanel)) return true;
  return std::ranges::any_of(arrangement_.controls, [&](const WindowElement& each) {
    return each.kind == Kind::element && each.element == element;
  });
}

bool Reduced::steps() const {
  if (covers_anything()) return false;  // it would tell
  return !arrangement_.lock || has_element(arrangement_.controls, Kind::panel, "step");
}

bool Reduced::covers(Kind kind, std::string_view name) const {
  return covered_ && iem::covers(arrangement_, kind, name);
}

}  // namespace iem::gui
