#include "core/optimize/em/accelerated_em.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>

#include "core/optimize/common.h"

namespace iem {
namespace {

constexpr Eigen::Index kMemory = 5;  // steps back

// From the states theta_k of the last steps and their f_k = M(theta_k) - theta_k: the mixture of them whose
// mixed f is smallest, theta + f - (dTheta + dF) g with g = argmin |f - dF g|. Where J would rise, a plain EM
// step is taken and the memory is cleared.
class Anderson : public Optimizer {
 public:
  explicit Anderson(double reg_covar) : reg_covar_(reg_covar) {}

  bool takes(const OptimizerState& memory, const StepInput& input) const override {
    const Eigen::MatrixXd& past = memory.sums;
    return past.size() == 0 ||
           (past.rows() == input.model.layout().size() && past.cols() <= 2 * kMemory && past.cols() % 2 == 0);
  }

  // The memory: a pair of columns a step, theta and f, the oldest first. It is void where anything but this
  // rule moves theta or J, as sums of earlier steps are.
  void step(const StepInput& input, Theta& theta, OptimizerState& optimizer_state, Random&) const override {
    Eigen::MatrixXd& past = optimizer_state.sums;
    thread_local Theta em, f, mixed;
    em_target_into(input, theta, reg_covar_, em);
    f = em - theta;
    if (past.rows() != theta.size()) past.resize(theta.size(), 0);
    mixed = em;
    const Eigen::Index k = past.cols() / 2;
    if (k > 0) mix(past, theta, f, mixed);
    input.model.project(mixed);
    const bool falls = k == 0 || (mixed.allFinite() && loss_at(input, mixed) <= input.full.loss);
    if (!falls) past.resize(theta.size(), 0);
    remember(past, theta, f);
    theta = falls ? mixed : em;
  }

 private:
  static void mix(const Eigen::MatrixXd& past, const Theta& theta, const Theta& f, Theta& mixed) {
    const Eigen::Index k = past.cols() / 2;
    thread_local Eigen::MatrixXd d_theta, d_f;
    thread_local Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr;
    thread_local Theta g;
    d_theta.resize(theta.size(), k);
    d_f.resize(theta.size(), k);
    for (Eigen::Index i = 0; i + 1 < k; ++i) {
      d_theta.col(i) = past.col(2 * i + 2) - past.col(2 * i);
      d_f.col(i) = past.col(2 * i + 3) - past.col(2 * i + 1);
    }
    d_theta.col(k - 1) = theta - past.col(2 * k - 2);
    d_f.col(k - 1) = f - past.col(2 * k - 1);
    g = qr.compute(d_f).solve(f);
    mixed = theta + f - (d_theta + d_f) * g;
  }

  static void remember(Eigen::MatrixXd& past, const Theta& theta, const Theta& f) {
    const bool full = past.cols() == 2 * kMemory;
    if (full)
      for (Eigen::Index i = 2; i < past.cols(); ++i) past.col(i - 2) = past.col(i);
    else
      past.conservativeResize(Eigen::NoChange, past.cols() + 2);
    past.col(past.cols() - 2) = theta;
    past.col(past.cols() - 1) = f;
  }

  static double loss_at(const StepInput& input, const Theta& theta) {
    thread_local Evaluation e;
    input.model.evaluate(theta, input.tau, input.data, {}, Wanted::sums, input.pool, e);
    return e.loss;  // a NaN does not count as a decrease
  }

  double reg_covar_;
};

}  // namespace

OptimizerType anderson() {
  return {
      .id = "anderson",
      .label = "Anderson",
      .help =
          "EM, mixed with its last five steps so that they lead to where EM would stand still; an EM step "
          "where J would rise.",
      .formula =
          "\\theta\\leftarrow\\theta+f-(\\Delta\\Theta+\\Delta F)\\,g,\\;g=\\arg\\min\\|f-\\Delta F g\\|",
      .parameters = {reg_covar_parameter()},
      .needs = RuleNeed::m_step,
      .unavailable = where_em_is_available,
      .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
        return std::make_unique<Anderson>(config.real("optimizer.reg_covar"));
      }};
}

}  // namespace iem
