#include "core/check/finite.h"

#include <cmath>

#include "core/run/fault.h"
#include "core/run/problem.h"

namespace iem {
namespace {

std::string lost_in_identity(const Snapshot& s) {
  if (!std::isnan(s.identity.largest_difference) || !s.model().responsibilities_unavailable().empty())
    return "";
  return s.setup->problem().lost_in_identity(s);
}

std::string what_is_lost(const Snapshot& s) {
  const std::string fault = fault_of(s.model(), s.state.theta, s.evaluation);
  if (!fault.empty() && fault != "loss" && fault != "gradient") return fault;
  if (std::string identity = lost_in_identity(s); !identity.empty()) return identity;
  if (fault == "gradient") return "dJ/dtheta";
  if (fault.empty()) return "";
  // J is the mean of -tau log Z, unless it is of another kind.
  const bool of_z = s.evaluation.statistics.rows() > 0 && s.model().responsibilities_unavailable().empty();
  return of_z ? "Z" : "J";
}

}  // namespace

std::string cannot_be_checked(const Snapshot& snapshot) {
  const std::string what = what_is_lost(snapshot);
  if (what.empty()) return "";
  return "cannot be checked: " + what +
         (what.ends_with('s') && what.size() > 1 && what != "dJ/ds" ? " are" : " is") + " not finite";
}

}  // namespace iem
