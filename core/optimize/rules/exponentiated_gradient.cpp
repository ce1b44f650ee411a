#include "core/optimize/rules/exponentiated_gradient.h"

#include "core/base/libm.h"
#include "core/optimize/common.h"

namespace iem {
namespace {

// The learned block of logits, if it has several; for prototypes on the line its name is prior.
const Block* learned_weights(const Model& model) {
  for (const Block& block : model.layout().blocks())
    if ((block.name == "weights" || block.name == "prior") && block.size() > 1 && block.learned)
      return &block;
  return nullptr;
}

class ExponentiatedGradient : public Optimizer {
 public:
  explicit ExponentiatedGradient(double eta) : eta_(eta) {}
  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    const Block& weights = *learned_weights(input.model);
    auto logits = theta.segment(weights.offset, weights.size());
    // log pi, so that the weights stay normalised in the state; then pi_j - N_j/N is the gradient by the
    // logits.
    logits.array() -= logits.maxCoeff();
    logits.array() -= libm::log(logits.array().unaryExpr(libm::Exp()).sum());
    thread_local Eigen::ArrayXd pi;
    pi = logits.array().unaryExpr(libm::Exp());
    const auto gradient = input.full.gradient.segment(weights.offset, weights.size()).array();
    logits.array() +=
        (pi > 0).select(eta_ * (1 - gradient / pi), 0);  // a weight that has underflowed is dead
  }

 private:
  double eta_;
};

std::string where_weights_are_learned(const Model& model) {
  return learned_weights(model)
             ? ""
             : "Exponentiated gradient moves the weights of prototypes only, and none are learned; add "
               "them to model.learn, or use gradient descent (gd).";
}

}  // namespace

OptimizerType exponentiated_gradient() {
  return {.id = "exponentiated",
          .label = "Exponentiated",
          .help =
              "Mirror descent on the weights alone: each is multiplied by the exponential of its gain, minus "
              "its gradient.",
          .formula =
              "\\pi_j\\leftarrow\\frac{\\pi_j\\,e^{\\eta g_j}}{\\sum_k\\pi_k\\,e^{\\eta g_k}},\\quad "
              "g_j=\\frac{N_j}{N\\pi_j}",
          .parameters = {learning_rate_parameter()},
          .needs = RuleNeed::weights,
          .unavailable = where_weights_are_learned,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<ExponentiatedGradient>(config.real("optimizer.learning_rate"));
          }};
}

}  // namespace iem
