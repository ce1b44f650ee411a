#include "core/labs/classifier/figures/handles.h"

#include "core/labs/classifier/figures/experts.h"
#include "core/labs/classifier/figures/list.h"
#include "core/labs/kit/prototype_handles.h"

namespace iem {
namespace {

// Slides the line of an expert: parallel to itself, through the pointer.
std::optional<Edit> line_slid(const Drag& drag) {
  std::optional<Tensor> slopes = natural_block(drag.now, "slopes"),
                        intercepts = natural_block(drag.now, "intercepts");
  const auto h = static_cast<std::size_t>(drag.index);
  if (drag.index < 0 || !slopes || !intercepts || h >= slopes->data.size()) return std::nullopt;
  intercepts->data[h] = drag.y - slopes->data[h] * mark_of_line(drag.now, drag.index);
  return Edit{"state.intercepts", std::move(*intercepts)};
}

// Turns the line of an expert about its point at x = 0.
std::optional<Edit> line_turned(const Drag& drag) {
  if (!experts_of(drag.now)) return std::nullopt;
  std::optional<Tensor> slopes = natural_block(drag.now, "slopes");
  const std::optional<Tensor> intercepts = natural_block(drag.now, "intercepts");
  const auto h = static_cast<std::size_t>(drag.index);
  if (drag.index < 0 || !slopes || !intercepts || h >= slopes->data.size()) return std::nullopt;
  slopes->data[h] = (drag.y - intercepts->data[h]) / ring_of_line(drag.now);
  return Edit{"state.slopes", std::move(*slopes)};
}

std::optional<Edit> class_moved(const Drag& drag) {
  if (experts_of(drag.now)) return line_slid(drag);
  if (!classifier_of(drag.now).is_linear()) return row_moved(drag.now, "means", drag.index, drag.x, drag.y);
  const auto [w0, w1] = knob_frame(drag.now).slope(drag.x, drag.y);
  return row_moved(drag.now, "W", drag.index, w0, w1);
}

// Moves a point of the scene itself; points from a file or a generator cannot be moved.
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

// Moves an end of the ray, unless both ends would coincide: a ray needs a direction.
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
                                          {Kind::target, line_turned},
                                          {Kind::point, point_moved},
                                          {Kind::probe_end, ray_moved}};
  return all;
}

}  // namespace iem
