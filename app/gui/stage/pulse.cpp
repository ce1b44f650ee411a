#include "app/gui/stage/pulse.h"

#include <cmath>
#include <variant>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/style.h"

namespace iem::gui {
namespace {

constexpr double kPulseSeconds = 0.45;
constexpr double kPulseFrom = 6, kPulseTo = 20;  // radius, style pixels

}  // namespace

void Pulse::draw(ImDrawList* list, const Panel& panel, const paint::Transform& to_px) {
  const double now = ImGui::GetTime();
  std::map<std::pair<int, int>, Seen> next;
  working_ = false;
  ImGuiCanvas canvas(list);
  for (const Mark& mark : panel.marks) {
    const auto* marker = std::get_if<Marker>(&mark);
    if (marker == nullptr || marker->element.kind != ElementId::Kind::target) continue;
    const std::pair<int, int> id{static_cast<int>(marker->element.kind), marker->element.index};
    const auto known = seen_.find(id);
    Seen seen{marker->arrived, -1};
    if (known != seen_.end() && marker->arrived)
      seen.since = known->second.arrived ? known->second.since : now;
    next[id] = seen;
    const double part = (now - seen.since) / kPulseSeconds;
    if (seen.since < 0 || part >= 1) continue;
    working_ = true;
    paint::Stroke stroke;
    stroke.colour = paint::resolve(theme(), marker->ink);
    stroke.colour.a *= 1 - part;
    stroke.width_px = 2;
    canvas.circle(to_px(marker->x, marker->y), kPulseFrom + (kPulseTo - kPulseFrom) * std::sqrt(part),
                  stroke);
  }
  seen_ = std::move(next);
}

}  // namespace iem::gui
