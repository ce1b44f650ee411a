// Numbers that the attention lab's figures share, computed once for each snapshot: maps of all queries and
// keys, and the learned transition matrix.
#pragma once

#include <Eigen/Core>
#include <limits>

#include "core/field/pool_cells.h"
#include "core/run/run.h"
#include "core/run/snapshot.h"

namespace iem {

struct AttentionDetail : LabDetail {
  AttentionDetail(std::int64_t queries, std::int64_t keys)
      : attention(queries, keys, kMostCells, kMasked),
        usefulness(queries, keys, kMostCells, kMasked) {}
  static constexpr std::int64_t kMostCells = 250;
  static constexpr double kMasked = std::numeric_limits<double>::quiet_NaN();  // what no query of it sees

  PooledCells attention, usefulness;  // alpha_ij; E_i[b] - b_ij
  double strong = 1;                  // what 99 of 100 cells of attention with something in them stay below
  Eigen::MatrixXd learned;            // of a chain: the mean prediction after each symbol; else empty
};

std::shared_ptr<const AttentionDetail> attention_detail(const Run& run);

}  // namespace iem
