#include "core/labs/mixture/figures/handles.h"

#include <algorithm>
#include <cmath>

#include "core/labs/kit/lab.h"
#include "core/labs/kit/prototype_handles.h"
#include "core/labs/mixture/figures/stage_layers.h"

namespace iem {
namespace {

std::optional<Edit> prototype_moved(const Drag& drag) {
  return row_moved(drag.now, "means", drag.index, drag.x, drag.y);
}

// lambda of the point of the segment nearest to the pointer on the screen, from the tip of the gradient step,
// as it is drawn, to the EM target.
std::optional<Edit> blend_moved(const Drag& drag) {
  const Snapshot& s = drag.now;
  const Eigen::Index at = 2 * drag.index;
  if (at + 1 >= s.gradient_target.size() || at + 1 >= s.em_target.size()) return std::nullopt;
  const double magnified = magnification(s, drag.view);
  const Eigen::Vector2d now = s.state.theta.segment<2>(at);
  const Eigen::Vector2d tip = now + magnified * (s.gradient_target.segment<2>(at) - now);
  const double a_x = tip[0], a_y = tip[1];
  const double dx = drag.px_per_x * (s.em_target[at] - a_x), dy = drag.px_per_y * (s.em_target[at + 1] - a_y),
               length2 = dx * dx + dy * dy;
  if (!(length2 > 1)) return std::nullopt;
  const double along =
      drag.px_per_x * (drag.pointer_x - a_x) * dx + drag.px_per_y * (drag.pointer_y - a_y) * dy;
  const double lambda = std::clamp(along / length2, 0.0, 1.0);
  return Edit{"optimizer.blend", std::round(lambda * 1000) / 1000};
}

}  // namespace

const std::vector<Handle>& mixture_handles() {
  using Kind = ElementId::Kind;
  static const std::vector<Handle> all = {{Kind::prototype, prototype_moved},
                                          {Kind::ellipse, ellipse_moved},
                                          {Kind::probe_end, probe_end_moved},
                                          {Kind::target, blend_moved}};
  return all;
}

}  // namespace iem
