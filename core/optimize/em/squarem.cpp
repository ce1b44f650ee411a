#include "core/optimize/em/accelerated_em.h"

#include <algorithm>
#include <cmath>

#include "core/optimize/common.h"

namespace iem {
namespace {

// With r = M(theta) - theta and v = M(M(theta)) - M(theta) - r, theta - 2 a r + a^2 v, a = -|r|/|v|; then one
// EM step from there. a = -1 is M(M(theta)): where J would rise, a goes half of the way to that. Three EM
// steps in all.
class Squarem : public Optimizer {
 public:
  explicit Squarem(double reg_covar) : reg_covar_(reg_covar) {}

  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    thread_local Theta once, twice, r, v, far;
    thread_local Evaluation at_twice, at_far;  // the latter at `once` first
    em_target_into(input, theta, reg_covar_, once);
    evaluate(input, once, at_far);
    em_from(input, once, at_far, twice);
    r = once - theta;
    v = (twice - once) - r;
    double a = v.norm() > 0 ? std::min(-1.0, -r.norm() / v.norm()) : -1.0;
    evaluate(input, twice, at_twice);
    for (int tries = 0; tries < kMostTries && a < -1; ++tries, a = 0.5 * (a - 1)) {
      far = theta - 2 * a * r + a * a * v;
      input.model.project(far);
      if (!far.allFinite()) continue;
      evaluate(input, far, at_far);
      if (!std::isfinite(at_far.loss) || at_far.loss > at_twice.loss) continue;
      em_from(input, far, at_far, theta);
      return;
    }
    em_from(input, twice, at_twice, theta);
  }

 private:
  static constexpr int kMostTries = 8;

  static void evaluate(const StepInput& input, const Theta& theta, Evaluation& out) {
    input.model.evaluate(theta, input.tau, input.data, {}, Wanted::sums, input.pool, out);
  }
  void em_from(const StepInput& input, const Theta& theta, const Evaluation& at, Theta& next) const {
    input.model.em_target_into(theta, input.tau, input.data, at, reg_covar_, input.pool, next);
  }

  double reg_covar_;
};

}  // namespace

OptimizerType squarem() {
  return {.id = "squarem",
          .label = "SQUAREM",
          .help =
              "EM, extrapolated along its last two steps as far as J falls: three EM steps at once that lead "
              "farther where EM is slow.",
          .formula = "\\theta\\leftarrow M(\\theta-2a\\,r+a^2v),\\;a=-\\|r\\|/\\|v\\|",
          .parameters = {reg_covar_parameter()},
          .needs = RuleNeed::m_step,
          .unavailable = where_em_is_available,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Squarem>(config.real("optimizer.reg_covar"));
          }};
}

}  // namespace iem
