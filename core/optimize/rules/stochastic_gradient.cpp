#include "core/optimize/rules/stochastic_gradient.h"

#include "core/optimize/common.h"
#include "core/optimize/mini_batch.h"

namespace iem {
namespace {

class StochasticGradient : public Optimizer {
 public:
  explicit StochasticGradient(const Config& config)
      : rates_(config),
        batch_size_(config.integer("optimizer.batch_size")),
        weight_decay_(config.real("optimizer.weight_decay")) {}
  void step(const StepInput& input, Theta& theta, OptimizerState& optimizer_state,
            Random& random) const override {
    const auto batch = next_batch(input.data.size(), batch_size_, optimizer_state.epoch, random);
    thread_local Evaluation part;  // in memory that is there
    input.model.evaluate(theta, input.tau, input.data, batch, Wanted::sums, input.pool, part);
    const Layout& layout = input.model.layout();
    rates_.descend(layout, decayed_gradient(layout, part.gradient, theta, weight_decay_), theta);
  }

 private:
  Rates rates_;
  std::int64_t batch_size_;
  double weight_decay_;
};

}  // namespace

OptimizerType stochastic_gradient() {
  return {.id = "sgd",
          .label = "SGD",
          .help = "Gradient descent on a few points at a time: cheap, noisy steps.",
          .formula = "\\Delta\\theta=-\\eta\\,\\frac{\\partial J_B}{\\partial\\theta}",
          .parameters = {learning_rate_parameter(), batch_size_parameter(), weight_decay_parameter()},
          .needs = RuleNeed::mini_batches,
          .is_descent = true,
          .unavailable = [](const Model& model) { return model.batches_unavailable(); },
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<StochasticGradient>(config);
          }};
}

}  // namespace iem
