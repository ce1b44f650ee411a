// One point's responsibilities and the gradient of its energies as mirrored bars.
#include <algorithm>

#include "core/field/field.h"
#include "core/labs/kit/mirrored_bars.h"
#include "core/labs/mixture/figures/list.h"

namespace iem {

Figure responsibilities_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "responsibilities", .title = "Pinned point", .caption = {}, .panels = {}, .keep = {}};
  const int point = std::max(shown_point(snapshot, view), 0);
  figure.caption = caption_start(snapshot) + ", point " + std::to_string(point) +
                   ". Right: $r_j$. Left: $\\partial L/\\partial d_j = -r_j$.";
  const FieldInput input =
      mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, FieldKind::responsibility);
  MirroredBars bars;
  bars.r.resize(input.components.size());
  const auto x = snapshot.data().points.row(point);
  field_responsibilities(input, x[0], x[1], bars.r.data());
  figure.panels.push_back(mirrored_bars_panel(figure, bars));
  return figure;
}

}  // namespace iem
