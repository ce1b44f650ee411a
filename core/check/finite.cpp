#include "core/check/finite.h"

#include <cmath>

#include "core/labs/attention/model/attention.h"
#include "core/run/fault.h"

namespace iem {
namespace {

// What the identity is about where it came to nothing: of attention the scores or what is made of them.
std::string lost_in_identity(const Snapshot& s) {
  if (!std::isnan(s.identity.largest_difference) || !s.model().responsibilities_unavailable().empty())
    return "";
  const auto* attention = dynamic_cast<const Attention*>(&s.model());
  if (!attention) return "Z";
  const AttentionRows rows = attention->rows(s.state.theta, s.temperature, s.data(), s.identity.points);
  for (std::size_t i = 0; i < s.identity.points.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    if (!rows.scores.row(row).head(attention->visible(s.identity.points[i])).allFinite()) return "s";
  }
  return rows.attention.allFinite() ? "dJ/ds" : "Z";
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
