#include "core/compare/draw_plan.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/optimize/optimizer.h"
#include "core/run/best_rate.h"
#include "core/run/new_start.h"

namespace iem {

DrawPlan plan_draws(const Comparison& now, DrawOf of, int times) {
  Scene scene = now.first().setup().scene;
  std::vector<std::string> said;
  if (of != DrawOf::data) {
    if (const std::string never = new_start_unavailable(scene); of == DrawOf::start && !never.empty())
      throw InputError(never);
    if (std::string words = draw_given_start(scene); !words.empty()) said.push_back(std::move(words));
  }
  const std::int64_t start = scene.config.integer("seeds.init"), seed = scene.config.integer("seed");
  const std::int64_t last = std::max(now.first().last_step(), steps_to_try(scene.config));
  Run fresh(std::move(scene), now.first().shared_pool());
  DrawPlan plan{now.begun_again(std::move(fresh), said), {}, last, {}};
  plan.said = std::move(said);
  for (std::int64_t k = 0; k < times; ++k) {
    if (of == DrawOf::start) plan.draws.push_back({std::nullopt, start + k});
    if (of == DrawOf::data) plan.draws.push_back({seed + k, start});
    if (of == DrawOf::both) plan.draws.push_back({seed + k, std::nullopt});
  }
  return plan;
}

std::vector<std::optional<double>> best_rates(const Comparison& now, ThreadPool& pool,
                                              const std::function<bool(std::size_t, std::size_t)>& at_run,
                                              const GoesOn& goes_on) {
  std::vector<std::optional<double>> out(now.size());
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (at_run && !at_run(i, now.size())) break;
    if (now.entry(i).is_future()) continue;
    Scene scene = now.run(i).setup().scene;
    scene.compare.clear();
    const Config& config = scene.config;
    if (!config.table().find(kRateKey) || !config.unavailable_reason(kRateKey).empty()) continue;
    try {
      out[i] = find_best_rate(scene, steps_to_try(config), pool, goes_on);
    } catch (const InputError&) {
      if (goes_on && !goes_on()) break;
      // none of them keeps it finite: it keeps the one it has
    }
  }
  return out;
}

}  // namespace iem
