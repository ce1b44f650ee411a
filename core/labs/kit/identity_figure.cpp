#include "core/labs/kit/identity_figure.h"

#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/plane_stage.h"

namespace iem {

Figure identity_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "identity", .title = "Identity", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) +
                   ". $\\partial L_i/\\partial d_{ij}$ by complex step of the scalar $L$ (computed) against "
                   "$-r_{ij}$ (claimed).";
  Panel panel;
  panel.title = "Identity";
  panel.title_tex = "\\partial L_i/\\partial d_{ij}=-r_{ij}";
  panel.x.label = "claimed";
  panel.y.label = "computed";
  panel.x.lo = panel.y.lo = -1.05;
  panel.x.hi = panel.y.hi = 0.05;
  panel.x.max_ticks = panel.y.max_ticks = 3;
  panel.equal_aspect = true;
  panel.grid = false;
  Line diagonal{.series = "diagonal", .x = {}, .y = {}, .ink = {Role::faint}, .width_px = 1};
  diagonal.x = figure.own({-1.05, 0.05});
  diagonal.y = diagonal.x;
  panel.marks.push_back(diagonal);
  const IdentitySample& sample = snapshot.identity;
  const int pinned = pinned_point(snapshot, view);
  const auto all = static_cast<std::size_t>(sample.claimed.size());
  Scatter dots{.series = "prototype", .x = {}, .y = {}};
  dots.x = figure.own({sample.claimed.data(), sample.claimed.data() + all});
  dots.y = figure.own({sample.computed.data(), sample.computed.data() + all});
  for (Eigen::Index j = 0; j < sample.claimed.cols(); ++j)
    dots.groups.insert(dots.groups.end(), static_cast<std::size_t>(sample.claimed.rows()),
                       static_cast<int>(j));
  dots.radius_px = 2;
  dots.halo_px = 0;
  panel.marks.push_back(std::move(dots));
  for (std::size_t i = 0; i < sample.points.size(); ++i) {
    if (sample.points[i] != pinned) continue;
    for (Eigen::Index j = 0; j < sample.claimed.cols(); ++j) {
      const auto row = static_cast<Eigen::Index>(i);
      Marker marker{.series = "pinned",
                    .x = sample.claimed(row, j),
                    .y = sample.computed(row, j),
                    .shape = Shape::disc,
                    .ink = {Role::mark, static_cast<int>(j), 1}};
      marker.radius_px = 4.5;
      marker.halo_px = 1;
      panel.marks.push_back(marker);
    }
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
