#include "core/labs/neighbours/toys/wind_tunnel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/data/sources/toy_sources.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

constexpr Eigen::Index kPlaceCount = kPlaces.size();

Eigen::MatrixXd key_directions() {
  Eigen::MatrixXd out(kPlaceCount, 2);
  for (Eigen::Index h = 0; h < kPlaceCount; ++h) {
    const double mu = kPlaces[static_cast<std::size_t>(h)];
    out.row(h) << mu, -0.5 * mu * mu;
  }
  return out;
}

// Shares of three scores, and the log of their sum above the largest.
struct ThreeShares {
  std::array<double, 3> p;
  double log_z;
};
ThreeShares shares_of(const std::array<double, 3>& s) {
  const double top = std::max({s[0], s[1], s[2]});
  ThreeShares out;
  double sum = 0;
  for (std::size_t h = 0; h < 3; ++h) sum += out.p[h] = s[h] == top ? 1 : libm::exp(s[h] - top);
  for (double& each : out.p) each /= sum;
  out.log_z = top + libm::log(sum);
  return out;
}

// Scores of the hypotheses after so many observations with this sum.
std::array<double, 3> scores_after(const Eigen::MatrixXd& keys, double seen, double count) {
  std::array<double, 3> s;
  for (Eigen::Index h = 0; h < 3; ++h)
    s[static_cast<std::size_t>(h)] = seen * keys(h, 0) + count * keys(h, 1);
  return s;
}

void require_places(const Config& config, const Dataset& data) {
  const bool good = data.has_labels() && data.labels.minCoeff() >= 0 && data.labels.maxCoeff() < kPlaceCount;
  if (!good)
    throw InputError("data: every row needs a label that says which of the three places is the true one",
                     config.position("data.source"));
}

}  // namespace

WindTunnel::WindTunnel(const ToyType& type, const Config& config, const Dataset& data)
    : Toy(type),
      tracking_(config.text("model.game") == "tracking"),
      keys_(config.text("model.head") == "keys"),
      symbols_(static_cast<int>(config.integer("model.symbols"))),
      observations_(data.dimension()) {
  if (!tracking_) {
    add_block(config, "M", 1, 1);
    return;
  }
  require_places(config, data);
  const double sigma = config.real("data.noise");
  if (!(sigma * sigma > 0))
    throw config.error("data.noise", "must be greater than 0: without noise there is nothing to weigh");
  inverse_variance_ = 1 / (sigma * sigma);
  keys_ ? add_block(config, "keys", kPlaceCount, 2) : add_block(config, "scale", 1, 1);
  bayes_ = entropies(bayesian_keys(), data);
}

Eigen::MatrixXd WindTunnel::bayesian_keys() const { return inverse_variance_ * key_directions(); }

Eigen::MatrixXd WindTunnel::keys(const Theta& theta) const {
  if (!keys_) return theta[0] * key_directions();
  Eigen::MatrixXd out(kPlaceCount, 2);
  for (Eigen::Index h = 0; h < kPlaceCount; ++h) out.row(h) << theta[2 * h], theta[2 * h + 1];
  return out;
}

Theta WindTunnel::start(const Config&) const {
  if (!tracking_ || keys_) return Theta::Zero(layout_.size());
  return Theta::Constant(1, 0.05);
}

// The query after t observations is (x_1 + ... + x_t, t).
double WindTunnel::pass(const Eigen::MatrixXd& keys, const Dataset& rows, Eigen::MatrixXd* by_keys,
                        Eigen::VectorXd* entropies) const {
  double sum = 0;
  Eigen::MatrixXd gradient = Eigen::MatrixXd::Zero(kPlaceCount, 2);
  Eigen::VectorXd entropy = Eigen::VectorXd::Zero(rows.points.cols());
  for (Eigen::Index e = 0; e < rows.size(); ++e) {
    double seen = 0;
    for (Eigen::Index t = 0; t < rows.points.cols(); ++t) {
      seen += rows.points(e, t);
      const auto count = static_cast<double>(t + 1);
      const std::array<double, 3> s = scores_after(keys, seen, count);
      const ThreeShares r = shares_of(s);
      const int place = rows.labels[e];
      sum += r.log_z - s[static_cast<std::size_t>(place)];
      double mean = 0;
      for (std::size_t h = 0; h < 3; ++h) {
        mean += r.p[h] > 0 ? r.p[h] * s[h] : 0;
        const double lack = r.p[h] - (static_cast<int>(h) == place ? 1 : 0);
        gradient(static_cast<Eigen::Index>(h), 0) += lack * seen;
        gradient(static_cast<Eigen::Index>(h), 1) += lack * count;
      }
      entropy[t] += r.log_z - mean;
    }
  }
  const auto n = static_cast<double>(rows.size()), all = n * static_cast<double>(rows.points.cols());
  if (by_keys) *by_keys = gradient / all;
  if (entropies) *entropies = entropy / n;
  return sum / all;
}

