#include "core/labs/kit/identity_figure.h"

#include <cmath>

#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/plane_stage.h"

namespace iem {
namespace {

constexpr Ink kWithoutHue = {Role::ink, 0, 0.72};

bool has_hues(const IdentityLook& look, const IdentitySample& sample) {
  return look.coloured < 0 || sample.claimed.cols() <= look.coloured;
}

Panel diagonal_panel(Figure& figure, const IdentityLook& look) {
  Panel panel;
  panel.title = "Identity";
  panel.title_tex = look.title_tex;
  panel.x.label = "claimed";
  panel.y.label = "computed";
  panel.x.lo = panel.y.lo = look.lo;
  panel.x.hi = panel.y.hi = look.hi;
  panel.x.max_ticks = panel.y.max_ticks = 3;
  panel.equal_aspect = true;
  panel.grid = false;
  Line diagonal{.series = "diagonal", .x = {}, .y = {}, .ink = {Role::faint}, .width_px = 1};
  diagonal.x = diagonal.y = figure.own({look.lo, look.hi});
  panel.marks.push_back(diagonal);
  return panel;
}

Scatter dots_of(Figure& figure, const IdentitySample& sample, const IdentityLook& look) {
  std::vector<double> x, y;
  Scatter dots{.series = look.series, .x = {}, .y = {}};
  if (look.coloured >= 0) dots.ink = kWithoutHue;
  for (Eigen::Index j = 0; j < sample.claimed.cols(); ++j)
    for (Eigen::Index i = 0; i < sample.claimed.rows(); ++i) {
      if (!std::isfinite(sample.claimed(i, j)) || !std::isfinite(sample.computed(i, j))) continue;
      x.push_back(sample.claimed(i, j)), y.push_back(sample.computed(i, j));
      if (has_hues(look, sample)) dots.groups.push_back(static_cast<int>(j));
    }
  dots.x = figure.own(std::move(x)), dots.y = figure.own(std::move(y));
  dots.radius_px = 2;
  dots.halo_px = 0;
  return dots;
}

}  // namespace

Figure identity_figure(const Snapshot& snapshot, const IdentityLook& look) {
  Figure figure{.id = "identity", .title = "Identity", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + look.words;
  const IdentitySample& sample = snapshot.identity;
  Panel panel = diagonal_panel(figure, look);
  panel.marks.push_back(dots_of(figure, sample, look));
  for (std::size_t i = 0; i < sample.points.size(); ++i)
    for (Eigen::Index j = 0; sample.points[i] == look.point && j < sample.claimed.cols(); ++j) {
      const auto row = static_cast<Eigen::Index>(i);
      if (!std::isfinite(sample.claimed(row, j)) || !std::isfinite(sample.computed(row, j))) continue;
      Marker marker{.series = "pinned",
                    .x = sample.claimed(row, j),
                    .y = sample.computed(row, j),
                    .shape = look.pinned};
      marker.ink = has_hues(look, sample) ? Ink{Role::mark, static_cast<int>(j), 1} : kWithoutHue;
      marker.radius_px = 4.5;
      marker.halo_px = 1;
      panel.marks.push_back(marker);
    }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure identity_figure(const Snapshot& snapshot, const View& view) {
  return identity_figure(
      snapshot,
      {.words = ". $\\partial L_i/\\partial d_{ij}$ by complex step of the scalar $L$ (computed) against "
                "$-r_{ij}$ (claimed).",
       .title_tex = "\\partial L_i/\\partial d_{ij}=-r_{ij}",
       .point = pinned_point(snapshot, view)});
}

}  // namespace iem
