#include "core/labs/neighbours/toys/simplex_kl.h"

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/labs/neighbours/kit/slope.h"
#include "core/math/linear_algebra.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

constexpr double kHeight = 0.86602540378443864676;  // sqrt(3)/2
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Eigen::Matrix2d power_of(const Eigen::Matrix2d& symmetric, double power) {
  const SymmetricEigen eigen = symmetric_eigen(symmetric);
  Eigen::Vector2d values = eigen.values;
  const Eigen::Matrix2d vectors = eigen.vectors;
  for (double& each : values) each = power == 0.5 ? std::sqrt(each) : 1 / std::sqrt(each);
  return vectors * values.asDiagonal() * vectors.transpose();
}

Eigen::Matrix2d fisher_of(const Eigen::Vector3d& p) {
  const Eigen::Vector2d eta = p.tail<2>();
  return Eigen::Matrix2d(eta.asDiagonal()) - eta * eta.transpose();
}

Eigen::Vector3d mean_of(const Dataset& rows) {
  const double a = rows.points.col(0).mean(), b = rows.points.col(1).mean();
  return {1 - a - b, a, b};
}

template <class T>
T divergence(const Eigen::Vector3d& target, const std::array<T, 3>& p) {
  T sum = p[0] * 0.0;
  for (std::size_t k = 0; k < 3; ++k) {
    const double share = target[static_cast<Eigen::Index>(k)];
    if (share > 0) sum = sum + (libm::log(share) - simd::log(p[k])) * share;
  }
  return sum;
}

}  // namespace

Eigen::Vector2d place_of(const Eigen::Vector3d& p) { return {p[1] + p[2] / 2, kHeight * p[2]}; }

Eigen::Vector3d shares_at(double x, double y) {
  const double c = y / kHeight, b = x - c / 2;
  return {1 - b - c, b, c};
}

Simplex::Simplex(const ToyType& type, const Config& config, const Dataset& data)
    : Toy(type),
      in_theta_(config.text("model.coordinates") == "theta"),
      balance_(config.real("model.balance")) {
  require_columns(config, data, 2, "shares p1 and p2 of the outcomes 1 and 2");
  target_ = mean_of(data);
  if (!(target_.minCoeff() > 0) || !target_.allFinite())
    throw InputError(
        "data.points: the mean of the rows must lie inside the triangle of shares, p1 > 0, "
        "p2 > 0 and p1 + p2 < 1",
        config.position("data.points"));
  add_block(config, in_theta_ ? "theta" : "eta", 1, 2);
  fisher_ = fisher_of(target_);
  inward_ = Eigen::Matrix2d::Identity();
  if (balance_ > 0 && in_theta_) inward_ = power_of(fisher_, -0.5) / std::sqrt(balance_);
  if (balance_ > 0 && !in_theta_) inward_ = power_of(fisher_, 0.5) * std::sqrt(balance_);
}

Eigen::Vector3d Simplex::shares(const Theta& theta) const {
  const Eigen::Vector2d x = inward_ * theta.head<2>();
  if (!in_theta_) return {1 - x[0] - x[1], x[0], x[1]};
  const double top = std::max({0.0, x[0], x[1]});
  Eigen::Vector3d p(libm::exp(-top), libm::exp(x[0] - top), libm::exp(x[1] - top));
  return p / p.sum();
}

Theta Simplex::theta_of(const Eigen::Vector3d& p) const {
  Eigen::Vector2d x = p.tail<2>();
  if (in_theta_) x = {libm::log(p[1] / p[0]), libm::log(p[2] / p[0])};
  return balance_ > 0 ? Theta(inward_.inverse() * x) : Theta(x);
}

Theta Simplex::start(const Config& config) const {
  const std::vector<double>& p = config.tensor("model.start").data;
  return theta_of(Eigen::Vector3d(p[0], p[1], p[2]) / (p[0] + p[1] + p[2]));
}

