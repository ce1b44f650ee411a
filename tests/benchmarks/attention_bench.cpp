// One full-batch step of the sticky Markov scene (T = 2000, causal, 20 / 10 / 15) on one thread, for each
// instruction set. `x_plain` says how many times faster that is than the same step in plain single-precision
// Eigen expressions with whole T x T matrices, timed in the same run; `x_torch` the same of PyTorch in single
// precision on one thread, where python3 has it.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <Eigen/Core>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <string>

#include "core/kernel/pass.h"
#include "core/run/run.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"

namespace iem {
namespace {

using Clock = std::chrono::steady_clock;
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Run chain() {
  return {load_scene("sticky_markov_em_like"), std::make_shared<ThreadPool>(1), std::size_t{1} << 20};
}

struct Weights {
  Matrix query, key, value, readout;
};

// Forward, backward and update as one would write them first.
float plain_step(const Matrix& x, const Eigen::VectorXi& labels, Weights& w) {
  const Eigen::Index n = x.rows();
  const float root = std::sqrt(static_cast<float>(w.query.cols()));
  const Matrix q = x * w.query, k = x * w.key, v = x * w.value;
  Matrix alpha = q * k.transpose() / root;
  for (Eigen::Index i = 0; i < n; ++i)
    alpha.row(i).tail(n - i - 1).setConstant(-std::numeric_limits<float>::infinity());
  const Eigen::VectorXf most = alpha.rowwise().maxCoeff();
  alpha = (alpha.colwise() - most).array().exp();
  const Eigen::VectorXf sums = alpha.rowwise().sum();
  alpha.array().colwise() /= sums.array();
  const Matrix o = alpha * v;
  Matrix p = o * w.readout;
  const Eigen::VectorXf top = p.rowwise().maxCoeff();
  p = (p.colwise() - top).array().exp();
  const Eigen::VectorXf total = p.rowwise().sum();
  p.array().colwise() /= total.array();
  float loss = 0;
  for (Eigen::Index i = 0; i < n; ++i) {
    loss -= std::log(p(i, labels[i]));
    p(i, labels[i]) -= 1;
  }
  p /= static_cast<float>(n);
  const Matrix u = p * w.readout.transpose();
  const Matrix b = u * v.transpose();
  const Eigen::VectorXf mean = (alpha.array() * b.array()).rowwise().sum();
  const Matrix g = alpha.array() * (b.colwise() - mean).array() / root;
  const Matrix dq = x.transpose() * (g * k), dk = x.transpose() * (g.transpose() * q);
  const Matrix dv = x.transpose() * (alpha.transpose() * u), dw = o.transpose() * p;
  w.query -= 0.01F * dq;
  w.key -= 0.01F * dk;
  w.value -= 0.1F * dv;
  w.readout -= 0.01F * dw;
  return loss / static_cast<float>(n);
}

// The fastest of a few.
double plain_seconds() {
  static const double known = [] {
    const Run run = chain();
    const Dataset& data = *run.setup().data;
    const Matrix x = data.points.cast<float>();
    const auto block = [&](const char* name) -> Matrix {
      const Block& b = run.setup().model->layout().block(name);
      return Eigen::Map<const Eigen::Matrix<double, -1, -1, Eigen::RowMajor>>(
                 run.state().theta.data() + b.offset, b.rows, b.columns)
          .cast<float>();
    };
    Weights w{block("W_Q"), block("W_K"), block("W_V"), block("W_O")};
    double best = std::numeric_limits<double>::infinity();
    for (int i = 0; i < 5; ++i) {
      const auto begin = Clock::now();
      benchmark::DoNotOptimize(plain_step(x, data.labels, w));
      best = std::min(best, std::chrono::duration<double>(Clock::now() - begin).count());
    }
    return best;
  }();
  return known;
}

constexpr const char* kTorchStep = R"(
import math, time, torch
torch.set_num_threads(1)
x, y = torch.randn(2000, 20), torch.randint(8, (2000,))
w = [(0.1 * torch.randn(*s)).requires_grad_() for s in ((20, 10), (20, 10), (20, 15), (15, 8))]
later = torch.ones(2000, 2000, dtype=torch.bool).triu(1)
best = math.inf
for _ in range(12):
    begin = time.perf_counter()
    s = ((x @ w[0]) @ (x @ w[1]).T / math.sqrt(10)).masked_fill(later, -math.inf)
    torch.nn.functional.cross_entropy(s.softmax(1) @ (x @ w[2]) @ w[3], y).backward()
    with torch.no_grad():
        for p, rate in zip(w, (0.01, 0.01, 0.1, 0.01)):
            p -= rate * p.grad
            p.grad = None
    best = min(best, time.perf_counter() - begin)
print(best)
)";

// NaN without PyTorch.
double torch_seconds() {
  static const double known = [] {
    const std::string command = "python3 -c '" + std::string(kTorchStep) + "' 2> /dev/null";
    double seconds = 0;
    FILE* pipe = popen(command.c_str(), "r");
    const bool said = pipe && std::fscanf(pipe, "%lf", &seconds) == 1;
    if (pipe) pclose(pipe);
    return said ? seconds : std::numeric_limits<double>::quiet_NaN();
  }();
  return known;
}

void step(benchmark::State& state, const std::string& isa) {
  const std::string active = kernel::isa_name(kernel::active_isa());
  kernel::set_active_isa(isa.c_str());
  Run run = chain();
  double best = std::numeric_limits<double>::infinity();
  for (auto _ : state) {
    const auto begin = Clock::now();
    if (run.step() == StepResult::non_finite) state.SkipWithError("the run became non-finite");
    best = std::min(best, std::chrono::duration<double>(Clock::now() - begin).count());
  }
  kernel::set_active_isa(active.c_str());
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  state.counters["peak_mb"] = static_cast<double>(used.ru_maxrss) / 1024;
  state.counters["best_ms"] = 1e3 * best;
  state.counters["x_plain"] = plain_seconds() / best;
  state.counters["x_torch"] = torch_seconds() / best;
}

const bool kRegistered = [] {
  for (kernel::Isa isa : {kernel::Isa::baseline, kernel::Isa::avx2, kernel::Isa::avx512}) {
    if (!kernel::isa_supported(isa)) continue;
    const std::string name = kernel::isa_name(isa);
    benchmark::RegisterBenchmark(("attention/sticky_markov/" + name).c_str(), [name](
                                                                                  benchmark::State& state) {
      step(state, name);
    })->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
}  // namespace iem
