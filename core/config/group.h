// The groups of the control panel, one line of a table each. A group says where a key is shown and nothing
// else; what a change of the key does is said by its Effect.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace iem {

enum class Group : std::uint8_t {
  scene,  // shown nowhere
  hypotheses,
  energy,
  statistic,
  data,
  model,
  objective,
  learning,
  schedule,
  compare,
  view
};

struct GroupType {
  Group group;
  std::string_view id;     // stable: settings remember by it what is folded
  std::string_view label;  // "Learning rule"
  bool learns = false;     // it has no use without points to learn from
  bool folded = false;     // at first, where the panel is not tall
};

// In the order of the panel, which is that of the mathematics.
std::span<const GroupType> group_types();
// The line of the table for `group`; Group::scene has none.
const GroupType& type_of(Group group);

}  // namespace iem
