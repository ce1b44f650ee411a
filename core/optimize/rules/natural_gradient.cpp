#include "core/optimize/rules/natural_gradient.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class NaturalGradient : public Optimizer {
 public:
  NaturalGradient(double eta, double reg_covar) : eta_(eta), reg_covar_(reg_covar) {}
  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    thread_local Theta em, next;
    em_target_into(input, theta, reg_covar_, em);
    input.model.blend_moments_into(theta, em, eta_, next);
    theta = next;
  }

 private:
  double eta_, reg_covar_;
};

}  // namespace

OptimizerType natural_gradient() {
  return {.id = "natural",
          .label = "Natural",
          .help =
              "Part of an EM step in expectation parameters. Of a gaussian mixture that learns everything "
              "this is the "
              "natural gradient for the complete data, not for the mixture's own Fisher information.",
          .formula = "s\\leftarrow(1-\\eta)\\,s+\\eta\\,s^{\\mathrm{EM}}",
          .parameters = {learning_rate_parameter(), reg_covar_parameter()},
          .needs = RuleNeed::m_step,
          .relaxes_em = true,
          .unavailable = where_em_is_available,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<NaturalGradient>(config.real("optimizer.learning_rate"),
                                                     config.real("optimizer.reg_covar"));
          }};
}

}  // namespace iem
