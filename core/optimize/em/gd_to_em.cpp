#include "core/optimize/em/gd_to_em.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class GdToEm : public Optimizer {
 public:
  GdToEm(double eta, double lambda, double reg_covar) : eta_(eta), lambda_(lambda), reg_covar_(reg_covar) {}
  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    thread_local Theta descended, em;
    descended = theta - eta_ * input.full.gradient;
    em_target_into(input, theta, reg_covar_, em);
    input.model.blend_into(descended, em, lambda_, theta);
  }

 private:
  double eta_, lambda_, reg_covar_;
};

Parameter blend() {
  return {.key = "optimizer.blend",
          .group = Group::learning,
          .label = "Blend",
          .symbol = "\\lambda",
          .help = "0 is gradient descent exactly, 1 is EM exactly.",
          .default_value = 0.0,
          .min = 0,
          .max = 1,
          .slider_min = 0,
          .slider_max = 1};
}

// A key that only one end of the blend reads has no effect at the other end, lambda = `end`.
Parameter unless_at(double end, Parameter parameter, std::string reason) {
  parameter.unavailable = [end, reason = std::move(reason)](const Config& config) {
    return config.real("optimizer.blend") == end ? reason : std::string();
  };
  parameter.switched_by = {"optimizer.blend"};
  return parameter;
}

}  // namespace

OptimizerType gd_to_em() {
  return {
      .id = "gd_to_em",
      .label = "GD to EM",
      .help =
          "A slider from gradient descent to EM: the arrows turn and stretch until they meet the EM targets.",
      .formula = "\\theta\\leftarrow(1-\\lambda)\\,\\theta^{\\mathrm{GD}}+\\lambda\\,\\theta^{\\mathrm{EM}}",
      .parameters = {blend(),
                     unless_at(1, learning_rate_parameter(),
                               "At blend 1 the gradient has no share in a step."),
                     unless_at(0, reg_covar_parameter(), "At blend 0 the M-step has no share in a step.")},
      .needs = RuleNeed::m_step,
      .unavailable = where_em_is_available,
      .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
        return std::make_unique<GdToEm>(config.real("optimizer.learning_rate"),
                                        config.real("optimizer.blend"), config.real("optimizer.reg_covar"));
      }};
}

}  // namespace iem
