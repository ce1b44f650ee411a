// The program's claims, checked on itself: each check compares a closed form with an independent computation
// and reports max |difference| / max(1, max |reference|) (math.md section 8).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/run/snapshot.h"

namespace iem {

// One identity of a lab (Lab::checks).
struct IdentityCheck {
  std::string id, statement;
  double tolerance;
  std::string (*unavailable)(const Snapshot& snapshot);  // why it does not apply; empty: it does
  double (*error)(const Snapshot& snapshot);
};

enum class CheckStatus { pass, fail, skip };
const char* status_name(CheckStatus status);

struct CheckResult {
  std::string id;         // "fisher"
  std::string statement;  // "dJ/dtheta = (1/N) sum r dd/dtheta"
  double error = 0;       // NaN when skipped
  double tolerance = 0;
  CheckStatus status = CheckStatus::skip;
  std::string reason;  // why it was skipped
};

// The identities of the lab on this very state. Large data is sampled, so that it stays quick enough for a
// window.
std::vector<CheckResult> run_checks(const Snapshot& snapshot);

// The program's own promises on a scene: `threads`, `scrub`, `replay` over `steps` steps.
std::vector<CheckResult> run_program_checks(const Scene& scene, std::int64_t steps);

// What the scene claims of itself: `condition_1`, ... and `look_for`, the sentence with its numbers, which
// must have values; none for a scene that states neither. Takes as many steps as the conditions name; throws
// EvaluationStopped where `stopped` says so.
std::vector<CheckResult> run_condition_checks(const Scene& scene, const std::shared_ptr<ThreadPool>& pool,
                                              std::function<bool()> stopped = nullptr);

}  // namespace iem
