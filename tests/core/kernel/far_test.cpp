// Points so far away that their squared distance overflows, where the answer does not: energies, sums and
// derivatives against extended precision, whose range is larger.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>

#include "core/kernel/pass.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using Wide = long double;

// Near points among them, so that a block holds both.
Dataset with_far_points(double size) {
  Dataset data = testing::cloud(40, 5);
  const double far[][2] = {{size, 0.5}, {-0.3, -size}, {0.6 * size, 0.7 * size}, {-size, size / 3}};
  for (Eigen::Index i = 0; i < 4; ++i) data.points.row(9 * i + 2) << far[i][0], far[i][1];
  return data;
}

Mixture mixture_of(const EnergyType& energy, const std::vector<double>& shape) {
  MixtureOptions options;
  options.components = 3;
  options.energy = &energy;
  options.shape = shape;
  options.covariance = energy.on_circle ? CovarianceKind::fixed : CovarianceKind::full;
  return Mixture(options);
}

// k'(u)/u of the reference kernel by its differences along the ray through u.
Wide weight_by_differences(const EnergyType& energy, Wide u0, Wide u1, const std::vector<double>& shape) {
  const Wide h = 1e-6L, rho = std::hypot(u0, u1);
  const auto at = [&](Wide t) { return testing::reference_kernel(energy, u0 * t, u1 * t, shape); };
  return (8 * (at(1 + h) - at(1 - h)) - (at(1 + 2 * h) - at(1 - 2 * h))) / (12 * h) / rho / rho;
}

// What can be told of a mixture at far points, entry by entry, in extended precision.
struct FarReference {
  Eigen::MatrixXd energies, r;
  std::vector<std::array<Wide, kernel::kSums>> sums, sizes;
  Wide loss = 0;
};

FarReference far_reference(const Mixture& model, const Theta& theta, const Dataset& data) {
  const MixtureOptions& o = model.options();
  const auto components = model.kernel_components(theta);
  const std::size_t k = components.size();
  FarReference out;
  out.energies.resize(data.size(), static_cast<Eigen::Index>(k));
  out.r = out.energies;
  out.sums.resize(k);
  out.sizes.resize(k);
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    std::vector<Wide> d(k);
    std::vector<std::array<Wide, 4>> at(k);  // dx, dy, u
    for (std::size_t j = 0; j < k; ++j) {
      const kernel::Component& c = components[j];
      const Wide dx = data.points(i, 0) - Wide{c.mu0}, dy = data.points(i, 1) - Wide{c.mu1};
      at[j] = {dx, dy, c.w00 * dx, c.w10 * dx + c.w11 * dy};
      d[j] = testing::reference_kernel(*o.energy, at[j][2], at[j][3], o.shape) + c.offset;
    }
    const Wide least = *std::min_element(d.begin(), d.end());
    Wide z = 0;
    for (const Wide each : d) z += std::exp(least - each);
    out.loss += (least - std::log(z)) / static_cast<Wide>(data.size());
    for (std::size_t j = 0; j < k; ++j) {
      const Wide r = std::exp(least - d[j]) / z, dx = at[j][0], dy = at[j][1];
      out.energies(i, static_cast<Eigen::Index>(j)) = static_cast<double>(d[j]);
      out.r(i, static_cast<Eigen::Index>(j)) = static_cast<double>(r);
      const Wide w = weight_by_differences(*o.energy, at[j][2], at[j][3], o.shape);
      const std::array<Wide, kernel::kSums> add = {
          r, r * w, r * w * dx, r * w * dy, r * w * dx * dx, r * w * dy * dx, r * w * dy * dy};
      for (std::size_t s = 0; s < add.size(); ++s) {
        out.sums[j][s] += add[s];
        out.sizes[j][s] += std::fabs(add[s]);
      }
    }
  }
  return out;
}

bool within(const Eigen::MatrixXd& value, const Eigen::MatrixXd& truth, double tolerance) {
  return ((value - truth).array().abs() <= tolerance * truth.array().abs().max(1.0)).all();
}

