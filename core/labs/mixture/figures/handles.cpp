#include "core/labs/mixture/figures/handles.h"

#include <algorithm>
#include <cmath>

#include "core/figure/ellipse_handles.h"
#include "core/labs/kit/lab.h"

namespace iem {
namespace {

std::optional<Edit> prototype_moved(const Drag& drag) {
  return row_moved(drag.now, "means", drag.index, drag.x, drag.y);
}

// As it was taken, with the handle where it is now; a tied covariance is that of all.
std::optional<Edit> ellipse_moved(const Drag& drag) {
  const int component = drag.index / kEllipseHandles;
  const auto taken = component_ellipse(drag.taken, component), now = component_ellipse(drag.now, component);
  std::optional<Tensor> covariances = natural_block(drag.now, "covariances");
  if (!taken || !now || !covariances) return std::nullopt;
  const EllipseFrame frame = ellipse_frame(taken->sigma, drag.length_x, drag.length_y,
                                           ellipse_freedom(drag.taken.config().text("model.covariance")));
  const Sym2 sigma =
      covariance_of(dragged(frame, drag.index % kEllipseHandles, drag.x - now->x, drag.y - now->y));
  const bool tied = drag.now.config().text("model.covariance") == "tied";
  for (std::size_t k = 0; 4 * k + 3 < covariances->data.size(); ++k) {
    if (!tied && k != static_cast<std::size_t>(component)) continue;
    double* to = covariances->data.data() + 4 * k;
    to[0] = sigma.xx, to[1] = to[2] = sigma.xy, to[3] = sigma.yy;
  }
  return Edit{"state.covariances", std::move(*covariances)};
}

std::optional<Edit> probe_end_moved(const Drag& drag) {
  Tensor probe = drag.view.config.tensor("view.probe");
  const auto at = static_cast<std::size_t>(2 * drag.index);
  if (at + 1 >= probe.data.size()) return std::nullopt;
  probe.data[at] = drag.x;
  probe.data[at + 1] = drag.y;
  return Edit{"view.probe", std::move(probe)};
}

// lambda of the point of the segment nearest to the pointer on the screen, from the tip of the gradient step
// to the EM target.
std::optional<Edit> blend_moved(const Drag& drag) {
  const Snapshot& s = drag.now;
  const Eigen::Index at = 2 * drag.index;
  if (at + 1 >= s.gradient_target.size() || at + 1 >= s.em_target.size()) return std::nullopt;
  const double a_x = s.gradient_target[at], a_y = s.gradient_target[at + 1];
  const double dx = drag.px_per_x * (s.em_target[at] - a_x), dy = drag.px_per_y * (s.em_target[at + 1] - a_y),
               length2 = dx * dx + dy * dy;
  if (!(length2 > 1)) return std::nullopt;
  const double along =
      drag.px_per_x * (drag.pointer_x - a_x) * dx + drag.px_per_y * (drag.pointer_y - a_y) * dy;
  const double lambda = std::clamp(along / length2, 0.0, 1.0);
  return Edit{"optimizer.blend", std::round(lambda * 1000) / 1000};
}

}  // namespace

std::optional<HeldEllipse> component_ellipse(const Snapshot& snapshot, int component) {
  if (component < 0) return std::nullopt;
  const auto means = natural_block(snapshot, "means"), covariances = natural_block(snapshot, "covariances");
  const auto at = static_cast<std::size_t>(component);
  if (!means || !covariances || means->data.size() < 2 * at + 2 || covariances->data.size() < 4 * at + 4)
    return std::nullopt;
  const double* s = covariances->data.data() + 4 * at;
  return HeldEllipse{means->data[2 * at], means->data[2 * at + 1], {s[0], s[1], s[3]}};
}

const std::vector<Handle>& mixture_handles() {
  using Kind = ElementId::Kind;
  static const std::vector<Handle> all = {{Kind::prototype, prototype_moved},
                                          {Kind::ellipse, ellipse_moved},
                                          {Kind::probe_end, probe_end_moved},
                                          {Kind::target, blend_moved}};
  return all;
}

}  // namespace iem