Eigen::VectorXd WindTunnel::entropies(const Eigen::MatrixXd& keys, const Dataset& rows) const {
  Eigen::VectorXd out;
  pass(keys, rows, nullptr, &out);
  return out;
}

double WindTunnel::bayesian_loss(const Dataset& rows) const {
  return pass(bayesian_keys(), rows, nullptr, nullptr);
}

Eigen::MatrixXd WindTunnel::shares(const Eigen::MatrixXd& keys, const Dataset& rows,
                                   Eigen::Index episode) const {
  Eigen::MatrixXd out(rows.points.cols(), kPlaceCount);
  double seen = 0;
  for (Eigen::Index t = 0; t < rows.points.cols(); ++t) {
    seen += rows.points(episode, t);
    const ThreeShares r = shares_of(scores_after(keys, seen, static_cast<double>(t + 1)));
    out.row(t) << r.p[0], r.p[1], r.p[2];
  }
  return out;
}

double WindTunnel::posterior_gap(const Theta& theta, const Dataset& rows) const {
  double sum = 0;
  const Eigen::MatrixXd own = keys(theta), bayes = bayesian_keys();
  for (Eigen::Index e = 0; e < rows.size(); ++e)
    sum += (shares(own, rows, e) - shares(bayes, rows, e)).cwiseAbs().mean();
  return sum / static_cast<double>(rows.size());
}

// Only episodes are independent of each other, so the sandwich estimator sums the squared slopes of episodes.
double WindTunnel::standard_error(double scale, const Dataset& rows) const {
  const Eigen::MatrixXd directions = key_directions();
  double squares = 0, curvature = 0;
  for (Eigen::Index e = 0; e < rows.size(); ++e) {
    double seen = 0, slope = 0;
    for (Eigen::Index t = 0; t < rows.points.cols(); ++t) {
      seen += rows.points(e, t);
      std::array<double, 3> q, s;
      for (std::size_t h = 0; h < 3; ++h) {
        const auto row = static_cast<Eigen::Index>(h);
        q[h] = seen * directions(row, 0) + static_cast<double>(t + 1) * directions(row, 1);
        s[h] = scale * q[h];
      }
      const ThreeShares r = shares_of(s);
      double mean = 0, square = 0;
      for (std::size_t h = 0; h < 3; ++h) mean += r.p[h] * q[h], square += r.p[h] * q[h] * q[h];
      slope += mean - q[static_cast<std::size_t>(rows.labels[e])];
      curvature += square - mean * mean;
    }
    slope /= static_cast<double>(rows.points.cols());
    squares += slope * slope;
  }
  const auto n = static_cast<double>(rows.size());
  return std::sqrt(squares / n / n) / (curvature / (n * static_cast<double>(rows.points.cols())));
}

// Symbols that were seen have the logit -M: J = (1/n) sum_k log((n - k) + k e^-M).
double WindTunnel::game(double m, double* slope) const {
  double sum = 0, lack = 0;
  const double e = libm::exp(-m);
  for (int k = 0; k < symbols_; ++k) {
    const double z = (symbols_ - k) + k * e;
    sum += libm::log(z);
    lack += k * e / z;
  }
  if (slope) *slope = -lack / symbols_;
  return sum / symbols_;
}

std::vector<double> WindTunnel::elimination(double m) const {
  std::vector<double> out;
  for (int k = 0; k < symbols_; ++k) {
    const double e = libm::exp(-m), z = (symbols_ - k) + k * e;
    out.push_back(libm::log(z) + (k > 0 && e > 0 ? k * e / z * m : 0));
  }
  return out;
}

