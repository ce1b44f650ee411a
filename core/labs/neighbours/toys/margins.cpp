#include "core/labs/neighbours/toys/margins.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/libm.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

double degrees_of(const Eigen::Vector2d& w) { return libm::atan2(w[1], w[0]) * 180 / std::numbers::pi; }

double least_margin(const Eigen::MatrixXd& z, const Eigen::Vector2d& w) { return (z * w).minCoeff(); }

// The direction with the largest margin among these, each scaled to have `length` 1.
template <class Length>
std::optional<LargestMargin> best_of(const Eigen::MatrixXd& z, const std::vector<Eigen::Vector2d>& directions,
                                     Length length) {
  LargestMargin best;
  for (const Eigen::Vector2d& each : directions) {
    const double size = length(each);
    if (!(size > 0) || !std::isfinite(size)) continue;
    const Eigen::Vector2d w = each / size;
    if (const double margin = least_margin(z, w); margin > best.margin) best = {w, margin};
  }
  return best.margin > 0 ? std::optional(best) : std::nullopt;
}

// Directions along which two points have the same margin.
std::vector<Eigen::Vector2d> ties_of(const Eigen::MatrixXd& z) {
  std::vector<Eigen::Vector2d> out;
  for (Eigen::Index i = 0; i < z.rows(); ++i)
    for (Eigen::Index j = 0; j < i; ++j) {
      const Eigen::Vector2d apart = z.row(i) - z.row(j);
      out.emplace_back(-apart[1], apart[0]);
      out.emplace_back(apart[1], -apart[0]);
    }
  return out;
}

constexpr Eigen::Index kMostTied = 400;  // rows: every two of them may decide

// log(1 + e^-m) without overflow; its slope is -1/(1 + e^m).
Dual softplus_of(Dual margin) {
  return margin.v >= 0 ? simd::log1p(simd::exp(-margin)) : simd::log1p(simd::exp(margin)) - margin;
}

}  // namespace

double LargestMargin::degrees() const { return degrees_of(w); }

// The minimum of the linear functions is largest either where one of them has its own maximum or where two
// are equal.
std::optional<LargestMargin> largest_margin_l2(const Eigen::MatrixXd& z) {
  std::vector<Eigen::Vector2d> all = ties_of(z);
  for (Eigen::Index i = 0; i < z.rows(); ++i) all.emplace_back(z(i, 0), z(i, 1));
  return best_of(z, all, [](const Eigen::Vector2d& w) { return w.norm(); });
}

// On each edge of |w_1| + |w_2| = 1 they are linear: their smallest is largest at a corner or at a tie.
std::optional<LargestMargin> largest_margin_l1(const Eigen::MatrixXd& z) {
  std::vector<Eigen::Vector2d> all = ties_of(z);
  for (const double sign : {-1.0, 1.0}) all.emplace_back(sign, 0), all.emplace_back(0, sign);
  return best_of(z, all, [](const Eigen::Vector2d& w) { return std::abs(w[0]) + std::abs(w[1]); });
}

Margins::Margins(const ToyType& type, const Config& config, const Dataset& data)
    : Toy(type),
      diagonal_(config.text("model.weights") == "diagonal"),
      alpha_(config.real("model.alpha")) {
  require_columns(config, data, 2, "z = y x");
  if (diagonal_) {
    add_block(config, "u", 1, 2);
    add_block(config, "v", 1, 2);
  } else {
    add_block(config, "w", 1, 2);
  }
  if (data.size() > kMostTied) return;
  l2_ = largest_margin_l2(data.points);
  l1_ = largest_margin_l1(data.points);
}

Eigen::Vector2d Margins::weights(const Theta& theta) const {
  if (!diagonal_) return theta.head<2>();
  return theta.head<2>().cwiseAbs2() - theta.tail<2>().cwiseAbs2();
}

Theta Margins::start(const Config& config) const {
  return Theta::Constant(layout_.size(), diagonal_ ? config.real("model.alpha") : 0.0);
}

// 1 / (1 + e^m), which for a large margin is e^-m: never 1 - r by subtraction.
Eigen::VectorXd Margins::lacking(const Theta& theta, const Dataset& rows) const {
  Eigen::VectorXd out = rows.points * weights(theta);
  for (double& m : out) m = m >= 0 ? libm::exp(-m) / (1 + libm::exp(-m)) : 1 / (1 + libm::exp(m));
  return out;
}

double Margins::value(const Theta& theta, const Dataset& rows, Theta& gradient) const {
  const auto n = static_cast<double>(rows.size());
  const Eigen::VectorXd m = rows.points * weights(theta);
  double sum = 0;
  for (const double each : m) sum += std::max(-each, 0.0) + libm::log1p(libm::exp(-std::abs(each)));
  const Eigen::Vector2d by_w = -(rows.points.transpose() * lacking(theta, rows)) / n;
  if (diagonal_) {
    gradient.head<2>() = 2 * theta.head<2>().cwiseProduct(by_w);
    gradient.tail<2>() = -2 * theta.tail<2>().cwiseProduct(by_w);
  } else {
    gradient = by_w;
  }
  return sum / n;
}

Dual Margins::definition(std::span<const Dual> theta, const Dataset& rows) const {
  std::array<Dual, 2> w;
  for (std::size_t a = 0; a < 2; ++a)
    w[a] = diagonal_ ? theta[a] * theta[a] - theta[2 + a] * theta[2 + a] : theta[a];
  Dual sum;
  for (Eigen::Index i = 0; i < rows.size(); ++i)
    sum = sum + softplus_of(w[0] * rows.points(i, 0) + w[1] * rows.points(i, 1));
  return sum / static_cast<double>(rows.size());
}

