#include "core/optimize/em/exact_em.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class ExactEm : public Optimizer {
 public:
  explicit ExactEm(double reg_covar) : reg_covar_(reg_covar) {}
  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    thread_local Theta next;
    em_target_into(input, theta, reg_covar_, next);
    theta.swap(next);
  }

 private:
  double reg_covar_;
};

}  // namespace

OptimizerType exact_em() {
  return {
      .id = "em",
      .label = "EM",
      .help =
          "Expectation-maximisation: each prototype jumps to the mean of the points it is responsible for, "
          "weighted or a median where the energy asks for it.",
      .formula = "\\theta\\leftarrow\\theta^{\\mathrm{EM}}",
      .parameters = {reg_covar_parameter()},
      .needs = RuleNeed::m_step,
      .unavailable = where_em_is_available,
      .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
        return std::make_unique<ExactEm>(config.real("optimizer.reg_covar"));
      }};
}

}  // namespace iem
