// Hypotheses of every kind with every kernel, as scenes, for tests that sweep them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/run/snapshot.h"

namespace iem::testing {

// The keys of [model].
struct LineCase {
  std::string name, toml;
};

// Each statistic at three temperatures, with and without the volume term.
std::vector<LineCase> line_cases(const std::vector<std::string>& statistics);

// After some steps; `rest` follows [model].
std::shared_ptr<const Snapshot> line_snapshot(const std::string& model, const std::string& rest = {},
                                              std::int64_t steps = 0);

// Nine points.
extern const char* const kLinePoints;

}  // namespace iem::testing
