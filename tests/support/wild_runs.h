// Every built-in scene with its learning rate turned far up, and the finite states it passes in its first six
// steps: what people get who try to make it faster.
#pragma once

#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/lab.h"
#include "core/run/run.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"

namespace iem::testing {

inline bool has_rate(const Config& config) {
  const OptimizerType* rule = find_optimizer(config.text("optimizer.method"));
  for (const Parameter& parameter : rule->parameters)
    if (parameter.key == "optimizer.learning_rate") return true;
  return false;
}

// Rates without a meaning for the scene's rule would give the same run again.
inline std::vector<double> wild_rates(const Config& config) {
  if (!has_rate(config)) return {1};
  return {1, 1e2, 1e4, 1e6};
}

struct WildState {
  std::string scene;
  double rate;
  bool last;  // of the states of this run
};

// At its wild rates, and with only its means to learn at a wilder one: covariances lose themselves first, and
// means alone go as far as numbers reach.
inline std::vector<std::pair<Scene, double>> wild_scenes(const std::string& name) {
  const Scene scene = load_scene(name);
  std::vector<std::pair<Scene, double>> out;
  for (const double rate : wild_rates(scene.config)) out.emplace_back(scene, rate);
  if (!has_rate(scene.config)) return out;
  const bool moves_weights_only = scene.config.text("optimizer.method") == "exponentiated";
  if (scene.config.lab() == "mixture" && !moves_weights_only) {
    out.emplace_back(scene, 1e8);
    out.back().first.config.set("model.learn", std::vector<std::string>{"means"});
  }
  for (auto& [wild, rate] : out) wild.config.set("optimizer.learning_rate", rate);
  return out;
}

// visit(const WildState&, const Run&) at the states after steps 1 to 6, or as many as are finite, the start
// where not one is.
template <class Visit>
void for_each_wild_state(const std::string& name, const Visit& visit) {
  const auto pool = std::make_shared<ThreadPool>(1);
  for (const auto& [wild, rate] : wild_scenes(name)) {
    std::vector<Run> states = {Run(wild, pool)};
    while (states.size() < 7) {
      Run next = states.back();
      if (next.step() == StepResult::non_finite) break;
      states.push_back(std::move(next));
    }
    const std::size_t first = states.size() > 1 ? 1 : 0;
    for (std::size_t i = first; i < states.size(); ++i)
      visit(WildState{name, rate, i + 1 == states.size()}, states[i]);
  }
}

// In bytes: of this process, now.
inline std::size_t resident() {
  std::ifstream statm("/proc/self/statm");
  std::size_t size = 0, pages = 0;
  statm >> size >> pages;
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace iem::testing
