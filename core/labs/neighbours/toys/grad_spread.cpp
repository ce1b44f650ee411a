#include "core/labs/neighbours/toys/grad_spread.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/optimize/optimizer.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

constexpr Eigen::Index kUnits = GradSpread::kHidden;

Dual tanh_of(Dual x) {
  const double t = libm::tanh(x.v);
  return {t, (1 - t * t) * x.d};
}

double deviation_of(const Eigen::Ref<const Theta>& values) {
  const double mean = values.mean();
  return std::sqrt((values.array() - mean).square().mean());
}

}  // namespace

GradSpread::GradSpread(const ToyType& type, const Config& config, const Dataset& data) : Toy(type) {
  require_columns(config, data, 3, "x1, x2 and y");
  add_block(config, "W_1", kUnits, 2);
  add_block(config, "w_2", kUnits, 1);
}

Theta GradSpread::start(const Config&) const {
  return Theta{{0.6, -0.2, -0.4, 0.5, 0.3, 0.7, -0.8, -0.1, 0.1, -0.6, 0.05, -0.04, 0.03, 0.02, -0.05}};
}

double GradSpread::output(const Theta& theta, double x1, double x2) {
  double sum = 0;
  for (Eigen::Index i = 0; i < kUnits; ++i)
    sum += theta[2 * kUnits + i] * libm::tanh(theta[2 * i] * x1 + theta[2 * i + 1] * x2);
  return sum;
}

double GradSpread::value(const Theta& theta, const Dataset& rows, Theta& gradient) const {
  const auto n = static_cast<double>(rows.size());
  double sum = 0;
  for (Eigen::Index j = 0; j < rows.size(); ++j) {
    const double x1 = rows.points(j, 0), x2 = rows.points(j, 1),
                 e = output(theta, x1, x2) - rows.points(j, 2);
    sum += 0.5 * e * e;
    for (Eigen::Index i = 0; i < kUnits; ++i) {
      const double h = libm::tanh(theta[2 * i] * x1 + theta[2 * i + 1] * x2);
      const double back = e * theta[2 * kUnits + i] * (1 - h * h) / n;
      gradient[2 * i] += back * x1;
      gradient[2 * i + 1] += back * x2;
      gradient[2 * kUnits + i] += e * h / n;
    }
  }
  return sum / n;
}

Dual GradSpread::definition(std::span<const Dual> theta, const Dataset& rows) const {
  Dual sum;
  constexpr auto units = static_cast<std::size_t>(kUnits);
  for (Eigen::Index j = 0; j < rows.size(); ++j) {
    Dual f;
    for (std::size_t i = 0; i < units; ++i)
      f = f + theta[2 * units + i] *
                  tanh_of(theta[2 * i] * rows.points(j, 0) + theta[2 * i + 1] * rows.points(j, 1));
    const Dual e = f - rows.points(j, 2);
    sum = sum + e * e * 0.5;
  }
  return sum / static_cast<double>(rows.size());
}

double GradSpread::value_and_numbers(const Theta& theta, const Dataset& rows, Theta& gradient,
                                     std::vector<double>& numbers) const {
  const double loss = value(theta, rows, gradient);
  numbers = {deviation_of(gradient.head(2 * kUnits)), deviation_of(gradient.tail(kUnits)),
             theta.head(2 * kUnits).mean(), theta.tail(kUnits).mean()};
  return loss;
}

// Every rule that subtracts the mean conserves the mean of the weights, counted from the last edit of the
// state.
std::vector<ExactQuantity> GradSpread::exact(const Run& run) const {
  if (!find_optimizer(run.setup().config().text(kRuleKey))->keeps_means) return {};
  std::int64_t since = 0;
  for (const Edit& edit : run.edits())
    if (edit.step <= run.state().step) since = std::max(since, edit.step);
  const History history = run.history_here();
  const auto change = [&](std::size_t metric, double now) {
    return now - history.row(since)[kMetricColumns + metric];
  };
  const Theta& theta = run.state().theta;
  return {{"\\Delta\\overline{W}_1", "Change of the mean of the first layer",
           change(2, theta.head(2 * kUnits).mean()), 0, 1e-13},
          {"\\Delta\\overline{w}_2", "Change of the mean of the second layer",
           change(3, theta.tail(kUnits).mean()), 0, 1e-13}};
}

namespace {

// y = tanh(x1 - x2/2) + 0.3 x2 at eight places.
Tensor spread_rows() {
  constexpr double x[][2] = {{-1.0, 0.5}, {-0.5, -0.8}, {0.2, 0.9}, {0.7, -0.3},
                             {1.1, 0.4},  {-0.3, 0.1},  {0.5, 1.2}, {-1.2, -0.4}};
  Tensor out{{8, 3}, {}};
  for (const auto& [x1, x2] : x)
    out.data.insert(out.data.end(), {x1, x2, libm::tanh(x1 - 0.5 * x2) + 0.3 * x2});
  return out;
}

std::optional<Edit> spread_moved(ElementId::Kind kind, const Drag& drag) {
  if (kind == ElementId::Kind::point) return own_point_moved(drag);
  return kind == ElementId::Kind::prototype ? row_moved(drag.now, "W_1", drag.index, drag.x, drag.y)
                                            : std::nullopt;
}

}  // namespace

ToyType grad_spread_toy() {
  return {.id = "grad_spread",
          .label = "Spread of gradients",
          .help = "Two layers with gradients of different size, under rules that look at their spread.",
          .paper = "After the structure of Yun 2025 (arXiv:2509.03677), known here from abstracts alone",
          .limits =
              "That a rule without means keeps the mean of every layer is exact. The common factor here is "
              "a simple one, not that of the paper; nothing is said of which rule is better.",
          .keys = {},
          .points = spread_rows(),
          .layouts = {{"W_1", "w_2"}},
          .make = [](const Config& config, const Dataset& data) -> std::shared_ptr<const Toy> {
            static const ToyType type = grad_spread_toy();
            return std::make_shared<const GradSpread>(type, config, data);
          },
          .objective_tex = [](const Config&) -> std::string {
            return "J=\\frac12\\overline{(f(x)-y)^2},\\quad f(x)=w_2\\cdot\\tanh(W_1x)";
          },
          .stage = spread_stage,
          .moved = spread_moved,
          .figures = {{.id = "spread",
                       .title = "Spread of each layer",
                       .help = "The standard deviation of each layer's gradient over steps.",
                       .make = spread_figure},
                      {.id = "means",
                       .title = "Mean of each layer",
                       .help = "The mean of each layer's weights over steps.",
                       .make = spread_means_figure}},
          .metrics = {model_metric("spread_1", "The standard deviation of the first layer's gradient."),
                      model_metric("spread_2", "The standard deviation of the second layer's gradient."),
                      model_metric("mean_1", "The mean of the first layer's weights."),
                      model_metric("mean_2", "The mean of the second layer's weights.")},
          .plots = {{"loss", "spread", "means", "identity"}}};
}

}  // namespace iem
