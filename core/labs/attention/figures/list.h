// The attention lab's figures, each a function of a snapshot and a view.
#pragma once

#include <vector>

#include "core/labs/attention/model/attention.h"
#include "core/labs/kit/figure_parts.h"

namespace iem {

// In the order they are offered. Adding one: a function, and its line in list.cpp.
const std::vector<FigureType>& attention_figures();

// The view keys that choose which of them are shown.
std::vector<Parameter> attention_view_parameters();

inline const Attention& attention_of(const Snapshot& snapshot) {
  return static_cast<const Attention&>(snapshot.model());
}

// The rows of some queries at the snapshot's state.
AttentionRows rows_of(const Snapshot& snapshot, std::vector<Eigen::Index> queries);

// The query and the key that are looked at: under the pointer, on the stage or in a map; else the pinned
// query, and no key. -1: none.
int shown_query(const Snapshot& snapshot, const View& view);
int shown_key(const Snapshot& snapshot, const View& view);

// Widens a panel whose points lie in a thin strip, so that there is room for names and for the shape of a
// page.
void widen_strip(Panel& panel);

// The legend of the gauges beside keys.
Legend gauge_legend();

// stage.cpp
Figure attention_stage_figure(const Snapshot& snapshot, const View& view);
// values.cpp
// The stage of keys that are no points of the plane: their first two principal components, and lines from the
// pinned query to the keys it attends to most.
Figure projected_stage_figure(const Snapshot& snapshot, const View& view, std::size_t most_lines);
Figure attention_values_figure(const Snapshot& snapshot, const View& view);
// maps.cpp
Figure attention_map_figure(const Snapshot& snapshot, const View& view);
Figure advantage_figure(const Snapshot& snapshot, const View& view);
Figure transition_figure(const Snapshot& snapshot, const View& view);
// laws.cpp
Figure routing_law_figure(const Snapshot& snapshot, const View& view);
Figure value_law_figure(const Snapshot& snapshot, const View& view);
// curves.cpp
Figure attention_loss_figure(const Snapshot& snapshot, const View& view);
Figure predictive_entropy_figure(const Snapshot& snapshot, const View& view);
Figure timescales_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
