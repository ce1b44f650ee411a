// A mixture of the plane as hypotheses on its probe line x(z) = a + z n, n the line's direction, z = x . n.
//
// Along the line the energy of a gaussian component is a parabola whatever its covariance,
//   d_j(z) = (z - z_j)^2 / (2 s_j^2) + e_j,   1/s_j^2 = n^T Sigma_j^-1 n,
// and that of a t component p log(1 + (z - z_j)^2/(nu s_j^2)) + e_j with p = (nu + 2)/2 and a wider s_j: each
// is a prototype at z_j with a width of its own, and e_j goes into its weight. What it says is mu_j . n. So
// responsibilities, posterior mean and every other statistic are the mixture's own, for every temperature.
// The other energies leave their own kind where the line passes a component at a distance; they are replaced
// by one of the same kernel with the same lowest energy and the same width one unit above it, and how far
// the posterior mean is off is measured.
#pragma once

#include "core/labs/kit/bridge.h"

namespace iem {

// One sentence why a run has no such reading; empty when it has.
std::string along_probe_unavailable(const Snapshot& snapshot);

struct AlongProbe {
  Scene scene;  // of the activation lab; it begins where the mixture is
  // The largest difference of the posterior means over the line, both as they are computed; rounding for
  // the gaussian and the t.
  double error = 0;
};

AlongProbe along_probe(const Snapshot& snapshot, const View& view);

// The same for everybody who has only the list of bridges.
const Bridge& along_probe_bridge();

}  // namespace iem
