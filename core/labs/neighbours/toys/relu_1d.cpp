#include "core/labs/neighbours/toys/relu_1d.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/libm.h"
#include "core/math/linear_algebra.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

constexpr Eigen::Index kN = Relu1d::kNeurons, kMostKernelRows = 200;

// Knots evenly over [-1.2, 1.2], in pairs that differ in the sign of c alone, so that f = 0.
Theta relu_start(double inner, double outer) {
  Theta theta(3 * kN);
  for (Eigen::Index k = 0; k < Relu1d::kPairs; ++k) {
    const double t = -1.2 + 2.4 * (static_cast<double>(k) + 0.5) / static_cast<double>(Relu1d::kPairs);
    const double a = (k % 2 == 0 ? 1.0 : -1.0), n = inner / std::sqrt(1 + t * t);
    for (Eigen::Index twin = 0; twin < 2; ++twin) {
      theta[2 * k + twin] = a * n;
      theta[kN + 2 * k + twin] = a * t * n;
      theta[2 * kN + 2 * k + twin] = twin == 0 ? outer : -outer;
    }
  }
  return theta;
}

Eigen::MatrixXd in_order_of_x(const Dataset& data) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(data.size()));
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](Eigen::Index i) { return data.points(i, 0); });
  Eigen::MatrixXd out(data.size(), 2);
  for (std::size_t k = 0; k < order.size(); ++k)
    out.row(static_cast<Eigen::Index>(k)) = data.points.row(order[k]);
  return out;
}

}  // namespace

Relu1d::Relu1d(const ToyType& type, const Config& config, const Dataset& data)
    : Toy(type),
      start_(relu_start(config.real("model.inner"), config.real("model.outer"))) {
  require_columns(config, data, 2, "x and y");
  add_block(config, "a", kN, 1);
  add_block(config, "b", kN, 1);
  add_block(config, "c", kN, 1);
  rows_ = in_order_of_x(data);
  probe_ = rows_.rows() > 1 ? (rows_(0, 0) + rows_(1, 0)) / 2 : rows_(0, 0);
  if (rows_.rows() > kMostKernelRows) return;
  at_rows_.resize(rows_.rows(), kN);
  for (Eigen::Index j = 0; j < rows_.rows(); ++j) at_rows_.row(j) = features(rows_(j, 0));
  if (!at_rows_.allFinite()) return;
  SymmetricEigen eigen = symmetric_eigen(at_rows_ * at_rows_.transpose());
  vectors_ = std::move(eigen.vectors);
  eigenvalues_ = std::move(eigen.values);
}

Eigen::VectorXd Relu1d::features(double x) const {
  return (start_.head(kN).array() * x - start_.segment(kN, kN).array()).max(0);
}

double Relu1d::output(const Theta& theta, double x) {
  double sum = 0;
  for (Eigen::Index i = 0; i < kN; ++i) {
    const double at = theta[i] * x - theta[kN + i];
    if (at > 0) sum += theta[2 * kN + i] * at;
  }
  return sum;
}

double Relu1d::value(const Theta& theta, const Dataset& rows, Theta& gradient) const {
  double sum = 0;
  for (Eigen::Index j = 0; j < rows.size(); ++j) {
    const double x = rows.points(j, 0), e = output(theta, x) - rows.points(j, 1);
    sum += 0.5 * e * e;
    for (Eigen::Index i = 0; i < kN; ++i) {
      const double at = theta[i] * x - theta[kN + i], c = theta[2 * kN + i];
      if (!(at > 0)) continue;
      gradient[i] += c * e * x;
      gradient[kN + i] -= c * e;
      gradient[2 * kN + i] += e * at;
    }
  }
  return sum;
}

Dual Relu1d::definition(std::span<const Dual> theta, const Dataset& rows) const {
  Dual sum;
  constexpr auto n = static_cast<std::size_t>(kN);
  for (Eigen::Index j = 0; j < rows.size(); ++j) {
    Dual f;
    for (std::size_t i = 0; i < n; ++i) {
      const Dual at = theta[i] * rows.points(j, 0) - theta[n + i];
      if (at > 0) f = f + theta[2 * n + i] * at;
    }
    const Dual e = f - rows.points(j, 1);
    sum = sum + e * e * 0.5;
  }
  return sum;
}

