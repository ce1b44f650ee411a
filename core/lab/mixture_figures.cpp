#include "core/lab/mixture_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace iem {

const std::vector<MixtureFigure>& mixture_figures() {
  static const std::vector<MixtureFigure> all = {
      {{"stage", "Responsibility field", "Points, prototypes, ellipses and the field of responsibilities."},
       stage_figure},
      {{"loss", "Loss", "J over steps; past solid, known future pale."}, loss_figure},
      {{"identity", "Identity", "dL/dd by complex step against -r, on the diagonal."}, identity_figure, true},
      {{"responsibilities", "Pinned point", "The pinned point's r and dL/dd as mirrored bars."},
       responsibilities_figure,
       true},
      {{"usage", "Usage", "The share N_j/N of each prototype over steps."}, usage_figure, true},
      {{"entropy", "Entropy", "Mean entropy of the responsibilities over steps."}, entropy_figure, true},
      {{"pull", "Pull", "Each prototype's gradient step and its EM target."}, pull_figure},
      {{"trajectory", "Trajectory", "The way of each prototype from its start."}, trajectory_figure},
      {{"activation", "Derived activation", "The posterior mean along the probe line."},
       activation_figure,
       true},
  };
  return all;
}

Figure sentence_figure(const FigureType& type, const std::string& sentence) {
  Figure figure{.id = type.id, .title = type.title, .caption = sentence, .panels = {}, .keep = {}};
  Panel panel;
  panel.title = type.title;
  panel.grid = panel.x.ticks = panel.y.ticks = false;
  panel.x.lo = panel.y.lo = -1;
  panel.x.hi = panel.y.hi = 1;
  panel.marks.push_back(Text{.text = sentence, .ink = {Role::muted}, .anchor = Anchor::centre});
  figure.panels.push_back(std::move(panel));
  return figure;
}

std::string caption_start(const Snapshot& snapshot) {
  const Scene& scene = snapshot.setup->scene;
  return (scene.title.empty() ? scene.name : scene.title) + ", step " + std::to_string(snapshot.state.step) +
         ", seed " + std::to_string(snapshot.config().integer("seed"));
}

std::pair<double, double> range_of(Values values, double margin) {
  double lo = std::numeric_limits<double>::infinity(), hi = -lo;
  for (double value : values) {
    if (!std::isfinite(value)) continue;
    lo = std::min(lo, value);
    hi = std::max(hi, value);
  }
  if (!(lo <= hi)) return {0, 1};
  const double width = hi > lo ? hi - lo : std::max(1e-3, std::abs(hi) * 1e-3);
  return {lo - margin * width, hi + margin * width};
}

std::pair<double, double> stage_range(const Snapshot& snapshot, const View& view, int axis) {
  const Tensor& given = view.config.tensor(axis == 0 ? "view.x" : "view.y");
  if (given.data.size() == 2 && given.data[0] < given.data[1]) return {given.data[0], given.data[1]};
  const auto column = snapshot.data().points.col(axis);
  return range_of({column.data(), static_cast<std::size_t>(column.size())}, 0.08);
}

Axis data_axis(const Snapshot& snapshot, int axis, std::pair<double, double> range) {
  const Dataset& data = snapshot.data();
  const auto a = static_cast<std::size_t>(axis);
  Axis out;
  if (a < data.names.size()) out.label = data.names[a];
  if (a < data.units.size()) out.unit = data.units[a];
  out.lo = range.first;
  out.hi = range.second;
  return out;
}

int pinned_point(const Snapshot& snapshot, const View& view) {
  const auto n = static_cast<int>(snapshot.data().size());
  if (view.pinned.kind == ElementId::Kind::point && view.pinned.index < n) return view.pinned.index;
  const auto given = static_cast<int>(view.config.integer("view.pinned"));
  return given < n ? given : -1;
}

}  // namespace iem