std::vector<double> WindTunnel::elimination_floor() const {
  std::vector<double> out;
  for (int k = 0; k < symbols_; ++k) out.push_back(libm::log(static_cast<double>(symbols_ - k)));
  return out;
}

double WindTunnel::share_of_seen(double m, int seen) const {
  const double left = seen * libm::exp(-m);
  return left / (symbols_ - seen + left);
}

double WindTunnel::value(const Theta& theta, const Dataset& rows, Theta& gradient) const {
  std::vector<double> unused;
  return value_and_numbers(theta, rows, gradient, unused);
}

double WindTunnel::value_and_numbers(const Theta& theta, const Dataset& rows, Theta& gradient,
                                     std::vector<double>& numbers) const {
  if (!tracking_) {
    const std::vector<double> own = elimination(theta[0]), floor = elimination_floor();
    double most = 0;
    for (std::size_t k = 0; k < own.size(); ++k) most = std::max(most, std::abs(own[k] - floor[k]));
    numbers = {most, theta[0]};
    return game(theta[0], &gradient[0]);
  }
  Eigen::MatrixXd by_keys;
  Eigen::VectorXd entropy;
  const double loss = pass(keys(theta), rows, &by_keys, &entropy);
  numbers = {entropy.size() == bayes_.size() ? (entropy - bayes_).cwiseAbs().maxCoeff()
                                             : std::numeric_limits<double>::quiet_NaN(),
             theta[0]};
  if (!keys_) {
    gradient[0] = by_keys.cwiseProduct(key_directions()).sum();
    return loss;
  }
  for (Eigen::Index h = 0; h < kPlaceCount; ++h)
    gradient[2 * h] = by_keys(h, 0), gradient[2 * h + 1] = by_keys(h, 1);
  return loss;
}

Dual WindTunnel::definition(std::span<const Dual> theta, const Dataset& rows) const {
  Dual sum;
  if (!tracking_) {
    const Dual e = simd::exp(-theta[0]);
    for (int k = 0; k < symbols_; ++k) sum = sum + simd::log(e * k + (symbols_ - k));
    return sum / static_cast<double>(symbols_);
  }
  const Eigen::MatrixXd directions = key_directions();
  for (Eigen::Index e = 0; e < rows.size(); ++e) {
    double seen = 0;
    for (Eigen::Index t = 0; t < rows.points.cols(); ++t) {
      seen += rows.points(e, t);
      const auto count = static_cast<double>(t + 1);
      std::array<Dual, 3> s;
      double top = -std::numeric_limits<double>::infinity();
      for (std::size_t h = 0; h < 3; ++h) {
        const auto row = static_cast<Eigen::Index>(h);
        s[h] = keys_ ? theta[2 * h] * seen + theta[2 * h + 1] * count
                     : theta[0] * (seen * directions(row, 0) + count * directions(row, 1));
        top = std::max(top, s[h].v);
      }
      Dual z;
      for (const Dual& each : s) z = z + simd::exp(each - top);
      sum = sum + simd::log(z) + top - s[static_cast<std::size_t>(rows.labels[e])];
    }
  }
  return sum / static_cast<double>(rows.size() * rows.points.cols());
}

std::vector<ExactQuantity> WindTunnel::exact(const Run& run) const {
  const Theta& theta = run.state().theta;
  if (!tracking_) {
    double mean = 0;
    for (const double each : elimination_floor()) mean += each / symbols_;
    return {{"J", "Cross-entropy, against what can be known", run.evaluation().loss, mean, 1e-3, "nats"}};
  }
  const Dataset& rows = *run.setup().data;
  if (!keys_)
    return {{"\\beta", "Inverse variance", theta[0], inverse_variance_, 2 * standard_error(theta[0], rows)}};
  const double middle = (theta[0] + theta[2] + theta[4]) / 3;
  return {{"k_3-\\overline{k}", "First entry of the third key less the mean", theta[4] - middle,
           inverse_variance_ * kPlaces[2], 0.05 * inverse_variance_ * kPlaces[2]}};
}

}  // namespace iem
