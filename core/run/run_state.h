// Everything that changes from step to step: a copyable, hashable value without pointers.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/random.h"
#include "core/model/layout.h"
#include "core/optimize/optimizer.h"

namespace iem {

struct RunState {
  std::int64_t step = 0;
  Theta theta;
  Theta previous;  // theta before the last update, of models that report drifts; else empty. Not hashed.
  OptimizerState optimizer_state;
  Random batch_random;  // mini-batches
  Random init_random;   // initialisation, and new components later on

  bool same_bits(const RunState& other) const;  // bit for bit in everything, `previous` included
  std::uint64_t hash() const;                   // over parameters, optimiser memory, generators and step
  std::size_t bytes() const;                    // memory, for the timeline's budget
};

}  // namespace iem
