// What holds of every table that is accepted.
#pragma once

#include "core/base/utf8.h"
#include "core/data/table_reader.h"
#include "tests/fuzz/targets.h"

namespace iem::fuzz {

inline void check_table(const Dataset& data, int dimension) {
  IEM_CHECK(data.size() > 0 && data.dimension() == dimension && data.points.allFinite());
  IEM_CHECK(!data.has_labels() || data.labels.size() == data.size());
  for (const auto& name : data.names) IEM_CHECK(invalid_utf8(name) == name.size());
}

}  // namespace iem::fuzz
