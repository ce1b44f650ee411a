// The claim of the lab: the residual r* - kappa r of every energy against its derivative, and one point with
// and without its label.
#include <algorithm>
#include <cmath>

#include "core/base/number.h"
#include "core/figure/caption.h"
#include "core/figure/ticks.h"
#include "core/labs/classifier/figures/formulas.h"
#include "core/labs/classifier/figures/list.h"
#include "core/labs/classifier/model/experts.h"
#include "core/labs/kit/identity_figure.h"

namespace iem {
namespace {

constexpr int kMostClamped = 8;  // classes with a row each

// The range of both axes: residuals from -1 to 1, and any that lie beyond.
std::pair<double, double> reach_of_residuals(const IdentitySample& sample) {
  double lo = -1.05, hi = 1.05;
  for (const double v : sample.claimed.reshaped())
    if (std::isfinite(v)) lo = std::min(lo, 1.05 * v), hi = std::max(hi, 1.05 * v);
  return {lo, hi};
}

}  // namespace

Figure clamped_identity_figure(const Snapshot& snapshot, const View& view) {
  const Classifier& model = classifier_of(snapshot);
  const auto [lo, hi] = reach_of_residuals(snapshot.identity);
  return identity_figure(
      snapshot,
      {.words = ". $N\\,\\partial J/\\partial d_{ij}$ by automatic differentiation of the scalar $J_i$ "
                "(computed) against $" +
                residual_tex(model, true) + "$ (claimed); largest difference $" +
                number_tex(snapshot.identity.largest_difference) + "$.",
       .title_tex = "N\\,\\partial J/\\partial d=" + residual_tex(model, true),
       .lo = lo,
       .hi = hi,
       .series = "class",
       .pinned = Shape::prototype,
       .point = pinned_point(snapshot, view)});
}

namespace {

// The classes that get a row, in their order: all, or those with the largest pulls where there are too many.
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

// The layout from top to bottom: a line of words, the shares, a line of words, the residuals.
struct ClampRows {
  int count = 0;
  double share(std::size_t c) const { return -static_cast<double>(c); }
  double words() const { return -count - 0.05; }
  double residual(std::size_t c) const { return -count - 1.05 - static_cast<double>(c); }
};

void add_number(Panel& panel, bool on_right, double y, double value, bool is_signed) {
  Text text{on_right ? 1.1 : -1.1, y, (is_signed && value > 0 ? "+" : "") + format_fixed(value, 4)};
  text.anchor = on_right ? Anchor::left : Anchor::right;
  text.dy_px = 4;
  text.bold = is_signed;
  panel.marks.push_back(std::move(text));
}

void add_words(Panel& panel, double x, double y, const std::string& words, Anchor anchor) {
  Text text{x, y, words, false, {Role::muted}};
  text.anchor = anchor;
  text.dy_px = 4;
  panel.marks.push_back(std::move(text));
}

void add_foot(Panel& panel, int j, double y) {
  Marker shape{.series = "class " + std::to_string(j + 1),
               .x = 0,
               .y = y,
               .shape = Shape::prototype,
               .ink = {Role::mark, j}};
  shape.radius_px = 4.5;
  shape.halo_px = 1.5;
  panel.marks.push_back(std::move(shape));
}

Bars bars_of(Figure& figure, const std::string& series, std::vector<double> x, std::vector<double> y,
             const std::vector<int>& classes) {
  Bars bars{.series = series, .x = {}, .y = {}, .ink = {}, .width = 0.56, .base = 0, .horizontal = true};
  for (const int j : classes) bars.ink.push_back({Role::mark, j, 1});
  bars.x = figure.own(std::move(x)), bars.y = figure.own(std::move(y));
  return bars;
}

// r to the left of the shapes and r* to the right of them; below, on the same axis, the residual: the right
// bar less the left one. `most` is the full length of a bar.
Panel clamp_panel(Figure& figure, const Classifier::PointRow& row, const std::vector<int>& classes,
                  double most, const std::string& residual, const std::string& evidence) {
  const ClampRows rows{static_cast<int>(classes.size())};
  Panel panel;
  panel.title_tex = "\\partial J_i/\\partial d_j=" + residual;
  panel.grid = panel.x.ticks = panel.y.ticks = false;
  panel.x.lo = -1.75, panel.x.hi = 1.75;
  panel.y.lo = rows.residual(classes.size()) + 0.4, panel.y.hi = 1.45;
  std::vector<double> free, clamped, pull, share_y, residual_y;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const auto j = static_cast<std::size_t>(classes[c]);
    free.push_back(-row.free[j] / most), clamped.push_back(row.clamped[j] / most);
    pull.push_back(row.pull[j] / most);
    share_y.push_back(rows.share(c)), residual_y.push_back(rows.residual(c));
    add_number(panel, false, rows.share(c), row.free[j], false);
    add_number(panel, true, rows.share(c), row.clamped[j], false);
    add_number(panel, row.pull[j] >= 0, rows.residual(c), row.pull[j], true);
  }
  panel.marks.insert(panel.marks.begin(),
                     {bars_of(figure, "r", std::move(free), share_y, classes),
                      bars_of(figure, "r with " + (evidence == "y" ? evidence : "label"), std::move(clamped),
                              share_y, classes),
                      bars_of(figure, "residual", std::move(pull), residual_y, classes)});
  for (std::size_t c = 0; c < classes.size(); ++c) {
    add_foot(panel, classes[c], rows.share(c));
    add_foot(panel, classes[c], rows.residual(c));
  }
  add_words(panel, -0.09, 1, "without " + evidence, Anchor::right);
  add_words(panel, 0.09, 1, "with it", Anchor::left);
  add_words(panel, -1.7, rows.words(), "residual", Anchor::left);
  add_words(panel, 1.7, rows.words(), "positive: the energy falls", Anchor::right);
  Line rule{.series = "rule", .x = {}, .y = {}, .ink = {Role::hairline}, .width_px = 1};
  rule.x = figure.own({-1.75, 1.75});
  rule.y = figure.own({rows.words() + 0.55, rows.words() + 0.55});
  panel.marks.push_back(std::move(rule));
  return panel;
}

}  // namespace

Figure clamp_figure(const Snapshot& snapshot, const View& view) {
  const Classifier& model = classifier_of(snapshot);
  const int point = std::max(shown_point(snapshot, view), 0);
  const bool has_label = has_evidence(snapshot, point), is_line = experts_of(snapshot);
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
  Panel panel =
      clamp_panel(figure, row, classes, most, residual_tex(model, has_label), is_line ? "y" : "the label");
  panel.title = "Clamp of point " + std::to_string(point);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
