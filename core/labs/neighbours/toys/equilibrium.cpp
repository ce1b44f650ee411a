#include "core/labs/neighbours/toys/equilibrium.h"

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/libm.h"
#include "core/labs/neighbours/kit/slope.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

using Matrix2 = Eigen::Matrix2d;

Matrix2 matrix_a(const Theta& theta) {
  Matrix2 a;
  a << theta[0], theta[1], theta[2], theta[3];
  return a;
}

template <class T>
std::array<T, 4> softmax_of_columns(const T* a) {
  std::array<T, 4> s;
  for (std::size_t j = 0; j < 2; ++j) {
    const T e0 = simd::exp(a[j]), e1 = simd::exp(a[2 + j]);
    s[j] = e0 / (e0 + e1), s[2 + j] = e1 / (e0 + e1);
  }
  return s;
}

}  // namespace

Equilibrium::Equilibrium(const ToyType& type, const Config& config, const Dataset& data)
    : Toy(type),
      gamma_(config.real("model.gamma")),
      passes_(config.text("model.gradient") == "implicit"
                  ? -1
                  : static_cast<int>(config.integer("model.passes"))) {
  require_columns(config, data, 3, "x1, x2 and y");
  add_block(config, "A", 2, 2);
  add_block(config, "B", 1, 2);
  const auto n = static_cast<double>(data.size());
  const Eigen::MatrixXd x = data.points.leftCols(2);
  moments_ = x.transpose() * x / n;
  const Eigen::FullPivLU<Matrix2> solver(moments_);
  best_row_ = solver.solve(x.transpose() * data.points.col(2) / n);
  best_ = 0.5 * (x * best_row_ - data.points.col(2)).squaredNorm() / n;
}

Theta Equilibrium::start(const Config&) const { return Theta{{0, 0, 0, 0, 0.3, 0.1}}; }

Matrix2 Equilibrium::mixing(const Theta& theta) const {
  Matrix2 s = matrix_a(theta);
  for (Eigen::Index j = 0; j < 2; ++j) {
    const double top = s.col(j).maxCoeff();
    for (double& each : s.col(j)) each = libm::exp(each - top);
    s.col(j) /= s.col(j).sum();
  }
  return s;
}

Eigen::Vector2d Equilibrium::row(const Theta& theta) const {
  return (Matrix2::Identity() - gamma_ * mixing(theta)).transpose().inverse() * theta.tail<2>();
}

double Equilibrium::through(const Theta& theta, const Dataset& rows, int passes, Theta& gradient) const {
  const Matrix2 s = mixing(theta);
  const Eigen::Vector2d b = theta.tail<2>();
  const auto n = static_cast<double>(rows.size());
  const Eigen::MatrixXd x = rows.points.leftCols(2);
  Matrix2 by_s = Matrix2::Zero();
  Eigen::MatrixXd z;
  Eigen::VectorXd e;
  if (passes < 0) {
    const Matrix2 r = (Matrix2::Identity() - gamma_ * s).inverse();
    z = x * r.transpose();
    e = z * b - rows.points.col(2);
    by_s = gamma_ * (r.transpose() * b) * (e.transpose() * z) / n;
  } else {
    std::vector<Eigen::MatrixXd> all = {x};
    for (int k = 0; k < passes; ++k) all.emplace_back(gamma_ * all.back() * s.transpose() + x);
    z = all.back();
    e = z * b - rows.points.col(2);
    Eigen::MatrixXd v = e * b.transpose();
    for (std::size_t k = all.size() - 1; k-- > 0;) {
      by_s += gamma_ * v.transpose() * all[k];
      v = (gamma_ * v * s).eval();
    }
    by_s /= n;
  }
  for (Eigen::Index j = 0; j < 2; ++j) {
    const double mean = s.col(j).dot(by_s.col(j));
    for (Eigen::Index i = 0; i < 2; ++i) gradient[2 * i + j] = s(i, j) * (by_s(i, j) - mean);
  }
  gradient.tail<2>() = z.transpose() * e / n;
  return 0.5 * e.squaredNorm() / n;
}

double Equilibrium::value(const Theta& theta, const Dataset& rows, Theta& gradient) const {
  return through(theta, rows, passes_, gradient);
}

