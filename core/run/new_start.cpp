#include "core/run/new_start.h"

#include "core/base/check.h"
#include "core/labs/kit/lab.h"

namespace iem {
namespace {

constexpr const char* kInit = "model.init";

bool is_given(const Config& config) {
  const Lab* lab = find_lab(config.lab());
  IEM_CHECK(lab != nullptr);
  return lab->start_is_given(config);
}

}  // namespace

void draw_new_seed(Config& config) {
  for (const char* key : {"seeds.data", "seeds.init", "seeds.batch"}) config.reset(key);
  config.set("seed", config.integer("seed") + 1);
}

std::string draw_new_start(Config& config) {
  config.set("seeds.init", config.is_set("seeds.init") ? config.integer("seeds.init") + 1 : std::int64_t{1});
  return draw_given_start(config);
}

std::string draw_given_start(Config& config) {
  if (!is_given(config)) return {};
  if (const std::string never = new_start_unavailable(config); !never.empty()) return never;
  config.reset(kInit);
  IEM_CHECK(config.text(kInit) != "explicit");
  return "The start was given. It is drawn from now on: model.init = \"" + config.text(kInit) + "\".";
}

std::string new_start_unavailable(const Config& config) {
  const bool drawn = config.table().find(kInit) != nullptr || !is_given(config);
  return drawn ? "" : "This start follows from the settings: nothing of it is drawn.";
}

}  // namespace iem
