#include "core/labs/neighbours/toys/fenchel_young.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/config/choice.h"
#include "core/math/linear_algebra.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

constexpr Eigen::Index kNetUnits = 4, kFirstLayer = 2 * kNetUnits;
constexpr double kWithout = std::numeric_limits<double>::infinity();

double hyperbolic_tangent(double x) { return libm::tanh(x); }
Dual hyperbolic_tangent(Dual x) {
  const double t = libm::tanh(x.v);
  return {t, (1 - t * t) * x.d};
}

// d = -V tanh(U x), U before V in theta.
template <class T>
std::array<T, 3> net_energies(const T* theta, const Eigen::Vector2d& x) {
  std::array<T, 3> d{};
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t i = 0; i < kNetUnits; ++i) {
      const T h = hyperbolic_tangent(theta[2 * i] * x[0] + theta[2 * i + 1] * x[1]);
      d[c] = d[c] - theta[kFirstLayer + c * kNetUnits + i] * h;
    }
  return d;
}

Theta net_start() {
  return Theta{{0.5, -0.3, 0.2,  0.8, -0.6, 0.4,  0.3, 0.1, 0.4,  -0.2,
                0.3, 0.5,  -0.5, 0.6, 0.1,  -0.4, 0.2, 0.3, -0.7, 0.1}};
}

}  // namespace

FenchelYoung::FenchelYoung(const ToyType& type, const Config& config, const Dataset& data)
    : Toy(type),
      net_(config.text("model.energies") == "net"),
      label_(static_cast<int>(config.integer("model.label"))),
      tau_(config.real("model.tau")),
      rule_(choice_of<Responsibility>(config, "model.responsibility", responsibility_names())) {
  require_columns(config, data, 3, "three energies, or the two inputs of the network and a 0");
  input_ = data.points.row(0).head<2>().transpose();
  if (net_) {
    add_block(config, "U", kNetUnits, 2);
    add_block(config, "V", 3, kNetUnits);
    start_ = net_start();
  } else {
    add_block(config, "d", 1, 3);
    start_ = data.points.row(0).transpose();
  }
}

std::array<double, 3> FenchelYoung::energies(const Theta& theta) const {
  if (net_) return net_energies(theta.data(), input_);
  return {theta[0], theta[1], theta[2]};
}

Eigen::VectorXd FenchelYoung::hidden(const Theta& theta) const {
  Eigen::VectorXd out(kNetUnits);
  for (Eigen::Index i = 0; i < kNetUnits; ++i)
    out[i] = libm::tanh(theta[2 * i] * input_[0] + theta[2 * i + 1] * input_[1]);
  return out;
}

std::array<double, 3> FenchelYoung::shares(const std::array<double, 3>& d) const {
  std::array<double, 3> p{};
  log_partition(rule_, d, tau_, p);
  return p;
}

double FenchelYoung::loss_of(const std::array<double, 3>& d) const {
  std::array<double, 3> p{};
  return d[static_cast<std::size_t>(label_)] + log_partition(rule_, d, tau_, p);
}

double FenchelYoung::margin() const {
  return rule_ == Responsibility::softmax ? kWithout : rule_ == Responsibility::entmax15 ? 2 : 1;
}

double FenchelYoung::measured_margin() const {
  const auto is_zero = [&](double gap) {
    const std::array<double, 2> d = {0, gap};
    std::array<double, 2> p{};
    return std::abs(log_partition(rule_, d, tau_, p)) <= 1e-15 * std::max(tau_, gap);
  };
  double lo = 0, hi = 30 * tau_;  // beyond, a softmax is 0 by rounding alone
  if (!is_zero(hi)) return kWithout;
  for (int k = 0; k < 60; ++k) (is_zero((lo + hi) / 2) ? hi : lo) = (lo + hi) / 2;
  return hi / tau_;
}