std::vector<double> Relu1d::kept(const Theta& theta) const {
  std::vector<double> out;
  for (Eigen::Index i = 0; i < kN; ++i)
    out.push_back(theta[2 * kN + i] * theta[2 * kN + i] - theta[i] * theta[i] -
                  theta[kN + i] * theta[kN + i]);
  return out;
}

std::vector<double> Relu1d::kept_size(const Theta& theta) const {
  std::vector<double> out;
  for (Eigen::Index i = 0; i < kN; ++i)
    out.push_back(theta[2 * kN + i] * theta[2 * kN + i] + theta[i] * theta[i] +
                  theta[kN + i] * theta[kN + i]);
  return out;
}

// h(x) h(X)^T K^-1 (1 - (1 - eta K)^t) (y - f_0), K = h(X) h(X)^T, in the basis of K.
double Relu1d::frozen(double x, std::int64_t steps, double rate) const {
  const Eigen::VectorXd h = features(x), c = start_.tail(kN);
  const Eigen::VectorXd along = vectors_.transpose() * (rows_.col(1) - at_rows_ * c),
                        across = vectors_.transpose() * (at_rows_ * h);
  double out = h.dot(c);
  for (Eigen::Index k = 0; k < eigenvalues_.size(); ++k) {
    const double w = eigenvalues_[k];
    const double share = w > 1e-12 * eigenvalues_[eigenvalues_.size() - 1]
                             ? (1 - libm::pow(1 - rate * w, static_cast<double>(steps))) / w
                             : rate * static_cast<double>(steps);
    out += across[k] * share * along[k];
  }
  return out;
}

double Relu1d::straight(double x) const {
  const Eigen::Index last = rows_.rows() - 1;
  if (last == 0 || x <= rows_(0, 0)) return rows_(0, 1);
  Eigen::Index k = 0;
  while (k + 1 < last && x > rows_(k + 1, 0)) ++k;
  const double wide = rows_(k + 1, 0) - rows_(k, 0);
  if (x >= rows_(last, 0) || !(wide > 0)) return rows_(last, 1);
  return rows_(k, 1) + (rows_(k + 1, 1) - rows_(k, 1)) * (x - rows_(k, 0)) / wide;
}

std::vector<ExactQuantity> Relu1d::exact(const Run& run) const {
  const double measured = output(run.state().theta, probe_);
  std::vector<ExactQuantity> out;
  const Config& config = run.setup().config();
  const double rate = config.real("optimizer.learning_rate");
  if (is_adaptive())
    out.push_back(
        {"f(x)", "Straight lines, half way between the first two points", measured, straight(probe_), 1e-3});
  else if (has_frozen() && config.text("optimizer.method") == "gd")
    out.push_back({"f(x)", "Knots that stay, half way between the first two points", measured,
                   frozen(probe_, run.state().step, rate), 2e-3});
  return out;
}

