// One update of an attention head in phases: where a query looks, what it reads, how wrong that is, and what
// moves.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/phases/phases.h"

namespace iem {

std::vector<Phase> attention_phases(const Snapshot& snapshot, int query);

// All of them, by id and label: choices of view.phase.
const std::vector<std::pair<std::string, std::string>>& attention_phase_names();

// Where things are on a stage: the query that is shown and every key; and, where values lie in the same
// plane, the values, where the reading of the query begins, and the tip of every value now and after the
// step.
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
