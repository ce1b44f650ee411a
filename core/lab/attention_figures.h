// The attention lab's figures, each a function of a snapshot and a view.
#pragma once

#include "core/lab/lab.h"
#include "core/model/attention.h"

namespace iem {

struct AttentionFigure {
  FigureType type;
  Figure (*make)(const Snapshot& snapshot, const View& view);
};

// In the order they are offered. Adding one: a function, and its line in attention_figures.cpp.
const std::vector<AttentionFigure>& attention_figures();

inline const Attention& attention_of(const Snapshot& snapshot) {
  return static_cast<const Attention&>(snapshot.model());
}

// The rows of some queries at the snapshot's state.
AttentionRows rows_of(const Snapshot& snapshot, std::vector<Eigen::Index> queries);

Figure attention_loss_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
