#include "core/labs/classifier/model/classifier.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/base/error.h"

namespace iem {

const std::vector<std::string>& class_objective_names() {
  static const std::vector<std::string> names = {"cross_entropy", "sigmoid"};
  return names;
}

Classifier::Classifier(ClassifierOptions options) : options_(std::move(options)) {
  IEM_CHECK(options_.classes >= 1);
  if (options_.prototypes) {
    MixtureOptions own = *options_.prototypes;
    own.components = options_.classes;
    own.objective =
        competes() ? Objective::log_sum_exp : Objective::sigmoid;  // without: no volume, no weights
    prototypes_ = std::make_shared<const Mixture>(std::move(own));
    layout_ = prototypes_->layout();
    return;
  }
  layout_.add("W", options_.classes, 2, options_.learn_w);
  layout_.add("b", options_.classes, 1, options_.learn_b);
}

std::vector<std::string> Classifier::metric_ids() const {
  std::vector<std::string> out = {"accuracy", "accuracy_clean", "ece", "joint", "conditional"};
  if (options_.compare_held_out) out.emplace_back("nll");
  return out;
}

std::vector<NamedTensor> Classifier::natural(const Theta& theta) const {
  if (!is_linear()) return prototypes_->natural(theta);
  std::vector<NamedTensor> out = Model::natural(theta);
  out[1].tensor.shape = {classes()};
  return out;
}

Theta Classifier::from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const {
  if (!is_linear()) return prototypes_->from_natural(theta, natural);
  std::vector<NamedTensor> blocks = natural;
  for (NamedTensor& block : blocks) {
    if (block.name != "b") continue;
    const std::vector<std::int64_t> shape = {classes()};
    if (block.tensor.shape != shape)
      throw InputError("state.b has shape " + shape_text(block.tensor.shape) + ": must be " +
                       shape_text(shape));
    block.tensor.shape = {classes(), 1};
  }
  return Model::from_natural(theta, blocks);
}

std::string Classifier::responsibilities_unavailable() const {
  return competes()
             ? ""
             : "Independent sigmoids have no responsibilities: every class sees every point by itself.";
}

std::string Classifier::em_unavailable() const {
  if (!competes()) return responsibilities_unavailable() + " There is no EM step; use gradient descent (gd).";
  if (is_linear())
    return "Linear energies have no volume, so that no M-step of theirs has a minimum; use bohning, which "
           "minimises a bound.";
  if (kappa() > 0)
    return "The free phase pushes where the label pulls, and no M-step answers both in closed form; set "
           "model.discriminative to 0, or use gradient descent (gd).";
  return prototypes_->em_unavailable();
}

// At kappa = 0 the pulls are r* of points with a label and lambda r of the others: the M-step's weights.
Theta Classifier::em_step(const Theta& theta, const Dataset& data, const Evaluation& at_theta,
                          double reg_covar) const {
  IEM_CHECK(!is_linear());
  if (!em_needs_rows()) return prototypes_->em_step(theta, data, at_theta, reg_covar);
  Evaluation weighted = at_theta;
  weighted.responsibilities = at_theta.pulls;
  return prototypes_->em_step(theta, data, weighted, reg_covar);
}

void Classifier::move_statistics(const Theta& from, const Theta& to,
                                 Eigen::Ref<Eigen::MatrixXd> statistics) const {
  IEM_CHECK(!is_linear());
  prototypes_->move_statistics(from, to, statistics);
}

Theta Classifier::blend_moments(const Theta& a, const Theta& b, double eta) const {
  return is_linear() ? Model::blend_moments(a, b, eta) : prototypes_->blend_moments(a, b, eta);
}

Theta Classifier::blend(const Theta& a, const Theta& b, double lambda) const {
  return is_linear() ? Model::blend(a, b, lambda) : prototypes_->blend(a, b, lambda);
}

void Classifier::project(Theta& theta) const {
  if (!is_linear()) prototypes_->project(theta);
}

Classifier::LinearTerms Classifier::linear_terms(const Theta& theta, int j, double x, double y) const {
  IEM_CHECK(is_linear());
  const double* w = theta.data() + layout_.blocks()[0].offset + 2 * j;
  return {-(w[0] * x + w[1] * y), -theta[layout_.blocks()[1].offset + j]};
}

namespace {

// The background's energy is the same everywhere: W = 0 takes every point to u = 0, where kernels are 0.
constexpr FieldComponent constant_energy(double energy) { return {0, 0, 0, 0, 0, energy}; }

}  // namespace

FieldInput Classifier::field(const Theta& theta, double tau, FieldKind kind, const Dataset& data) const {
  if (!is_linear()) {
    FieldInput input = prototypes_->field(theta, tau, kind);
    if (options_.background) input.components.push_back(constant_energy(*options_.background));
    input.responsibility = options_.responsibility;
    return input;
  }
  FieldInput input;
  input.kind = kind;
  input.temperature = tau;
  input.responsibility = options_.responsibility;
  const Eigen::RowVector2d c = data.points.colwise().mean();
  const double spread = std::sqrt((data.points.rowwise() - c).rowwise().squaredNorm().mean());
  const double s2 = spread > 0 ? spread * spread : 1, scale = 1 / std::sqrt(s2);
  for (int j = 0; j < classes(); ++j) {
    const double* w = theta.data() + layout_.blocks()[0].offset + 2 * j;
    const LinearTerms middle = linear_terms(theta, j, c[0], c[1]);
    const double length2 = w[0] * w[0] + w[1] * w[1];
    input.components.push_back(
        {c[0] + s2 * w[0], c[1] + s2 * w[1], scale, 0, scale, middle.along + middle.bias - s2 * length2 / 2});
  }
  if (options_.background) input.components.push_back({c[0], c[1], scale, 0, scale, *options_.background});
  return input;
}

}  // namespace iem
