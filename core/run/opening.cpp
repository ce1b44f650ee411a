#include "core/run/opening.h"

#include <utility>

#include "core/run/comparison.h"

namespace iem {

std::shared_ptr<const Opening> opening_of(const Run& run) {
  return std::make_shared<const Opening>(Opening{run.shared_setup(), run.state().hash(), run.edits().size()});
}

bool is_as_opened(const Opening& opening, const Setup& setup, const RunState& state,
                  const std::vector<Edit>& edits, bool beside_as_opened) {
  return edits.size() == opening.edits && setup.config() == opening.setup->config() &&
         state.hash() == opening.hash && beside_as_opened;
}

// What is asked of the other runs, with the values that their settings have in them: those of a table may be
// whole numbers where a restart has others. Futures are not asked for.
std::vector<Comparison::Asked> Comparison::asked_beside() const {
  std::vector<Asked> out;
  for (std::size_t i = 1; i < size(); ++i) {
    const RunSpec& spec = entries_[i].spec;
    if (spec.is_future()) continue;
    Asked asked{spec.name, spec.seeds, {}, spec.edits};
    for (const Edit& said : spec.settings)
      asked.settings.push_back({said.key, entries_[i].run.origin().config.value(said.key), 0});
    out.push_back(std::move(asked));
  }
  return out;
}

}  // namespace iem
