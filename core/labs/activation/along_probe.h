// A mixture of the plane as hypotheses on its probe line x(z) = a + z n, n the line's direction, z = x . n.
//
// Along the line the energy of a gaussian component is a parabola whatever its covariance,
//   d_j(z) = (z - z_j)^2 / (2 s_j^2) + e_j,   1/s_j^2 = n^T Sigma_j^-1 n,
// and that of a t component p log(1 + (z - z_j)^2/(nu s_j^2)) + e_j with p = (nu + 2)/2 and a wider s_j: each
// is a prototype at z_j with a width of its own, and e_j goes into its weight. The value g of that hypothesis
// is mu_j . n. So responsibilities, posterior mean and every other statistic are exactly those of the
// mixture, at every temperature. With other energies, a line that passes a component at a distance sees
// another function of z than the kernel. It is replaced by the kernel with the same lowest energy and the
// same width one unit above it, and the resulting error of the posterior mean is measured.
#pragma once

#include "core/labs/kit/bridge.h"

namespace iem {

struct AlongProbe {
  Scene scene;  // of the activation lab; it begins where the mixture is
  // The largest difference over the line between the posterior means of the mixture and of the activation
  // lab, as each computes it; rounding only for the gaussian and the t.
  double error = 0;
};

AlongProbe along_probe(const Snapshot& snapshot, const View& view);

// The same as an entry of the list of bridges (core/labs/registry.h).
const Bridge& along_probe_bridge();

}  // namespace iem
