// Curves over steps: loss, usage, entropy. Past solid, known future pale, other lanes grey.
#include <algorithm>
#include <cmath>

#include "core/lab/mixture_figures.h"

namespace iem {
namespace {

std::vector<double> steps(std::size_t count, std::size_t first = 0) {
  std::vector<double> out(count);
  for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<double>(first + i);
  return out;
}

// A run's curve up to now, its known future, and a disc where we are.
void add_curve(Figure& figure, Panel& panel, const std::string& name, const std::vector<double>& y,
               std::int64_t now, const Ink& ink, double width_px) {
  const auto split = std::min(static_cast<std::size_t>(now), y.size() - 1);
  const Values all_x = figure.own(steps(y.size())), all_y = figure.own(y);
  if (split + 1 < y.size()) {
    Line future{.series = name + " future", .x = all_x.subspan(split), .y = all_y.subspan(split), .ink = ink};
    future.ink.alpha = 0.38;
    future.width_px = width_px - 0.2;
    panel.marks.push_back(future);
  }
  Line past{.series = name,
            .x = all_x.first(split + 1),
            .y = all_y.first(split + 1),
            .ink = ink,
            .width_px = width_px};
  panel.marks.push_back(past);
  Marker here{.series = "now", .x = all_x[split], .y = all_y[split], .shape = Shape::disc, .ink = ink};
  here.radius_px = 4;
  here.halo_px = 1.5;
  panel.marks.push_back(here);
}

Panel step_panel(const Snapshot& snapshot, std::pair<double, double> y) {
  Panel panel;
  panel.x.label = "step";
  panel.x.whole = true;
  panel.x.lo = 0;
  panel.x.hi = static_cast<double>(std::max<std::int64_t>(10, snapshot.last_step()));
  panel.y.lo = y.first;
  panel.y.hi = y.second;
  return panel;
}

}  // namespace

Figure loss_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "loss", .title = "Loss", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". J = −(1/N) Σ_i τ log Σ_j exp(−d_ij/τ), minimised.";
  const std::vector<double> loss = snapshot.history.column(0);
  std::vector<double> shown = loss;
  for (const LaneView& lane : snapshot.lanes) {
    const std::vector<double> other = lane.history.column(0);
    shown.insert(shown.end(), other.begin(), other.end());
  }
  auto [lo, hi] = range_of(shown, 0.08);
  // At the start there is one number only: its last digits are no scale.
  const double least = 0.05 * std::max(1.0, std::abs(lo));
  if (hi - lo < least && snapshot.last_step() < 1) lo -= least, hi += least;
  Panel panel = step_panel(snapshot, {lo, hi});
  panel.title = "Loss";
  panel.title_tex = "J";
  for (const LaneView& lane : snapshot.lanes) {
    const std::vector<double> other = lane.history.column(0);
    Line line{.series = lane.label, .x = {}, .y = {}, .ink = {Role::faint}, .width_px = 1.5};
    line.x = figure.own(steps(other.size()));
    line.y = figure.own(other);
    line.label = lane.label;
    panel.x.hi = std::max(panel.x.hi, static_cast<double>(other.size() - 1));
    panel.marks.push_back(line);
  }
  add_curve(figure, panel, "loss", loss, snapshot.state.step, {Role::accent}, 2.2);
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure usage_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "usage", .title = "Usage", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". N_j/N with N_j = Σ_i r_ij.";
  Panel panel = step_panel(snapshot, {0, 1});
  panel.title = "Usage";
  panel.title_tex = "N_j/N";
  for (int j = 0; j < mixture_of(snapshot).components(); ++j) {
    std::vector<double> share;
    for (std::int64_t step = 0; step <= snapshot.last_step(); ++step) {
      const std::span<const double> row = snapshot.history.trail(step);
      const auto at = static_cast<std::size_t>(3 * j + 2);
      share.push_back(at < row.size() ? row[at] : std::numeric_limits<double>::quiet_NaN());
    }
    add_curve(figure, panel, "prototype " + std::to_string(j + 1), share, snapshot.state.step,
              {Role::line, j, 1}, 1.8);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure entropy_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "entropy", .title = "Entropy", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". Mean over points of −Σ_j r_ij log r_ij, in nats.";
  const std::vector<double> entropy = snapshot.history.column(2);
  const auto [lo, hi] = range_of(entropy, 0.08);
  Panel panel = step_panel(snapshot, {std::min(lo, 0.0), hi});
  panel.y.unit = "nats";
  panel.title = "Entropy";
  add_curve(figure, panel, "entropy", entropy, snapshot.state.step, {Role::accent}, 2.2);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
