#include "core/labs/mixture/figures/phases.h"

#include "core/labs/kit/phases/phase_marks.h"
#include "core/labs/mixture/figures/formulas.h"
#include "core/labs/mixture/figures/inspection.h"
#include "core/labs/mixture/figures/list.h"

namespace iem {
namespace {

std::vector<Eigen::Vector2d> places_of(const std::vector<MixtureComponent>& components) {
  std::vector<Eigen::Vector2d> out;
  for (const MixtureComponent& c : components) out.emplace_back(c.mu_x, c.mu_y);
  return out;
}

// The pulls of all points on every prototype, pale; that of the shown point wide, with its number.
void show_pull(Microscope& scope, double part) {
  scope.pulls_of_points(scope.snapshot().evaluation.responsibilities, part);
  if (scope.point() < 0) return;
  scope.own_pull(scope.shares(), part);
  scope.ring(scope.shares(), 1);
}

void show_walk(Microscope& scope, double part) {
  scope.walk(places_of(mixture_of(scope.snapshot()).unpack(scope.snapshot().next)), part);
}

// The update phase, with the distance that every prototype moves.
Phase update_phase(const Snapshot& snapshot) {
  Phase out = update_of_pairs(snapshot, mixture_of(snapshot).components(), "\\|\\Delta\\mu_j\\|");
  out.help = "The prototypes walk to where the step takes them, and their ellipses with them.";
  if (has_next(snapshot)) out.marks = show_walk;
  return out;
}

Phase pull_phase(const Snapshot& snapshot, int point, const std::vector<double>& r) {
  Phase out{"pull", "pull", "r_j\\|\\nabla d_j\\|", true, {}};
  const auto x = snapshot.data().points.row(point);
  for (std::size_t j = 0; j < r.size(); ++j) {
    const double slope =
        mixture_of(snapshot).mean_gradient(snapshot.state.theta, static_cast<int>(j), x[0], x[1]).norm();
    out.values.push_back(r[j] * slope);
    out.written.push_back({r[j], "{\\cdot}", slope, "{=}", r[j] * slope});
  }
  out.help = "What the points pull each prototype by, as wide as they are its own; broad: the point itself.";
  out.marks = show_pull;
  return out;
}

}  // namespace

const std::vector<std::pair<std::string, std::string>>& mixture_phase_names() {
  static const std::vector<std::pair<std::string, std::string>> all = {
      {"distances", "distances"},   {"exponentials", "exponentials"},
      {"normaliser", "normaliser"}, {"responsibilities", "responsibilities"},
      {"gradient", "gradient"},     {"pull", "pull"},
      {"update", "update"}};
  return all;
}

std::vector<Phase> mixture_phases(const Snapshot& snapshot, int point) {
  const double tau = snapshot.temperature;
  const PointNumbers at = numbers_at(snapshot, point);
  Phase distances{"distances", "distances", "d_j", false, at.d};
  distances.help = "Lines from the point to every prototype, with the distance on each.";
  distances.marks = show_distances;
  for (std::size_t j = 0; j < at.d.size(); ++j)
    distances.written.push_back(
        number_formula(energy_terms(snapshot, point, static_cast<int>(j)), with_index("d", j)));
  const Phase update = update_phase(snapshot);
  if (at.r.empty()) return {distances, update};
  Phase shares{"responsibilities", "responsibilities", "r_j", false, at.r},
      gradient{"gradient", "gradient", "\\partial L/\\partial d_j", false, {}};
  shares.is_share = true;
  for (const double r : at.r) gradient.values.push_back(-r);
  shares.help = "The ring about the point fills.";
  gradient.help = "The same lengths with the other sign: hollow, away from the prototypes.";
  shares.marks = show_responsibilities;
  gradient.marks = show_gradient;
  const Phase pull = pull_phase(snapshot, point, at.r);
  if (at.weight.empty()) {
    shares.written = written_values("r", at.r);
    for (std::size_t j = 0; j < at.r.size(); ++j)
      gradient.written.push_back({"-" + with_index("r", j), "{=}", -at.r[j]});
    return {distances, shares, gradient, pull, update};
  }
  Phase exponentials{"exponentials", "exponentials", exponential_tex(tau), false, at.weight},
      normaliser{"normaliser", "normaliser", "Z", false, {at.z}};
  normaliser.is_single = true;
  if (at.shifted) exponentials.symbol = shifted_exponential_tex(tau);
  complete_softmax(at.d, {tau, at.shifted, at.least}, exponentials, normaliser, shares, gradient);
  return {distances, exponentials, normaliser, shares, gradient, pull, update};
}

void add_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
               const PhaseInView& phases) {
  if (!phases.on()) return;
  Eigen::Vector2d from(0, 0);
  std::vector<double> shares;
  if (phases.point >= 0) {
    from = snapshot.data().points.row(phases.point).transpose();
    shares = numbers_at(snapshot, phases.point).r;
  }
  Microscope(figure, panel, snapshot, view, phases, from,
             places_of(mixture_of(snapshot).unpack(snapshot.state.theta)), std::move(shares))
      .draw();
}

}  // namespace iem
