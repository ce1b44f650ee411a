#include "core/optimize/em/incremental_em.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/optimize/common.h"
#include "core/optimize/mini_batch.h"

namespace iem {
namespace {

class IncrementalEm : public Optimizer {
 public:
  IncrementalEm(std::int64_t batch_size, double reg_covar) : batch_size_(batch_size), reg_covar_(reg_covar) {}
  void step(const StepInput& input, Theta& theta, OptimizerState& optimizer_state,
            Random& random) const override;
  bool takes(const OptimizerState& memory, const StepInput& input) const override;

 private:
  std::int64_t batch_size_;
  double reg_covar_;
};

// E-step on one of the fixed batches; its statistics replace those in its rows of optimizer_state.sums.
void refresh(const StepInput& input, const Theta& theta, std::int64_t batch,
             OptimizerState& optimizer_state) {
  const Epoch& epoch = optimizer_state.epoch;
  const std::int64_t first = batch * epoch.batch, count = std::min(epoch.batch, epoch.points - first);
  const auto points =
      epoch_order(epoch).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
  thread_local Evaluation part;
  input.model.evaluate(theta, input.tau, input.data, points, Wanted::sums, input.pool, part);
  const Eigen::Index k = part.statistics.rows();
  optimizer_state.sums.middleRows(batch * k, k) = part.statistics;
}

void IncrementalEm::step(const StepInput& input, Theta& theta, OptimizerState& optimizer_state,
                         Random& random) const {
  const Eigen::Index n = input.data.size(), k = input.full.statistics.rows();
  const std::int64_t batches = (n + batch_size_ - 1) / batch_size_;
  Epoch& epoch = optimizer_state.epoch;
  if (optimizer_state.sums.size() == 0 || epoch.points != n || epoch.batch != batch_size_) {
    epoch = {random.bits(), n, 0, batch_size_};
    optimizer_state.sums.resize(batches * k, input.full.statistics.cols());
    for (std::int64_t batch = 0; batch < batches; ++batch) refresh(input, theta, batch, optimizer_state);
  } else {
    refresh(input, theta, epoch.position, optimizer_state);
    epoch.position = (epoch.position + 1) % batches;
  }

  thread_local Evaluation all;
  thread_local Theta next;
  all.statistics.setZero(k, optimizer_state.sums.cols());
  for (std::int64_t batch = 0; batch < batches; ++batch)
    all.statistics += optimizer_state.sums.middleRows(batch * k, k);
  input.model.em_step_into(theta, input.data, all, reg_covar_, next);
  for (std::int64_t batch = 0; batch < batches; ++batch)
    input.model.move_statistics(theta, next, optimizer_state.sums.middleRows(batch * k, k));
  theta = next;
}

// Sums of batches of another size are made anew before anything is read from them.
bool IncrementalEm::takes(const OptimizerState& memory, const StepInput& input) const {
  const Epoch& epoch = memory.epoch;
  if (memory.sums.size() == 0 || epoch.points != input.data.size() || epoch.batch != batch_size_) return true;
  const std::int64_t batches = (epoch.points + batch_size_ - 1) / batch_size_;
  return epoch.position < batches && memory.sums.rows() == batches * input.full.statistics.rows() &&
         memory.sums.cols() == input.full.statistics.cols();
}

std::string where_sums_are_enough(const Model& model) {
  if (const std::string reason = model.em_unavailable(); !reason.empty()) return reason;
  if (!model.statistics_move())
    return "This M-step has no sufficient statistics that could be corrected batch by batch; use em.";
  return "";
}

}  // namespace

OptimizerType incremental_em() {
  return {.id = "incremental_em",
          .label = "Incremental EM",
          .help = "EM that looks at a few points at a time and remembers what the others said.",
          .formula = "S\\leftarrow S-S_B^{\\mathrm{old}}+S_B^{\\mathrm{new}}",
          .parameters = {batch_size_parameter(), reg_covar_parameter()},
          .needs = RuleNeed::point_sums,
          .unavailable = where_sums_are_enough,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<IncrementalEm>(config.integer("optimizer.batch_size"),
                                                   config.real("optimizer.reg_covar"));
          }};
}

}  // namespace iem
