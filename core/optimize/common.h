// What several rules share: declarations of optimizer.* keys, memory that begins at zero, weight decay.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

Parameter learning_rate_parameter();
Parameter reg_covar_parameter();
Parameter batch_size_parameter();
Parameter momentum_parameter();
Parameter eps_parameter();
Parameter weight_decay_parameter();

std::string always_available(const Model&);
std::string where_em_is_available(const Model& model);

// The vector slots.vectors[index] of the length of theta; zeros when there was none.
Theta& memory(Slots& slots, std::size_t index, Eigen::Index size);

// Where EM goes from theta.
Theta em_target(const StepInput& input, const Theta& theta, double reg_covar);

// dJ/dtheta + weight_decay theta over the learned entries: L2 regularisation as torch.optim has it.
Theta decayed_gradient(const StepInput& input, const Theta& theta, double weight_decay);

}  // namespace iem