// Heavy tails: of |u| = 1e160 and more the energy is far from the end of the range.
TEST(FarPoints, HaveTheEnergiesAndSumsOfHeavyTails) {
  int tried = 0;
  for (const char* id : {"student_t", "huber", "pseudo_huber"})
    for (const double factor : {0.3, 1.0, 1e3, 1e9})
      for (const double size : {1e100, 1e121, 1e150, 1e154, 1e160, 1e200, 1e250}) {
        // Of a huge c the reference, c^2 (sqrt(1 + rho^2/c^2) - 1), loses all digits of near points itself.
        if (std::string(id) == "pseudo_huber" && factor > 1e3) continue;
        const EnergyType& energy = *find_energy(id);
        const Mixture model = mixture_of(energy, testing::shape_of(energy, factor));
        const Theta theta = model.pack(testing::some_components(3, CovarianceKind::full, 3));
        const Dataset data = with_far_points(size);
        const FarReference truth = far_reference(model, theta, data);
        const std::string where = std::string(id) + " times " + std::to_string(factor) + " at 1e" +
                                  std::to_string(static_cast<int>(std::log10(size)));
        for (const kernel::Isa isa : {kernel::Isa::baseline, kernel::Isa::avx2, kernel::Isa::avx512}) {
          const std::string was = kernel::isa_name(kernel::active_isa());
          if (!kernel::set_active_isa(kernel::isa_name(isa))) continue;
          const Evaluation e = testing::evaluate(model, theta, 1, data);
          kernel::set_active_isa(was.c_str());
          EXPECT_TRUE(within(e.energies, truth.energies, 1e-13)) << where;
          EXPECT_NEAR(e.loss, static_cast<double>(truth.loss),
                      1e-13 * std::abs(static_cast<double>(truth.loss)))
              << where;
          // Where energies of 1e250 compete, their difference is all rounding.
          if (std::string(id) == "student_t") {
            EXPECT_TRUE(within(e.responsibilities, truth.r, 1e-9)) << where;
          }
          EXPECT_LE((e.responsibilities.rowwise().sum().array() - 1).abs().maxCoeff(), 1e-14) << where;
          EXPECT_TRUE(std::isfinite(e.metrics[0])) << where;
          for (std::size_t j = 0; j < 3 && std::string(id) == "student_t"; ++j)
            for (std::size_t s = 0; s < kernel::kSums; ++s) {
              const double sum = e.statistics(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(s));
              EXPECT_NEAR(sum, static_cast<double>(truth.sums[j][s]),
                          1e-9 * static_cast<double>(truth.sizes[j][s]))
                  << where << ", sum " << s << " of " << j;
            }
          EXPECT_TRUE(e.gradient.allFinite()) << where;
          ++tried;
        }
      }
  EXPECT_GE(tried, 11 * 7);
}

TEST(FarPoints, AndNearOnesHaveTheSameEnergiesWhereTheseAloneAreAskedFor) {
  for (const EnergyType& energy : energies()) {
    const Mixture model = mixture_of(energy, testing::shape_of(energy));
    const Theta theta = model.pack(testing::some_components(3, model.options().covariance, 3));
    for (const double size : {1.0, 1e125, 1e160}) {
      const Dataset data = with_far_points(size);
      const Evaluation all = testing::evaluate(model, theta, 0.7, data, Wanted::rows);
      const Evaluation alone = testing::evaluate(model, theta, 0.7, data, Wanted::energies);
      EXPECT_TRUE(testing::same_bits(alone.energies, all.energies)) << energy.id << " " << size;
      EXPECT_EQ(std::bit_cast<std::uint64_t>(alone.loss), std::bit_cast<std::uint64_t>(all.loss))
          << energy.id << " " << size;
      EXPECT_EQ(alone.responsibilities.size(), 0);
    }
  }
}

