#include "core/run/new_start.h"

#include "core/base/check.h"
#include "core/config/common_parameters.h"
#include "core/run/problem.h"

namespace iem {
namespace {

constexpr const char* kInit = "model.init";

bool is_given(const Scene& scene) { return scene.problem->start_is_given(scene.config); }

}  // namespace

void draw_new_seed(Config& config) { replace_seed(config, config.integer("seed") + 1); }

std::string draw_new_start(Scene& scene) {
  Config& config = scene.config;
  config.set("seeds.init", config.is_set("seeds.init") ? config.integer("seeds.init") + 1 : std::int64_t{1});
  return draw_given_start(scene);
}

std::string draw_given_start(Scene& scene) {
  if (!is_given(scene)) return {};
  Config& config = scene.config;
  if (const std::string never = new_start_unavailable(scene); !never.empty()) return never;
  config.reset(kInit);
  IEM_CHECK(config.text(kInit) != "explicit");
  return "The start was given. It is drawn from now on: model.init = \"" + config.text(kInit) + "\".";
}

std::string new_start_unavailable(const Scene& scene) {
  if (!is_given(scene)) return "";
  Config otherwise = scene.config;
  if (otherwise.table().find(kInit)) otherwise.reset(kInit);
  return scene.problem->start_is_given(otherwise)
             ? "This start follows from the settings: nothing of it is drawn."
             : "";
}

}  // namespace iem
