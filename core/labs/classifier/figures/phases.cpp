#include "core/labs/classifier/figures/phases.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/labs/classifier/figures/experts.h"
#include "core/labs/classifier/figures/formulas.h"
#include "core/labs/classifier/figures/inspection.h"
#include "core/labs/classifier/figures/list.h"
#include "core/labs/kit/phases/phase_marks.h"

namespace iem {
namespace {

using Places = std::vector<Eigen::Vector2d>;

Places places_of_classes(const Snapshot& snapshot, const Theta& theta) {
  Places out;
  for (int j = 0; j < classifier_of(snapshot).classes(); ++j) {
    const auto [x, y] = place_of_class(snapshot, theta, j);
    out.emplace_back(x, y);
  }
  return out;
}

// The mark of every line.
Places places_of_lines(const Snapshot& snapshot, const Theta& theta) {
  Places out;
  const std::vector<Expert> experts = experts_of(snapshot)->unpack(theta);
  for (std::size_t h = 0; h < experts.size(); ++h) {
    const double x = mark_of_line(snapshot, static_cast<int>(h));
    out.emplace_back(x, experts[h].slope * x + experts[h].intercept);
  }
  return out;
}

std::vector<double> first_of(const std::vector<double>& values, std::ptrdiff_t count) {
  return {values.begin(), values.begin() + std::min(count, static_cast<std::ptrdiff_t>(values.size()))};
}

// The three phases of responsibilities: without the label, with it, and the residual between them.
struct Three {
  Phase &without, &with, &residual;
};
void show_three(const Three& phases, const Classifier::PointRow& row, std::ptrdiff_t count) {
  const BarsAndRing none, without{first_of(row.free, count), row.free}, with{row.clamped, row.clamped},
      residual{row.pull, row.clamped};
  phases.without.marks = [=](Microscope& scope, double part) { show_change(scope, none, without, part); };
  phases.with.marks = [=](Microscope& scope, double part) { show_change(scope, without, with, part); };
  phases.residual.marks = [=](Microscope& scope, double part) {
    show_change(scope, with, residual, part);
    if (part == 1)
      scope.panel().marks.push_back(
          Legend{{{Sign::full_bar, "positive: pulled"}, {Sign::hollow_bar, "negative: pushed away"}}});
  };
  phases.without.help =
      "The lines become bars, and the ring about the point fills: before its evidence is seen.";
  phases.with.help = "Bars and ring turn to what the evidence says.";
  phases.residual.help =
      "What is left of the bars: filled towards who is pulled, hollow away from who is pushed.";
}

Phase pull_of_point(const Snapshot& snapshot, int point, const Classifier::PointRow& row) {
  const Classifier& model = classifier_of(snapshot);
  const auto at = snapshot.data().points.row(point);
  Phase out{"pull", "pull", "\\|\\nabla_{j}J_i\\|", true, {}};
  for (int j = 0; j < model.classes(); ++j) {
    const double pull = std::abs(row.pull[static_cast<std::size_t>(j)]);
    const double slope =
        model.is_linear() ? libm::hypot(at[0], at[1])
                          : model.prototypes()->mean_gradient(snapshot.state.theta, j, at[0], at[1]).norm();
    out.values.push_back(pull * slope);
    out.written.push_back({pull, "{\\cdot}", slope, "{=}", pull * slope});
  }
  out.help = "What the points pull each class by, or push it away; broad: the point itself.";
  out.marks = [pull = row.pull](Microscope& scope, double part) {
    scope.pulls_of_points(scope.snapshot().evaluation.pulls, part);
    if (scope.point() >= 0) scope.own_pull(pull, part);
  };
  return out;
}

Phase update_of_classes(const Snapshot& snapshot) {
  const Classifier& model = classifier_of(snapshot);
  Phase out = update_of_pairs(snapshot, model.classes(),
                              model.is_linear() ? "\\|\\Delta w_j\\|" : "\\|\\Delta\\mu_j\\|");
  out.help = "The classes walk to where the step takes them.";
  if (has_next(snapshot))
    out.marks = [](Microscope& scope, double part) {
      scope.walk(places_of_classes(scope.snapshot(), scope.snapshot().next), part);
    };
  return out;
}

Phase update_of_lines(const Snapshot& snapshot) {
  Phase out{"update", "update", "\\Delta\\alpha_h", true, {}};
  const Experts& model = *experts_of(snapshot);
  const std::vector<Expert> now = model.unpack(snapshot.state.theta), next = model.unpack(snapshot.next);
  for (std::size_t h = 0; h < now.size(); ++h) {
    const double step = next[h].slope - now[h].slope;
    out.values.push_back(step);
    FormulaLine line = {next[h].slope, now[h].slope < 0 ? "{+}" : "{-}", std::abs(now[h].slope), "{=}", step};
    out.written.push_back(std::move(line));
  }
  out.help = "The lines turn and slide to where the step takes them.";
  out.moves = true;
  if (has_next(snapshot))
    out.marks = [](Microscope& scope, double part) {
      scope.walk(places_of_lines(scope.snapshot(), scope.snapshot().next), part);
    };
  return out;
}

void draw_phase_of(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                   const PhaseInView& phases, const Places& places) {
  if (!phases.on()) return;
  Eigen::Vector2d from(0, 0);
  std::vector<double> shares;
  if (phases.point >= 0) {
    from = snapshot.data().points.row(phases.point).transpose();
    const Classifier::PointRow row = row_of_point(snapshot, phases.point);
    for (std::size_t j = 0; j < places.size(); ++j)  // the longest bar a class comes to have
      shares.push_back(std::max({row.free[j], row.clamped[j], std::abs(row.pull[j])}));
  }
  Microscope(figure, panel, snapshot, view, phases, from, places, std::move(shares)).draw();
}

}  // namespace

const std::vector<std::pair<std::string, std::string>>& classifier_phase_names() {
  static const std::vector<std::pair<std::string, std::string>> all = {
      {"energies", "energies"}, {"without_label", "without label"}, {"with_label", "with label"},
      {"gate", "gate"},         {"without_y", "without y"},         {"evidence", "evidence"},
      {"with_y", "with y"},     {"residual", "residual"},           {"pull", "pull"},
      {"update", "update"}};
  return all;
}

std::vector<Phase> phases_of_point(const Snapshot& snapshot, int point) {
  const Classifier& model = classifier_of(snapshot);
  const Classifier::PointRow row = row_of_point(snapshot, point);
  const int label = label_of_point(snapshot, point), count = model.classes();
  Phase energies{"energies", "energies", "d_j", false, first_of(row.d, count)};
  Phase without{"without_label", "without label", "r_j", false, first_of(row.free, count)};
  Phase with{"with_label", "with label", "r^\\star_j", false, row.clamped};
  Phase residual{"residual", "residual",
                 model.competes() ? residual_tex(model, label >= 0) : "r^\\star_j-r_j", false, row.pull};
  without.is_share = model.competes();
  energies.help = "Lines from the point to every class, with the energy on each.";
  energies.marks = show_distances;
  show_three({without, with, residual}, row, count);
  const bool softmax = model.competes() && model.responsibility() == Responsibility::softmax;
  for (int j = 0; j < count; ++j) {
    NumberLine terms = energy_of_class(snapshot, point, j);
    terms.sum = row.d[static_cast<std::size_t>(j)];  // the model's own number, equal to the last bit
    energies.written.push_back(number_formula(terms, with_index("d", static_cast<std::size_t>(j))));
    if (softmax) without.written.push_back(written_share(row, j, snapshot.temperature));
    if (model.competes()) with.written.push_back(written_with_label(snapshot, row, label, j));
    residual.written.push_back(written_residual(model, row, label, j));
  }
  if (!softmax) without.written = written_values("r", without.values);
  if (!model.competes()) with.written = written_values("r^\\star", with.values);
  return {
      energies, without, with, residual, pull_of_point(snapshot, point, row), update_of_classes(snapshot)};
}

std::vector<Phase> phases_of_experts(const Snapshot& snapshot, int point) {
  const Classifier::PointRow row = row_of_point(snapshot, point);
  const auto count = static_cast<std::ptrdiff_t>(row.free.size());
  Phase gate{"gate", "gate", "d_h", false, row.d};
  Phase without{"without_y", "without y", "r_h", false, row.free};
  Phase evidence{"evidence", "evidence", "c_h", false, row.evidence};
  Phase with{"with_y", "with y", "r^\\star_h", false, row.clamped};
  Phase residual{"residual", "residual", residual_tex(classifier_of(snapshot), true), false, row.pull};
  without.is_share = with.is_share = true;
  gate.help = "Lines from the point to every expert, with the gate's energy on each.";
  gate.marks = show_distances;
  show_three({without, with, residual}, row, count);
  evidence.help = "What the point's y costs each expert.";
  const BarsAndRing shares{row.free, row.free};
  evidence.marks = [shares](Microscope& scope, double part) { show_change(scope, shares, shares, part); };
  gate.written = written_values("d", gate.values);
  evidence.written = written_values("c", evidence.values);
  with.written = written_values("r^\\star", with.values);
  for (int h = 0; h < static_cast<int>(count); ++h) {
    without.written.push_back(written_share(row, h, snapshot.temperature));
    residual.written.push_back(written_residual(classifier_of(snapshot), row, -1, h));
  }
  return {gate, without, evidence, with, residual, update_of_lines(snapshot)};
}

void add_class_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                     const PhaseInView& phases) {
  draw_phase_of(figure, panel, snapshot, view, phases, places_of_classes(snapshot, snapshot.state.theta));
}

void add_expert_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                      const PhaseInView& phases) {
  draw_phase_of(figure, panel, snapshot, view, phases, places_of_lines(snapshot, snapshot.state.theta));
}

}  // namespace iem
