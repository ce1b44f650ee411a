// Going anywhere in a long run of the first scene, and showing it: `worst` is the longest of all, in seconds.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "core/base/random.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"

namespace iem {
namespace {

void seek(benchmark::State& state, bool shown) {
  const std::int64_t last = state.range(0);
  static Run run(load_scene(builtin_scenes().front()), std::make_shared<ThreadPool>(1));
  run.seek(last);
  Random random(7);
  double worst = 0;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    run.seek(random.below(last + 1));
    if (shown) benchmark::DoNotOptimize(take_snapshot(run));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    worst = std::max(worst, took.count());
  }
  state.counters["worst"] = worst;
  state.counters["keyframes"] = static_cast<double>(run.timeline().frames().size());
  state.counters["spacing"] = static_cast<double>(run.timeline().spacing());
}

void lengths(benchmark::internal::Benchmark* bench) {
  bench->ArgName("steps")->Arg(1'000'000)->Iterations(300)->Unit(benchmark::kMillisecond);
}

BENCHMARK_CAPTURE(seek, alone, false)->Apply(lengths);
BENCHMARK_CAPTURE(seek, shown, true)->Apply(lengths);

}  // namespace
}  // namespace iem
