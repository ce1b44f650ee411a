// The figure of the identity: dL_i/dd_ij computed independently against -r_ij; and one point's numbers as
// mirrored bars.
#include <algorithm>

#include "core/labs/kit/identity_figure.h"
#include "core/labs/kit/mirrored_bars.h"
#include "core/labs/layer/figures/inspection.h"
#include "core/labs/layer/figures/list.h"

namespace iem {
Figure layer_identity_figure(const Snapshot& snapshot, const View& view) {
  const IdentitySample& sample = snapshot.identity;
  double least = -0.05;
  if (sample.claimed.size() > 0 && sample.claimed.allFinite())
    least = std::min(least, sample.claimed.minCoeff());
  return identity_figure(
      snapshot,
      {.words = ". $\\partial L_i/\\partial d_{ij}$ by complex step of the scalar $L$ (computed) against "
                "$-r_{ij}$ (claimed). It holds for $J_{\\mathrm{lse}}$; the other terms pull on the "
                "distances in ways of their own.",
       .title_tex = "\\partial L_i/\\partial d_{ij}=-r_{ij}",
       .lo = 1.05 * least,
       .hi = -0.05 * least,
       .series = "unit",
       .coloured = kUnitsWithShapes,
       .point = shown_point(snapshot, view)});
}

Figure layer_responsibilities_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "responsibilities", .title = "Pinned point", .caption = {}, .panels = {}, .keep = {}};
  const int point = std::max(shown_point(snapshot, view), 0);
  figure.caption = caption_start(snapshot) + ", point " + std::to_string(point) +
                   ". Right: $r_j$. Left: $\\partial L/\\partial d_j = -r_j$.";
  MirroredBars bars{.r = layer_numbers(snapshot, point).r, .name = "unit"};
  bars.has_shapes = layer_of(snapshot).units() <= kUnitsWithShapes;
  const double most = std::max(1e-300, *std::ranges::max_element(bars.r));
  if (most <= 0.5) bars.limit = 1.4 * most;
  figure.panels.push_back(mirrored_bars_panel(figure, bars));
  return figure;
}

}  // namespace iem
