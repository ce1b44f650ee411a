// Checks of the program's own claims: each compares a closed form with an independent computation and reports
// max |difference| / max(1, max |reference|) (math.md section 8).
#pragma once

#include <string>
#include <vector>

#include "core/run/problem.h"

namespace iem {

enum class CheckStatus { pass, fail, skip };
const char* status_name(CheckStatus status);

struct CheckResult {
  std::string id;         // "fisher"
  std::string statement;  // "dJ/dtheta = (1/N) sum r dd/dtheta"
  double error = 0;       // NaN when skipped
  double tolerance = 0;
  CheckStatus status = CheckStatus::skip;
  std::string reason;  // why it was skipped
  CheckWords words = {};
};

// Runs all checks of the lab on this state. Large data is sampled, so that it is quick enough for a window.
std::vector<CheckResult> run_checks(const Snapshot& snapshot);

}  // namespace iem
