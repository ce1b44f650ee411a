// What a scene says of its points must be enough to find them: a source that makes points of its own would
// stand in silently for an empty list, or for a file that no source reads.
#include <array>

#include "core/base/error.h"
#include "core/base/words.h"
#include "core/data/source.h"
#include "core/data/table_reader.h"

namespace iem {
namespace {

struct ContentKey {
  const char *key, *rule;
};

constexpr std::array kContentKeys = {
    ContentKey{"data.points", "must hold a point at least; leave the key out for points of another source"},
    ContentKey{"data.labels", "must hold a label for each point; leave the key out where there are none"},
    ContentKey{"data.tokens", "must hold a token at least; leave the key out for tokens of another source"},
    ContentKey{"data.targets",
               "must hold a target for each position; leave the key out for those of another source"},
};

void refuse_empty_lists(const Config& config) {
  for (const auto& [key, rule] : kContentKeys)
    if (config.table().find(key) && config.is_set(key) && config.tensor(key).data.empty())
      throw config.error(key, rule);
}

std::string endings_read() {
  std::vector<std::string> out;
  for (const DataSource& source : data_sources())
    out.insert(out.end(), source.extensions.begin(), source.extensions.end());
  return listed_words(out, "or");
}

// A path without a source that reads it; with the source said, it is for the source to refuse.
void refuse_unread_path(const Config& config) {
  if (!config.table().find("data.path") || config.is_set("data.source")) return;
  const std::string& path = config.text("data.path");
  if (path.empty() || source_reading(path)) return;
  if (path.starts_with("builtin:")) try {
      read_file(path);
    } catch (const InputError& error) {  // says which there are
      throw config.error("data.path", error.message());
    }
  throw config.error("data.path", "its ending names no source: must end in " + endings_read() +
                                      ", or data.source must say what it is");
}

}  // namespace

void check_content(const Config& config) {
  refuse_empty_lists(config);
  refuse_unread_path(config);
}

}  // namespace iem
