// The text of a session (.iemlab) as plain values. Reading takes time and memory in proportion to the length
// of the text, whatever it contains: unknown keys, which a later version may write, are skipped, and depth,
// keys, lists and steps have limits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/config.h"

namespace iem {

// The largest step that is accepted: at a microsecond a step such a run takes eleven days.
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
  std::string lesson;                            // lesson_record.h; may be empty
  std::string checkpoint_state, checkpoint_sum;  // checkpoint.h; may be empty
  std::vector<std::string> checkpoint_before;    // states of earlier steps, written like that one
  std::int64_t step = 0;
  std::vector<Edit> edits;  // in the order of their steps, some perhaps after `step`; so are the marks
  std::vector<Mark> marks;
};

// What this program calls itself in a session: its name and version.
std::string program_name();

// Whether the scene reads data from a path that begins in its folder.
bool reads_relative_path(const Config& config);

// Throws InputError naming `file`, the key that is wrong and what is allowed. `whole` says that the text is
// the whole file, so that errors may give its line and column.
SessionFile read_session_file(std::string_view text, const std::string& file, bool whole);

}  // namespace iem
