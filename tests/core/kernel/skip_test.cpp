// Components that a block of points leaves out: never one that has anything to say to it, and no sum changes
// by more than its rounding.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <memory>

#include "core/base/random.h"
#include "core/kernel/pass.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using kernel::Component;
using Sums = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

bool can_skip(const EnergyType& energy) { return energy.radial && !energy.on_circle; }

// Far apart beside their size, and far enough for every energy at the temperatures below.
std::vector<Component> spread(int k, std::uint64_t seed) {
  Random random(seed);
  std::vector<Component> out;
  for (int j = 0; j < k; ++j)
    out.push_back({random.uniform(-20, 20), random.uniform(-20, 20), random.uniform(0.5, 2),
                   random.uniform(-0.7, 0.7), random.uniform(0.5, 2), random.uniform(-1, 3)});
  return out;
}

// Points within a square of this side.
Dataset square(Eigen::Index n, double x, double y, double side, std::uint64_t seed) {
  Random random(seed);
  Dataset data;
  data.points.resize(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    data.points(i, 0) = x + side * random.uniform(-0.5, 0.5);
    data.points(i, 1) = y + side * random.uniform(-0.5, 0.5);
  }
  seal(data);
  return data;
}

struct Passed {
  Sums sums;
  Eigen::MatrixXd energies, responsibilities;
  kernel::PassTotals totals;
};

struct How {
  bool skip = true, rows = true;
  const unsigned char* always = nullptr;
};

Passed passed(const EnergyType& energy, const std::vector<Component>& components, const Dataset& data,
              double tau, How how) {
  const auto k = static_cast<int>(components.size());
  const std::vector<double> shape = testing::shape_of(energy);
  const auto bytes = static_cast<std::size_t>(kernel::workspace_size(k) + 7) / 8 * 64;
  const std::unique_ptr<double, decltype(&std::free)> workspace(
      static_cast<double*>(std::aligned_alloc(64, bytes)), &std::free);
  Passed out;
  out.sums.setConstant(k, static_cast<int>(kernel::kSums), 1e9);
  out.energies.setConstant(data.size(), k, std::nan(""));
  out.responsibilities = out.energies;
  kernel::PassInput in{data.points.col(0).data(),
                       data.points.col(1).data(),
                       data.size(),
                       components.data(),
                       k,
                       tau,
                       shape.data(),
                       workspace.get()};
  if (how.rows) {
    in.energies = out.energies.data();
    in.weights = out.responsibilities.data();
    in.stride = data.size();
  }
  in.skip = how.skip;
  in.always = how.always;
  kernel::pass_for(energy.index)(in, out.sums.data(), &out.totals);
  return out;
}

TEST(Skip, WhatIsLeftOutHasNothingToSayAndTheRestStays) {
  for (const EnergyType& energy : energies()) {
    int left_out = 0, silent = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      Random random(seed);
      const double tau = seed % 2 == 0 ? 0.02 : 0.5, side = seed % 4 < 2 ? 1 : 6;
      const auto components = spread(40, 100 + seed);
      const Dataset data = square(kernel::kBlock - static_cast<Eigen::Index>(seed % 3) * 50,
                                  random.uniform(-20, 20), random.uniform(-20, 20), side, 200 + seed);
      const Passed plain = passed(energy, components, data, tau, {.skip = false});
      const Passed less = passed(energy, components, data, tau, {});
      EXPECT_TRUE(testing::same_bits(less.energies, plain.energies)) << energy.id;
      EXPECT_TRUE(testing::close(less.responsibilities, plain.responsibilities, 1e-15)) << energy.id;
      EXPECT_NEAR(less.totals.log_partition, plain.totals.log_partition,
                  1e-15 * std::abs(plain.totals.log_partition));
      EXPECT_NEAR(less.totals.entropy, plain.totals.entropy, 1e-14 * static_cast<double>(data.size()));
      for (int j = 0; j < 40; ++j) {
        const double greatest = plain.responsibilities.col(j).maxCoeff();
        silent += greatest < 0x1p-68 ? 1 : 0;
        if (less.sums(j, kernel::kN) == 0 && plain.sums(j, kernel::kN) > 0) {
          ++left_out;
          EXPECT_LT(greatest, 0x1p-68) << energy.id << ", component " << j << ", seed " << seed;
        } else {
          EXPECT_TRUE(testing::close(less.sums.row(j), plain.sums.row(j), 1e-13)) << energy.id << ' ' << j;
        }
      }
    }
    if (can_skip(energy)) {
      EXPECT_GT(left_out, 0) << energy.id;
      EXPECT_GT(silent, 400) << energy.id << ": the places are no test";
    } else {
      EXPECT_EQ(left_out, 0) << energy.id;
    }
  }
}

TEST(Skip, RowsAndInstructionSetsChangeNoBit) {
  const std::string before = kernel::isa_name(kernel::active_isa());
  const auto components = spread(33, 3);
  const Dataset data = square(900, 2, -3, 8, 4);
  for (const EnergyType& energy : energies()) {
    ASSERT_TRUE(kernel::set_active_isa(kernel::isa_name(kernel::Isa::baseline)));
    const Passed baseline = passed(energy, components, data, 0.1, {});
    for (const kernel::Isa isa : {kernel::Isa::baseline, kernel::Isa::avx2, kernel::Isa::avx512})
      for (const bool rows : {false, true}) {
        if (!kernel::set_active_isa(kernel::isa_name(isa))) continue;
        const Passed other = passed(energy, components, data, 0.1, {.rows = rows});
        const std::string where = energy.id + ", " + kernel::isa_name(isa);
        EXPECT_TRUE(testing::same_bits(other.sums, baseline.sums)) << where;
        EXPECT_EQ(other.totals.log_partition, baseline.totals.log_partition) << where;
        EXPECT_EQ(other.totals.entropy, baseline.totals.entropy) << where;
        if (rows) EXPECT_TRUE(testing::same_bits(other.responsibilities, baseline.responsibilities)) << where;
      }
  }
  kernel::set_active_isa(before.c_str());
}

