// A run's figures with other runs beside it.
#pragma once

#include <string>
#include <vector>

#include "core/run/comparison.h"

namespace iem::testing {

// The run under each of these rules that fits it, as far as the run is known and at its step.
inline std::vector<ComparedRun> other_rules(const iem::Run& run, const std::vector<std::string>& methods) {
  Comparison runs(run);
  for (const RunSpec& spec : rule_specs(run, methods)) runs.add(spec);
  return runs.compared();
}

}  // namespace iem::testing
