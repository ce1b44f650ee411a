// Retrieval drawn (core/labs/attention/model/retrieval.h).
#pragma once

#include "core/labs/attention/figures/list.h"
#include "core/labs/attention/model/retrieval.h"

namespace iem {

// Iso-lines of the energy of keys in the plane over the panel, and the orbit of a query (-1: none).
void add_retrieval(Figure& figure, Panel& panel, const Snapshot& snapshot, const AttentionVectors& now,
                   int query);

// Readings of the shown query as the state of a Hopfield network, while retrieval is drawn; else none.
std::vector<Reading> hopfield_readings(const Snapshot& snapshot, const View& view);

// A figure of retrieval alone with the orbits of all queries; that of the pinned one is emphasised.
Figure retrieval_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
