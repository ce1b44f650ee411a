// The claim on screen: dL_i/dd_ij computed independently against -r_ij, and one point's numbers as mirrored
// bars.
#include <algorithm>

#include "core/labs/kit/mirrored_bars.h"
#include "core/labs/layer/figures/inspection.h"
#include "core/labs/layer/figures/list.h"

namespace iem {
namespace {

Ink unit_ink(const Layer& model, int j) {
  return model.units() <= kUnitsWithShapes ? Ink{Role::mark, j, 1} : Ink{Role::ink, 0, 0.72};
}

}  // namespace

Figure layer_identity_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "identity", .title = "Identity", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) +
                   ". $\\partial L_i/\\partial d_{ij}$ by complex step of the scalar $L$ (computed) against "
                   "$-r_{ij}$ (claimed). It holds for $J_{\\mathrm{lse}}$; the other terms pull on the "
                   "distances in ways of their own.";
  const IdentitySample& sample = snapshot.identity;
  double least = -0.05;
  if (sample.claimed.size() > 0 && sample.claimed.allFinite())
    least = std::min(least, sample.claimed.minCoeff());
  Panel panel;
  panel.title = "Identity";
  panel.title_tex = "\\partial L_i/\\partial d_{ij}=-r_{ij}";
  panel.x.label = "claimed";
  panel.y.label = "computed";
  panel.x.lo = panel.y.lo = 1.05 * least;
  panel.x.hi = panel.y.hi = -0.05 * least;
  panel.x.max_ticks = panel.y.max_ticks = 3;
  panel.equal_aspect = true;
  panel.grid = false;
  Line diagonal{.series = "diagonal", .x = {}, .y = {}, .ink = {Role::faint}, .width_px = 1};
  diagonal.x = figure.own({panel.x.lo, panel.x.hi});
  diagonal.y = diagonal.x;
  panel.marks.push_back(diagonal);
  const auto all = static_cast<std::size_t>(sample.claimed.size());
  Scatter dots{.series = "unit", .x = {}, .y = {}};
  dots.x = figure.own({sample.claimed.data(), sample.claimed.data() + all});
  dots.y = figure.own({sample.computed.data(), sample.computed.data() + all});
  dots.ink = {Role::ink, 0, 0.72};
  for (Eigen::Index j = 0; j < sample.claimed.cols() && layer_of(snapshot).units() <= kUnitsWithShapes; ++j)
    dots.groups.insert(dots.groups.end(), static_cast<std::size_t>(sample.claimed.rows()),
                       static_cast<int>(j));
  dots.radius_px = 2;
  dots.halo_px = 0;
  panel.marks.push_back(std::move(dots));
  const int pinned = shown_point(snapshot, view);
  for (std::size_t i = 0; i < sample.points.size(); ++i)
    for (Eigen::Index j = 0; sample.points[i] == pinned && j < sample.claimed.cols(); ++j) {
      const auto row = static_cast<Eigen::Index>(i);
      Marker marker{.series = "pinned",
                    .x = sample.claimed(row, j),
                    .y = sample.computed(row, j),
                    .shape = Shape::disc,
                    .ink = unit_ink(layer_of(snapshot), static_cast<int>(j))};
      marker.radius_px = 4.5;
      marker.halo_px = 1;
      panel.marks.push_back(marker);
    }
  figure.panels.push_back(std::move(panel));
  return figure;
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
