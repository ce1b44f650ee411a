#include "core/run/opening.h"

#include <algorithm>

namespace iem {

std::shared_ptr<const Opening> opening_of(const Run& run) {
  return std::make_shared<const Opening>(Opening{run.shared_setup(), run.state().hash(), run.edits().size()});
}

bool is_as_opened(const Opening& opening, const Setup& setup, const RunState& state,
                  const std::vector<Edit>& edits, std::size_t beside) {
  return edits.size() == opening.edits && setup.config() == opening.setup->config() &&
         state.hash() == opening.hash && beside <= runs_beside(opening.setup->scene.compare);
}

std::size_t runs_beside(const std::vector<RunSpec>& compare) {
  return static_cast<std::size_t>(
      std::ranges::count_if(compare, [](const RunSpec& spec) { return !spec.is_future(); }));
}

}  // namespace iem
