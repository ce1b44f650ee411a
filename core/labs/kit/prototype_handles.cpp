#include "core/labs/kit/prototype_handles.h"

#include "core/figure/ellipse_handles.h"
#include "core/labs/kit/lab.h"
#include "core/run/snapshot.h"

namespace iem {

std::optional<HeldEllipse> held_ellipse(const Snapshot& snapshot, int j) {
  if (j < 0) return std::nullopt;
  const auto means = natural_block(snapshot, "means"), covariances = natural_block(snapshot, "covariances");
  const auto at = static_cast<std::size_t>(j);
  if (!means || !covariances || means->data.size() < 2 * at + 2 || covariances->data.size() < 4 * at + 4)
    return std::nullopt;
  const double* s = covariances->data.data() + 4 * at;
  return HeldEllipse{means->data[2 * at], means->data[2 * at + 1], {s[0], s[1], s[3]}};
}

std::optional<Edit> ellipse_moved(const Drag& drag) {
  const int j = drag.index / kEllipseHandles;
  const auto taken = held_ellipse(drag.taken, j), now = held_ellipse(drag.now, j);
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

std::optional<Edit> probe_end_moved(const Drag& drag) {
  Tensor probe = drag.view.config.tensor("view.probe");
  const auto at = static_cast<std::size_t>(2 * drag.index);
  if (at + 1 >= probe.data.size()) return std::nullopt;
  probe.data[at] = drag.x;
  probe.data[at + 1] = drag.y;
  return Edit{"view.probe", std::move(probe)};
}

}  // namespace iem
