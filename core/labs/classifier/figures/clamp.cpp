// The claim of the lab: the residual r* - kappa r of every energy against its derivative, and one point with
// and without its label.
#include <algorithm>
#include <cmath>

#include "core/figure/caption.h"
#include "core/figure/number.h"
#include "core/figure/ticks.h"
#include "core/labs/classifier/figures/formulas.h"
#include "core/labs/classifier/figures/list.h"

namespace iem {
namespace {

constexpr int kMostClamped = 8;  // classes with a row each

struct Reach {
  double lo = -1.05, hi = 1.05;
};

Reach reach_of_residuals(const IdentitySample& sample) {
  Reach out;
  for (const double v : sample.claimed.reshaped())
    if (std::isfinite(v)) out.lo = std::min(out.lo, 1.05 * v), out.hi = std::max(out.hi, 1.05 * v);
  return out;
}

}  // namespace

Figure clamped_identity_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "identity", .title = "Identity", .caption = {}, .panels = {}, .keep = {}};
  const IdentitySample& sample = snapshot.identity;
  figure.caption = caption_start(snapshot) +
                   ". $N\\,\\partial J/\\partial d_{ij}$ by automatic differentiation of the scalar $J_i$ "
                   "(computed) against $" +
                   residual_tex(classifier_of(snapshot), true) + "$ (claimed); largest difference $" +
                   number_tex(sample.largest_difference) + "$.";
  Panel panel;
  panel.title = "Identity";
  panel.title_tex = "N\\,\\partial J/\\partial d=" + residual_tex(classifier_of(snapshot), true);
  panel.x.label = "claimed";
  panel.y.label = "computed";
  const auto [lo, hi] = reach_of_residuals(sample);
  panel.x.lo = panel.y.lo = lo;
  panel.x.hi = panel.y.hi = hi;
  panel.x.max_ticks = panel.y.max_ticks = 3;
  panel.equal_aspect = true;
  panel.grid = false;
  Line diagonal{.series = "diagonal", .x = {}, .y = {}, .ink = {Role::faint}, .width_px = 1};
  diagonal.x = diagonal.y = figure.own({lo, hi});
  panel.marks.push_back(diagonal);
  std::vector<double> x, y;
  Scatter dots{.series = "class", .x = {}, .y = {}};
  for (Eigen::Index j = 0; j < sample.claimed.cols(); ++j)
    for (Eigen::Index i = 0; i < sample.claimed.rows(); ++i) {
      if (!std::isfinite(sample.claimed(i, j)) || !std::isfinite(sample.computed(i, j))) continue;
      x.push_back(sample.claimed(i, j)), y.push_back(sample.computed(i, j));
      dots.groups.push_back(static_cast<int>(j));
    }
  dots.x = figure.own(std::move(x)), dots.y = figure.own(std::move(y));
  dots.radius_px = 2;
  dots.halo_px = 0;
  panel.marks.push_back(std::move(dots));
  const int pinned = pinned_point(snapshot, view);
  for (std::size_t i = 0; i < sample.points.size(); ++i) {
    if (sample.points[i] != pinned) continue;
    for (Eigen::Index j = 0; j < sample.claimed.cols(); ++j) {
      const auto row = static_cast<Eigen::Index>(i);
      if (!std::isfinite(sample.claimed(row, j)) || !std::isfinite(sample.computed(row, j))) continue;
      Marker marker{.series = "pinned",
                    .x = sample.claimed(row, j),
                    .y = sample.computed(row, j),
                    .shape = Shape::prototype,
                    .ink = {Role::mark, static_cast<int>(j), 1}};
      marker.radius_px = 4.5;
      marker.halo_px = 1;
      panel.marks.push_back(marker);
    }
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

namespace {

// Which classes have a row: all, or those that pull most, in their order.
std::vector<int> clamped_classes(const Classifier::PointRow& row) {
  std::vector<int> out(row.pull.size());
  for (std::size_t j = 0; j < out.size(); ++j) out[j] = static_cast<int>(j);
  if (out.size() <= kMostClamped) return out;
  std::ranges::stable_sort(out, [&](int a, int b) {
    return std::abs(row.pull[static_cast<std::size_t>(a)]) > std::abs(row.pull[static_cast<std::size_t>(b)]);
  });
  out.resize(kMostClamped);
  std::ranges::sort(out);
  return out;
}

Text number_at_end(double x, double y, double value, bool is_signed) {
  Text text{x, y, (is_signed && value > 0 ? "+" : "") + format_fixed(value, 4)};
  text.anchor = x < 0 ? Anchor::right : Anchor::left;
  text.dx_px = x < 0 ? -6 : 6;
  text.dy_px = 4;
  text.bold = is_signed;
  return text;
}

// Bars from the shapes outwards: r to the left and r* to the right, or the residual on its side.
Panel shares_panel(Figure& figure, const Classifier::PointRow& row, const std::vector<int>& classes,
                   double most) {
  Panel panel;
  panel.title = "Clamp";
  panel.title_tex = "r_j,\\;r^\\star_j";
  Bars left{.series = "r", .x = {}, .y = {}, .ink = {}, .width = 0.5, .base = 0, .horizontal = true};
  Bars right = left;
  right.series = "r with label";
  std::vector<double> at, free, clamped;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const auto j = static_cast<std::size_t>(classes[c]);
    const double y = -static_cast<double>(c);
    at.push_back(y), free.push_back(-row.free[j] / most), clamped.push_back(row.clamped[j] / most);
    left.ink.push_back({Role::mark, classes[c], 1});
    panel.marks.push_back(number_at_end(-1.08, y, row.free[j], false));
    panel.marks.push_back(number_at_end(1.08, y, row.clamped[j], false));
  }
  right.ink = left.ink;
  left.y = right.y = figure.own(std::move(at));
  left.x = figure.own(std::move(free));
  right.x = figure.own(std::move(clamped));
  panel.marks.insert(panel.marks.begin(), {left, right});
  for (std::size_t c = 0; c < classes.size(); ++c) {
    Marker shape{.series = "class " + std::to_string(classes[c] + 1),
                 .x = 0,
                 .y = -static_cast<double>(c),
                 .shape = Shape::prototype,
                 .ink = {Role::mark, classes[c]}};
    shape.radius_px = 4.5;
    panel.marks.push_back(std::move(shape));
  }
  Text without{-0.06, 0.85, "without the label  r"};
  without.anchor = Anchor::right;
  without.ink = {Role::muted};
  Text with{0.06, 0.85, "with it  r*"};
  with.ink = {Role::muted};
  panel.marks.push_back(std::move(without));
  panel.marks.push_back(std::move(with));
  return panel;
}

Panel residual_panel(Figure& figure, const Classifier::PointRow& row, const std::vector<int>& classes,
                     double most, const std::string& residual) {
  Panel panel;
  panel.title = "Residual";
  panel.title_tex = "\\partial J_i/\\partial d_j=" + residual;
  Bars bars{.series = "residual", .x = {}, .y = {}, .ink = {}, .width = 0.5, .base = 0, .horizontal = true};
  std::vector<double> at, pull;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const double value = row.pull[static_cast<std::size_t>(classes[c])], y = -static_cast<double>(c);
    at.push_back(y), pull.push_back(value / most);
    bars.ink.push_back({Role::mark, classes[c], 1});
    panel.marks.push_back(number_at_end(value < 0 ? -1.08 : 1.08, y, value, true));
  }
  bars.y = figure.own(std::move(at));
  bars.x = figure.own(std::move(pull));
  panel.marks.insert(panel.marks.begin(), bars);
  for (std::size_t c = 0; c < classes.size(); ++c) {
    Marker shape{.series = "class " + std::to_string(classes[c] + 1),
                 .x = 0,
                 .y = -static_cast<double>(c),
                 .shape = Shape::prototype,
                 .ink = {Role::mark, classes[c]}};
    shape.radius_px = 4.5;
    panel.marks.push_back(std::move(shape));
  }
  Text up{-0.06, 0.85, "pushed away: it rises"}, down{0.06, 0.85, "pulled: the energy falls"};
  up.anchor = Anchor::right;
  up.ink = down.ink = {Role::muted};
  panel.marks.push_back(std::move(up));
  panel.marks.push_back(std::move(down));
  return panel;
}

}  // namespace

