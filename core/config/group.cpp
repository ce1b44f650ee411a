#include "core/config/group.h"

#include <algorithm>
#include <array>

#include "core/base/check.h"

namespace iem {
namespace {

constexpr std::array<GroupType, 10> kGroupTypes = {{
    {Group::hypotheses, "hypotheses", "Hypotheses"},
    {Group::energy, "energy", "Energy"},
    {Group::statistic, "statistic", "Statistic"},
    {Group::data, "data", "Data"},
    {Group::model, "model", "Model"},
    {Group::objective, "objective", "Objective", true},
    {Group::learning, "learning", "Learning rule", true},
    {Group::compare, "compare", "Compare"},
    {Group::schedule, "schedule", "Schedule", true, true},
    {Group::view, "view", "View", false, true},
}};

}  // namespace

std::span<const GroupType> group_types() { return kGroupTypes; }

const GroupType& type_of(Group group) {
  const auto* found = std::ranges::find(kGroupTypes, group, &GroupType::group);
  IEM_CHECK(found != kGroupTypes.end());
  return *found;
}

}  // namespace iem