TEST(Skip, ComponentsThatAreNamedAndThoseThatMightOverflowAreNeverLeftOut) {
  const EnergyType& energy = *find_energy("gaussian");
  auto components = spread(20, 5);
  const Dataset data = square(256, components[0].mu0, components[0].mu1, 1, 6);
  std::vector<unsigned char> always(20, 1);
  const Passed plain = passed(energy, components, data, 0.5, {.skip = false});
  const Passed all = passed(energy, components, data, 0.5, {.always = always.data()});
  EXPECT_TRUE(testing::same_bits(all.sums, plain.sums));
  components[7].mu0 = 1e200;
  EXPECT_FALSE(std::isfinite(passed(energy, components, data, 0.5, {}).totals.entropy));
}

// What the bound stands on.
TEST(Skip, NoRadialEnergyFallsWithTheDistance) {
  for (const EnergyType& energy : energies()) {
    if (!can_skip(energy)) continue;
    for (const double factor : {0.3, 1.0, 3.0}) {
      const std::vector<double> shape = testing::shape_of(energy, factor);
      double last = energy.kernel(0, 0, shape.data());
      for (double rho = 1e-6; rho < 1e6; rho *= 1.01) {
        const double now = energy.kernel(rho, 0, shape.data());
        EXPECT_GE(now, last * (1 - 1e-15)) << energy.id << " at " << rho;
        last = now;
      }
    }
  }
}

// ---- the mixture ----

// A mixture of many gaussians far apart, in the order in which nobody's neighbours stand together.
struct Many {
  Mixture model;
  Dataset data;
  Theta theta;
};

Many many(double far_away, Eigen::Index n = 3000) {
  MixtureOptions options;
  options.components = 24;
  options.energy = find_energy("gaussian");
  Many out{Mixture(options), {}, {}};
  Random random(11);
  std::vector<MixtureComponent> components(24);
  for (MixtureComponent& c : components) {
    c.mu_x = random.uniform(-20, 20), c.mu_y = random.uniform(-20, 20);
    c.sigma = {random.uniform(0.5, 2), 0.2, random.uniform(0.5, 2)};
    c.weight = 1.0 / 24;
  }
  out.data.points.resize(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    const MixtureComponent& c = components[static_cast<std::size_t>(i % 24)];
    out.data.points(i, 0) = c.mu_x + random.normal();
    out.data.points(i, 1) = c.mu_y + random.normal();
  }
  seal(out.data);
  if (far_away != 0) components.back().mu_x = far_away;
  out.theta = out.model.pack(components);
  return out;
}

// The same by batches, which leave nothing out.
Evaluation plainly(const Many& m) {
  std::vector<Eigen::Index> all(static_cast<std::size_t>(m.data.size()));
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Eigen::Index>(i);
  ThreadPool alone(1);
  Evaluation out;
  m.model.evaluate(m.theta, 1, m.data, all, Wanted::sums, alone, out);
  return out;
}

TEST(Skip, EveryKindOfEvaluationHasTheSameBits) {
  const Many m = many(0, 9000);
  const Evaluation rows = testing::evaluate(m.model, m.theta, 1, m.data, Wanted::rows);
  for (const Wanted wanted : {Wanted::sums, Wanted::bare_sums}) {
    ThreadPool two(2);
    Evaluation other;
    m.model.evaluate(m.theta, 1, m.data, {}, wanted, two, other);
    EXPECT_TRUE(testing::same_bits(other.statistics, rows.statistics));
    EXPECT_TRUE(testing::same_bits(other.gradient, rows.gradient));
    EXPECT_EQ(other.loss, rows.loss);
  }
  // Rows stand where their points do.
  const Evaluation hard = testing::evaluate(m.model, m.theta, 1, m.data, Wanted::hard_rows);
  EXPECT_TRUE(testing::same_bits(rows.energies, hard.energies));
}

TEST(Skip, SumsChangeByTheirRoundingOnly) {
  const Many m = many(0);
  const Evaluation less = testing::evaluate(m.model, m.theta, 1, m.data, Wanted::sums), plain = plainly(m);
  EXPECT_NEAR(less.loss, plain.loss, 1e-14 * std::abs(plain.loss));
  for (int j = 0; j < 24; ++j)
    EXPECT_TRUE(testing::close(less.statistics.row(j), plain.statistics.row(j), 1e-13)) << j;
}

// EM divides by n_j, however small it is: what comes to a component from afar must not be lost.
TEST(Skip, AComponentFarFromAllPointsIsMovedByEmAsEver) {
  const Many m = many(40);
  const Evaluation less = testing::evaluate(m.model, m.theta, 1, m.data, Wanted::sums), plain = plainly(m);
  const double weak = plain.statistics(23, kernel::kN);
  ASSERT_GT(weak, 0);
  ASSERT_LT(weak, 1e-9) << "not far enough";
  EXPECT_NEAR(less.statistics(23, kernel::kN), weak, 1e-13 * weak);
  const Theta a = m.model.em_step(m.theta, m.data, less, 1e-6),
              b = m.model.em_step(m.theta, m.data, plain, 1e-6);
  EXPECT_TRUE(testing::close(a, b, 1e-10));
}

}  // namespace
}  // namespace iem
