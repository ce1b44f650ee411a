// The difference of two runs over the plane: L(x) of the first minus that of the next shown run.
#include <algorithm>
#include <cmath>

#include "core/field/field.h"
#include "core/figure/caption.h"
#include "core/labs/mixture/figures/stage_layers.h"
#include "core/run/divergence.h"

namespace iem {
namespace {

constexpr int kSamples = 120;  // along each axis, over somewhat more than the visible range
constexpr Eigen::Index kMostPoints = 1000;

FieldInput level_of(const Snapshot& s) {
  return mixture_of(s).field(s.state.theta, s.temperature, FieldKind::density);
}

FieldInput level_of(const ComparedRun& run) {
  const auto& model = static_cast<const Mixture&>(*run.setup->model);
  return model.field(run.state.theta, run.setup->temperature(run.state.step), FieldKind::density);
}

// The scale of colours is the largest difference at the data points, since far from them L differs without
// bound.
double largest_at_points(const Snapshot& snapshot, const ComparedRun& run) {
  const FieldInput first = level_of(snapshot), other = level_of(run);
  std::vector<double> r(std::max(first.components.size(), other.components.size()));
  const Eigen::MatrixXd& points = snapshot.data().points;
  const Eigen::Index stride = std::max<Eigen::Index>(1, points.rows() / kMostPoints);
  double largest = 0;
  for (Eigen::Index i = 0; i < points.rows(); i += stride) {
    const double x = points(i, 0), y = points(i, 1);
    const double difference =
        field_responsibilities(first, x, y, r.data()) - field_responsibilities(other, x, y, r.data());
    if (std::isfinite(difference)) largest = std::max(largest, std::abs(difference));
  }
  return largest;
}

std::vector<double> flipped(const std::vector<double>& rows) {
  std::vector<double> out;
  for (std::size_t row = kSamples; row-- > 0;)
    out.insert(out.end(), rows.begin() + static_cast<std::ptrdiff_t>(row * kSamples),
               rows.begin() + static_cast<std::ptrdiff_t>((row + 1) * kSamples));
  return out;
}

}  // namespace

const ComparedRun* run_to_differ_from(const Snapshot& snapshot) {
  for (const ComparedRun* run : snapshot.shown_lanes())
    if (!run->kept && run->setup->model->responsibilities_unavailable().empty() && !run->divergence)
      return run;
  return nullptr;
}

void add_difference(Figure& figure, Panel& panel, const Snapshot& snapshot) {
  const ComparedRun* other = run_to_differ_from(snapshot);
  if (other == nullptr || is_broken(snapshot)) return;
  const double mx = 0.25 * (panel.x.hi - panel.x.lo), my = 0.25 * (panel.y.hi - panel.y.lo);
  const FieldView grid{panel.x.lo - mx, panel.x.hi + mx, panel.y.lo - my,
                       panel.y.hi + my, kSamples,        kSamples};
  std::vector<double> values = sample_log_density(level_of(snapshot), grid);
  const std::vector<double> beside = sample_log_density(level_of(*other), grid);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] -= beside[i];
  const double largest = largest_at_points(snapshot, *other);
  if (!(largest > 0)) return;  // they are the same
  const double half_x = 0.5 * (grid.x1 - grid.x0) / (kSamples - 1),
               half_y = 0.5 * (grid.y1 - grid.y0) / (kSamples - 1);
  Heatmap map{.series = "difference", .rows = kSamples, .columns = kSamples};
  map.values = figure.own(flipped(values));
  map.x0 = grid.x0 - half_x, map.x1 = grid.x1 + half_x;
  map.y0 = grid.y0 - half_y, map.y1 = grid.y1 + half_y;
  map.is_signed = map.smooth = true;
  map.limit = largest;
  panel.marks.push_back(std::move(map));
  figure.caption += " Of this run minus " + caption_words(other->label) + ": full colour at ${\\pm}" +
                    number_tex(largest) + "$, the most at a point.";
}

}  // namespace iem
