#include "core/labs/classifier/figures/handles.h"

#include "core/labs/classifier/figures/list.h"
#include "core/labs/kit/prototype_handles.h"

namespace iem {
namespace {

std::optional<Edit> class_moved(const Drag& drag) {
  if (!classifier_of(drag.now).is_linear()) return row_moved(drag.now, "means", drag.index, drag.x, drag.y);
  const auto [w0, w1] = knob_frame(drag.now).slope(drag.x, drag.y);
  return row_moved(drag.now, "W", drag.index, w0, w1);
}

// Points that come from a file or a generator stay where they are.
std::optional<Edit> point_moved(const Drag& drag) {
  const Config& config = drag.now.config();
  Tensor points = config.tensor("data.points");
  const auto at = static_cast<std::size_t>(2 * drag.index);
  const bool own = config.text("data.source") == "inline" && !config.flag("data.standardise") &&
                   drag.now.data().held_out == nullptr;
  if (!own || drag.index < 0 || at + 1 >= points.data.size()) return std::nullopt;
  points.data[at] = drag.x, points.data[at + 1] = drag.y;
  return Edit{"data.points", std::move(points)};
}

// A ray has a direction.
std::optional<Edit> ray_moved(const Drag& drag) {
  std::optional<Edit> moved = probe_end_moved(drag);
  if (!moved) return std::nullopt;
  const std::vector<double>& ray = std::get<Tensor>(moved->value).data;
  if (ray[0] == ray[2] && ray[1] == ray[3]) return std::nullopt;
  return moved;
}

}  // namespace

const std::vector<Handle>& classifier_handles() {
  using Kind = ElementId::Kind;
  static const std::vector<Handle> all = {{Kind::prototype, class_moved},
                                          {Kind::ellipse, ellipse_moved},
                                          {Kind::point, point_moved},
                                          {Kind::probe_end, ray_moved}};
  return all;
}

}  // namespace iem
