#include "core/labs/mixture/model/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/mixture/mixture.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

const Mixture& mixture_in(const Run& run) { return static_cast<const Mixture&>(*run.setup().model); }

// The least and the largest distance between two prototypes.
std::pair<double, double> distances(const Run& run) {
  const std::vector<MixtureComponent> all = mixture_in(run).unpack(run.state().theta);
  double least = std::numeric_limits<double>::infinity(), most = 0;
  for (std::size_t a = 0; a < all.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) {
      const double distance = libm::hypot(all[a].mu_x - all[b].mu_x, all[a].mu_y - all[b].mu_y);
      least = std::min(least, distance), most = std::max(most, distance);
    }
  return {least, most};
}

// The critical temperature of the run, by its first component.
double critical_temperature(const Run& run) {
  const Setup& setup = run.setup();
  return critical_temperature(*setup.data, mixture_in(run).unpack(run.state().theta).front());
}

std::string without_critical_temperature(const Run& run) {
  return critical_temperature_unavailable(*run.setup().data, mixture_in(run), run.state().theta);
}

using Arguments = std::span<const double>;

}  // namespace

double critical_temperature(const Dataset& data, const MixtureComponent& component) {
  const Eigen::MatrixXd& x = data.points;
  const Eigen::MatrixXd off = x.rowwise() - x.colwise().mean();
  const Eigen::Matrix2d spread = off.transpose() * off / static_cast<double>(x.rows());
  const auto root = cholesky(component.sigma);
  if (!root) return std::numeric_limits<double>::quiet_NaN();
  const Lower2 w = inverse(*root);
  Eigen::Matrix2d factor;
  factor << w.l00, 0, w.l10, w.l11;
  const Eigen::Matrix2d own = factor * spread * factor.transpose();
  return eigen(Sym2{own(0, 0), own(0, 1), own(1, 1)}).large;
}

std::string critical_temperature_unavailable(const Dataset& data, const Mixture& model, const Theta& theta) {
  if (model.options().energy->id != "gaussian" || !model.responsibilities_unavailable().empty())
    return "It is that of gaussian components that share out the points.";
  if (data.size() == 0) return "There are no points.";
  const std::vector<MixtureComponent> all = model.unpack(theta);
  const Sym2 first = all.front().sigma;
  const bool alike = std::ranges::all_of(all, [&](const MixtureComponent& each) {
    return each.sigma.xx == first.xx && each.sigma.xy == first.xy && each.sigma.yy == first.yy;
  });
  return alike ? "" : "The components have different covariances.";
}

const std::vector<Metric>& mixture_metrics() {
  static const std::vector<Metric> all = share_metrics({
      model_metric("entropy", "The mean entropy of the responsibilities, in nats.", "nats"),
      model_metric("usage_min", "The smallest N_j / N."),
      model_metric("held_out_loss", "J of the points held out (data.held_out).", "nats"),
      model_metric("bic", "2 N J + p log N (Schwarz 1978).", "nats"),
      {.id = "separation",
       .help = "The distance of the two prototypes that are nearest to each other.",
       .value =
           [](const Run& run, Arguments) {
             return Tensor{{}, {distances(run).first}};
           }},
      {.id = "spread",
       .help = "The distance of the two prototypes that are farthest from each other.",
       .value =
           [](const Run& run, Arguments) {
             return Tensor{{}, {distances(run).second}};
           }},
      {.id = "critical_temperature",
       .help = "Below it prototypes that stand together part: the largest eigenvalue of Sigma^-1 S, with S "
               "the covariance of the data.",
       .unavailable = without_critical_temperature,
       .value =
           [](const Run& run, Arguments) {
             return Tensor{{}, {critical_temperature(run)}};
           }},
  });
  return all;
}

}  // namespace iem
