#include "core/optimize/common.h"

namespace iem {

Parameter learning_rate_parameter() {
  return {.key = "optimizer.learning_rate",
          .group = Group::learning,
          .label = "Learning rate",
          .symbol = "\\eta",
          .help = "Length of a gradient step: how far the parameters move along the negative gradient.",
          .fallback = 0.1,
          .min = 0,
          .slider_min = 1e-3,
          .slider_max = 10,
          .logarithmic = true};
}

Parameter reg_covar_parameter() {
  return {.key = "optimizer.reg_covar",
          .group = Group::learning,
          .label = "Regularisation",
          .symbol = "\\epsilon",
          .help = "Added to the diagonal of each covariance in the M-step, so that none becomes singular.",
          .fallback = 1e-6,
          .min = 0,
          .slider_min = 1e-9,
          .slider_max = 1e-1,
          .logarithmic = true,
          .advanced = true};
}

}  // namespace iem
