#include "core/labs/registry.h"

#include <algorithm>

namespace iem {

// The labs, in the order of their tabs. Adding one: its room, and its name in this list; mixture is what
// mixture_lab() returns.
// clang-format off
#define IEM_LABS(lab) \
  lab(mixture) \
  lab(activation) \
  lab(attention) \
  lab(classifier) \
  lab(layer) \
  lab(neighbours)
// clang-format on

#define IEM_DECLARED(name) const Lab& name##_lab();
IEM_LABS(IEM_DECLARED)
#undef IEM_DECLARED

const std::vector<const Lab*>& labs() {
#define IEM_ADDRESS(name) &name##_lab(),
  static const std::vector<const Lab*> all = {IEM_LABS(IEM_ADDRESS)};
#undef IEM_ADDRESS
  return all;
}

// The bridges between labs; along_probe is what along_probe_bridge() returns.
// clang-format off
#define IEM_BRIDGES(bridge) \
  bridge(along_probe) \
  bridge(known_queries) \
  bridge(with_labels) \
  bridge(forget_labels)
// clang-format on

#define IEM_DECLARED(name) const Bridge& name##_bridge();
IEM_BRIDGES(IEM_DECLARED)
#undef IEM_DECLARED

const std::vector<const Bridge*>& bridges() {
#define IEM_ADDRESS(name) &name##_bridge(),
  static const std::vector<const Bridge*> all = {IEM_BRIDGES(IEM_ADDRESS)};
#undef IEM_ADDRESS
  return all;
}

const Lab* find_lab(const std::string& id) {
  const auto found = std::ranges::find(labs(), id, &Lab::id);
  return found == labs().end() ? nullptr : *found;
}

}  // namespace iem
