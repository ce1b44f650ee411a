// The pull on a prototype at every place: -dJ/dmu_j with mu_j moved there and all other parameters fixed.
#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/labs/mixture/figures/theory.h"

namespace iem {
namespace {

constexpr int kArrowColumns = 20, kArrowRows = 15;

}  // namespace

int gradient_field_of(const Snapshot& snapshot, const View& view) {
  for (const ElementId& id : {view.hovered, view.pinned})
    if (id.kind == ElementId::Kind::prototype && id.index < mixture_of(snapshot).components())
      return id.index;
  return 0;
}

void add_gradient_field(Panel& panel, const Snapshot& snapshot, const View& view) {
  const Mixture& model = mixture_of(snapshot);
  if (!model.options().learn_means) return;
  const int j = gradient_field_of(snapshot, view);
  const Dataset data = affordable(snapshot, kArrowColumns * kArrowRows);
  const double cell_x = (panel.x.hi - panel.x.lo) / kArrowColumns,
               cell_y = (panel.y.hi - panel.y.lo) / kArrowRows;
  struct Pull {
    double x, y, gx, gy;
  };
  std::vector<Pull> pulls;
  double longest = 0;
  ThreadPool alone(1);
  Evaluation e;
  Theta theta = snapshot.state.theta;
  for (int row = 0; row < kArrowRows; ++row)
    for (int column = 0; column < kArrowColumns; ++column) {
      const double x = panel.x.lo + (column + 0.5) * cell_x, y = panel.y.lo + (row + 0.5) * cell_y;
      if (model.options().energy->on_circle && x == 0 && y == 0) continue;
      theta.segment<2>(2 * j) << x, y;
      model.evaluate(theta, snapshot.temperature, data, {}, Wanted::sums, alone, e);
      const Pull pull{x, y, -e.gradient[2 * j], -e.gradient[2 * j + 1]};
      if (!std::isfinite(pull.gx) || !std::isfinite(pull.gy)) continue;
      longest = std::max(longest, libm::hypot(pull.gx, pull.gy));
      pulls.push_back(pull);
    }
  if (longest == 0) return;
  // Arrows have the square roots of the lengths, so that the weak pulls far out can be seen too.
  const double reach = 0.9 * std::min(cell_x, cell_y);
  for (const Pull& pull : pulls) {
    const double length = libm::hypot(pull.gx, pull.gy);
    if (length < 1e-6 * longest) continue;
    const double scale = reach * std::sqrt(length / longest) / length;
    Arrow arrow{"gradient field",
                pull.x - 0.5 * scale * pull.gx,
                pull.y - 0.5 * scale * pull.gy,
                pull.x + 0.5 * scale * pull.gx,
                pull.y + 0.5 * scale * pull.gy,
                {Role::line, j, 0.55}};
    arrow.width_px = 1.2;
    arrow.head_length_px = 5;
    arrow.head_width_px = 4;
    arrow.halo = false;
    panel.marks.push_back(std::move(arrow));
  }
}

}  // namespace iem
