#include "core/labs/classifier/figures/handles.h"

#include "core/figure/ellipse_handles.h"
#include "core/labs/classifier/figures/list.h"

namespace iem {
namespace {

std::optional<Edit> class_moved(const Drag& drag) {
  if (!classifier_of(drag.now).is_linear()) return row_moved(drag.now, "means", drag.index, drag.x, drag.y);
  const auto [w0, w1] = knob_frame(drag.now).slope(drag.x, drag.y);
  return row_moved(drag.now, "W", drag.index, w0, w1);
}

// As it was taken, with the handle where it is now; a tied covariance is that of all.
std::optional<Edit> ellipse_of_class_moved(const Drag& drag) {
  const int j = drag.index / kEllipseHandles;
  const auto taken = ellipse_of_class(drag.taken, j), now = ellipse_of_class(drag.now, j);
  std::optional<Tensor> covariances = natural_block(drag.now, "covariances");
  if (!taken || !now || !covariances) return std::nullopt;
  const EllipseFrame frame = ellipse_frame(taken->sigma, drag.length_x, drag.length_y,
                                           ellipse_freedom(drag.taken.config().text("model.covariance")));
  const Sym2 sigma =
      covariance_of(dragged(frame, drag.index % kEllipseHandles, drag.x - now->x, drag.y - now->y));
  const bool tied = drag.now.config().text("model.covariance") == "tied";
  for (std::size_t k = 0; 4 * k + 3 < covariances->data.size(); ++k) {
    if (!tied && k != static_cast<std::size_t>(j)) continue;
    double* to = covariances->data.data() + 4 * k;
    to[0] = sigma.xx, to[1] = to[2] = sigma.xy, to[3] = sigma.yy;
  }
  return Edit{"state.covariances", std::move(*covariances)};
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

std::optional<Edit> ray_moved(const Drag& drag) {
  Tensor ray = drag.view.config.tensor("view.probe");
  const auto at = static_cast<std::size_t>(2 * drag.index);
  if (at + 1 >= ray.data.size()) return std::nullopt;
  ray.data[at] = drag.x, ray.data[at + 1] = drag.y;
  if (ray.data[0] == ray.data[2] && ray.data[1] == ray.data[3]) return std::nullopt;
  return Edit{"view.probe", std::move(ray)};
}

}  // namespace

std::optional<HeldEllipse> ellipse_of_class(const Snapshot& snapshot, int j) {
  const auto means = natural_block(snapshot, "means"), covariances = natural_block(snapshot, "covariances");
  const auto at = static_cast<std::size_t>(j);
  if (j < 0 || !means || !covariances || means->data.size() < 2 * at + 2 ||
      covariances->data.size() < 4 * at + 4)
    return std::nullopt;
  const double* s = covariances->data.data() + 4 * at;
  return HeldEllipse{means->data[2 * at], means->data[2 * at + 1], {s[0], s[1], s[3]}};
}

const std::vector<Handle>& classifier_handles() {
  using Kind = ElementId::Kind;
  static const std::vector<Handle> all = {{Kind::prototype, class_moved},
                                          {Kind::ellipse, ellipse_of_class_moved},
                                          {Kind::point, point_moved},
                                          {Kind::probe_end, ray_moved}};
  return all;
}

}  // namespace iem
