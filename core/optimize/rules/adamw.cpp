#include "core/optimize/rules/adamw.h"

#include "core/optimize/common.h"
#include "core/optimize/rules/adam.h"

namespace iem {
namespace {

class AdamW : public Optimizer {
 public:
  explicit AdamW(const Config& config)
      : settings_(config),
        weight_decay_(config.real("optimizer.weight_decay")) {}
  void step(const StepInput& input, Theta& theta, OptimizerState& optimizer_state, Random&) const override {
    for (const Block& block : input.model.layout().blocks())
      if (block.learned)
        theta.segment(block.offset, block.size()) *= 1 - settings_.rates.of(block) * weight_decay_;
    adam_update(settings_, input.model.layout(), input.full.gradient, theta, optimizer_state);
  }

 private:
  AdamSettings settings_;
  double weight_decay_;
};

}  // namespace

OptimizerType adamw() {
  return {.id = "adamw",
          .label = "AdamW",
          .help = "Adam whose weight decay is a step of its own and not part of the gradient.",
          .formula =
              "\\Delta\\theta=-\\eta\\left(\\omega\\theta+\\frac{\\hat m}{\\sqrt{\\hat v}+\\epsilon}\\right)",
          .parameters = adam_parameters(0.01),
          .decay_in_formula = true,
          .unavailable = always_available,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<AdamW>(config);
          }};
}

}  // namespace iem