TEST(FarPoints, GiveTheSameBitsOnEveryInstructionSet) {
  for (const EnergyType& energy : energies()) {
    const Mixture model = mixture_of(energy, testing::shape_of(energy));
    const Theta theta = model.pack(testing::some_components(3, model.options().covariance, 3));
    for (const double size : {1e125, 1e160}) {
      const std::string was = kernel::isa_name(kernel::active_isa());
      kernel::set_active_isa("sse2");
      const Evaluation first = testing::evaluate(model, theta, 0.7, with_far_points(size));
      for (const char* isa : {"avx2", "avx512"}) {
        if (!kernel::set_active_isa(isa)) continue;
        const Evaluation e = testing::evaluate(model, theta, 0.7, with_far_points(size));
        EXPECT_TRUE(testing::same_bits(e.statistics, first.statistics)) << energy.id << " " << isa;
        EXPECT_TRUE(testing::same_bits(e.energies, first.energies)) << energy.id << " " << isa;
        EXPECT_TRUE(testing::same_bits(e.metrics, first.metrics)) << energy.id << " " << isa;
      }
      kernel::set_active_isa(was.c_str());
    }
  }
}

// The scalar forms, which fields, inspector and checks read.
TEST(FarPoints, AreTheSameInTheScalarForms) {
  int tried = 0;
  for (const EnergyType& energy : energies()) {
    if (energy.on_circle) continue;
    for (const double factor : {0.3, 1.0, 1e9})
      for (const double size : {1e119, 1e121, 1e154, 1e160, 1e250}) {
        const std::vector<double> shape = testing::shape_of(energy, factor);
        const double u0 = 0.6 * size, u1 = -0.8 * size;
        const auto truth = static_cast<double>(testing::reference_kernel(energy, u0, u1, shape));
        if (!std::isfinite(truth)) {
          EXPECT_EQ(energy.kernel(u0, u1, shape.data()), truth) << energy.id;  // a square that is the answer
          continue;
        }
        EXPECT_NEAR(energy.kernel(u0, u1, shape.data()), truth, 1e-14 * truth) << energy.id << " at " << size;
        const Dual along = energy.dual_kernel({u0, u0 / size}, {u1, u1 / size}, shape.data());
        EXPECT_NEAR(along.v, truth, 1e-14 * truth);
        double g[2];
        energy.gradient(u0, u1, shape.data(), g);
        const Wide slope = energy.radial ? weight_by_differences(energy, u0, u1, shape) * size : Wide{1.4L};
        EXPECT_NEAR(along.d, static_cast<double>(slope), 1e-9 * static_cast<double>(slope))
            << energy.id << " " << size;
        EXPECT_NEAR(g[0] * u0 / size + g[1] * u1 / size, along.d, 1e-13 * along.d)
            << energy.id << " " << size;
        ++tried;
      }
  }
  EXPECT_GT(tried, 40);
}

// A large nu is nearly the gaussian: nu/2 log(1 + rho^2/nu) must not lose rho.
TEST(FarPoints, LargeNuKeepsItsDigits) {
  const EnergyType& energy = *find_energy("student_t");
  for (const double nu : {10.0, 1e3, 1e6, 1e10, 1e16, 1e100})
    for (const double u : {1e-6, 0.1, 1.0, 30.0}) {
      const std::vector<double> shape = {nu};
      const double truth = 0.5 * (nu + 2) * std::log1p(u * u / nu);
      // Below the limit, what the rounding of 1 + rho^2/nu costs.
      const double tolerance = nu > 4096 ? 1e-14 * truth : 4e-16 * nu;
      EXPECT_NEAR(energy.kernel(u, 0, shape.data()), truth, tolerance) << nu << " " << u;
      Dataset data;
      data.points.resize(1, 2);
      data.points << u, 0;
      MixtureOptions options;
      options.components = 1;
      options.energy = &energy;
      options.shape = shape;
      options.volume_term = false;
      const Mixture model(options);
      const Evaluation e = testing::evaluate(model, model.pack({{0, 0, {}, 1}}), 1, data);
      EXPECT_NEAR(e.energies(0, 0), truth, tolerance) << nu << " " << u;
    }
}

