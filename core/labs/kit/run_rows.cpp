#include "core/labs/kit/run_rows.h"

namespace iem {
namespace {

// "Adam, learning rate 0.1" without what the name beside it says already.
std::string beside_name(const std::string& name, const std::string& differs) {
  if (differs == name) return {};
  const std::string said = name + ", ";
  return !name.empty() && differs.starts_with(said) ? differs.substr(said.size()) : differs;
}

}  // namespace

std::vector<RunRow> run_rows(const Snapshot& s) {
  std::vector<RunRow> rows = {{.name = s.name.empty() ? "this run" : s.name,
                               .setup = s.setup.get(),
                               .history = &s.history,
                               .now = &s.evaluation,
                               .divergence = s.divergence ? &*s.divergence : nullptr,
                               .step = s.state.step,
                               .mark = s.mark}};
  for (const ComparedRun& run : s.lanes)
    rows.push_back({.name = run.label,
                    .differs = beside_name(run.label, run.differs),
                    .setup = run.setup.get(),
                    .history = &run.history,
                    .now = &run.evaluation,
                    .divergence = run.divergence ? &*run.divergence : nullptr,
                    .step = run.state.step,
                    .mark = run.mark,
                    .kept = run.kept,
                    .shown = run.shown});
  return rows;
}

}  // namespace iem