Eigen::MatrixXd FenchelYoung::jacobian(const Theta& theta) const {
  if (!net_) return -Eigen::MatrixXd::Identity(3, 3);
  Eigen::MatrixXd a = Eigen::MatrixXd::Zero(3, theta.size());
  const Eigen::VectorXd units = hidden(theta);
  for (Eigen::Index i = 0; i < kNetUnits; ++i) {
    const double h = units[i];
    for (Eigen::Index c = 0; c < 3; ++c) {
      const double v = theta[kFirstLayer + c * kNetUnits + i];
      a(c, kFirstLayer + c * kNetUnits + i) = h;
      a(c, 2 * i) = v * (1 - h * h) * input_[0];
      a(c, 2 * i + 1) = v * (1 - h * h) * input_[1];
    }
  }
  return a;
}

// The derivative by -d is p - e_y.
double FenchelYoung::value(const Theta& theta, const Dataset&, Theta& gradient) const {
  const std::array<double, 3> d = energies(theta), p = shares(d);
  Eigen::Vector3d r(p[0], p[1], p[2]);
  r[label_] -= 1;
  gradient = jacobian(theta).transpose() * r;
  return loss_of(d);
}

Dual FenchelYoung::definition(std::span<const Dual> theta, const Dataset&) const {
  const std::array<Dual, 3> d =
      net_ ? net_energies(theta.data(), input_) : std::array<Dual, 3>{theta[0], theta[1], theta[2]};
  return d[static_cast<std::size_t>(label_)] + log_partition(rule_, std::span<const Dual>(d), tau_);
}

std::array<double, 3> FenchelYoung::sandwich(const Theta& theta) const {
  const std::array<double, 3> p = shares(energies(theta));
  Eigen::Vector3d r(p[0], p[1], p[2]);
  r[label_] -= 1;
  const Eigen::MatrixXd a = jacobian(theta);
  if (!a.allFinite() || !r.allFinite()) return {NAN, NAN, NAN};
  const Eigen::Vector3d lambda = symmetric_eigenvalues(a * a.transpose());
  return {lambda[0] * r.squaredNorm(), (a.transpose() * r).squaredNorm(), lambda[2] * r.squaredNorm()};
}

void FenchelYoung::measure(const Theta& theta, const Dataset&, double, std::vector<double>& out) const {
  const std::array<double, 3> p = shares(energies(theta)), between = sandwich(theta);
  out = {p[0], p[1], p[2], between[0], between[1], between[2]};
}

// How far the two other energies are above that of the label.
std::vector<double> FenchelYoung::places(const Theta& theta) const {
  const std::array<double, 3> d = energies(theta);
  const auto y = static_cast<std::size_t>(label_);
  return {d[(y + 1) % 3] - d[y], d[(y + 2) % 3] - d[y]};
}

std::vector<ExactQuantity> FenchelYoung::exact(const Run&) const {
  if (rule_ == Responsibility::softmax) return {};  // softmax has no margin to measure
  return {{"m", "Gap at which the loss is 0, in temperatures", measured_margin(), margin(), 1e-3}};
}

