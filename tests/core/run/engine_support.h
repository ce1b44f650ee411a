// Waiting for an engine, which works on a thread of its own.
#pragma once

#include <chrono>
#include <thread>

#include "core/run/engine.h"

namespace iem::testing {

inline constexpr std::chrono::minutes kHangs(2);  // only something that hangs takes as long

// Looks until `done`; false when it hangs.
template <class Done>
bool wait_for(const Engine& engine, const Done& done) {
  const auto end = std::chrono::steady_clock::now() + kHangs;
  while (std::chrono::steady_clock::now() < end) {
    if (done(*engine.snapshot())) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return false;
}

}  // namespace iem::testing