Dual Equilibrium::definition(std::span<const Dual> theta, const Dataset& rows) const {
  const std::array<Dual, 4> s = softmax_of_columns(theta.data());
  Dual sum;
  for (Eigen::Index i = 0; i < rows.size(); ++i) {
    const Dual x0 = {rows.points(i, 0), 0}, x1 = {rows.points(i, 1), 0};
    Dual z0 = x0, z1 = x1;
    if (passes_ < 0) {  // Cramer's rule on (1 - gamma S) z = x
      const Dual a = 1.0 - s[0] * gamma_, b = -(s[1] * gamma_), c = -(s[2] * gamma_), d = 1.0 - s[3] * gamma_;
      const Dual det = a * d - b * c;
      z0 = (x0 * d - b * x1) / det, z1 = (a * x1 - c * x0) / det;
    }
    for (int k = 0; k < passes_; ++k) {
      const Dual next0 = (s[0] * z0 + s[1] * z1) * gamma_ + x0;
      z1 = (s[2] * z0 + s[3] * z1) * gamma_ + x1;
      z0 = next0;
    }
    const Dual e = theta[4] * z0 + theta[5] * z1 - rows.points(i, 2);
    sum = sum + e * e;
  }
  return sum * (0.5 / static_cast<double>(rows.size()));
}

void Equilibrium::measure(const Theta& theta, const Dataset&, double loss, std::vector<double>& out) const {
  const Eigen::Vector2d m = row(theta);
  out = {loss - best_, m[0], m[1]};
}

std::vector<double> Equilibrium::places(const Theta& theta) const {
  const Eigen::Vector2d m = row(theta);
  return {m[0], m[1]};
}

// dM = -eta grad_M J D: D = R^T R + sum_ij m_ij m_ij^T, m_ij = gamma B R (dS/dA_ij) R.
double Equilibrium::factor(const Theta& theta, double rate) const {
  const Matrix2 s = mixing(theta), r = (Matrix2::Identity() - gamma_ * s).inverse();
  const Eigen::RowVector2d b = theta.tail<2>().transpose();
  Matrix2 d = r.transpose() * r;
  for (Eigen::Index j = 0; j < 2; ++j)
    for (Eigen::Index i = 0; i < 2; ++i) {
      Matrix2 ds = Matrix2::Zero();
      ds.col(j) = -s.col(j) * s(i, j);
      ds(i, j) += s(i, j);
      const Eigen::RowVector2d m = gamma_ * b * r * ds * r;
      d += m.transpose() * m;
    }
  if (!d.allFinite()) return NAN;
  // D C is similar to a symmetric matrix: its eigenvalues are real.
  const double trace = (d * moments_).trace(), det = (d * moments_).determinant();
  const double least = trace / 2 - std::sqrt(std::max(trace * trace / 4 - det, 0.0));
  return (1 - rate * least) * (1 - rate * least);
}

double Equilibrium::unrolled_error(const Theta& theta, const Dataset& rows, int passes) const {
  Theta exact = Theta::Zero(6), unrolled = exact;
  through(theta, rows, -1, exact);
  through(theta, rows, passes, unrolled);
  return (exact - unrolled).head<4>().cwiseAbs().maxCoeff();
}

// Measured over the steps at which J - J* is small but larger than rounding.
std::vector<ExactQuantity> Equilibrium::exact(const Run& run) const {
  const Config& config = run.setup().config();
  const Theta& theta = run.state().theta;
  std::vector<ExactQuantity> out;
  if (config.text("optimizer.method") == "gd" && passes_ < 0) {
    const History history = run.history_here();
    const std::vector<double> steps = history.steps();
    std::vector<double> excess = history.column(kMetricColumns);
    for (double& each : excess)
      if (!(each < 1e-6)) each = NAN;
    const double slope = log_slope(steps, excess, 0, static_cast<double>(run.state().step), 1e-11);
    out.push_back({"\\mathrm{factor}", "Factor of J - J* a step", libm::exp(slope),
                   factor(theta, config.real("optimizer.learning_rate")), 1e-4});
  }
  const Dataset& rows = *run.setup().data;
  const double ratio = unrolled_error(theta, rows, 41) / unrolled_error(theta, rows, 40);
  out.push_back({"\\gamma", "Factor of the unrolled error a pass", ratio, gamma_, 5e-2});
  return out;
}

