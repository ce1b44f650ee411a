#include "core/run/opening.h"

namespace iem {

std::shared_ptr<const Opening> opening_of(const Run& run) {
  return std::make_shared<const Opening>(Opening{run.shared_setup(), run.state().hash(), run.edits().size()});
}

bool is_as_opened(const Opening& opening, const Setup& setup, const RunState& state,
                  const std::vector<Edit>& edits) {
  return edits.size() == opening.edits && setup.config() == opening.setup->config() &&
         state.hash() == opening.hash;
}

}  // namespace iem
