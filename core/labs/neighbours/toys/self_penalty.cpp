#include "core/labs/neighbours/toys/self_penalty.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/math/linear_algebra.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

constexpr Eigen::Index kMostKernel = 400, kMostGround = 120;

// x of A x = y for a symmetric positive definite A, row-major of side n, which is overwritten: by Cholesky's
// method, written out so that it is differentiated as it stands.
std::vector<Dual> solved(std::vector<Dual> a, std::vector<Dual> y) {
  const std::size_t n = y.size();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k) a[j * n + j] = a[j * n + j] - a[j * n + k] * a[j * n + k];
    a[j * n + j] = simd::sqrt(a[j * n + j]);
    for (std::size_t i = j + 1; i < n; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i * n + j] = a[i * n + j] - a[i * n + k] * a[j * n + k];
      a[i * n + j] = a[i * n + j] / a[j * n + j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) y[i] = y[i] - a[i * n + k] * y[k];
    y[i] = y[i] / a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) y[i] = y[i] - a[k * n + i] * y[k];
    y[i] = y[i] / a[i * n + i];
  }
  return y;
}

}  // namespace

SelfPenalty::SelfPenalty(const ToyType& type, const Config& config, const Dataset& data)
    : Toy(type),
      laplace_(config.text("model.kernel") == "laplace"),
      lambda_(config.real("model.lambda")) {
  require_columns(config, data, 3, "x1, x2 and y");
  if (data.size() > kMostKernel)
    throw InputError("data: every two rows are compared: at most " + std::to_string(kMostKernel) +
                         " rows, not " + std::to_string(data.size()),
                     config.position("data.source"));
  add_block(config, "beta", 1, 2);
  data_.points = data.points;
}

Theta SelfPenalty::start(const Config& config) const {
  const std::vector<double>& beta = config.tensor("model.beta").data;
  return Theta{{beta[0], beta[1]}};
}

// c = (K + N lambda 1)^-1 y: J = lambda/2 y.c, and dJ/dK = -lambda/2 c c^T.
double SelfPenalty::value(const Theta& beta, const Dataset& rows, Theta& gradient) const {
  const Eigen::Index n = rows.size();
  Eigen::MatrixXd k(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j <= i; ++j) {
      double sum = 0;
      for (Eigen::Index l = 0; l < 2; ++l)
        sum += laplace_ ? beta[l] * std::abs(rows.points(i, l) - rows.points(j, l))
                        : beta[l] * rows.points(i, l) * rows.points(j, l);
      k(i, j) = laplace_ ? libm::exp(-sum) : sum;
    }
  Eigen::MatrixXd ridge = k;
  ridge.diagonal().array() += static_cast<double>(n) * lambda_;
  const Eigen::VectorXd y = rows.points.col(2), c = solve_definite(ridge, y);
  for (Eigen::Index l = 0; l < 2; ++l) {
    double sum = 0;
    for (Eigen::Index i = 0; laplace_ && i < n; ++i)
      for (Eigen::Index j = 0; j < i; ++j)
        sum += 2 * c[i] * c[j] * std::abs(rows.points(i, l) - rows.points(j, l)) * k(i, j);
    if (!laplace_) {
      const double pull = c.dot(rows.points.col(l));
      sum = -pull * pull;
    }
    gradient[l] = 0.5 * lambda_ * sum;
  }
  return 0.5 * lambda_ * y.dot(c);
}

Dual SelfPenalty::definition(std::span<const Dual> beta, const Dataset& rows) const {
  const auto n = static_cast<std::size_t>(rows.size());
  std::vector<Dual> k(n * n), y(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    y[i] = {rows.points(row, 2), 0};
    for (std::size_t j = 0; j < n; ++j) {
      const auto other = static_cast<Eigen::Index>(j);
      Dual sum;
      for (std::size_t l = 0; l < 2; ++l) {
        const auto a = static_cast<Eigen::Index>(l);
        const double x = rows.points(row, a), x2 = rows.points(other, a);
        sum = sum + beta[l] * (laplace_ ? std::abs(x - x2) : x * x2);
      }
      k[i * n + j] = laplace_ ? simd::exp(-sum) : sum;
      if (i == j) k[i * n + j] = k[i * n + j] + static_cast<double>(n) * lambda_;
    }
  }
  const std::vector<Dual> c = solved(std::move(k), y);
  Dual sum;
  for (std::size_t i = 0; i < n; ++i) sum = sum + y[i] * c[i];
  return sum * (0.5 * lambda_);
}

double SelfPenalty::value_and_numbers(const Theta& theta, const Dataset& rows, Theta& gradient,
                                      std::vector<double>& numbers) const {
  const double loss = value(theta, rows, gradient);
  numbers = {theta[0], theta[1], gradient[0], gradient[1]};
  return loss;
}

