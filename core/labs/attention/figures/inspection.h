// One update of attention written out for one query, phase by phase, with its numbers plugged in: scores,
// softmax, outputs, loss, u, b, advantage, score gradient, value gradient, update.
#pragma once

#include "core/labs/kit/inspection.h"
#include "core/run/snapshot.h"

namespace iem {

// `key` is the key whose formulas are written out; -1: the one that is attended to most.
Inspection inspect_query(const Snapshot& snapshot, int query, int key);

}  // namespace iem