void Margins::measure(const Theta& theta, const Dataset& rows, double, std::vector<double>& out) const {
  const Eigen::Vector2d w = weights(theta);
  const double least = least_margin(rows.points, w);
  const double none = std::numeric_limits<double>::quiet_NaN();
  const bool points_somewhere = w.squaredNorm() > 0;
  const Eigen::VectorXd lack = lacking(theta, rows);
  // The support vector: the point with the smallest margin along the largest-margin direction.
  Eigen::Index support = 0;
  if (l2_) (rows.points * l2_->w).minCoeff(&support);
  out = {points_somewhere ? degrees_of(w) : none,
         points_somewhere ? least / (std::abs(w[0]) + std::abs(w[1])) : none,
         points_somewhere ? least / w.norm() : none, lack[support] / lack.sum()};
}

std::vector<double> Margins::kept(const Theta& theta) const {
  if (!diagonal_) return {};
  return {theta[0] * theta[2], theta[1] * theta[3]};
}

std::vector<double> Margins::kept_size(const Theta& theta) const {
  return std::vector<double>(kept(theta).size(), alpha_ * alpha_);
}

std::vector<ExactQuantity> Margins::exact(const Run& run) const {
  const std::optional<LargestMargin>& best = diagonal_ ? l1_ : l2_;
  const Eigen::VectorXd& now = run.evaluation().metrics;
  if (!best || now.size() < 4) return {};
  return {{"\\angle w", "Direction of w", now[0], best->degrees(), 2, "degrees"},
          {diagonal_ ? "\\min m/\\|w\\|_1" : "\\min m/\\|w\\|_2", "Margin", now[diagonal_ ? 1 : 2],
           best->margin, 1e-3 * best->margin}};
}

namespace {

std::vector<Parameter> margins_keys() {
  return {{.key = "model.weights",
           .group = Group::model,
           .kind = ParameterKind::choice,
           .effect = Effect::structure,
           .label = "Weights",
           .help = "Whether w is learned as it is, or as u * u - v * v entry by entry.",
           .default_value = std::string("free"),
           .choices = {"free", "diagonal"},
           .choice_labels = {"w free", "w = u² − v²"}},
          factor_start_key(0.05,
                           [](const Config& config) -> std::string {
                             return config.text("model.weights") == "diagonal" ? "" : "w starts at 0.";
                           },
                           {"model.weights"})};
}

std::string margins_objective_tex(const Config&) {
  return "J=\\frac1N\\sum_i\\log\\left(1+e^{-m_i}\\right),\\quad m_i=z_i\\cdot w";
}

std::optional<Edit> margins_moved(ElementId::Kind kind, const Drag& drag) {
  if (kind == ElementId::Kind::point) return own_point_moved(drag);
  const double away = libm::hypot(drag.x, drag.y);
  if (kind != ElementId::Kind::prototype || margins_of(drag.now).is_diagonal() || !(away > 0))
    return std::nullopt;
  // Dragging turns w about the origin and keeps its length.
  const double size = margins_of(drag.now).weights(drag.now.state.theta).norm() / away;
  return row_moved(drag.now, "w", 0, size * drag.x, size * drag.y);
}

}  // namespace

ToyType margins_toy() {
  return {
      .id = "margins",
      .label = "Margins",
      .help = "The direction of a classifier turns to a largest margin long after its loss is gone.",
      .paper = "Soudry et al. 2018; Moroshko et al. 2020",
      .limits =
          "Free weights tend to the largest Euclidean margin, but only like one over the logarithm of "
          "1/J; products tend to the largest margin of $|w_1|+|w_2|$ for every start, the later the "
          "larger it is. That the loss is as good as 0 by then is part of the result; nothing is said "
          "of points that no plane separates.",
      .keys = margins_keys(),
      .points = {{6, 2}, {1.0, 0.7, 2.0, -0.4, 1.1, 1.3, 2.4, -0.9, 1.5, 0.3, 1.8, 0.0}},
      .layouts = {{"w"}, {"u", "v"}},
      .layout = [](const Config& config) -> std::size_t {
        return config.text("model.weights") == "diagonal" ? 1 : 0;
      },
      .make = [](const Config& config, const Dataset& data) -> std::shared_ptr<const Toy> {
        static const ToyType type = margins_toy();
        return std::make_shared<const Margins>(type, config, data);
      },
      .objective_tex = margins_objective_tex,
      .stage = margins_stage,
      .moved = margins_moved,
      .figures = {{.id = "angle",
                   .title = "Direction",
                   .help = "The angle of w over the logarithm of 1/J.",
                   .make = margins_angle_figure},
                  {.id = "margin",
                   .title = "Margin",
                   .help = "The smallest margin in parts of each norm of w, over the logarithm of 1/J.",
                   .make = margins_margin_figure},
                  {.id = "pull",
                   .title = "Pull of each point",
                   .help = "Which part of the gradient is each point's.",
                   .make = margins_share_figure}},
      .metrics = {model_metric("angle", "The direction of w, in degrees.", "degrees"),
                  model_metric("margin_l1", "The smallest margin over |w_1| + |w_2|."),
                  model_metric("margin_l2", "The smallest margin over the length of w."),
                  model_metric("support_share", "The share of the gradient that is the support vector's.")},
      .plots = {{"loss", "angle", "margin", "identity"}}};
}

}  // namespace iem
