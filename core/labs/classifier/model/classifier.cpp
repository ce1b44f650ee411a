#include "core/labs/classifier/model/classifier.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/libm.h"

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
  } else {
    layout_.add("W", options_.classes, 2, options_.learn_w);
    layout_.add("b", options_.classes, 1, options_.learn_b);
  }
  if (options_.learn_confusion)
    layout_.add("confusion", options_.classes, options_.classes, options_.confusion_moves);
}

std::vector<std::string> Classifier::metric_ids() const {
  std::vector<std::string> out = {"accuracy", "accuracy_clean", "ece", "joint", "conditional"};
  if (options_.compare_held_out) out.emplace_back("nll");
  return out;
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

// Functions of whole states: the shapes that users see, the M-step, blends. The part of the energies is
// handled by the mixture, or kept as it is where they are linear; the rows of the confusion are
// probabilities.
Theta Classifier::energy_part(const Theta& theta) const {
  return confusion() ? Theta(theta.head(confusion()->offset)) : theta;
}

Theta Classifier::with_confusion(const Theta& energies, const Theta& a, const Theta& b, double lambda) const {
  const Block* c = confusion();
  if (!c) return energies;
  Theta out(layout_.size());
  out.head(c->offset) = energies;
  for (int j = 0; j < classes(); ++j)
    for (int y = 0; y < classes(); ++y) {
      const Eigen::Index at = c->offset + static_cast<Eigen::Index>(j) * classes() + y;
      const double mixed = (1 - lambda) * evidence(a, j, y) + lambda * evidence(b, j, y);
      out[at] = lambda == 0 || !c->learned ? a[at] : lambda == 1 ? b[at] : libm::log(mixed);
    }
  return out;
}

std::vector<NamedTensor> Classifier::natural(const Theta& theta) const {
  std::vector<NamedTensor> out;
  if (is_linear()) {
    out = Model::natural(theta);
    out[1].tensor.shape = {classes()};
    if (confusion()) out.pop_back();
  } else {
    out = prototypes_->natural(energy_part(theta));
  }
  if (!confusion()) return out;
  NamedTensor c{"confusion", {{classes(), classes()}, {}}};
  for (int j = 0; j < classes(); ++j)
    for (int y = 0; y < classes(); ++y) c.tensor.data.push_back(evidence(theta, j, y));
  out.push_back(std::move(c));
  return out;
}

Theta Classifier::from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const {
  Theta with = theta;
  std::vector<NamedTensor> blocks;
  for (NamedTensor block : natural) {
    if (block.name == "confusion" && confusion()) {
      const std::vector<std::int64_t> shape = {classes(), classes()};
      if (block.tensor.shape != shape)
        throw InputError("state.confusion has shape " + shape_text(block.tensor.shape) + ": must be " +
                         shape_text(shape));
      for (std::size_t i = 0; i < block.tensor.data.size(); ++i) {
        if (!(block.tensor.data[i] > 0))
          throw InputError("state.confusion must be greater than 0 everywhere");
        with[confusion()->offset + static_cast<Eigen::Index>(i)] = libm::log(block.tensor.data[i]);
      }
      continue;
    }
    const std::vector<std::int64_t> shape = {classes()};
    if (block.name == "b" && is_linear()) {
      if (block.tensor.shape != shape)
        throw InputError("state.b has shape " + shape_text(block.tensor.shape) + ": must be " +
                         shape_text(shape));
      block.tensor.shape = {classes(), 1};
    }
    blocks.push_back(std::move(block));
  }
  if (is_linear()) return Model::from_natural(with, blocks);
  return with_confusion(prototypes_->from_natural(energy_part(with), blocks), with, with, 0);
}

// At kappa = 0 the weights of the M-step are r* for points with a label and lambda r for the others. The
// M-step of the confusion counts labels: C_jy = sum_i r*_ij [y_i = y] over the sum of its row.
void Classifier::em_step_into(const Theta& theta, const Dataset& data, const Evaluation& at_theta,
                              double reg_covar, Theta& next) const {
  IEM_CHECK(!is_linear());
  const Theta here = energy_part(theta);
  Theta energies;
  if (em_needs_rows()) {
    Evaluation weighted = at_theta;
    weighted.responsibilities = at_theta.pulls;
    energies = prototypes_->em_step(here, data, weighted, reg_covar);
  } else {
    energies = prototypes_->em_step(here, data, at_theta, reg_covar);
  }
  if (!confusion()) {
    next = std::move(energies);
    return;
  }
  Theta counted = theta;
  const auto counts = at_theta.statistics.rightCols(classes());
  for (int j = 0; j < classes(); ++j)
    for (int y = 0; y < classes(); ++y)
      if (counts.row(j).sum() > kEmptyMass)
        counted[confusion()->offset + static_cast<Eigen::Index>(j) * classes() + y] =
            libm::log(counts(j, y) + kEmptyMass);
  next = with_confusion(energies, theta, counted, 1);
}

void Classifier::move_statistics(const Theta& from, const Theta& to,
                                 Eigen::Ref<Eigen::MatrixXd> statistics) const {
  IEM_CHECK(!is_linear());
  prototypes_->move_statistics(from, to, statistics);
}

void Classifier::mix_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const {
  if (is_linear()) return Model::mix_moments_into(a, b, eta, out);
  Theta energies;
  prototypes_->blend_moments_into(energy_part(a), energy_part(b), eta, energies);
  out = with_confusion(energies, a, b, eta);
}

void Classifier::mix_into(const Theta& a, const Theta& b, double lambda, Theta& out) const {
  if (is_linear()) return Model::mix_into(a, b, lambda, out);
  out = with_confusion(prototypes_->blend(energy_part(a), energy_part(b), lambda), a, b, lambda);
}

void Classifier::project(Theta& theta) const {
  if (is_linear()) return;
  Theta energies = energy_part(theta);
  prototypes_->project(energies);
  theta.head(energies.size()) = energies;
}

}  // namespace iem