Figure clamp_figure(const Snapshot& snapshot, const View& view) {
  const Classifier& model = classifier_of(snapshot);
  const int point = shown_point(snapshot, view);
  const bool has_label = label_of_point(snapshot, point) >= 0;
  Figure figure{.id = "clamp", .title = "Clamp", .caption = {}, .panels = {}, .keep = {}};
  const Classifier::PointRow row = row_of_point(snapshot, point);
  const bool finite = std::ranges::all_of(row.pull, [](double v) { return std::isfinite(v); }) &&
                      std::ranges::all_of(row.free, [](double v) { return std::isfinite(v); });
  const std::string lead =
      caption_start(snapshot) + ", " + caption_words(point_words(snapshot, point)) + ". ";
  if (!finite)
    return sentence_figure({"clamp", "Clamp", ""}, "The energies of this point are not finite.", lead);
  figure.caption = lead;
  figure.caption += has_label
                        ? sign_words(model)
                        : "Without a label nothing clamps: $\\partial J_i/\\partial d_j=\\lambda r_j$ with "
                          "$\\lambda=" +
                              number_tex(model.unlabelled_weight()) + "$, and there is no free phase.";
  const std::vector<int> classes = clamped_classes(row);
  double most = 1;
  for (const double v : row.clamped) most = std::max(most, v);
  for (const double v : row.pull) most = std::max(most, std::abs(v));
  figure.panels.push_back(shares_panel(figure, row, classes, most));
  figure.panels.push_back(residual_panel(figure, row, classes, most, residual_tex(model, has_label)));
  for (Panel& panel : figure.panels) {
    panel.grid = panel.x.ticks = panel.y.ticks = false;
    panel.x.lo = -1.5, panel.x.hi = 1.5;
    panel.y.lo = -static_cast<double>(classes.size()) + 0.4, panel.y.hi = 1.3;
    panel.height = 0.5;
  }
  return figure;
}

}  // namespace iem
