// For sweeps over all figures, of which none asks how fine the atlas of starts is: its map runs thousands of
// starts to their ends, and costs more than all other figures together.
#pragma once

#include <cstdint>

#include "core/config/config.h"

namespace iem::test {

// The same with as few starts as a map may have; without effect in labs that have no atlas.
inline Config with_small_atlas(Config config) {
  if (config.table().find("view.atlas_size") != nullptr) config.set("view.atlas_size", std::int64_t{8});
  return config;
}

}  // namespace iem::test
