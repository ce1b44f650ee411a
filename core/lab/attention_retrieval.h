// Retrieval: q <- sum_j alpha_j k_j again and again. Each pass forward is an E-step and the update that goes
// with it: with c = 1 / (tau sqrt(d_k)) it never raises the energy
//
//   E(q) = |q|^2 / 2 - (1/c) log sum_j exp(c q.k_j),
//
// whose gradient is q - sum_j alpha_j k_j (d/dq log sum_j exp(q.k_j) = sum_j alpha_j k_j).
#pragma once

#include "core/lab/attention_figures.h"

namespace iem {

double retrieval_energy(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c);
// The queries of `steps` passes, the first row where it starts.
Eigen::MatrixXd retrieval_orbit(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c,
                                int steps);

// Iso-lines of the energy of keys in the plane over the panel, and the orbit of a query (-1: none).
void add_retrieval(Figure& figure, Panel& panel, const Snapshot& snapshot, const AttentionVectors& now,
                   int query);

// The same alone, with the orbits of all queries; that of the pinned one stands out.
Figure retrieval_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
