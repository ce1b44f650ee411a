// The pass over points in an order in which neighbours stand together, with and without leaving out
// components that say nothing to a block: N = 100 000, centres with a standard deviation of 1.5, 4 and 10,
// points with 1 about them. `per_point_component` counts all N x K energies.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <vector>

#include "core/base/random.h"
#include "core/data/near_order.h"
#include "core/energy/energy.h"
#include "core/kernel/pass.h"

namespace iem {
namespace {

void pass(benchmark::State& state, bool skip) {
  constexpr Eigen::Index n = 100000;
  const auto k = static_cast<int>(state.range(0));
  const double spread = static_cast<double>(state.range(1)) / 10;
  Random random(1);
  std::vector<kernel::Component> components(static_cast<std::size_t>(k));
  for (kernel::Component& c : components) c.mu0 = spread * random.normal(), c.mu1 = spread * random.normal();
  Eigen::MatrixXd points(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    const kernel::Component& c = components[static_cast<std::size_t>(i % k)];
    points(i, 0) = c.mu0 + random.normal();
    points(i, 1) = c.mu1 + random.normal();
  }
  const NearOrder near = near_order(points, kernel::kBlock);
  const auto doubles = static_cast<std::size_t>(kernel::workspace_size(k) + 7) / 8 * 8;
  const std::unique_ptr<double, decltype(&std::free)> workspace(
      static_cast<double*>(std::aligned_alloc(64, doubles * sizeof(double))), &std::free);
  kernel::PassInput in{near.x.data(), near.y.data(), n, components.data(), k, 1, nullptr, workspace.get()};
  in.entropy = false;
  in.skip = skip;
  std::vector<double> sums(static_cast<std::size_t>(k) * kernel::kSums);
  kernel::PassTotals totals;
  const kernel::PassFunction function = kernel::pass_for(find_energy("gaussian")->index);
  for (auto _ : state) {
    function(in, sums.data(), &totals);
    benchmark::DoNotOptimize(sums.data());
  }
  state.counters["per_point_component"] =
      benchmark::Counter(static_cast<double>(state.iterations() * n * k),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void places(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"K", "spread_x10"})
      ->ArgsProduct({{4, 16, 64}, {15, 40, 100}})
      ->Unit(benchmark::kMillisecond);
}

BENCHMARK_CAPTURE(pass, plain, false)->Apply(places);
BENCHMARK_CAPTURE(pass, skip, true)->Apply(places);

}  // namespace
}  // namespace iem
