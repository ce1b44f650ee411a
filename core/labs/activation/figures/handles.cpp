#include "core/labs/activation/figures/handles.h"

#include "core/labs/activation/model/curves.h"

namespace iem {
namespace {

// Dragging either sign changes m; the other sign moves the opposite way.
std::optional<Edit> hypothesis_moved(const Drag& drag) {
  const LineModel& model = line_of(drag.now);
  if (model.options().kind == HypothesisKind::sign)
    return Edit{"state.m", drag.index == 0 ? -drag.x : drag.x};
  std::vector<double> places = model.unpack(drag.now.state.theta).places;
  const auto at = static_cast<std::size_t>(drag.index);
  if (at >= places.size()) return std::nullopt;
  places[at] = drag.x;
  const auto count = static_cast<std::int64_t>(places.size());
  return Edit{"state.positions", Tensor{{count}, std::move(places)}};
}

}  // namespace

const std::vector<Handle>& activation_handles() {
  static const std::vector<Handle> all = {{ElementId::Kind::prototype, hypothesis_moved}};
  return all;
}

}  // namespace iem
