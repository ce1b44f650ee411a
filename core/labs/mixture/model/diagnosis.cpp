#include "core/labs/mixture/model/diagnosis.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/labs/mixture/model/keys.h"
#include "core/math/spread.h"
#include "core/mixture/start.h"
#include "core/optimize/optimizer.h"
#include "core/run/divergence.h"

namespace iem {
namespace {

constexpr double kNarrow = 0.01, kWide = 4;  // of the data's standard deviation
constexpr double kDead = 1e-3;               // points
constexpr double kCrawl = 0.004;             // of the length of EM's step
constexpr std::int64_t kPatience = 20;       // steps before slowness is reported

// "0.06", "47", "3 × 10^−7".
std::string in_one_digit(double value) { return shown_number(value, 1); }

double one_digit(double value) { return number_as_read(value, 1); }

struct Spread {
  double x = 1, y = 1;  // standard deviations of the data; 1 for an axis without any
  double least() const { return std::min(x, y); }
};

Spread spread_of(const Dataset& data) {
  return {spread_or_one(data.points.col(0)), spread_or_one(data.points.col(1))};
}

// Standard deviations of a component along its axes, in those of the data.
Eigen2 relative(const Sym2& sigma, const Spread& spread) {
  Eigen2 e = eigen(
      {sigma.xx / (spread.x * spread.x), sigma.xy / (spread.x * spread.y), sigma.yy / (spread.y * spread.y)});
  e.large = std::sqrt(std::max(e.large, 0.0));
  e.small = std::sqrt(std::max(e.small, 0.0));
  return e;
}

// The components after the next step; none for a rule that draws at random.
std::vector<MixtureComponent> soon(const Snapshot& snapshot) {
  if (snapshot.next.size() != snapshot.state.theta.size() || !snapshot.next.allFinite()) return {};
  return mixture_of(snapshot).unpack(snapshot.next);
}

std::string number(std::size_t j) { return "prototype " + std::to_string(j + 1); }

void find_collapse(const Snapshot& snapshot, const Spread& spread, std::vector<Diagnosis>& out) {
  const MixtureOptions& options = mixture_of(snapshot).options();
  if (!options.learn_covariances || options.covariance == CovarianceKind::fixed) return;
  const auto now = mixture_of(snapshot).unpack(snapshot.state.theta), later = soon(snapshot);
  for (std::size_t j = 0; j < now.size(); ++j) {
    const Eigen2 here = relative(now[j].sigma, spread);
    const Eigen2 next = later.empty() ? here : relative(later[j].sigma, spread);
    const Eigen2 own = eigen(now[j].sigma);
    if (!options.volume_term && here.large > kWide && next.large >= here.large) {
      Diagnosis d{"metric_collapse",
                  static_cast<int>(j),
                  {},
                  "Turn the volume term on",
                  {{"model.volume_term", true}}};
      d.text = number(j) + " widens without end: σ " + in_one_digit(std::sqrt(own.large)) +
               (next.large > here.large ? " and rising" : "");
      out.push_back(std::move(d));
    }
    const double sigma = std::sqrt(std::max(own.small, 0.0));
    if (here.small < kNarrow && sigma > 1.01 * options.sigma_floor) {
      const double floor = one_digit(0.1 * spread.least());
      Diagnosis d{"singularity",
                  static_cast<int>(j),
                  {},
                  "Set a smallest spread of " + in_one_digit(floor),
                  {{"model.sigma_floor", floor}}};
      d.text = number(j) + " collapses: σ " + in_one_digit(sigma) +
               (next.small < here.small * (1 - 1e-9) ? " and falling" : "");
      out.push_back(std::move(d));
    }
  }
}

// The point with the lowest likelihood, where a dead prototype can be put to use.
Eigen::Vector2d neglected_point(const Snapshot& snapshot) {
  const Dataset data = thinned(snapshot.data(), 4096);
  const FieldInput input =
      mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, FieldKind::responsibility);
  std::vector<double> r(input.components.size());
  Eigen::Index worst = 0;
  double least = std::numeric_limits<double>::infinity();
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    const double l = field_responsibilities(input, data.points(i, 0), data.points(i, 1), r.data());
    if (l < least) least = l, worst = i;
  }
  return data.points.row(worst).transpose();
}

