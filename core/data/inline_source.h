// Points written into the scene: data.points, with optional data.labels.
#pragma once

#include "core/data/source.h"

namespace iem {

DataSource inline_source();

}  // namespace iem
