// One step of each toy on its own scene, on one thread: evaluate, update, record.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "core/run/run.h"
#include "core/session/scene_file.h"

namespace iem {
namespace {

void toy_step(benchmark::State& state, const std::string& scene) {
  Run run(load_scene(scene), std::make_shared<ThreadPool>(1), std::size_t{1} << 20);
  for (auto _ : state) {
    if (run.step() == StepResult::non_finite) state.SkipWithError("not finite");
  }
}

BENCHMARK_CAPTURE(toy_step, margins, "margins_products_5")->Iterations(200)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(toy_step, simplex_kl, "triangle_shares")->Iterations(500)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(toy_step, wind_tunnel, "tunnel_all_keys")->Iterations(200)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(toy_step, relu_1d, "knots_run")->Iterations(500)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(toy_step, group_nets, "groups_leave")->Iterations(500)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(toy_step, self_penalty, "penalty_by_itself")
    ->Iterations(200)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(toy_step, equilibrium, "fixed_point")->Iterations(500)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(toy_step, fenchel_young, "loss_of_entmax")->Iterations(100)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(toy_step, grad_spread, "spread_common")->Iterations(500)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace iem
