#include "core/check/check.h"

#include <cmath>
#include <limits>

#include "core/check/finite.h"
#include "core/run/divergence.h"
#include "core/run/fault.h"
#include "core/run/problem.h"

namespace iem {

const char* status_name(CheckStatus status) {
  switch (status) {
    case CheckStatus::pass: return "pass";
    case CheckStatus::fail: return "fail";
    case CheckStatus::skip: return "skip";
  }
  return "";
}

std::vector<CheckResult> run_checks(const Snapshot& snapshot) {
  std::vector<CheckResult> results;
  const std::string lost = cannot_be_checked(snapshot);
  // A run reports a state that is not finite as a divergence. If it takes the state to be finite and a number
  // in it is not, the program is at fault.
  const bool unnoticed =
      !is_broken(snapshot) && !fault_of(snapshot.model(), snapshot.state.theta, snapshot.evaluation).empty();
  for (const IdentityCheck& check : snapshot.setup->problem().checks()) {
    CheckResult result{check.id,        check.statement,   std::numeric_limits<double>::quiet_NaN(),
                       check.tolerance, CheckStatus::skip, lost,
                       check.words};
    if (unnoticed) result.status = CheckStatus::fail;
    if (result.reason.empty()) result.reason = check.unavailable(snapshot);
    if (result.reason.empty()) {
      result.error = check.error(snapshot);
      // This comparison is false for NaN, so that NaN fails.
      result.status = result.error <= result.tolerance ? CheckStatus::pass : CheckStatus::fail;
    }
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace iem
