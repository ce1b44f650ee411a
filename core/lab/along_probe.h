// A mixture of the plane as hypotheses on its probe line: points, means and weights projected onto the line's
// direction n, t = x . n; one common scale, the root of the weighted mean of n^T Sigma_j n.
#pragma once

#include "core/lab/lab.h"

namespace iem {

// One sentence why a run has no such reading; empty when it has.
std::string along_probe_unavailable(const Snapshot& snapshot);

// A scene of the activation lab that begins where the mixture is.
Scene along_probe(const Snapshot& snapshot, const View& view);

}  // namespace iem
