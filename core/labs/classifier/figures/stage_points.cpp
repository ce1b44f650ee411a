#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/labs/classifier/figures/stage.h"

namespace iem {
namespace {

constexpr std::size_t kMostForms = 20'000;  // more shapes would only cover each other
constexpr std::size_t kMostArrows = 48;     // points with residuals
constexpr double kStage_px = 560;           // about how many a stage is high
constexpr double kLeastResidual = 0.12;     // below it nothing is drawn

bool is_silent(const Eigen::MatrixXd& pulls, Eigen::Index i) {
  return i < pulls.rows() && (pulls.row(i).array() == 0).all();
}

// r of some points, with the points of one class contiguous, as Scatter::weights has them.
std::vector<double> shares_of(const Snapshot& snapshot, const std::vector<Eigen::Index>& points) {
  const auto h = static_cast<std::size_t>(classifier_of(snapshot).hypotheses());
  std::vector<double> out(points.size() * h);
  for (std::size_t p = 0; p < points.size(); ++p) {
    const Classifier::PointRow row = row_of_point(snapshot, points[p]);
    for (std::size_t j = 0; j < h; ++j) out[j * points.size() + p] = row.free[j];
  }
  return out;
}

// Colours points by their responsibilities or, where classes do not compete, by their answers. `listed` null
// means all points.
void colour_points(Figure& figure, Scatter& scatter, const Snapshot& snapshot,
                   const std::vector<Eigen::Index>* listed) {
  const auto n = listed ? static_cast<Eigen::Index>(listed->size()) : snapshot.data().size();
  const auto at = [&](Eigen::Index p) { return listed ? (*listed)[static_cast<std::size_t>(p)] : p; };
  if (!classifier_of(snapshot).competes()) {
    for (Eigen::Index p = 0; p < n; ++p) scatter.groups.push_back(answer_at(snapshot, at(p)));
    return;
  }
  const Eigen::MatrixXd& r = snapshot.evaluation.responsibilities;
  if (!listed && (r.rows() != n || !r.allFinite())) return;
  if (listed) {
    std::vector<double> shares = shares_of(snapshot, *listed);
    if (!std::ranges::all_of(shares, [](double v) { return std::isfinite(v); })) return;
    scatter.weights = figure.own(std::move(shares));
  } else {
    scatter.weights = {r.data(), static_cast<std::size_t>(r.size())};
  }
  scatter.components = classifier_of(snapshot).hypotheses();
}

// Pixels of a stage in axis units.
struct Unit {
  double x = 1, y = 1;
};
Unit unit_of_pixel(const Panel& panel) {
  const double y = (panel.y.hi - panel.y.lo) / kStage_px, x = (panel.x.hi - panel.x.lo) / kStage_px;
  return panel.equal_aspect ? Unit{std::max(x, y), std::max(x, y)} : Unit{x, y};
}

// The residuals of one point: arrows towards the classes that it pulls, bars before those it pushes away.
void add_residuals_of(Figure& figure, Panel& panel, const Snapshot& snapshot, Eigen::Index i, double from_px,
                      double length_px) {
  const Unit px = unit_of_pixel(panel);
  const auto at = snapshot.data().points.row(i);
  const Classifier::PointRow row = row_of_point(snapshot, i);
  for (std::size_t j = 0; j < row.pull.size(); ++j) {
    const double pull = row.pull[j];
    if (!(std::abs(pull) >= kLeastResidual)) continue;
    const auto [to_x, to_y] = place_of_class(snapshot, snapshot.state.theta, static_cast<int>(j));
    const double dx = (to_x - at[0]) / px.x, dy = (to_y - at[1]) / px.y, away = libm::hypot(dx, dy);
    if (!(away > 0) || !std::isfinite(away)) continue;
    const double length =
        std::min(length_px * std::min(std::abs(pull), 1.5) + 5, std::max(away - from_px, 6.0));
    const double ux = dx / away, uy = dy / away, end = from_px + length;
    const double x0 = at[0] + from_px * ux * px.x, y0 = at[1] + from_px * uy * px.y,
                 x1 = at[0] + end * ux * px.x, y1 = at[1] + end * uy * px.y;
    const Ink ink{Role::line, static_cast<int>(j), 1};
    const std::string of = std::to_string(j + 1);
    Arrow arrow{(pull > 0 ? "pulled " : "pushed ") + of, x0, y0, x1, y1, ink};
    arrow.width_px = pull > 0 ? 1.8 : 1.6;
    arrow.head_length_px = pull > 0 ? 7 : 0, arrow.head_width_px = pull > 0 ? 6.5 : 0;
    panel.marks.push_back(arrow);
    if (pull > 0) continue;
    Line bar{.series = "pushed end " + of, .x = {}, .y = {}, .ink = ink, .width_px = 1.6};
    bar.x = figure.own({x1 - 4 * uy * px.x, x1 + 4 * uy * px.x});
    bar.y = figure.own({y1 + 4 * ux * px.y, y1 - 4 * ux * px.y});
    panel.marks.push_back(std::move(bar));
  }
}

}  // namespace

std::vector<Eigen::Index> misfits(const Snapshot& snapshot) {
  std::vector<Eigen::Index> out;
  for (Eigen::Index i = 0; i < snapshot.data().size(); ++i) {
    const int label = label_of_point(snapshot, i);
    if (label >= 0 && answer_at(snapshot, i) != label) out.push_back(i);
  }
  return out;
}

Scatter stage_points(const Dataset& data) {
  const auto n = static_cast<std::size_t>(data.size());
  Scatter points{
      .series = "points", .x = {data.points.col(0).data(), n}, .y = {data.points.col(1).data(), n}};
  points.ink = {Role::muted, 0, 1};
  points.element = ElementId::Kind::point;
  points.radius_px = 2.9;
  return points;
}

void add_labelled_points(Figure& figure, Panel& panel, const Snapshot& snapshot, const View&) {
  const Dataset& data = snapshot.data();
  const auto n = static_cast<std::size_t>(data.size());
  Scatter points = stage_points(data);
  colour_points(figure, points, snapshot, nullptr);
  if (n <= kMostForms)
    for (Eigen::Index i = 0; i < data.size(); ++i) {
      points.forms.push_back(label_of_point(snapshot, i));
      points.open.push_back(is_silent(snapshot.evaluation.pulls, i) ? 1 : 0);
    }
  panel.marks.push_back(std::move(points));
  if (data.held_out) {
    const Eigen::MatrixXd& aside = data.held_out->points;
    const auto m = static_cast<std::size_t>(aside.rows());
    Scatter held_out{.series = "held out", .x = {aside.col(0).data(), m}, .y = {aside.col(1).data(), m}};
    held_out.ink = {Role::faint, 0, 1};
    held_out.radius_px = 1.6;
    panel.marks.push_back(std::move(held_out));
  }
  const std::vector<Eigen::Index> wrong = misfits(snapshot);
  if (wrong.empty() || n > kMostForms) return;
  Scatter large{.series = "answered wrongly", .x = {}, .y = {}};
  std::vector<double> x, y;
  for (const Eigen::Index i : wrong) {
    x.push_back(data.points(i, 0)), y.push_back(data.points(i, 1));
    large.forms.push_back(label_of_point(snapshot, i));
  }
  large.x = figure.own(std::move(x)), large.y = figure.own(std::move(y));
  large.ink = {Role::muted, 0, 1};
  large.radius_px = 4.2;
  colour_points(figure, large, snapshot, &wrong);
  panel.marks.push_back(std::move(large));
}

void add_residuals(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  std::vector<Eigen::Index> shown = misfits(snapshot);
  if (shown.size() > kMostArrows) {
    std::vector<std::pair<double, Eigen::Index>> by;
    for (const Eigen::Index i : shown) {
      const double strength = strength_at(snapshot, i);
      by.emplace_back(std::isfinite(strength) ? -strength : 0.0, i);
    }
    std::ranges::sort(by);
    shown.clear();
    for (std::size_t p = 0; p < kMostArrows; ++p) shown.push_back(by[p].second);
    std::ranges::sort(shown);
  }
  const int pinned = pinned_point(snapshot, view);
  for (const Eigen::Index i : shown)
    if (i != pinned) add_residuals_of(figure, panel, snapshot, i, 5, 26);
  if (pinned >= 0) add_residuals_of(figure, panel, snapshot, pinned, 14, 60);
}

void add_pinned_point(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  const int i = pinned_point(snapshot, view);
  if (i < 0 || !classifier_of(snapshot).competes()) return;
  Classifier::PointRow row = row_of_point(snapshot, i);
  if (!std::ranges::all_of(row.free, [](double v) { return std::isfinite(v); })) return;
  const auto at = snapshot.data().points.row(i);
  panel.marks.push_back(RingMark{"pinned",
                                 at[0],
                                 at[1],
                                 figure.own(std::move(row.free)),
                                 point_words(snapshot, i),
                                 {ElementId::Kind::point, i}});
}

}  // namespace iem
