#include "core/labs/neighbours/toys/list.h"

#include <algorithm>

#include "core/base/check.h"

namespace iem {

// clang-format off
#define IEM_TOYS(toy) \
  toy(margins) \
  toy(simplex_kl) \
  toy(wind_tunnel) \
  toy(relu_1d) \
  toy(group_nets) \
  toy(self_penalty) \
  toy(equilibrium) \
  toy(fenchel_young) \
  toy(grad_spread)
// clang-format on

#define IEM_DECLARED(name) ToyType name##_toy();
IEM_TOYS(IEM_DECLARED)
#undef IEM_DECLARED

const std::vector<ToyType>& toys() {
#define IEM_MADE(name) name##_toy(),
  static const std::vector<ToyType> all = {IEM_TOYS(IEM_MADE)};
#undef IEM_MADE
  return all;
}

const ToyType& toy_in(const Config& config) {
  const auto found = std::ranges::find(toys(), config.text("model.toy"), &ToyType::id);
  IEM_CHECK(found != toys().end());
  return *found;
}

}  // namespace iem
