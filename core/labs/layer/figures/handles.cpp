#include "core/labs/layer/figures/handles.h"

#include "core/labs/layer/figures/lines.h"

namespace iem {
namespace {

bool in_the_plane(const Drag& drag) {
  const auto& model = static_cast<const Layer&>(drag.now.model());
  return model.inputs() == 2 && drag.index >= 0 && drag.index < model.units();
}

// The edit that sets unit j to `line` and keeps all other units.
Edit with_line(const Snapshot& snapshot, int j, const UnitLine& line) {
  const auto& model = static_cast<const Layer&>(snapshot.model());
  const auto w = model.weights(snapshot.state.theta);
  const auto b = model.offsets(snapshot.state.theta);
  Tensor units{{model.units(), 3}, {}};
  for (Eigen::Index k = 0; k < model.units(); ++k)
    units.data.insert(units.data.end(), {w(k, 0), w(k, 1), b[k]});
  const std::size_t at = 3 * static_cast<std::size_t>(j);
  units.data[at] = line.w[0], units.data[at + 1] = line.w[1], units.data[at + 2] = line.b;
  return {"state.units", std::move(units)};
}

// Moves the line parallel to itself, through the pointer.
std::optional<Edit> line_moved(const Drag& drag) {
  if (!in_the_plane(drag)) return std::nullopt;
  auto line = unit_line(drag.now, drag.index);
  if (!line) return std::nullopt;
  line->b = -line->w.dot(Eigen::Vector2d(drag.x, drag.y));
  return with_line(drag.now, drag.index, *line);
}

// Turns the line and changes the length of its normal.
std::optional<Edit> ring_moved(const Drag& drag) {
  if (!in_the_plane(drag)) return std::nullopt;
  const auto& model = static_cast<const Layer&>(drag.now.model());
  const auto taken = unit_line(drag.taken, drag.index);
  if (!taken) return std::nullopt;
  const auto line =
      with_ring_at(*taken, unit_anchor(drag.now.data(), drag.index, model.units()), {drag.x, drag.y});
  return line ? std::optional(with_line(drag.now, drag.index, *line)) : std::nullopt;
}

}  // namespace

const std::vector<Handle>& layer_handles() {
  using Kind = ElementId::Kind;
  static const std::vector<Handle> all = {{Kind::prototype, line_moved}, {Kind::target, ring_moved}};
  return all;
}

}  // namespace iem
