// Mini-batches without replacement: in each epoch every point is used once, in an order drawn from the batch
// stream; the last batch is what remains (as torch.utils.data.DataLoader with shuffle, drop_last off).
#pragma once

#include <Eigen/Core>
#include <span>

#include "core/optimize/optimizer.h"

namespace iem {

// The points of an epoch in their order: the permutation of 0..epoch.points-1 that belongs to its seed
// (Fisher-Yates). Valid until this thread asks for another epoch's.
std::span<const Eigen::Index> epoch_order(const Epoch& epoch);

// The next `size` points, or as many as the epoch still has; a new epoch begins when none are left.
std::span<const Eigen::Index> next_batch(Eigen::Index points, std::int64_t size, Epoch& epoch,
                                         Random& random);

}  // namespace iem
