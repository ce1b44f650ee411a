// How two runs differ over the plane: L(x) of the first minus that of the next one that is shown.
#include <algorithm>
#include <cmath>

#include "core/field/field.h"
#include "core/figure/caption.h"
#include "core/labs/mixture/figures/stage_layers.h"
#include "core/run/divergence.h"

namespace iem {
namespace {

constexpr int kSamples = 120;  // along each axis, over somewhat more than the visible range

// L on the grid, row 0 at the bottom.
std::vector<double> levels(const Mixture& model, const Theta& theta, double tau, const FieldView& grid) {
  return sample_log_density(model.field(theta, tau, FieldKind::density), grid);
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
  std::vector<double> values = levels(mixture_of(snapshot), snapshot.state.theta, snapshot.temperature, grid);
  const auto& model = static_cast<const Mixture&>(*other->setup->model);
  const std::vector<double> beside =
      levels(model, other->state.theta, other->setup->temperature(other->state.step), grid);
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] -= beside[i];
    if (std::isfinite(values[i])) largest = std::max(largest, std::abs(values[i]));
  }
  if (!(largest > 0)) return;  // they are the same
  const double half_x = 0.5 * (grid.x1 - grid.x0) / (kSamples - 1),
               half_y = 0.5 * (grid.y1 - grid.y0) / (kSamples - 1);
  Heatmap map{.series = "difference", .rows = kSamples, .columns = kSamples};
  map.values = figure.own(flipped(values));
  map.x0 = grid.x0 - half_x, map.x1 = grid.x1 + half_x;
  map.y0 = grid.y0 - half_y, map.y1 = grid.y1 + half_y;
  map.is_signed = true;
  map.limit = largest;
  panel.marks.push_back(std::move(map));
  figure.caption += " Of this run minus " + caption_words(other->label) + ": full colour at $\\pm" +
                    number_tex(largest) + "$.";
}

}  // namespace iem
