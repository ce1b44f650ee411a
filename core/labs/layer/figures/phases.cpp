#include "core/labs/layer/figures/phases.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/labs/kit/phases/phase_marks.h"
#include "core/labs/kit/phases/pulls.h"
#include "core/labs/layer/figures/formulas.h"
#include "core/labs/layer/figures/inspection.h"
#include "core/labs/layer/figures/lines.h"
#include "core/labs/layer/figures/list.h"

namespace iem {
namespace {

using Places = std::vector<Eigen::Vector2d>;

Eigen::Vector2d nowhere() { return Eigen::Vector2d::Constant(std::numeric_limits<double>::quiet_NaN()); }

// The foot of the perpendicular from x on the line of every unit; not finite where a unit has no line.
Places feet_of(const Snapshot& snapshot, const Eigen::Vector2d& x) {
  Places out;
  for (Eigen::Index j = 0; j < layer_of(snapshot).units(); ++j) {
    const auto line = unit_line(snapshot, j);
    out.push_back(line ? Eigen::Vector2d(x - line->coordinate(x) * line->normal) : nowhere());
  }
  return out;
}

Places marks_of(const Snapshot& snapshot, const Theta& theta) {
  Places out;
  for (Eigen::Index j = 0; j < layer_of(snapshot).units(); ++j) {
    const auto line = unit_line(snapshot, theta, j);
    out.push_back(line ? line->mark : nowhere());
  }
  return out;
}

// The lines to the units are drawn already; their numbers change from z to d.
void show_distances_of_lines(Microscope& scope, double part) {
  scope.threads(1, 1);
  scope.ring(scope.shares(), 0);
  scope.numbers(part < 0.5 ? scope.values_before() : scope.values(), std::abs(2 * part - 1));
}

// Arrows from the line of each unit to the points for which it has a share.
void show_pull_of_lines(Microscope& scope, double part) {
  const Snapshot& s = scope.snapshot();
  const Eigen::MatrixXd &points = s.data().points, &r = s.evaluation.responsibilities;
  for (Eigen::Index j = 0; j < r.cols() && r.rows() == points.rows(); ++j) {
    const auto line = unit_line(s, j);
    if (!line) continue;
    PullsOf of{static_cast<int>(j), line->mark, static_cast<std::size_t>(r.cols()), part};
    of.foot = [&](Eigen::Index i) {
      const Eigen::Vector2d x = points.row(i).transpose();
      return Eigen::Vector2d(x - line->coordinate(x) * line->normal);
    };
    add_pulls(scope.panel(), points, r, of);
  }
  scope.numbers_beside(scope.values(), {}, part);
}

// Gradient and step of every unit.
void add_motion(const Snapshot& snapshot, Phase& pull, Phase& update) {
  const Block& w = layer_of(snapshot).layout().block("W");
  for (Eigen::Index j = 0; j < w.rows; ++j) {
    const Eigen::Index from = w.offset + j * w.columns;
    pull.values.push_back(snapshot.evaluation.gradient.segment(from, w.columns).norm());
    update.values.push_back(
        (snapshot.next.segment(from, w.columns) - snapshot.state.theta.segment(from, w.columns)).norm());
  }
  pull.written = written_values("\\|\\partial J/\\partial w_{#}\\|", pull.values);
  update.written = written_values("\\|\\Delta w_{#}\\|", update.values);
  pull.help =
      "Which points each unit is turned and moved by: threads from its line, as wide as it answers for them.";
  update.help = "The lines turn and slide to where the step takes them.";
  pull.marks = show_pull_of_lines;
  update.moves = true;
  if (has_next(snapshot))
    update.marks = [](Microscope& scope, double part) {
      scope.walk(marks_of(scope.snapshot(), scope.snapshot().next), part);
    };
}

double largest(const std::vector<double>& values) {
  double out = 0;
  for (const double v : values)
    if (std::isfinite(v)) out = std::max(out, std::abs(v));
  return out;
}

}  // namespace

const std::vector<std::pair<std::string, std::string>>& layer_phase_names() {
  static const std::vector<std::pair<std::string, std::string>> all = {
      {"layer", "layer"},
      {"distances", "distances"},
      {"exponentials", "exponentials"},
      {"normaliser", "normaliser"},
      {"responsibilities", "responsibilities"},
      {"gradient", "gradient"},
      {"pull", "pull"},
      {"update", "update"}};
  return all;
}

std::vector<Phase> layer_phases(const Snapshot& snapshot, int point) {
  const LayerNumbers at = layer_numbers(snapshot, point);
  const double tau = snapshot.temperature;
  Phase coordinates{"layer", "layer", "z_j", false, at.z},
      distances{"distances", "distances", "d_j", false, at.d},
      exponentials{"exponentials", "exponentials", layer_exponential_tex(tau), false, at.weight},
      normaliser{"normaliser", "normaliser", "Z", false, {at.sum}},
      shares{"responsibilities", "responsibilities", "r_j", false, at.r},
      gradient{"gradient", "gradient", "\\partial L/\\partial d_j", false, {}},
      pull{"pull", "pull", "\\|\\partial J/\\partial w_j\\|", true, {}},
      update{"update", "update", "\\|\\Delta w_j\\|", true, {}};
  if (at.shifted) exponentials.symbol = tau == 1 ? "e^{d_*-d_j}" : "e^{(d_*-d_j)/\\tau}";
  normaliser.is_single = shares.is_share = true;
  for (const double r : at.r) gradient.values.push_back(-r);
  coordinates.help = "From the point to the line of every unit, with its coordinate along the unit's normal.";
  coordinates.marks = show_distances;
  coordinates.written = written_values("z", at.z);
  distances.help = "The same lines, with the distance that each unit makes of its coordinate.";
  distances.marks = show_distances_of_lines;
  for (std::size_t j = 0; j < at.d.size(); ++j)
    distances.written.push_back({with_index("d", j) + "(", at.z[j], ")", "{=}", at.d[j]});
  shares.help = "The ring about the point fills.";
  gradient.help = "The same lengths with the other sign: hollow, away from the lines.";
  shares.marks = show_responsibilities;
  gradient.marks = show_gradient;
  complete_softmax(at.d, {tau, at.shifted, at.least}, exponentials, normaliser, shares, gradient);
  add_motion(snapshot, pull, update);
  return {coordinates, distances, exponentials, normaliser, shares, gradient, pull, update};
}

void add_layer_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                     const PhaseInView& phases) {
  if (!phases.on()) return;
  Eigen::Vector2d from(0, 0);
  std::vector<double> shares;
  if (phases.point >= 0) {
    from = snapshot.data().points.row(phases.point).transpose();
    shares = layer_numbers(snapshot, phases.point).r;
  }
  Places to = phases.stands_still() ? feet_of(snapshot, from) : marks_of(snapshot, snapshot.state.theta);
  Microscope(figure, panel, snapshot, view, phases, from, std::move(to), std::move(shares)).draw();
}

std::vector<double> lengths_of_units(const PhaseInView& phases) {
  const Phase& now = phases.now();
  if (now.is_single || now.values.empty()) return {};
  std::vector<double> out;
  const auto index = static_cast<std::size_t>(phases.index);
  const Phase* before = index > 0 ? &phases.all[index - 1] : nullptr;
  if (before != nullptr && before->is_single) before = index > 1 ? &phases.all[index - 2] : nullptr;
  const double now_most = largest(now.values), then_most = before ? largest(before->values) : 0;
  for (std::size_t j = 0; j < now.values.size(); ++j) {
    const double to = now_most > 0 ? now.values[j] / now_most : 0;
    const double from = before && then_most > 0 ? before->values[j] / then_most : 0;
    out.push_back(from + (to - from) * phases.part);
  }
  return out;
}

}  // namespace iem