namespace {

std::vector<Parameter> equilibrium_keys() {
  return {{.key = "model.gamma",
           .group = Group::model,
           .effect = Effect::objective,
           .label = "Contraction",
           .symbol = "\\gamma",
           .help = "The spectral radius of what is iterated.",
           .default_value = 0.8,
           .min = 0,
           .max = 1,
           .max_open = true,
           .slider_min = 0.1,
           .slider_max = 0.95},
          {.key = "model.gradient",
           .group = Group::objective,
           .kind = ParameterKind::choice,
           .effect = Effect::objective,
           .label = "Output",
           .help = "The fixed point itself, differentiated by one solve, or so many passes towards it.",
           .default_value = std::string("implicit"),
           .choices = {"implicit", "unrolled"},
           .choice_labels = {"fixed point", "unrolled"}},
          {.key = "model.passes",
           .group = Group::objective,
           .kind = ParameterKind::integer,
           .effect = Effect::objective,
           .label = "Passes",
           .help = "How often the layer is applied.",
           .default_value = std::int64_t{20},
           .min = 0,
           .max = 1000,
           .slider_min = 0,
           .slider_max = 80,
           .unavailable = [](const Config& config) -> std::string {
             return config.text("model.gradient") == "unrolled" ? "" : "The output is the fixed point.";
           },
           .switched_by = {"model.gradient"}}};
}

std::string equilibrium_objective_tex(const Config& config) {
  return std::string("J=\\frac12\\overline{(Bz-y)^2},\\quad ") +
         (config.text("model.gradient") == "implicit" ? "z=\\gamma S(A)z+x" : "z\\leftarrow\\gamma S(A)z+x");
}

// Moves the least squares solution M* to M: x . (M - M*) is added to every y, and the residuals stay the
// same.
std::optional<Edit> best_row_moved(const Drag& drag) {
  if (!has_own_rows(drag.now)) return std::nullopt;
  const Eigen::Vector2d way = Eigen::Vector2d(drag.x, drag.y) - equilibrium_of(drag.now).best_row();
  Tensor rows = drag.now.config().tensor("data.points");
  for (std::size_t i = 0; i + 2 < rows.data.size(); i += 3)
    rows.data[i + 2] += rows.data[i] * way[0] + rows.data[i + 1] * way[1];
  return Edit{"data.points", std::move(rows)};
}

// Moves the row M by changing B; the mixing S stays the same.
std::optional<Edit> equilibrium_moved(ElementId::Kind kind, const Drag& drag) {
  if (kind == ElementId::Kind::target) return best_row_moved(drag);
  if (kind != ElementId::Kind::prototype) return std::nullopt;
  const Equilibrium& model = equilibrium_of(drag.now);
  const Eigen::Matrix2d inner = Matrix2::Identity() - model.gamma() * model.mixing(drag.now.state.theta);
  const Eigen::Vector2d b = inner.transpose() * Eigen::Vector2d(drag.x, drag.y);
  return row_moved(drag.now, "B", 0, b[0], b[1]);
}

}  // namespace

ToyType equilibrium_toy() {
  return {
      .id = "equilibrium",
      .label = "Fixed point",
      .help = "A fixed point is differentiated by one solve, and descent goes down a straight line.",
      .paper = "Kawaguchi 2021",
      .limits =
          "The line is straight because any row can be had and J has no other minimum; the slope is "
          "exact near the end only. Nothing is said of layers whose states, and not weights, are "
          "made nonlinear.",
      .keys = equilibrium_keys(),
      .points = {{6, 3},
                 {1.0, 0.2, 0.9, 0.4, -0.9, 1.35, -0.8, 0.5, -1.3, -0.3, -1.1, 0.75, 0.9, 0.9, 0.25, -1.2,
                  0.1, -1.2}},
      .layouts = {{"A", "B"}},
      .make = [](const Config& config, const Dataset& data) -> std::shared_ptr<const Toy> {
        static const ToyType type = equilibrium_toy();
        return std::make_shared<const Equilibrium>(type, config, data);
      },
      .objective_tex = equilibrium_objective_tex,
      .stage = equilibrium_stage,
      .moved = equilibrium_moved,
      .figures = {{.id = "excess_line",
                   .title = "Way down",
                   .help = "J - J* on a logarithmic axis, with the slope that theory knows.",
                   .make = equilibrium_excess_figure},
                  {.id = "passes",
                   .title = "Unrolled against implicit",
                   .help = "How far the gradient through so many passes is from that of the fixed point.",
                   .make = equilibrium_passes_figure}},
      .metrics = {model_metric("excess", "J - J*."), model_metric("row_1", "The first entry of M."),
                  model_metric("row_2", "The second entry of M."),
                  [] {
                    Metric out{.id = "unrolled_error",
                               .help = "The largest difference of dJ/dA through so many passes."};
                    out.arguments = {"passes"};
                    out.unavailable = [](const Run& run) -> std::string {
                      return dynamic_cast<const Equilibrium*>(run.setup().model.get())
                                 ? ""
                                 : "This toy has no fixed point.";
                    };
                    out.value = [](const Run& run, std::span<const double> passes) {
                      const auto& model = static_cast<const Equilibrium&>(*run.setup().model);
                      const int count = static_cast<int>(std::clamp(passes[0], 0.0, 1000.0));
                      return Tensor{{}, {model.unrolled_error(run.state().theta, *run.setup().data, count)}};
                    };
                    return out;
                  }()},
      .plots = {{"excess_line", "passes", "loss", "identity"}}};
}

}  // namespace iem
