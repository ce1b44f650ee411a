#include "core/compare/draws.h"

#include <atomic>
#include <chrono>
#include <cmath>
#include <mutex>

#include "core/compare/run_to.h"
#include "core/config/common_parameters.h"
#include "core/data/dataset.h"
#include "core/run/settled.h"

namespace iem {
namespace {

// A new run with this draw, taken to the step of `run`.
Run drawn(const Run& run, const Draw& draw) {
  Scene scene = run.origin();
  scene.compare.clear();
  draw_seeds(scene.config, draw);
  Run out(std::move(scene), std::make_shared<ThreadPool>(1), 0);
  go_through(out, run.edits(), run.state().step);
  return out;
}

}  // namespace

void draw_seeds(Config& config, const Draw& draw) {
  if (draw.seed) replace_seed(config, *draw.seed);
  if (draw.seed_init) config.set("seeds.init", *draw.seed_init);
}

std::vector<std::vector<DrawnRun>> make_draws(const Comparison& runs, const std::vector<Draw>& draws,
                                              std::int64_t last, ThreadPool& pool, const DrawWatch& watch,
                                              const StateWatch& on_state, const GoesOn& goes_on) {
  std::vector<const Run*> lines;
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (!runs.entry(i).is_future()) lines.push_back(&runs.run(i));
  const std::size_t times = std::max<std::size_t>(1, draws.size()), all = lines.size() * times;
  std::vector<std::vector<DrawnRun>> out(lines.size(), std::vector<DrawnRun>(times));
  std::atomic<bool> go_on = true;
  std::mutex mutex;
  std::size_t done = 0;
  pool.run(static_cast<std::int64_t>(all), [&](std::int64_t piece) {
    if (!go_on) return;
    const auto line = static_cast<std::size_t>(piece) / times, draw = static_cast<std::size_t>(piece) % times;
    DrawnRun& one = out[line][draw];
    one.begun = true;
    one.run = draws.empty() ? *lines[line] : drawn(*lines[line], draws[draw]);
    one.run->work_on(std::make_shared<ThreadPool>(1));
    one.first = one.run->state().step;
    const auto begin = std::chrono::steady_clock::now();
    OnTheWay way;
    if (on_state) way.at_state = [&] { on_state(line, draw, *one.run); };
    way.goes_on = [&] {
      if (goes_on && !goes_on()) go_on = false;
      return go_on.load();
    };
    one.exit = run_to(*one.run, last, way);
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
    one.seconds = one.steps() > 0 ? passed.count() / static_cast<double>(one.steps()) : 0;
    const std::lock_guard lock(mutex);
    if (watch && !watch(++done, all)) go_on = false;
  });
  return out;
}

std::optional<double> best_loss(const std::vector<std::vector<DrawnRun>>& runs, const DrawnRun& of,
                                std::optional<double> given) {
  if (given) return given;
  std::optional<double> best;
  for (const auto& line : runs)
    for (const DrawnRun& one : line) {
      if (!one.run || !one.run->evaluation().has_loss) continue;
      if (one.run->setup().data->hash != of.run->setup().data->hash) continue;
      const double lowest = lowest_loss(one.run->history());
      if (std::isfinite(lowest) && !(best && *best <= lowest)) best = lowest;
    }
  return best;
}

}  // namespace iem
