// One step of gradient descent and of EM on one thread, for each instruction set, in nanoseconds per point
// and component. `x_plain` says how many times faster that is than the same step in plain Eigen expressions,
// timed in the same run.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <string>

#include "core/kernel/pass.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/mixture/mixture.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

struct Problem {
  Dataset data;
  Mixture model;
  Theta theta;
};

Problem make_problem(Eigen::Index n, int k) {
  Random random(1);
  Dataset data;
  data.points.resize(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    const double group = static_cast<double>(i % k);
    data.points(i, 0) = 3 * std::cos(group) + random.normal();
    data.points(i, 1) = 3 * std::sin(group) + random.normal();
  }
  MixtureOptions options;
  options.components = k;
  options.energy = find_energy("gaussian");
  Mixture model(options);
  std::vector<MixtureComponent> components;
  for (int j = 0; j < k; ++j)
    components.push_back({2.5 * std::cos(j), 2.5 * std::sin(j), {1.2, 0.1, 0.9}, 1.0});
  Theta theta = model.pack(components);
  return {std::move(data), std::move(model), std::move(theta)};
}

// The same E-step and the same weighted moments, as one would write them first: whole columns, one expression
// a line.
double plain_step(const Problem& problem) {
  const auto components = problem.model.unpack(problem.theta);
  const auto k = static_cast<Eigen::Index>(components.size());
  const Eigen::ArrayXd x = problem.data.points.col(0), y = problem.data.points.col(1);
  Eigen::ArrayXXd d(x.size(), k);
  for (Eigen::Index j = 0; j < k; ++j) {
    const MixtureComponent& c = components[static_cast<std::size_t>(j)];
    const double det = c.sigma.xx * c.sigma.yy - c.sigma.xy * c.sigma.xy;
    const Eigen::ArrayXd dx = x - c.mu_x, dy = y - c.mu_y;
    d.col(j) = 0.5 * (c.sigma.yy * dx.square() - 2 * c.sigma.xy * dx * dy + c.sigma.xx * dy.square()) / det +
               (0.5 * std::log(det) + std::log(2 * M_PI) - std::log(c.weight));
  }
  const Eigen::ArrayXd least = d.rowwise().minCoeff();
  Eigen::ArrayXXd r = (-(d.colwise() - least)).exp();
  const Eigen::ArrayXd z = r.rowwise().sum();
  r.colwise() /= z;
  double sum = (z.log() - least).sum();
  for (Eigen::Index j = 0; j < k; ++j) {
    const MixtureComponent& c = components[static_cast<std::size_t>(j)];
    const Eigen::ArrayXd dx = x - c.mu_x, dy = y - c.mu_y, rx = r.col(j) * dx, ry = r.col(j) * dy;
    sum += r.col(j).sum() + rx.sum() + ry.sum() + (rx * dx).sum() + (ry * dx).sum() + (ry * dy).sum();
  }
  return sum;
}

// Seconds of the plain step: the fastest of a few, once for each size.
double plain_seconds(const Problem& problem) {
  static std::map<std::pair<Eigen::Index, int>, double> known;
  const auto key = std::pair(problem.data.size(), problem.model.components());
  if (const auto it = known.find(key); it != known.end()) return it->second;
  double best = std::numeric_limits<double>::infinity(), spent = 0;
  for (int i = 0; i < 5 || (spent < 0.3 && i < 1000); ++i) {
    const auto begin = Clock::now();
    benchmark::DoNotOptimize(plain_step(problem));
    const double seconds = seconds_since(begin);
    best = std::min(best, seconds);
    spent += seconds;
  }
  return known[key] = best;
}

void step(benchmark::State& state, const std::string& isa, const std::string& method, Eigen::Index n, int k) {
  const std::string active = kernel::isa_name(kernel::active_isa());
  kernel::set_active_isa(isa.c_str());
  const Problem problem = make_problem(n, k);
  Config config("mixture", find_lab("mixture")->parameters());
  config.set("optimizer.method", method);
  const auto rule = find_optimizer(method)->make(config);
  ThreadPool alone(1);
  OptimizerState optimizer_state;
  Random random(1);
  Evaluation evaluation;
  Theta theta = problem.theta;
  double best = std::numeric_limits<double>::infinity();
  for (auto _ : state) {
    const auto begin = Clock::now();
    problem.model.evaluate(theta, 1, problem.data, {}, Wanted::sums, alone, evaluation);
    theta = problem.theta;  // the same work every time
    rule->step({problem.model, problem.data, evaluation, 1, alone}, theta, optimizer_state, random);
    benchmark::DoNotOptimize(theta.data());
    theta = problem.theta;
    best = std::min(best, seconds_since(begin));
  }
  const double pairs = static_cast<double>(n) * k;
  state.counters["per_point_component"] = benchmark::Counter(
      pairs * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["x_plain"] = plain_seconds(problem) / best;
  kernel::set_active_isa(active.c_str());
}

void plain(benchmark::State& state, Eigen::Index n, int k) {
  const Problem problem = make_problem(n, k);
  for (auto _ : state) benchmark::DoNotOptimize(plain_step(problem));
  state.counters["per_point_component"] =
      benchmark::Counter(static_cast<double>(n) * k,
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

const bool kRegistered = [] {
  for (const auto& [n, k] : {std::pair<Eigen::Index, int>{2000, 4}, {100000, 16}}) {
    const std::string size = "/N=" + std::to_string(n) + "/K=" + std::to_string(k);
    for (const char* method : {"gd", "em"})
      for (kernel::Isa isa : {kernel::Isa::baseline, kernel::Isa::avx2, kernel::Isa::avx512}) {
        if (!kernel::isa_supported(isa)) continue;
        const std::string name = kernel::isa_name(isa);
        benchmark::RegisterBenchmark(
            (std::string("isa/") + method + size + "/" + name).c_str(),
            [=, n = n, k = k](benchmark::State& state) { step(state, name, method, n, k); })
            ->Unit(benchmark::kMicrosecond);
      }
    benchmark::RegisterBenchmark(("isa/plain_eigen" + size).c_str(), [n = n, k = k](benchmark::State& state) {
      plain(state, n, k);
    })->Unit(benchmark::kMicrosecond);
  }
  return true;
}();

}  // namespace
}  // namespace iem
