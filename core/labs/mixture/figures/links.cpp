#include "core/labs/mixture/figures/links.h"

#include <string>

#include "core/base/number.h"
#include "core/labs/kit/phases/pulls.h"
#include "core/labs/mixture/figures/inspection.h"
#include "core/labs/mixture/figures/list.h"

namespace iem {
namespace {

constexpr double kThin = 1, kThickest = 8;  // of a thread with r = 0 and 1

}  // namespace

void add_threads(Panel& panel, const Snapshot& snapshot, const View& view) {
  const int point = shown_point(snapshot, view);
  if (point < 0) return;
  const std::vector<double> r = numbers_at(snapshot, point).r;
  if (r.empty()) return;
  const auto x = snapshot.data().points.row(point);
  const std::vector<MixtureComponent> components = mixture_of(snapshot).unpack(snapshot.state.theta);
  for (std::size_t j = 0; j < components.size(); ++j) {
    const MixtureComponent& c = components[j];
    const auto index = static_cast<int>(j);
    Arrow thread{"thread " + std::to_string(j + 1), x[0], x[1], c.mu_x, c.mu_y, {Role::line, index, 0.75}};
    thread.width_px = kThin + (kThickest - kThin) * r[j];
    thread.head_length_px = thread.head_width_px = 0;
    panel.marks.push_back(thread);
  }
  for (std::size_t j = 0; j < components.size(); ++j) {
    const double at = 0.55;
    panel.marks.push_back(Text{x[0] + at * (components[j].mu_x - x[0]),
                               x[1] + at * (components[j].mu_y - x[1]),
                               shown_number(-r[j]),
                               false,
                               {Role::line, static_cast<int>(j), 1},
                               0,
                               4,
                               Anchor::centre,
                               true});
  }
}

void add_point_pull(Panel& panel, const Snapshot& snapshot, int j) {
  const Eigen::MatrixXd& r = snapshot.evaluation.responsibilities;
  if (j < 0 || j >= r.cols() || r.rows() != snapshot.data().size()) return;
  const MixtureComponent c = mixture_of(snapshot).unpack(snapshot.state.theta)[static_cast<std::size_t>(j)];
  add_pulls(panel, snapshot.data().points, r, {j, {c.mu_x, c.mu_y}});
}

}  // namespace iem