// The edits that put component j on a point, with the spread that one has at a start and a K-th of the
// weight.
std::vector<Edit> revived(const Snapshot& snapshot, std::size_t j) {
  const Mixture& model = mixture_of(snapshot);
  const MixtureOptions& options = model.options();
  auto components = model.unpack(snapshot.state.theta);
  const auto k = static_cast<std::int64_t>(components.size());
  const Eigen::Vector2d at = neglected_point(snapshot);
  components[j].mu_x = at[0], components[j].mu_y = at[1];
  Tensor means{{k, 2}, {}}, covariances{{k, 2, 2}, {}}, weights{{k}, {}};
  const double share = 1.0 / static_cast<double>(k);
  components[j].sigma = start_spread(snapshot.data(), model.components(), options.covariance);
  for (std::size_t i = 0; i < components.size(); ++i) {
    const MixtureComponent& c = components[i];
    means.data.insert(means.data.end(), {c.mu_x, c.mu_y});
    covariances.data.insert(covariances.data.end(), {c.sigma.xx, c.sigma.xy, c.sigma.xy, c.sigma.yy});
    weights.data.push_back(i == j ? share : std::max(c.weight * (1 - share), 1e-12));
  }
  std::vector<Edit> edits = {{"state.means", means}};
  const bool own_shape =
      options.covariance != CovarianceKind::fixed && options.covariance != CovarianceKind::tied;
  if (options.learn_covariances && own_shape) edits.push_back({"state.covariances", covariances});
  if (options.learn_weights) edits.push_back({"state.weights", weights});
  return edits;
}

void find_dead(const Snapshot& snapshot, std::vector<Diagnosis>& out) {
  const Mixture& model = mixture_of(snapshot);
  if (!model.responsibilities_unavailable().empty()) return;
  for (int j = 0; j < model.components(); ++j) {
    const double mass = snapshot.evaluation.statistics(j, kernel::kN);
    if (!(mass < kDead)) continue;
    const auto index = static_cast<std::size_t>(j);
    Diagnosis d{"dead", j, {}, {}, {}};
    d.text = number(index) + " is dead: " + (mass > 0 ? in_one_digit(mass) + " points" : "not one point") +
             " of " + std::to_string(snapshot.data().size());
    if (model.options().learn_means) {
      d.remedy = "Move it to the worst point";
      d.edits = revived(snapshot, index);
    }
    out.push_back(std::move(d));
  }
}

void find_crawl(const Snapshot& snapshot, const Spread& spread, std::vector<Diagnosis>& out) {
  const OptimizerType* rule = find_optimizer(snapshot.config().text("optimizer.method"));
  if (!rule || !rule->is_descent) return;
  if (snapshot.em_target.size() == 0 || snapshot.state.step < kPatience ||
      !mixture_of(snapshot).options().learn_means)
    return;
  double em = 0, gradient = 0;
  for (int j = 0; j < mixture_of(snapshot).components(); ++j) {
    const auto length = [&](const Theta& to) {
      const Eigen::Vector2d way = to.segment<2>(2 * j) - snapshot.state.theta.segment<2>(2 * j);
      return libm::hypot(way[0] / spread.x, way[1] / spread.y);
    };
    em = std::max(em, length(snapshot.em_target));
    gradient = std::max(gradient, length(snapshot.gradient_target));
  }
  if (!std::isfinite(em) || em < 0.01 || !(gradient < kCrawl * em)) return;
  Diagnosis d{"slow", -1, {}, "Take EM steps", {{"optimizer.method", std::string("em")}}};
  d.text = "gradient descent crawls: this step is " + share_in_words(gradient / em) + " of EM's";
  out.push_back(std::move(d));
}

}  // namespace

std::vector<Diagnosis> diagnose_mixture(const Snapshot& snapshot) {
  std::vector<Diagnosis> out = diagnose_divergence(snapshot);
  if (is_broken(snapshot)) return out;
  const Spread spread = spread_of(snapshot.data());
  find_collapse(snapshot, spread, out);
  find_dead(snapshot, out);
  find_crawl(snapshot, spread, out);
  return out;
}

}  // namespace iem