// The weight of an irrelevant input is exactly 0; with a linear kernel no derivative is ever above 0.
std::vector<ExactQuantity> SelfPenalty::exact(const Run& run) const {
  const Theta& beta = run.state().theta;
  if (laplace_) return {{"\\beta_2", "Weight of the input that does not matter", beta[1], 0, 0}};
  Theta gradient = Theta::Zero(2);
  value(beta, data_, gradient);
  return {{"\\max(\\partial J/\\partial\\beta_2,0)", "Slope that could drive a weight out",
           std::max(gradient[1], 0.0), 0, 0}};
}

const SelfPenalty::Ground& SelfPenalty::ground() const {
  std::call_once(once_, [&] {
    ground_.grid = {25, 0, 3, 0, 2.4};
    if (data_.size() > kMostGround) return;
    for (int row = 0; row < ground_.grid.side; ++row)
      for (int column = 0; column < ground_.grid.side; ++column) {
        Theta gradient = Theta::Zero(2);
        const Theta at{{ground_.grid.x(column), ground_.grid.y(row)}};
        ground_.loss.push_back(value(at, data_, gradient));
        ground_.slope_x.push_back(gradient[0]), ground_.slope_y.push_back(gradient[1]);
      }
  });
  return ground_;
}

namespace {

std::vector<Parameter> penalty_keys() {
  Parameter beta{.key = "model.beta",
                 .group = Group::model,
                 .kind = ParameterKind::tensor,
                 .effect = Effect::start,
                 .label = "Start",
                 .help = "The weights at which the run starts.",
                 .default_value = Tensor{{2}, {1, 1}},
                 .min = 0,
                 .max = 1e6};
  beta.shape = {2};
  beta.in_panel = false;
  return {{.key = "model.kernel",
           .group = Group::model,
           .kind = ParameterKind::choice,
           .effect = Effect::objective,
           .label = "Kernel",
           .help = "What the weights stand in: exp(-sum of beta_l |x_l - x'_l|), or sum of beta_l x_l x'_l.",
           .default_value = std::string("laplace"),
           .choices = {"laplace", "linear"}},
          {.key = "model.lambda",
           .group = Group::objective,
           .effect = Effect::objective,
           .label = "Ridge",
           .symbol = "\\lambda",
           .help = "How much the length of f counts; the weights themselves are not punished.",
           .default_value = 0.05,
           .min = 0,
           .max = 1e6,
           .min_open = true,
           .slider_min = 0.002,
           .slider_max = 0.2,
           .logarithmic = true},
          beta};
}

std::string penalty_objective_tex(const Config&) {
  return "J(\\beta)=\\min_f\\frac{1}{2N}\\|y-f\\|^2+\\frac\\lambda2\\|f\\|_\\beta^2";
}

std::optional<Edit> penalty_moved(ElementId::Kind kind, const Drag& drag) {
  if (kind != ElementId::Kind::prototype) return std::nullopt;
  return row_moved(drag.now, "beta", 0, std::max(drag.x, 0.0), std::max(drag.y, 0.0));
}

}  // namespace

ToyType self_penalty_toy() {
  return {.id = "self_penalty",
          .label = "Self-penalty",
          .help = "The weight of an input that does not matter runs into 0 and stays there.",
          .paper = "Jordan, Liu & Ruan 2021",
          .limits =
              "That a weight is exactly 0 is no rule without conditions: with a small $\\lambda$ it "
              "stays above, and with a linear kernel no weight is ever driven out.",
          .keys = penalty_keys(),
          .source = "one_wave",
          .data = {{"data.count", std::int64_t{60}}, {"data.noise", 0.3}},
          .layouts = {{"beta"}},
          .make = [](const Config& config, const Dataset& data) -> std::shared_ptr<const Toy> {
            static const ToyType type = self_penalty_toy();
            return std::make_shared<const SelfPenalty>(type, config, data);
          },
          .objective_tex = penalty_objective_tex,
          .stage = penalty_stage,
          .moved = penalty_moved,
          .figures = {{.id = "weights",
                       .title = "Weights",
                       .help = "Both weights over steps.",
                       .make = penalty_weights_figure},
                      {.id = "forces",
                       .title = "Forces",
                       .help = "The slope of J along each weight over steps.",
                       .make = penalty_slopes_figure}},
          .metrics = {model_metric("beta_1", "The weight of the first input."),
                      model_metric("beta_2", "The weight of the second input."),
                      model_metric("slope_1", "The slope of J along the first weight."),
                      model_metric("slope_2", "The slope of J along the second weight.")},
          .plots = {{"weights", "forces", "loss", "identity"}}};
}

}  // namespace iem