double Simplex::value(const Theta& theta, const Dataset& rows, Theta& gradient) const {
  const Eigen::Vector3d p = shares(theta), target = mean_of(rows);
  Eigen::Vector2d slope = p.tail<2>() - target.tail<2>();
  if (!in_theta_)
    for (Eigen::Index i = 0; i < 2; ++i) slope[i] = -target[i + 1] / p[i + 1] + target[0] / p[0];
  gradient = inward_.transpose() * slope;
  double sum = 0;
  for (Eigen::Index k = 0; k < 3; ++k)
    if (target[k] > 0) sum += target[k] * libm::log(target[k] / p[k]);
  if (sum < 0 && sum > -kRoundingOfKl) sum = 0;  // no divergence is negative
  return p.minCoeff() > 0 ? sum : kNone;
}

Dual Simplex::definition(std::span<const Dual> theta, const Dataset& rows) const {
  std::array<Dual, 2> x;
  for (Eigen::Index i = 0; i < 2; ++i)
    x[static_cast<std::size_t>(i)] = theta[0] * inward_(i, 0) + theta[1] * inward_(i, 1);
  const Eigen::Vector3d target = mean_of(rows);
  if (!in_theta_) return divergence(target, std::array<Dual, 3>{1.0 - x[0] - x[1], x[0], x[1]});
  const Dual e1 = simd::exp(x[0]), e2 = simd::exp(x[1]), z = 1.0 + e1 + e2;
  return divergence(target, std::array<Dual, 3>{1.0 / z, e1 / z, e2 / z});
}

void Simplex::measure(const Theta& theta, const Dataset&, double, std::vector<double>& out) const {
  const Eigen::Vector3d p = shares(theta);
  out = {p[0], p[1], p[2]};
}

std::vector<double> Simplex::places(const Theta& theta) const {
  const Eigen::Vector2d at = place_of(shares(theta));
  return {at[0], at[1]};
}

void Simplex::mix_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const {
  out = theta_of((1 - eta) * shares(a) + eta * shares(b));
}

Eigen::Vector2d Simplex::curvatures() const {
  const Eigen::Matrix2d hessian = in_theta_ ? fisher_ : Eigen::Matrix2d(fisher_.inverse());
  return symmetric_eigenvalues(inward_.transpose() * hessian * inward_);
}

double Simplex::step_time(const Config& config) const {
  const double rate = config.real("optimizer.learning_rate");
  // A step of the share `rate` of the way to p* equals the flow p' = p* - p for the time -log(1 - rate).
  return config.text("optimizer.method") == "natural" ? -libm::log1p(-rate) : rate;
}

double Simplex::slope_at_the_end(const Config& config) const {
  const std::string& rule = config.text("optimizer.method");
  const double rate = config.real("optimizer.learning_rate");
  if (rule == "flow") return 2 * curvatures()[0];
  if (rule == "natural") return rate < 1 ? 2 : kNone;
  if (rule != "gd") return kNone;
  const double factor = std::max(std::abs(1 - rate * curvatures()[0]), std::abs(1 - rate * curvatures()[1]));
  return factor < 1 ? -2 * libm::log(factor) / rate : kNone;
}

std::string Simplex::why_no_loss(const Theta& theta) const {
  const Eigen::Vector3d p = shares(theta);
  return p.allFinite() && !(p.minCoeff() > 0) ? "p leaves the triangle" : "";
}

// Over the last third of the time, as long as J is more than rounding.
std::vector<ExactQuantity> Simplex::exact(const Run& run) const {
  const Config& config = run.setup().config();
  const double theory = slope_at_the_end(config), time = step_time(config);
  if (std::isnan(theory)) return {};
  const bool steps_count = config.text("optimizer.method") == "gd";  // few of them, each of another size
  const History history = run.history_here();
  const auto now = static_cast<double>(run.state().step);
  const double slope =
      log_slope(history.steps(), history.column(kLossColumn), now * 2 / 3, now, kRoundingOfKl) / time;
  return {{"-\\mathrm{d}\\log J/\\mathrm{d}t", "Slope of log KL", -slope, theory,
           (steps_count ? 0.01 : 0.005) * theory}};
}

