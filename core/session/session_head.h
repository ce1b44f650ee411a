// The data that a list of sessions shows for each, read without replaying it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace iem {

struct SessionHead {
  std::string lab, title;  // of its scene; the scene's name when it has no title
  std::int64_t step = 0;
};

// Empty when the file cannot be read or is no session. Reads no further than the head needs; nothing is
// thrown.
std::optional<SessionHead> read_session_head(const std::string& file);

}  // namespace iem
