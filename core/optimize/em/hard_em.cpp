#include "core/optimize/em/hard_em.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class HardEm : public Optimizer {
 public:
  explicit HardEm(double reg_covar) : reg_covar_(reg_covar) {}
  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    const bool by_rows = input.model.em_needs_rows();
    thread_local Evaluation sums;  // rows take memory that is not to be kept
    thread_local Theta next;
    Evaluation rows;
    Evaluation& hard = by_rows ? rows : sums;
    input.model.evaluate(theta, input.tau, input.data, {}, by_rows ? Wanted::hard_rows : Wanted::hard_sums,
                         input.pool, hard);
    input.model.em_step_into(theta, input.data, hard, reg_covar_, next);
    theta = next;
  }

 private:
  double reg_covar_;
};

}  // namespace

OptimizerType hard_em() {
  return {.id = "hard_em",
          .label = "Hard EM",
          .help =
              "EM with winner takes all: each point counts for its nearest prototype only. With equal round "
              "covariances and equal weights this is k-means.",
          .formula = "r_{ij}\\leftarrow[\\,j=\\mathrm{argmin}_k\\,d_{ik}\\,]",
          .parameters = {reg_covar_parameter()},
          .needs = RuleNeed::m_step,
          .unavailable = where_em_is_available,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<HardEm>(config.real("optimizer.reg_covar"));
          }};
}

}  // namespace iem
