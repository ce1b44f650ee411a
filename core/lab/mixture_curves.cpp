// Curves over steps: loss, usage, entropy. Past solid, known future pale, other lanes grey.
#include <algorithm>
#include <cmath>

#include "core/lab/mixture_figures.h"

namespace iem {
Figure loss_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "loss", .title = "Loss", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". J = −(1/N) Σ_i τ log Σ_j exp(−d_ij/τ), minimised.";
  figure.panels.push_back(loss_panel(figure, snapshot));
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
