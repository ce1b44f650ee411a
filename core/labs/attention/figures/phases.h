// One update of an attention head in phases: the weights of a query, its output, the error, and the changes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/phases/phases.h"

namespace iem {

std::vector<Phase> attention_phases(const Snapshot& snapshot, int query);

// All of them, by id and label: choices of view.phase.
const std::vector<std::pair<std::string, std::string>>& attention_phase_names();

// The places of things on a stage: the shown query and every key; and, where values lie in the same plane,
// the values, the point at which the sum of the query's output begins, and the tip of every value now and
// after the step.
struct AttentionPlaces {
  Eigen::Vector2d query{0, 0};
  std::vector<Eigen::Vector2d> keys;
  std::vector<Eigen::Vector2d> values;  // empty: they do not lie there
  Eigen::Vector2d origin{0, 0};
  std::vector<Eigen::Vector2d> tips, next_tips;
};
void add_attention_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                         const PhaseInView& phases, const AttentionPlaces& places);

}  // namespace iem
