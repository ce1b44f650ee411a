// A state as text, bit for bit: what a session carries of its end, so that it can be shown before it has been
// replayed. The replay is the truth; this is only ever shown together with one.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/run/run_state.h"

namespace iem {

// A larger state is left out of sessions: they are written every few seconds.
inline constexpr std::size_t kMostCheckpointBytes = std::size_t{4} << 20;
// The longest text that is read.
inline constexpr std::size_t kLongestCheckpoint = 2 * kMostCheckpointBytes;

// Whole numbers and doubles, 8 bytes each, the lowest first, in base64url. Empty when there are more than
// kMostCheckpointBytes of them.
std::string write_checkpoint(const RunState& state);

// The sum of texts that write_checkpoint wrote, a checkpoint's and those of states before it, by which one
// that is cut off or altered is known.
std::string checkpoint_sum(std::string_view text, std::span<const std::string> before = {});

// Empty when the text holds no state. Takes no more memory than goes with its length.
std::optional<RunState> read_checkpoint(std::string_view text);

}  // namespace iem
