// The hot pass against a plain double loop in extended precision, for every energy, and its bits against
// themselves for every instruction set.
#include "core/kernel/pass.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <memory>
#include <new>

#include "tests/core/support.h"

namespace iem {
namespace {

using kernel::Component;
using kernel::Isa;

struct Aligned {
  static constexpr std::align_val_t kLine{64};
  explicit Aligned(std::int64_t count)
      : data(static_cast<double*>(::operator new(static_cast<std::size_t>(count) * sizeof(double), kLine))) {}
  struct Free {
    void operator()(double* p) const { ::operator delete(p, kLine); }
  };
  std::unique_ptr<double, Free> data;
};

// What one call of the pass gives.
struct Output {
  Eigen::MatrixXd sums, energies, responsibilities;  // K x 7, N x K
  kernel::PassTotals totals;
};

Output run_pass(const EnergyType& energy, const std::vector<double>& shape,
                const std::vector<Component>& components, const Dataset& data, double tau) {
  const auto k = static_cast<int>(components.size());
  const Aligned workspace(kernel::workspace_size(k));
  Output out;
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> sums(
      k, static_cast<int>(kernel::kSums));
  sums.setConstant(1e9);  // the pass overwrites
  out.energies.setConstant(data.size(), k, std::nan(""));
  out.responsibilities = out.energies;
  const kernel::PassInput in{data.points.col(0).data(),
                             data.points.col(1).data(),
                             data.size(),
                             components.data(),
                             k,
                             tau,
                             shape.data(),
                             workspace.data.get(),
                             out.energies.data(),
                             out.responsibilities.data(),
                             data.size()};
  kernel::pass_for(energy.index)(in, sums.data(), &out.totals);
  out.sums = sums;
  return out;
}

std::vector<Component> some_kernel_components(int k, std::uint64_t seed) {
  Random random(seed);
  std::vector<Component> out;
  for (int j = 0; j < k; ++j) {
    Component c;
    c.mu0 = random.uniform(-2, 2);
    c.mu1 = random.uniform(-2, 2);
    c.w00 = random.uniform(0.4, 2);
    c.w10 = random.uniform(-0.7, 0.7);
    c.w11 = random.uniform(0.4, 2);
    c.offset = random.uniform(-1, 3);
    out.push_back(c);
  }
  return out;
}

// The same numbers by the definitions of math.md sections 0 and 1. `scale` is the sum of the magnitudes that
// were added.
struct Reference {
  Eigen::MatrixXd sums, scale, energies, responsibilities;
  double log_partition = 0, entropy = 0;
};

Reference reference(const EnergyType& energy, const std::vector<double>& shape,
                    const std::vector<Component>& components, const Dataset& data, long double tau) {
  using Real = long double;
  const std::size_t k = components.size();
  std::vector<std::array<Real, 7>> sums(k), scale(k);
  Reference out;
  out.energies.resize(data.size(), static_cast<Eigen::Index>(k));
  out.responsibilities = out.energies;
  Real log_partition = 0, entropy = 0;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    std::vector<Real> d(k), r(k);
    Real x = data.points(i, 0), y = data.points(i, 1);
    if (energy.on_circle) {
      const Real angle = std::atan2(y, x);
      x = std::cos(angle), y = std::sin(angle);
    }
    for (std::size_t j = 0; j < k; ++j) {
      const Component& c = components[j];
      const Real dx = x - Real(c.mu0), dy = y - Real(c.mu1);
      d[j] = testing::reference_kernel(energy, c.w00 * dx, c.w10 * dx + c.w11 * dy, shape) + c.offset;
    }
    const Real least = *std::min_element(d.begin(), d.end());
    Real z = 0;
    for (std::size_t j = 0; j < k; ++j) z += r[j] = std::exp((least - d[j]) / tau);
    log_partition += tau * std::log(z) - least;
    for (std::size_t j = 0; j < k; ++j) {
      r[j] /= z;
      if (r[j] > 0) entropy -= r[j] * std::log(r[j]);
      out.energies(i, static_cast<Eigen::Index>(j)) = static_cast<double>(d[j]);
      out.responsibilities(i, static_cast<Eigen::Index>(j)) = static_cast<double>(r[j]);
      const Component& c = components[j];
      const Real dx = x - Real(c.mu0), dy = y - Real(c.mu1);
      const Real u0 = c.w00 * dx, u1 = c.w10 * dx + c.w11 * dy;
      double g[2];
      energy.gradient(static_cast<double>(u0), static_cast<double>(u1), shape.data(), g);
      // w = k'(u)/u along the longer coordinate.
      const bool first = std::fabs(u0) > std::fabs(u1);
      const Real w = u0 == 0 && u1 == 0 ? 1 : first ? g[0] / u0 : g[1] / u1;
      const std::array<Real, 7> radial = {r[j],
                                          r[j] * w,
                                          r[j] * w * dx,
                                          r[j] * w * dy,
                                          r[j] * w * dx * dx,
                                          r[j] * w * dy * dx,
                                          r[j] * w * dy * dy};
      const std::array<Real, 7> general = {
          r[j], r[j] * g[0], r[j] * g[1], r[j] * g[0] * dx, r[j] * g[1] * dx, r[j] * g[1] * dy, 0};
      const std::array<Real, 7>& add = energy.radial ? radial : general;
      for (std::size_t s = 0; s < 7; ++s) {
        sums[j][s] += add[s];
        scale[j][s] += std::fabs(add[s]);
      }
    }
  }
  out.sums.resize(static_cast<Eigen::Index>(k), 7);
  out.scale = out.sums;
  for (std::size_t j = 0; j < k; ++j)
    for (std::size_t s = 0; s < 7; ++s) {
      out.sums(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(s)) = static_cast<double>(sums[j][s]);
      out.scale(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(s)) =
          static_cast<double>(scale[j][s]);
    }
  out.log_partition = static_cast<double>(log_partition);
  out.entropy = static_cast<double>(entropy);
  return out;
}

std::vector<Isa> supported() {
  std::vector<Isa> out;
  for (Isa isa : {Isa::baseline, Isa::avx2, Isa::avx512})
    if (kernel::isa_supported(isa)) out.push_back(isa);
  return out;
}

// Puts back the instruction set that was active.
class Pass : public ::testing::Test {
 protected:
  void TearDown() override { kernel::set_active_isa(was_); }
  const char* was_ = kernel::isa_name(kernel::active_isa());
};

void expect_matches(const Output& out, const Reference& expected, const std::string& where) {
  for (Eigen::Index j = 0; j < out.sums.rows(); ++j)
    for (Eigen::Index s = 0; s < 7; ++s)
      ASSERT_NEAR(out.sums(j, s), expected.sums(j, s), 2e-13 * expected.scale(j, s) + 1e-300)
          << where << ", sum " << s << " of component " << j;
  ASSERT_TRUE(testing::close(out.energies, expected.energies, 1e-14)) << where;
  ASSERT_TRUE(testing::close(out.responsibilities, expected.responsibilities, 1e-13)) << where;
  const double n = static_cast<double>(out.energies.rows());
  ASSERT_NEAR(out.totals.log_partition, expected.log_partition, 1e-13 * n * 10) << where;
  ASSERT_NEAR(out.totals.entropy, expected.entropy, 1e-13 * n * 10) << where;
}

TEST_F(Pass, AgreesWithThePlainLoopForEveryEnergyNumberOfComponentsAndSize) {
  for (const EnergyType& energy : energies()) {
    const std::vector<double> shape = testing::shape_of(energy);
    for (int k = 1; k <= 17; ++k) {
      const auto components = some_kernel_components(k, static_cast<std::uint64_t>(k));
      for (Eigen::Index n : {1, 7, 8, 9, 255, 256, 257, 517}) {
        const Dataset data = testing::cloud(n, static_cast<std::uint64_t>(n));
        const std::string where = energy.id + ", K = " + std::to_string(k) + ", N = " + std::to_string(n);
        expect_matches(run_pass(energy, shape, components, data, 1),
                       reference(energy, shape, components, data, 1), where);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST_F(Pass, AgreesWithThePlainLoopAtOtherTemperaturesAndShapes) {
  for (const EnergyType& energy : energies()) {
    for (double factor : {0.3, 4.0}) {
      const std::vector<double> shape = testing::shape_of(energy, factor);
      const auto components = some_kernel_components(5, 9);
      const Dataset data = testing::cloud(300, 10);
      for (double tau : {0.2, 3.0, 50.0})
        expect_matches(run_pass(energy, shape, components, data, tau),
                       reference(energy, shape, components, data, tau), energy.id);
    }
  }
}

TEST_F(Pass, GivesTheSameBitsOnEveryInstructionSet) {
  if (supported().size() == 1) GTEST_SKIP() << "this processor has the baseline only";
  for (const EnergyType& energy : energies()) {
    const std::vector<double> shape = testing::shape_of(energy);
    for (int k : {1, 3, 16, 17}) {
      const auto components = some_kernel_components(k, 21);
      const Dataset data = testing::cloud(1003, 22);
      ASSERT_TRUE(kernel::set_active_isa(kernel::isa_name(Isa::baseline)));
      const Output baseline = run_pass(energy, shape, components, data, 0.7);
      for (Isa isa : supported()) {
        ASSERT_TRUE(kernel::set_active_isa(kernel::isa_name(isa)));
        const Output other = run_pass(energy, shape, components, data, 0.7);
        const std::string where = energy.id + " on " + kernel::isa_name(isa);
        EXPECT_TRUE(testing::same_bits(other.sums, baseline.sums)) << where;
        EXPECT_TRUE(testing::same_bits(other.energies, baseline.energies)) << where;
        EXPECT_TRUE(testing::same_bits(other.responsibilities, baseline.responsibilities)) << where;
        EXPECT_EQ(std::bit_cast<std::uint64_t>(other.totals.log_partition),
                  std::bit_cast<std::uint64_t>(baseline.totals.log_partition))
            << where;
        EXPECT_EQ(std::bit_cast<std::uint64_t>(other.totals.entropy),
                  std::bit_cast<std::uint64_t>(baseline.totals.entropy))
            << where;
      }
    }
  }
}

TEST_F(Pass, RowsAskedForChangeNoSum) {
  const EnergyType& energy = *find_energy("gaussian");
  const auto components = some_kernel_components(4, 31);
  const Dataset data = testing::cloud(777, 32);
  const Output with_rows = run_pass(energy, {}, components, data, 1);
  const Aligned workspace(kernel::workspace_size(4));
  Eigen::Matrix<double, 4, static_cast<int>(kernel::kSums), Eigen::RowMajor> sums;
  kernel::PassTotals totals;
  const kernel::PassInput in{
      data.points.col(0).data(), data.points.col(1).data(), data.size(), components.data(), 4, 1, nullptr,
      workspace.data.get()};
  kernel::pass_for(energy.index)(in, sums.data(), &totals);
  EXPECT_TRUE(testing::same_bits(sums, with_rows.sums));
}

TEST_F(Pass, EnergiesOfAnySizeGiveFiniteResponsibilitiesThatSumToOne) {
  for (Isa isa : supported()) {
    kernel::set_active_isa(kernel::isa_name(isa));
    for (const EnergyType& energy : energies()) {
      for (double tau : {1e-9, 1.0, 1e9}) {
        for (const auto& offsets : std::vector<std::vector<double>>{{1e300, 1e300, 1e300},
                                                                    {-1e300, -1e300, -1e300},
                                                                    {1e300, -1e300, 0},
                                                                    {1e300, 0, 0},
                                                                    {-1e300, 0, 1}}) {
          auto components = some_kernel_components(3, 41);
          for (std::size_t j = 0; j < 3; ++j) components[j].offset = offsets[j];
          const Output out =
              run_pass(energy, testing::shape_of(energy), components, testing::cloud(50, 42), tau);
          const std::string where = energy.id + ", tau = " + std::to_string(tau) + ", first offset " +
                                    std::to_string(offsets[0] / 1e300) + "e300";
          EXPECT_TRUE(out.responsibilities.allFinite()) << where;
          EXPECT_LE((out.responsibilities.rowwise().sum().array() - 1).abs().maxCoeff(), 1e-14) << where;
          EXPECT_TRUE(std::isfinite(out.totals.log_partition) && std::isfinite(out.totals.entropy)) << where;
          EXPECT_TRUE(out.sums.allFinite()) << where;
        }
      }
    }
  }
}

TEST_F(Pass, ColdIsOneHotAndHotIsUniform) {
  const auto components = some_kernel_components(5, 51);
  const Dataset data = testing::cloud(200, 52);
  for (const EnergyType& energy : energies()) {
    const Output cold = run_pass(energy, testing::shape_of(energy), components, data, 1e-9);
    for (Eigen::Index i = 0; i < data.size(); ++i) {
      Eigen::Index nearest = 0;
      cold.energies.row(i).minCoeff(&nearest);
      EXPECT_NEAR(cold.responsibilities(i, nearest), 1, 1e-12) << energy.id;
    }
    EXPECT_NEAR(cold.totals.entropy, 0, 1e-9) << energy.id;
    const Output hot = run_pass(energy, testing::shape_of(energy), components, data, 1e9);
    EXPECT_LE((hot.responsibilities.array() - 0.2).abs().maxCoeff(), 1e-7) << energy.id;
    EXPECT_NEAR(hot.totals.entropy / 200, std::log(5.0), 1e-9) << energy.id;
  }
}

TEST_F(Pass, ANanPointIsSeenInEverySum) {
  Dataset data = testing::cloud(20, 61);
  data.points(11, 0) = std::nan("");
  for (const EnergyType& energy : energies()) {
    const Output out = run_pass(energy, testing::shape_of(energy), some_kernel_components(3, 62), data, 1);
    EXPECT_TRUE(std::isnan(out.totals.log_partition)) << energy.id;
    EXPECT_TRUE(std::isnan(out.totals.entropy)) << energy.id;
    EXPECT_TRUE(std::isnan(out.sums(0, kernel::kN))) << energy.id;
  }
}

TEST(Isa, UnknownNamesAreRefusedAndTheBestIsActive) {
  EXPECT_FALSE(kernel::set_active_isa("mmx"));
  EXPECT_FALSE(kernel::set_active_isa(""));
  EXPECT_TRUE(kernel::isa_supported(kernel::active_isa()));
  EXPECT_EQ(kernel::active_isa(), supported().back());
}

}  // namespace
}  // namespace iem
