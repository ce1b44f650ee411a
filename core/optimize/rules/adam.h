// Adam, as torch.optim.Adam: m and v are running means of g and g^2, corrected for having begun at zero,
//   theta <- theta - eta/(1 - beta1^t) * m / (sqrt v / sqrt(1 - beta2^t) + eps).
// Kingma & Ba 2015. t is counted for each entry, so that one whose memory is cleared really begins anew.
#pragma once

#include "core/optimize/common.h"

namespace iem {

OptimizerType adam();

// Shared by adam and adamw: the keys that both read, and the update for a given gradient.
struct AdamSettings {
  explicit AdamSettings(const Config& config);
  Rates rates;
  double beta1, beta2, eps;
};
std::vector<Parameter> adam_parameters(double weight_decay);
void adam_update(const AdamSettings& settings, const Layout& layout, const Theta& gradient, Theta& theta,
                 OptimizerState& optimizer_state);

}  // namespace iem
