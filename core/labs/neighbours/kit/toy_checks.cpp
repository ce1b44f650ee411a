#include "core/labs/neighbours/kit/toy_checks.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/check/common.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

constexpr Eigen::Index kRowsChecked = 48, kEntriesChecked = 64;

// The learned entries of theta, evenly thinned where there are many.
std::vector<Eigen::Index> entries_checked(const Layout& layout) {
  std::vector<Eigen::Index> learned;
  for (const Block& block : layout.blocks())
    for (Eigen::Index e = 0; block.learned && e < block.size(); ++e) learned.push_back(block.offset + e);
  const Eigen::Index stride = static_cast<Eigen::Index>(learned.size()) / kEntriesChecked + 1;
  std::vector<Eigen::Index> out;
  for (std::size_t k = 0; k < learned.size(); k += static_cast<std::size_t>(stride))
    out.push_back(learned[k]);
  return out;
}

IdentitySample sample_of(const Toy& toy, const Theta& theta, const Dataset& data) {
  const Dataset rows = thinned(data, kRowsChecked);
  Theta gradient = Theta::Zero(theta.size());
  toy.value(theta, rows, gradient);
  IdentitySample out;
  out.points = entries_checked(toy.layout());
  const auto count = static_cast<Eigen::Index>(out.points.size());
  out.claimed.resize(count, 1), out.computed.resize(count, 1);
  std::vector<Dual> at(static_cast<std::size_t>(theta.size()));
  for (Eigen::Index k = 0; k < count; ++k) {
    const Eigen::Index entry = out.points[static_cast<std::size_t>(k)];
    for (Eigen::Index e = 0; e < theta.size(); ++e)
      at[static_cast<std::size_t>(e)] = {theta[e], e == entry ? 1.0 : 0.0};
    out.claimed(k, 0) = gradient[entry];
    out.computed(k, 0) = toy.definition(at, rows).d;
  }
  if (count == 0) return out;
  // Where log J can be descended, the error is relative to the gradient however small that is.
  const double size = check::largest(out.computed.cwiseAbs());
  const double scale = toy.logarithm_unavailable().empty() && size > 0 ? size : std::max(1.0, size);
  out.largest_difference = check::largest((out.claimed - out.computed).cwiseAbs()) / scale;
  return out;
}

double toy_gradient(const Snapshot& s) {
  return sample_of(toy_of(s), s.state.theta, s.data()).largest_difference;
}

double toy_objective(const Snapshot& s) {
  std::vector<Dual> at;
  for (const double entry : s.state.theta) at.push_back({entry, 0});
  const double defined = toy_of(s).definition(at, s.data()).v;
  return std::abs(s.evaluation.loss - defined) / std::max(1.0, std::abs(defined));
}

std::string where_something_is_kept(const Snapshot& s) {
  return toy_of(s).kept(s.state.theta).empty() ? "gradient flow keeps nothing here that is known" : "";
}

// The derivative of the conserved quantities along -dJ/dtheta, relative to the sizes of the terms that cancel
// in it: 0 in every state.
double flow_keeps(const Snapshot& s) {
  const Toy& toy = toy_of(s);
  const Theta& theta = s.state.theta;
  Theta g = Theta::Zero(theta.size());
  toy.value(theta, s.data(), g);
  const double length = g.norm();
  if (!(length > 0)) return 0;
  // The conserved quantities are quadratic forms, for which a central difference is exact.
  const double h = 1e-3 * std::max(1.0, theta.norm()) / length;
  const std::vector<double> ahead = toy.kept(theta + h * g), behind = toy.kept(theta - h * g);
  const std::vector<double> size = toy.kept_size(theta);
  double worst = 0;
  for (std::size_t k = 0; k < ahead.size(); ++k)
    worst = std::max(worst, std::abs(ahead[k] - behind[k]) /
                                (2e-3 * std::max(1.0, theta.norm()) * std::max(1.0, size[k])));
  return worst;
}

std::string where_steps_follow_the_flow(const Snapshot& s) {
  if (const std::string none = where_something_is_kept(s); !none.empty()) return none;
  const OptimizerType& rule = *find_optimizer(s.config().text(kRuleKey));
  if (!rule.follows_flow) return "another rule than gradient descent";
  if (reads(rule, "optimizer.weight_decay") && s.config().real("optimizer.weight_decay") > 0)
    return "weight decay pulls too";
  for (const Block& block : s.model().layout().blocks())
    if (!block.learned) return "not all of it is learned";
  const auto is_finite = [&](const Theta& theta) {
    return std::ranges::all_of(toy_of(s).kept(theta), [](double each) { return std::isfinite(each); });
  };
  if (s.next.size() != s.state.theta.size() || !is_finite(s.next) || !is_finite(s.next - s.state.theta))
    return "the next step overflows";
  return "";
}

// A quadratic form c has c(theta + dtheta) = c(theta) + c(dtheta) + dtheta . grad c(theta). The last term,
// all that is of first order in eta, is 0 for a step of any length along the gradient. The error is relative
// to the sizes of the terms.
double steps_keep(const Snapshot& s) {
  // Below this a square has lost digits.
  constexpr double kLeastSize = std::numeric_limits<double>::min() / std::numeric_limits<double>::epsilon();
  const Toy& toy = toy_of(s);
  const std::vector<double> now = toy.kept(s.state.theta), then = toy.kept(s.next),
                            own = toy.kept(s.next - s.state.theta), size = toy.kept_size(s.state.theta),
                            size_then = toy.kept_size(s.next);
  double worst = 0;
  for (std::size_t k = 0; k < now.size(); ++k) {
    const double terms =
        size[k] + size_then[k] + std::abs(now[k]) + std::abs(then[k]) + std::abs(own[k]) + kLeastSize;
    worst = std::max(worst, std::abs(then[k] - now[k] - own[k]) / terms);
  }
  return worst;
}

}  // namespace

const std::vector<IdentityCheck>& toy_checks() {
  static const std::vector<IdentityCheck> all = {
      {"toy_gradient",
       "dJ/dtheta in closed form",
       1e-9,
       check::always,
       toy_gradient,
       {"\\nabla_\\theta J", "The gradient of the closed form is that of J.",
        "The gradient the rule follows, against automatic differentiation of J's definition."}},
      {"toy_objective",
       "J by its definition",
       1e-12,
       check::always,
       toy_objective,
       {"J(\\theta)", "J as the steps use it is J by its definition.",
        "The fast form, against the definition written out."}},
      {"flow_keeps",
       "what gradient flow keeps has no slope along dJ/dtheta",
       1e-9,
       where_something_is_kept,
       flow_keeps,
       {"\\nabla c\\cdot\\nabla J=0", "What gradient flow keeps has no slope along the way it goes.",
        "A central difference along the gradient, exact for what is of second degree."}},
      {"steps_keep",
       "a step moves what gradient flow keeps by what the step has of it itself",
       1e-12,
       where_steps_follow_the_flow,
       steps_keep,
       {"c(\\theta+\\Delta\\theta)-c(\\theta)=c(\\Delta\\theta)",
        "A step moves what flow keeps by its own c alone, which is of second order in the rate.",
        "The rule's next step from here: c behind it less c before it, against c of the step itself."}},
  };
  return all;
}

IdentitySample gradient_sample(const Run& run) {
  return sample_of(toy_of(*run.setup().model), run.state().theta, *run.setup().data);
}

}  // namespace iem
