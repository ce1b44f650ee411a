// One full-batch step of a linear layer on the digits (N = 1797, D = 64, K = 64, all terms, double precision)
// on one thread, for each instruction set. `x_products` says how many times as long that takes as its four
// matrix products alone, through the same kernel and timed in the same run; `x_torch` how many times faster
// it is than the same step of PyTorch in double precision on one thread, where python3 has it.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "core/base/scratch.h"
#include "core/kernel/layer.h"
#include "core/kernel/pass.h"
#include "core/run/run.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"

namespace iem {
namespace {

using LayerClock = std::chrono::steady_clock;

constexpr int kUnits = 64;

Run layer_of_digits() {
  return {
      parse_scene("format = 1\nlab = \"layer\"\ndata.source = \"digits\"\nmodel.units = 64\nmodel.distance = "
                  "\"relu\"\nmodel.init_scale = 0.1\nmodel.orthogonality_weight = 0.01\noptimizer.method = "
                  "\"adam\"\noptimizer.learning_rate = 0.01\n",
                  "digits"),
      std::make_shared<ThreadPool>(1), std::size_t{1} << 20};
}

template <class Work>
double fastest_of(int times, const Work& work) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < times; ++i) {
    const auto begin = LayerClock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(LayerClock::now() - begin).count());
  }
  return best;
}

// X W^T, D^T D (its upper half), D M and G^T X, block by block as a step has them.
double products_seconds(const Dataset& data) {
  Scratch scratch;
  const kernel::LayerKernel& kernel = kernel::layer_kernel();
  const Eigen::Index n = data.size();
  const int d = data.dimension();
  double* weights = scratch.zeros(std::int64_t{d} * kUnits);
  double* square = scratch.zeros(std::int64_t{kUnits} * kUnits);
  double* products = scratch.zeros(std::int64_t{kUnits} * kUnits);
  double* gradient = scratch.zeros(std::int64_t{d} * kUnits);
  const double* nothing = scratch.zeros(kUnits);
  double* z = scratch.zeros(n * kUnits);
  double* g = scratch.zeros(std::int64_t{kernel::kLayerBlock} * kUnits);
  for (int i = 0; i < d * kUnits; ++i) weights[i] = square[i] = 1e-3 * (i % 17);
  const auto over_blocks = [&](const auto& work) {
    for (Eigen::Index first = 0; first < n; first += kernel::kLayerBlock)
      work(first, static_cast<int>(std::min<Eigen::Index>(kernel::kLayerBlock, n - first)));
  };
  return fastest_of(200, [&] {
    over_blocks([&](Eigen::Index first, int rows) {
      double* block = z + first * kUnits;
      kernel.multiply({data.points.data() + first, 1, n}, rows, d, weights, nothing, kUnits, block);
      kernel.correlate({block, kUnits, 1}, rows, kUnits, block, kUnits, true, products);
    });
    over_blocks([&](Eigen::Index first, int rows) {
      kernel.multiply({z + first * kUnits, kUnits, 1}, rows, kUnits, square, nothing, kUnits, g);
      kernel.correlate({data.points.data() + first, 1, n}, rows, d, g, kUnits, false, gradient);
    });
    benchmark::DoNotOptimize(gradient);
  });
}

constexpr const char* kTorchLayerStep = R"(
import math, time, torch
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
x = torch.rand(1797, 64)
w, b = (0.1 * torch.randn(64, 64)).requires_grad_(), torch.zeros(64, requires_grad=True)
rule = torch.optim.Adam([w, b], lr=0.01)
eye = torch.eye(64)
best = math.inf
for _ in range(60):
    begin = time.perf_counter()
    d = torch.relu(x @ w.T + b)
    v = d.var(0)
    c = d - d.mean(0)
    s = v.sqrt() + 1e-8
    r = (c.T @ c) / 1796 / (s[:, None] * s)
    n = w / (w.norm(dim=1, keepdim=True) + 1e-8)
    j = -torch.logsumexp(-d, 1).mean() - 0.1 * torch.log(v + 1e-6).sum()
    j = j + 0.1 * ((r - torch.diag(torch.diag(r))) ** 2).sum() + 0.01 * ((n @ n.T - eye) ** 2).sum()
    rule.zero_grad()
    j.backward()
    rule.step()
    best = min(best, time.perf_counter() - begin)
print(best)
)";

// NaN without PyTorch.
double torch_layer_seconds() {
  static const double known = [] {
    const std::string command = "python3 -c '" + std::string(kTorchLayerStep) + "' 2> /dev/null";
    double seconds = std::numeric_limits<double>::quiet_NaN();
    if (FILE* pipe = popen(command.c_str(), "r")) {
      char line[64] = {};
      if (std::fgets(line, sizeof line, pipe)) seconds = std::strtod(line, nullptr);
      pclose(pipe);
    }
    return seconds > 0 ? seconds : std::numeric_limits<double>::quiet_NaN();
  }();
  return known;
}

void layer_step(benchmark::State& state, const char* isa) {
  if (!kernel::set_active_isa(isa)) return state.SkipWithError("not of this processor");
  Run run = layer_of_digits();
  double best = std::numeric_limits<double>::infinity();
  for (auto _ : state) {
    const auto begin = LayerClock::now();
    run.step();
    best = std::min(best, std::chrono::duration<double>(LayerClock::now() - begin).count());
  }
  state.counters["best_ms"] = 1e3 * best;
  state.counters["x_products"] = best / products_seconds(*run.setup().data);
  state.counters["x_torch"] = torch_layer_seconds() / best;
}
BENCHMARK_CAPTURE(layer_step, sse2, "sse2")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(layer_step, avx2, "avx2")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(layer_step, avx512, "avx512")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace iem
