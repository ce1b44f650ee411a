// For sweeps over all figures, of which none asks how fine the atlas of starts is or where its starts end:
// its map runs thousands of them for a hundred steps, and costs more than all other figures together.
#pragma once

#include <cstdint>

#include "core/config/config.h"

namespace iem::test {

// The same with as few starts as a map may have, of a few steps each; without effect in labs that have no
// atlas.
inline Config with_small_atlas(Config config) {
  if (config.table().find("view.atlas_size") == nullptr) return config;
  config.set("view.atlas_size", std::int64_t{8});
  config.set("view.atlas_steps", std::int64_t{10});
  return config;
}

}  // namespace iem::test