namespace {

// The distances moved by the knots that start inside (-1, 1).
std::vector<double> knot_moves(const Run& run) {
  const Theta &now = run.state().theta, start = toy_of(*run.setup().model).start(run.setup().config());
  std::vector<double> out;
  for (Eigen::Index i = 0; i < kN; ++i)
    if (const double t = Relu1d::knot(start, i); std::abs(t) < 1)
      out.push_back(std::abs(Relu1d::knot(now, i) - t));
  return out;
}

// The mean distance of a knot inside to the nearest point, weighted with |c a|.
double knot_distance(const Run& run) {
  const Theta& theta = run.state().theta;
  double sum = 0, weight = 0;
  for (Eigen::Index i = 0; i < kN; ++i) {
    const double t = Relu1d::knot(theta, i), w = std::abs(theta[2 * kN + i] * theta[i]);
    if (!(std::abs(t) < 1) || std::abs(theta[i]) < 1e-12) continue;
    sum += w * (run.setup().data->points.col(0).array() - t).abs().minCoeff();
    weight += w;
  }
  return sum / weight;
}

// Total bend inside (-1, 1), as the sum of second differences on a grid.
double bend(const Run& run) {
  constexpr int kCells = 4000;
  double sum = 0, before = 0, middle = 0;
  for (int k = 0; k <= kCells; ++k) {
    const double here = Relu1d::output(run.state().theta, -1 + 2.0 * k / kCells);
    if (k > 1) sum += std::abs(here - 2 * middle + before);
    before = middle, middle = here;
  }
  return sum / (2.0 / kCells);
}

std::string only_of_relu(const Run& run) {
  return dynamic_cast<const Relu1d*>(run.setup().model.get()) ? "" : "This toy has no knots.";
}

Metric relu_metric(const char* id, const char* help,
                   std::function<Tensor(const Run&, std::span<const double>)> value) {
  Metric out{.id = id, .help = help};
  out.unavailable = only_of_relu;
  out.value = std::move(value);
  return out;
}

std::vector<Metric> relu_metrics() {
  using Arguments = std::span<const double>;
  std::vector<Metric> out = {
      relu_metric("knot_moves", "How far each knot has moved that began inside (-1, 1).",
                  [](const Run& run, Arguments) {
                    std::vector<double> moves = knot_moves(run);
                    const auto count = static_cast<std::int64_t>(moves.size());
                    return Tensor{{count}, std::move(moves)};
                  }),
      relu_metric("knot_distance", "The mean distance of a knot to the nearest point, weighted with |c a|.",
                  [](const Run& run, Arguments) {
                    return Tensor{{}, {knot_distance(run)}};
                  }),
      relu_metric("bend", "The total bend of f over (-1, 1).",
                  [](const Run& run, Arguments) {
                    return Tensor{{}, {bend(run)}};
                  }),
      relu_metric("output", "f at a place.", [](const Run& run, Arguments at) {
        return Tensor{{}, {Relu1d::output(run.state().theta, at[0])}};
      })};
  out.back().arguments = {"x"};
  out.push_back(relu_metric("frozen", "What f would be at a place if the knots had stayed.",
                            [](const Run& run, Arguments at) {
                              const auto& model = static_cast<const Relu1d&>(*run.setup().model);
                              const double rate = run.setup().config().real("optimizer.learning_rate");
                              return Tensor{{}, {model.frozen(at[0], run.state().step, rate)}};
                            }));
  out.back().arguments = {"x"};
  return out;
}

Parameter relu_scale(const char* key, const char* label, const char* symbol, const char* help, double value,
                     bool open) {
  return {.key = key,
          .group = Group::model,
          .effect = Effect::start,
          .label = label,
          .symbol = symbol,
          .help = help,
          .default_value = value,
          .min = 0,
          .max = 1e3,
          .min_open = open,
          .slider_min = open ? 0.05 : 0,
          .slider_max = 5};
}

std::optional<Edit> relu_moved(ElementId::Kind kind, const Drag& drag) {
  return kind == ElementId::Kind::point ? own_point_moved(drag) : std::nullopt;
}

}  // namespace

ToyType relu_1d_toy() {
  return {.id = "relu_1d",
          .label = "Knots",
          .help = "The knots of a network on the line stay where they are, or run to the data.",
          .paper = "Williams et al. 2019",
          .limits =
              "What is kept decides between the two, by its size at the start; between them nothing is "
              "said. The closed form holds where knots do not move at all, the straight lines in the "
              "limit.",
          .keys = {relu_scale("model.inner", "Size of a and b", "s",
                              "The length of (a, b) of every neuron at the start.", 4.0, true),
                   relu_scale("model.outer", "Size of c", "|c|", "|c| of every neuron at the start.", 0.0,
                              false)},
          .points = {{4, 2}, {-0.9, 0.4, -0.3, -0.5, 0.3, 0.6, 0.9, -0.1}},
          .layouts = {{"a", "b", "c"}},
          .make = [](const Config& config, const Dataset& data) -> std::shared_ptr<const Toy> {
            static const ToyType type = relu_1d_toy();
            return std::make_shared<const Relu1d>(type, config, data);
          },
          .objective_tex = [](const Config&) -> std::string {
            return "J=\\frac12\\sum_j\\left(f(x_j)-y_j\\right)^2,\\quad f(x)=\\sum_ic_i\\max(a_ix-b_i,0)";
          },
          .stage = relu_stage,
          .moved = relu_moved,
          .figures = {{.id = "knots",
                       .title = "Knots",
                       .help = "Where each knot began and where it is, with its weight.",
                       .make = relu_knots_figure}},
          .metrics = relu_metrics(),
          .plots = {{"loss", "kept", "knots", "identity"}}};
}

}  // namespace iem
