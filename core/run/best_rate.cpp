#include "core/run/best_rate.h"

#include <atomic>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/libm.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

// J after `steps` steps; infinite where the run ends before, is ended, or has no J.
double loss_after(const Scene& scene, double rate, std::int64_t steps, const std::function<bool()>& goes_on) {
  Scene tried = scene;
  tried.config.set(kRateKey, rate);
  Run run(std::move(tried), std::make_shared<ThreadPool>(1), 0);
  while (run.state().step < steps && !run.divergence() && goes_on()) run.step();
  const bool whole = run.state().step >= steps && !run.divergence() && std::isfinite(run.evaluation().loss);
  return whole ? run.evaluation().loss : std::numeric_limits<double>::infinity();
}

}  // namespace

const std::vector<double>& rates_to_try() {
  static const std::vector<double> all = [] {
    std::vector<double> rates;
    for (int half = -8; half <= 4; ++half) rates.push_back(libm::pow(10, 0.5 * half));
    return rates;
  }();
  return all;
}

double find_best_rate(const Scene& scene, std::int64_t steps, ThreadPool& pool, const GoesOn& goes_on) {
  const Config& config = scene.config;
  if (!config.table().find(kRateKey)) throw InputError(std::string(kRateKey) + ": unknown key");
  if (const std::string none = config.unavailable_reason(kRateKey); !none.empty())
    throw InputError(std::string(kRateKey) + " = \"best\": " + none);
  const std::vector<double>& rates = rates_to_try();
  std::vector<double> losses(rates.size());
  std::atomic<bool> ended = false;
  const auto still = [&] {
    if (goes_on && !goes_on()) ended = true;
    return !ended;
  };
  pool.run(static_cast<std::int64_t>(rates.size()), [&](std::int64_t i) {
    const auto place = static_cast<std::size_t>(i);
    losses[place] = loss_after(scene, rates[place], steps, still);
  });
  if (ended) throw InputError("the best rate was not found: its steps were ended");
  std::size_t best = 0;
  for (std::size_t i = 1; i < rates.size(); ++i)
    if (losses[i] < losses[best]) best = i;
  if (!std::isfinite(losses[best]))
    throw InputError(std::string(kRateKey) + " = \"best\": with none of the " + std::to_string(rates.size()) +
                     " rates has the run a finite J after " + std::to_string(steps) + " steps");
  return rates[best];
}

std::int64_t steps_to_try(const Config& config) {
  const std::int64_t stop = config.integer("schedule.stop_steps");
  return stop > 0 ? stop : 100;
}

}  // namespace iem
