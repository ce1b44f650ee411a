// What several rules share: declarations of optimizer.* keys, memory that begins at zero, weight decay.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/optimize/optimizer.h"

namespace iem {

Parameter learning_rate_parameter();
// Keys of labs whose values or read-out have a learning rate of their own; the default is
// optimizer.learning_rate.
Parameter value_learning_rate_parameter();
Parameter readout_learning_rate_parameter();
Parameter reg_covar_parameter();
Parameter batch_size_parameter();
Parameter momentum_parameter();
Parameter eps_parameter();
Parameter weight_decay_parameter();

std::string always_available(const Model&);
std::string where_em_is_available(const Model& model);

// optimizer_state.vectors[index], made of `size` zeros if it does not exist yet.
Theta& memory(OptimizerState& optimizer_state, std::size_t index, Eigen::Index size);

// The learning rate of every block: optimizer.learning_rate, or the one its block names (Block::rate_key).
class Rates {
 public:
  explicit Rates(const Config& config);
  double of(const Block& block) const;
  // theta <- theta - rate direction, an expression of the length of theta.
  template <class Direction>
  void descend(const Layout& layout, const Eigen::MatrixBase<Direction>& direction, Theta& theta) const {
    for (const Block& block : layout.blocks())
      theta.segment(block.offset, block.size()) -=
          of(block) * direction.derived().segment(block.offset, block.size());
  }

 private:
  std::vector<std::pair<std::string, double>> rates_;
};

// Where EM goes from theta, into `next`, which is not theta.
void em_target_into(const StepInput& input, const Theta& theta, double reg_covar, Theta& next);

// dJ/dtheta + weight_decay theta over the learned entries: L2 regularisation as torch.optim has it. Valid
// until the next call on this thread.
const Theta& decayed_gradient(const Layout& layout, const Theta& gradient, const Theta& theta,
                              double weight_decay);

}  // namespace iem