TEST(FarPoints, HaveADirection) {
  const EnergyType& energy = *find_energy("cosine");
  const Mixture model = mixture_of(energy, testing::shape_of(energy));
  const auto at = [&](double size) {
    Dataset data;
    data.points.resize(2, 2);
    data.points << 0.6 * size, 0.8 * size, -0.1 * size, 0.3 * size;
    return testing::evaluate(model, model.pack({{size, 0, {}, 1}, {0, size, {}, 1}, {-size, size, {}, 1}}), 1,
                             data);
  };
  const Evaluation near = at(1);
  for (const double size : {1e-300, 1e-170, 1e-150, 1e150, 1e155, 1e300}) {
    const Evaluation far = at(size);
    EXPECT_TRUE(testing::close(far.energies, near.energies, 1e-14)) << size;
    EXPECT_TRUE(far.gradient.allFinite()) << size;
    EXPECT_GT(far.gradient.norm(), 0) << size;
  }
}

// The weights of a component around a far point add up to some 1e-21, by which its mean is divided: it gets
// there all the same.
TEST(FarPoints, AnMStepGoesAllTheWay) {
  const std::string scene =
      "[data]\npoints = [[0, 0], [1e160, 0], [0.5, 0.2], [0.1, 0.3], [1, 1], [0.7, "
      "0.1]]\n[model]\ncomponents = "
      "2\ninit = \"explicit\"\nmeans = [[0, 0], [1, 1]]\ncovariances = [[[1, 0], [0, 1]], [[1, 0], [0, "
      "1]]]\nweights = [0.5, 0.5]\n";
  int runs = 0;
  for (const char* energy : {"huber", "pseudo_huber"})
    for (const char* kind : {"full", "diag", "spherical"})
      for (const char* rule : {"em", "incremental_em"}) {
        const std::string what = std::string(energy) + " " + kind + " " + rule;
        iem::Run run(testing::mixture_scene(scene + "energy = \"" + energy + "\"\ncovariance = \"" + kind +
                                            "\"\n[optimizer]\nmethod = \"" + rule + "\"\n"),
                     testing::pool());
        run.seek(30);
        EXPECT_EQ(run.state().step, 30) << what;
        EXPECT_TRUE(std::isfinite(run.evaluation().loss)) << what;
        // One component is where the far point is, as narrow as reg_covar lets it be.
        const auto all = static_cast<const Mixture&>(*run.setup().model).unpack(run.state().theta);
        const MixtureComponent& far = all[all[0].mu_x > all[1].mu_x ? 0 : 1];
        EXPECT_NEAR(far.mu_x / 1e160, 1, 1e-12) << what;
        EXPECT_NEAR(far.sigma.yy, 1e-6, 1e-9) << what;
        EXPECT_NEAR(far.weight, 1.0 / 6, 1e-12) << what;
        ++runs;
      }
  EXPECT_EQ(runs, 12);
}

// A broad component explains the point, a narrow one has an infinite energy there and no part in it.
TEST(FarPoints, OneInfiniteEnergyOfTwoCountsForNothing) {
  const EnergyType& energy = *find_energy("gaussian");
  Dataset data;
  data.points.resize(3, 2);
  data.points << 0, 1, 1, 0, 1e160, 1;
  const Mixture model = mixture_of(energy, {});
  const double broad = 1e300;
  const Evaluation e = testing::evaluate(
      model, model.pack({{0, 0, {}, 1}, {1, 1, {}, 1}, {0, 0, {broad, 0, broad}, 1}}), 1, data);
  EXPECT_EQ(e.responsibilities(2, 2), 1);
  EXPECT_TRUE(std::isfinite(e.loss));
  EXPECT_TRUE(std::isfinite(e.metrics[0]));
}

}  // namespace
}  // namespace iem
