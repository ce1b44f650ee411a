#include "core/labs/mixture/figures/links.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/number.h"
#include "core/labs/mixture/figures/list.h"

namespace iem {
namespace {

constexpr double kThin = 1, kThickest = 8;  // of a thread with r = 0 and 1
constexpr std::size_t kMostPulls = 400;     // more would be a blot
constexpr double kWeakest = 0.01;           // r below which a pull cannot be seen

// How wide the thread to each prototype is, from 0 to 1.
std::vector<double> strengths(const Phase& phase, const std::vector<double>& r) {
  if (phase.id == "distances") return std::vector<double>(r.size(), 0);
  if (phase.id != "exponentials") return r;
  const double top = *std::max_element(phase.values.begin(), phase.values.end());
  std::vector<double> out;
  for (double value : phase.values) out.push_back(top > 0 ? value / top : 0);
  return out;
}

}  // namespace

void add_threads(Panel& panel, const Snapshot& snapshot, const View& view, const std::vector<Phase>& phases) {
  const int point = shown_point(snapshot, view);
  if (point < 0 || phases.empty()) return;
  const auto of = [&](const char* id) {
    return std::find_if(phases.begin(), phases.end(), [&](const Phase& p) { return p.id == id; });
  };
  const auto gradient = of("gradient"), shares = of("responsibilities");
  if (gradient == phases.end() || shares == phases.end()) return;
  const bool chosen = view.phase >= 0 && view.phase < static_cast<int>(phases.size());
  const Phase& phase = chosen ? phases[static_cast<std::size_t>(view.phase)] : *gradient;
  const std::vector<double>& r = shares->values;
  const std::vector<double> strength = strengths(phase, r);
  const auto x = snapshot.data().points.row(point);
  const std::vector<MixtureComponent> components = mixture_of(snapshot).unpack(snapshot.state.theta);
  const bool pulls = phase.in_m_step;
  for (std::size_t j = 0; j < components.size(); ++j) {
    const MixtureComponent& c = components[j];
    const auto index = static_cast<int>(j);
    Arrow thread{"thread " + std::to_string(j + 1), x[0], x[1], c.mu_x, c.mu_y, {Role::line, index, 0.75}};
    if (pulls) {
      // The M-step reads the same thread from the other end.
      thread = {thread.series,
                c.mu_x,
                c.mu_y,
                c.mu_x + r[j] * (x[0] - c.mu_x),
                c.mu_y + r[j] * (x[1] - c.mu_y),
                {Role::line, index, 0.9}};
    }
    thread.width_px = pulls ? 2.4 : kThin + (kThickest - kThin) * strength[j];
    if (!pulls) thread.head_length_px = thread.head_width_px = 0;
    panel.marks.push_back(thread);
  }
  if (phase.values.size() != components.size()) return;
  for (std::size_t j = 0; j < components.size(); ++j) {
    const double at = 0.55;
    panel.marks.push_back(Text{x[0] + at * (components[j].mu_x - x[0]),
                               x[1] + at * (components[j].mu_y - x[1]),
                               shown_number(phase.values[j]),
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
  std::vector<Eigen::Index> strongest;
  for (Eigen::Index i = 0; i < r.rows(); ++i)
    if (r(i, j) > kWeakest) strongest.push_back(i);
  if (strongest.size() > kMostPulls) {
    const auto end = strongest.begin() + static_cast<std::ptrdiff_t>(kMostPulls);
    std::nth_element(strongest.begin(), end, strongest.end(),
                     [&](Eigen::Index a, Eigen::Index b) { return r(a, j) > r(b, j); });
    strongest.erase(end, strongest.end());
  }
  for (const Eigen::Index i : strongest) {
    const double share = r(i, j);
    const auto x = snapshot.data().points.row(i);
    Arrow pull{"pull of points",
               c.mu_x,
               c.mu_y,
               c.mu_x + share * (x[0] - c.mu_x),
               c.mu_y + share * (x[1] - c.mu_y),
               {Role::line, j, 0.12 + 0.25 * share}};
    pull.width_px = 0.4 + 1.4 * share;
    pull.head_length_px = pull.head_width_px = 0;
    pull.halo = false;
    panel.marks.push_back(pull);
  }
}

}  // namespace iem