namespace {

std::vector<Parameter> simplex_keys() {
  Parameter start{.key = "model.start",
                  .group = Group::model,
                  .kind = ParameterKind::tensor,
                  .effect = Effect::start,
                  .label = "Start",
                  .help = "The shares of the three outcomes at which the run starts, up to a common factor.",
                  .default_value = Tensor{{3}, {0.1, 0.2, 0.7}},
                  .min = 0,
                  .max = 1e6,
                  .min_open = true};
  start.shape = {3};
  start.in_panel = false;
  return {
      {.key = "model.coordinates",
       .group = Group::model,
       .kind = ParameterKind::choice,
       .effect = Effect::structure,
       .label = "Coordinates",
       .help = "What is learned: log p_k/p_0, or the shares themselves.",
       .default_value = std::string("theta"),
       .choices = {"theta", "eta"},
       .choice_labels = {"natural parameters", "shares"}},
      {.key = "model.balance",
       .group = Group::model,
       .effect = Effect::structure,
       .label = "Balance",
       .symbol = "c",
       .help = "Linear coordinates in which J at the target bends alike in all directions, c in shares and "
               "1/c in natural parameters; 0: the coordinates as they are.",
       .default_value = 0.0,
       .min = 0,
       .max = 1e3,
       .slider_min = 0,
       .slider_max = 4},
      start};
}

std::optional<Edit> simplex_moved(ElementId::Kind kind, const Drag& drag) {
  const Eigen::Vector3d p = shares_at(drag.x, drag.y);
  if (!(p.minCoeff() > 1e-4)) return std::nullopt;
  if (kind == ElementId::Kind::point) {
    if (drag.now.data().size() != 1) return std::nullopt;  // of several rows only the mean counts
    Drag inside = drag;
    inside.x = p[1], inside.y = p[2];
    return own_point_moved(inside);
  }
  if (kind != ElementId::Kind::prototype) return std::nullopt;
  const Simplex& model = simplex_of(drag.now);
  const Theta theta = model.theta_of(p);
  return Edit{model.in_theta() ? "state.theta" : "state.eta", Tensor{{1, 2}, {theta[0], theta[1]}}};
}

std::string simplex_objective_tex(const Config&) { return "J=\\sum_kp^*_k\\log\\frac{p^*_k}{p_k}"; }

}  // namespace

ToyType simplex_kl_toy() {
  return {.id = "simplex_kl",
          .label = "Triangle",
          .help = "One descent in three geometries: three paths to the same distribution.",
          .paper = "Datar & Ay 2025",
          .limits =
              "Descent in shares is faster than natural descent, and that faster than descent in "
              "natural parameters, as long as time is measured in the coordinates. As soon as steps are "
              "counted both lose to the natural one, whose step of 1 is EM for complete data.",
          .keys = simplex_keys(),
          .points = {{1, 2}, {0.3, 0.2}},
          .layouts = {{"theta"}, {"eta"}},
          .layout = [](const Config& config) -> std::size_t {
            return config.text("model.coordinates") == "eta" ? 1 : 0;
          },
          .make = [](const Config& config, const Dataset& data) -> std::shared_ptr<const Toy> {
            static const ToyType type = simplex_kl_toy();
            return std::make_shared<const Simplex>(type, config, data);
          },
          .objective_tex = simplex_objective_tex,
          .stage = simplex_stage,
          .moved = simplex_moved,
          .figures = {{.id = "slopes",
                       .title = "Three slopes",
                       .help = "KL over time on a logarithmic axis, beside the slope that theory knows.",
                       .make = simplex_slopes_figure},
                      {.id = "shares",
                       .title = "Shares",
                       .help = "The three shares over steps, beside those of the target.",
                       .make = simplex_shares_figure}},
          .metrics = {model_metric("p_0", "The share of outcome 0."),
                      model_metric("p_1", "The share of outcome 1."),
                      model_metric("p_2", "The share of outcome 2.")},
          .plots = {{"slopes", "loss", "shares", "identity"}}};
}

}  // namespace iem