namespace {

std::vector<Parameter> fenchel_keys() {
  return {{.key = "model.energies",
           .group = Group::model,
           .kind = ParameterKind::choice,
           .effect = Effect::structure,
           .label = "Energies",
           .help = "Learned themselves, or made by a network of two layers.",
           .default_value = std::string("free"),
           .choices = {"free", "net"},
           .choice_labels = {"learned", "of a network"}},
          {.key = "model.responsibility",
           .group = Group::model,
           .kind = ParameterKind::choice,
           .effect = Effect::objective,
           .label = "Responsibility",
           .help = "How energies become shares.",
           .default_value = std::string("sparsemax"),
           .choices = responsibility_names()},
          {.key = "model.label",
           .group = Group::model,
           .kind = ParameterKind::integer,
           .effect = Effect::objective,
           .label = "Class",
           .symbol = "y",
           .help = "Which of the three is right.",
           .default_value = std::int64_t{1},
           .min = 0,
           .max = 2,
           .slider_max = 2},
          {.key = "model.tau",
           .group = Group::model,
           .effect = Effect::objective,
           .label = "Temperature",
           .symbol = "\\tau",
           .help = "In which unit energies are compared.",
           .default_value = 1.0,
           .min = 0,
           .max = 1e6,
           .min_open = true,
           .slider_min = 0.1,
           .slider_max = 5,
           .logarithmic = true}};
}

std::optional<Edit> fenchel_moved(ElementId::Kind kind, const Drag& drag) {
  if (kind != ElementId::Kind::prototype) return std::nullopt;
  const FenchelYoung& model = fenchel_of(drag.now);
  const auto y = static_cast<std::size_t>(model.label());
  const std::array<double, 3> before = model.energies(drag.now.state.theta);
  std::array<double, 3> d = before;
  d[(y + 1) % 3] = d[y] + drag.x, d[(y + 2) % 3] = d[y] + drag.y;
  if (!model.is_net()) return Edit{"state.d", Tensor{{1, 3}, {d[0], d[1], d[2]}}};
  // Changes the outer layer as little as possible, with d = -V h.
  const Eigen::VectorXd h = model.hidden(drag.now.state.theta);
  std::optional<Tensor> outer = natural_block(drag.now, "V");
  if (!outer || !(h.squaredNorm() > 0)) return std::nullopt;
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t i = 0; i < kNetUnits; ++i)
      outer->data[c * kNetUnits + i] -=
          (d[c] - before[c]) * h[static_cast<Eigen::Index>(i)] / h.squaredNorm();
  return Edit{"state.V", std::move(*outer)};
}

}  // namespace

ToyType fenchel_young_toy() {
  return {
      .id = "fenchel_young",
      .label = "Margins of a loss",
      .help = "A loss that is exactly 0 from a finite margin on, and one that never is.",
      .paper = "Blondel, Martins & Niculae 2020; Qi, Gong & Li 2025",
      .limits =
          "A point past the margin pulls on nothing, which is why such a loss comes to rest. A small "
          "gradient of a network means a good fit only where the smaller of the two bounds is not small "
          "by itself.",
      .keys = fenchel_keys(),
      .points = {{1, 3}, {0.3, -0.4, 1.1}},
      .layouts = {{"d"}, {"U", "V"}},
      .layout = [](const Config& config) -> std::size_t {
        return config.text("model.energies") == "net" ? 1 : 0;
      },
      .make = [](const Config& config, const Dataset& data) -> std::shared_ptr<const Toy> {
        static const ToyType type = fenchel_young_toy();
        return std::make_shared<const FenchelYoung>(type, config, data);
      },
      .objective_tex = [](const Config&) -> std::string {
        return "J=d_y+\\tau\\max_p\\left(-p\\cdot d/\\tau-\\Omega(p)\\right)";
      },
      .stage = fenchel_stage,
      .moved = fenchel_moved,
      .figures = {{.id = "map",
                   .title = "Energies to shares",
                   .help = "The plane of energies as the triangle of shares sees it.",
                   .make = fenchel_map_figure},
                  {.id = "gap",
                   .title = "Loss over the gap",
                   .help = "The loss of two classes over the gap between their energies, under all three.",
                   .make = fenchel_loss_figure},
                  {.id = "bounds",
                   .title = "Gradient between its bounds",
                   .help = "The squared gradient of the network between two multiples of its error.",
                   .make = fenchel_sandwich_figure}},
      .metrics = {model_metric("share_0", "The share of class 0."),
                  model_metric("share_1", "The share of class 1."),
                  model_metric("share_2", "The share of class 2."),
                  model_metric("gradient_lower", "The lower bound of the squared gradient."),
                  model_metric("gradient_squared", "The squared length of the gradient."),
                  model_metric("gradient_upper", "The upper bound of the squared gradient.")},
      .plots = {{"map", "gap", "loss", "identity"}, {"bounds", "map", "loss", "identity"}}};
}

}  // namespace iem
