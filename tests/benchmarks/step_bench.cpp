// One step of gradient descent and of EM, recording included, on one thread. The counter
// `per_point_component` is what a pass costs for each of the N x K energies.
#include <benchmark/benchmark.h>

#include <memory>

#include "core/run/run.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"

namespace iem {
namespace {

Scene scene(const char* method, std::int64_t points, std::int64_t components) {
  Scene scene = parse_scene("format = 1\nlab = \"mixture\"\n[data]\nsource = \"blobs\"\n", "bench.toml");
  scene.config.set("data.count", points);
  scene.config.set("data.clusters", components);
  scene.config.set("model.components", components);
  scene.config.set("optimizer.method", std::string(method));
  return scene;
}

void step(benchmark::State& state, const char* method) {
  const std::int64_t points = state.range(0), components = state.range(1);
  Run run(scene(method, points, components), std::make_shared<ThreadPool>(1));
  for (auto _ : state) {
    if (run.step() == StepResult::non_finite) state.SkipWithError("the run became non-finite");
  }
  state.counters["per_point_component"] =
      benchmark::Counter(static_cast<double>(state.iterations() * points * components),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"N", "K"})->Args({2000, 4})->Args({100000, 16})->Unit(benchmark::kMicrosecond);
}

BENCHMARK_CAPTURE(step, gd, "gd")->Apply(sizes);
BENCHMARK_CAPTURE(step, em, "em")->Apply(sizes);

}  // namespace
}  // namespace iem
