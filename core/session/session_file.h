// The text of a session (.iemlab) as plain values. Whoever made the text, reading it
// costs time and memory in proportion to its length: nothing is kept of keys that are not known (a later
// version may write more), and depth, keys, lists and steps have limits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iem {

// No run of this length can be meant: at a microsecond a step it takes eleven days.
inline constexpr std::int64_t kMostSteps = 1'000'000'000'000;

struct SessionFile {
  struct Edit {
    std::int64_t step = 0;
    std::string key, value, hash;
  };
  struct Mark {
    std::int64_t step = 0;
    std::string hash;
  };
  std::string program, isa, name, folder, scene, data_hash, hash;
  std::int64_t step = 0;
  std::vector<Edit> edits;  // in the order of their steps, some perhaps after `step`; so are the marks
  std::vector<Mark> marks;
};

// Throws InputError naming `file`, the key that is wrong and what is allowed. `whole`: the text is all of the
// file, so that a line and a column of it are places in the file.
SessionFile read_session_file(std::string_view text, const std::string& file, bool whole);

}  // namespace iem
