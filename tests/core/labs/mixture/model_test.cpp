// The mixture swept over energies, covariance kinds, volume term and temperature.
#include "core/mixture/mixture.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::close;
using testing::covariance_kinds;
using testing::same_bits;

Mixture mixture(const std::string& energy, CovarianceKind kind, bool volume_term = true, int k = 3) {
  MixtureOptions options;
  options.components = k;
  options.energy = find_energy(energy);
  options.shape = testing::shape_of(*options.energy);
  options.covariance = kind;
  options.volume_term = volume_term;
  return Mixture(options);
}

// J by its definition in extended precision: no responsibilities, no sums.
double objective(const Mixture& model, const Theta& theta, double tau, const Dataset& data) {
  const auto components = model.unpack(theta);
  const MixtureOptions& o = model.options();
  long double total = 0;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    std::vector<long double> d;
    for (const MixtureComponent& c : components) {
      const long double xx = c.sigma.xx, xy = c.sigma.xy, yy = c.sigma.yy;
      // u = C^-1 (x - mu) with Sigma = C C^T.
      const long double c00 = std::sqrt(xx), c10 = xy / c00, c11 = std::sqrt(yy - c10 * c10);
      const long double u0 = (data.points(i, 0) - static_cast<long double>(c.mu_x)) / c00;
      const long double u1 = (data.points(i, 1) - static_cast<long double>(c.mu_y) - c10 * u0) / c11;
      long double energy = testing::reference_kernel(*o.energy, u0, u1, o.shape);
      if (o.energy->on_circle) {
        const long double y = data.points(i, 1), x = data.points(i, 0), mx = c.mu_x, my = c.mu_y;
        energy = o.shape[0] * (1 - std::cos(std::atan2(y, x) - std::atan2(my, mx)));
      }
      energy -= std::log(static_cast<long double>(c.weight));
      if (o.volume_term) energy += std::log(xx * yy - xy * xy) / 2 + o.energy->constant_2d(o.shape.data());
      d.push_back(energy);
    }
    long double z = 0;
    const long double least = *std::min_element(d.begin(), d.end());
    for (long double energy : d) z += std::exp((least - energy) / tau);
    total -= tau * std::log(z) - least;
  }
  return static_cast<double>(total / data.size());
}

struct MixtureCase {
  std::string energy;
  CovarianceKind kind;
  bool volume_term;
  friend void PrintTo(const MixtureCase& c, std::ostream* out) { *out << c.energy; }
};

class MixtureSweep : public ::testing::TestWithParam<MixtureCase> {};

std::vector<MixtureCase> cases() {
  std::vector<MixtureCase> out;
  for (const EnergyType& energy : energies())
    for (CovarianceKind kind : covariance_kinds())
      for (bool volume_term : {true, false})
        if (!energy.on_circle || (kind == CovarianceKind::fixed && !volume_term))
          out.push_back({energy.id, kind, volume_term});
  return out;
}
INSTANTIATE_TEST_SUITE_P(Registry, MixtureSweep, ::testing::ValuesIn(cases()), [](const auto& p) {
  return p.param.energy + "_" + covariance_names()[static_cast<std::size_t>(p.param.kind)] +
         (p.param.volume_term ? "" : "_no_volume");
});

TEST_P(MixtureSweep, LossIsTheObjectiveOfTheDefinition) {
  const Mixture model = mixture(GetParam().energy, GetParam().kind, GetParam().volume_term);
  const Dataset data = testing::cloud(61, 3);
  const Theta theta = model.pack(testing::some_components(3, GetParam().kind, 4));
  for (double tau : {0.3, 1.0, 4.0})
    EXPECT_NEAR(testing::evaluate(model, theta, tau, data).loss, objective(model, theta, tau, data), 1e-12);
}

TEST_P(MixtureSweep, GradientIsThatOfCentralDifferences) {
  const Mixture model = mixture(GetParam().energy, GetParam().kind, GetParam().volume_term);
  const Dataset data = testing::cloud(37, 5);
  const Theta theta = model.pack(testing::some_components(3, GetParam().kind, 6));
  for (double tau : {0.3, 1.0, 4.0}) {
    const Theta claimed = testing::evaluate(model, theta, tau, data).gradient;
    Theta computed = Theta::Zero(theta.size());
    for (const Block& block : model.layout().blocks()) {
      if (!block.learned) continue;
      for (Eigen::Index i = block.offset; i < block.offset + block.size(); ++i) {
        const double h = 1e-5;  // small, since some kernels have kinks
        Theta up = theta, down = theta;
        up[i] += h;
        down[i] -= h;
        computed[i] =
            (objective(model, up, tau, data) - objective(model, down, tau, data)) / (up[i] - down[i]);
      }
    }
    EXPECT_TRUE(close(claimed, computed, 1e-7)) << "tau = " << tau;
  }
}

TEST_P(MixtureSweep, PackAndUnpackAreInverse) {
  const Mixture model = mixture(GetParam().energy, GetParam().kind, GetParam().volume_term);
  const auto components = testing::some_components(3, GetParam().kind, 7);
  const Theta theta = model.pack(components);
  const auto again = model.unpack(theta);
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_EQ(again[j].mu_x, components[j].mu_x);
    EXPECT_EQ(again[j].mu_y, components[j].mu_y);
    EXPECT_NEAR(again[j].weight, components[j].weight, 1e-15);
    const Sym2 s = again[j].sigma, t = components[j].sigma;
    // A fixed matrix is any matrix: the kind says that it is not learned.
    EXPECT_NEAR(s.xx, t.xx, 1e-14);
    EXPECT_NEAR(s.xy, t.xy, 1e-14);
    EXPECT_NEAR(s.yy, t.yy, 1e-14);
  }
  EXPECT_TRUE(close(model.pack(again), theta, 1e-14));
}

TEST_P(MixtureSweep, AnyNumberOfThreadsGivesTheSameBits) {
  const Mixture model = mixture(GetParam().energy, GetParam().kind, GetParam().volume_term);
  const Theta theta = model.pack(testing::some_components(3, GetParam().kind, 8));
  for (Eigen::Index n : {4095, 4097, 20011}) {
    const Dataset data = testing::cloud(n, 9);
    const Evaluation one = testing::evaluate(model, theta, 0.8, data);
    for (int threads : {2, 3}) {
      ThreadPool some(threads);
      Evaluation other;
      for (int repeat = 0; repeat < 3; ++repeat) {
        model.evaluate(theta, 0.8, data, {}, Wanted::rows, some, other);
        ASSERT_EQ(other.loss, one.loss);
        ASSERT_TRUE(same_bits(other.gradient, one.gradient));
        ASSERT_TRUE(same_bits(other.statistics, one.statistics));
        ASSERT_TRUE(same_bits(other.metrics, one.metrics));
        ASSERT_TRUE(same_bits(other.responsibilities, one.responsibilities));
      }
    }
  }
}

TEST(Mixture, BlocksThatAreNotLearnedHaveNoGradient) {
  const Dataset data = testing::cloud(50, 1);
  for (CovarianceKind kind : covariance_kinds()) {
    for (int learn = 0; learn < 8; ++learn) {
      MixtureOptions options;
      options.energy = find_energy("gaussian");
      options.covariance = kind;
      options.learn_means = learn & 1;
      options.learn_covariances = learn & 2;
      options.learn_weights = learn & 4;
      const Mixture model(options);
      const Theta theta = model.pack(testing::some_components(3, kind, 2));
      const Theta g = testing::evaluate(model, theta, 1, data).gradient;
      const bool expected[] = {(learn & 1) != 0, (learn & 2) != 0 && kind != CovarianceKind::fixed,
                               (learn & 4) != 0};
      for (std::size_t b = 0; b < 3; ++b) {
        const Block& block = model.layout().blocks()[b];
        EXPECT_EQ(block.learned, expected[b]);
        EXPECT_EQ(g.segment(block.offset, block.size()).isZero(0), !expected[b]) << block.name;
      }
    }
  }
}

TEST(Mixture, MetricsAreEntropyAndSmallestShare) {
  const Mixture model = mixture("gaussian", CovarianceKind::full);
  const Dataset data = testing::cloud(500, 1);
  const Evaluation e =
      testing::evaluate(model, model.pack(testing::some_components(3, CovarianceKind::full, 2)), 1, data);
  const double entropy = -(e.responsibilities.array() * e.responsibilities.array().log()).sum() / 500;
  EXPECT_NEAR(e.metrics[0], entropy, 1e-12);
  EXPECT_NEAR(e.metrics[1], e.responsibilities.colwise().sum().minCoeff() / 500, 1e-13);
}

TEST(Mixture, ABatchIsTheSameAsTheDataItNames) {
  const Mixture model = mixture("huber", CovarianceKind::full);
  const Dataset data = testing::cloud(100, 1);
  const Theta theta = model.pack(testing::some_components(3, CovarianceKind::full, 2));
  const std::vector<Eigen::Index> batch = {5, 17, 3, 99, 64, 0, 21};
  Dataset part;
  part.points.resize(static_cast<Eigen::Index>(batch.size()), 2);
  for (std::size_t i = 0; i < batch.size(); ++i)
    part.points.row(static_cast<Eigen::Index>(i)) = data.points.row(batch[i]);
  ThreadPool alone(1);
  Evaluation a, b;
  model.evaluate(theta, 1, data, batch, Wanted::sums, alone, a);
  model.evaluate(theta, 1, part, {}, Wanted::sums, alone, b);
  EXPECT_EQ(a.loss, b.loss);
  EXPECT_TRUE(same_bits(a.gradient, b.gradient));
}

TEST(Mixture, TermsAddUpToTheEnergyOfThePass) {
  const Dataset data = testing::cloud(20, 1);
  for (const EnergyType& energy : energies()) {
    const Mixture model = mixture(energy.id, CovarianceKind::full);
    const Theta theta = model.pack(testing::some_components(3, CovarianceKind::full, 2));
    const Evaluation e = testing::evaluate(model, theta, 1, data);
    for (Eigen::Index i = 0; i < data.size(); ++i)
      for (int j = 0; j < 3; ++j) {
        const Mixture::Terms terms = model.terms(theta, j, data.points(i, 0), data.points(i, 1));
        EXPECT_NEAR(terms.kernel + terms.volume + terms.rest, e.energies(i, j), 1e-12) << energy.id;
      }
  }
}

// One component at a time is the same as all at once, to the bit.
TEST(Mixture, TermsAreThoseOfTheComponentsTheHotPassSees) {
  for (const EnergyType& energy : energies()) {
    const Mixture model = mixture(energy.id, CovarianceKind::full);
    const Theta theta = model.pack(testing::some_components(3, CovarianceKind::full, 2));
    const auto all = model.kernel_components(theta);
    ASSERT_EQ(all.size(), 3u);
    for (int j = 0; j < 3; ++j) {
      const Mixture::Terms terms = model.terms(theta, j, 0.3, -0.8);
      EXPECT_EQ(terms.rest, all[static_cast<std::size_t>(j)].offset - terms.volume) << energy.id;
    }
  }
}

TEST(MixtureDeathTest, AskedForWithoutAnEnergySaysSo) {
  EXPECT_DEATH(Mixture(MixtureOptions{}), "internal error: options_.energy != nullptr");
}

TEST(Mixture, MeanGradientIsTheDerivativeOfOneEnergy) {
  for (const EnergyType& energy : energies()) {
    const Mixture model = mixture(energy.id, CovarianceKind::full);
    const Theta theta = model.pack(testing::some_components(3, CovarianceKind::full, 2));
    const double x = 0.37, y = 1.91, h = 1e-6;
    for (int j = 0; j < 3; ++j)
      for (int axis = 0; axis < 2; ++axis) {
        Theta up = theta, down = theta;
        up[2 * j + axis] += h;
        down[2 * j + axis] -= h;
        const double slope = (model.terms(up, j, x, y).kernel - model.terms(down, j, x, y).kernel) / (2 * h);
        EXPECT_NEAR(model.mean_gradient(theta, j, x, y)[axis], slope, 1e-8) << energy.id;
      }
  }
}

// --- natural parameters ---

TEST(FromNatural, PutsTheGivenBlocksAndKeepsTheRestToTheBit) {
  for (CovarianceKind kind : covariance_kinds()) {
    const Mixture model = mixture("gaussian", kind);
    const Theta theta = model.pack(testing::some_components(3, kind, 1));
    const Theta other = model.pack(testing::some_components(3, kind, 2));
    for (const NamedTensor& block : model.natural(other)) {
      const Theta put = model.from_natural(theta, {block});
      for (const Block& b : model.layout().blocks()) {
        const auto got = put.segment(b.offset, b.size());
        if (b.name == block.name) {
          EXPECT_TRUE(close(got, other.segment(b.offset, b.size()), 1e-13)) << b.name;
        } else {
          EXPECT_TRUE(same_bits(got, theta.segment(b.offset, b.size()))) << b.name;
        }
      }
    }
    EXPECT_TRUE(close(model.from_natural(theta, model.natural(other)), other, 1e-13));
  }
}

struct BadInput {
  NamedTensor given;
  std::string says;
};

TEST(FromNatural, RefusesWhatDoesNotFitAndSaysWhy) {
  const Mixture model = mixture("gaussian", CovarianceKind::full, true, 2);
  const Theta theta = model.pack(testing::some_components(2, CovarianceKind::full, 1));
  const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
  const std::vector<BadInput> bad = {
      {{"means", {{3, 2}, {0, 0, 0, 0, 0, 0}}}, "3 x 2"},
      {{"means", {{2, 2}, {0, 0, nan, 0}}}, "finite"},
      {{"means", {{2, 2}, {0, 0, inf, 0}}}, "finite"},
      {{"covariances", {{2, 2}, {1, 0, 0, 1}}}, "2 x 2 x 2"},
      {{"covariances", {{2, 2, 2}, {1, 0, 0, 1, 1, 0.5, 0.4, 1}}}, "covariances[1]"},
      {{"covariances", {{2, 2, 2}, {1, 2, 2, 1, 1, 0, 0, 1}}}, "covariances[0]"},
      {{"covariances", {{2, 2, 2}, {1, 0, 0, 1, 0, 0, 0, 0}}}, "positive definite"},
      {{"covariances", {{2, 2, 2}, {1, 0, 0, 1, nan, 0, 0, 1}}}, "covariances[1]"},
      {{"weights", {{3}, {1, 1, 1}}}, "weights"},
      {{"weights", {{2}, {1, 0}}}, "weights[1]"},
      {{"weights", {{2}, {-1, 1}}}, "weights[0]"},
      {{"weights", {{2}, {nan, 1}}}, "weights[0]"},
      {{"weights", {{2}, {inf, 1}}}, "finite"},
      {{"phases", {{2}, {1, 1}}}, "phases"},
  };
  for (const BadInput& input : bad) {
    try {
      model.from_natural(theta, {input.given});
      ADD_FAILURE() << input.given.name << " was taken, but should say " << input.says;
    } catch (const InputError& error) {
      EXPECT_NE(std::string(error.what()).find(input.says), std::string::npos) << error.what();
    }
  }
}

TEST(Pack, ProjectsMatricesOntoTheKindAndNormalisesWeights) {
  auto components = testing::some_components(3, CovarianceKind::full, 1);
  for (MixtureComponent& c : components) c.weight *= 7;
  const auto spherical = mixture("gaussian", CovarianceKind::spherical);
  const auto round = spherical.unpack(spherical.pack(components));
  const auto diag = mixture("gaussian", CovarianceKind::diag);
  const auto straight = diag.unpack(diag.pack(components));
  const auto tied = mixture("gaussian", CovarianceKind::tied);
  const auto shared = tied.unpack(tied.pack(components));
  double mean_xy = 0, total = 0;
  for (const MixtureComponent& c : components) mean_xy += c.weight * c.sigma.xy / 7;
  for (std::size_t j = 0; j < 3; ++j) {
    const Sym2& s = components[j].sigma;
    EXPECT_NEAR(round[j].sigma.xx, (s.xx + s.yy) / 2, 1e-14);
    EXPECT_EQ(round[j].sigma.xx, round[j].sigma.yy);
    EXPECT_EQ(round[j].sigma.xy, 0);
    EXPECT_NEAR(straight[j].sigma.xx, s.xx, 1e-14);
    EXPECT_NEAR(straight[j].sigma.yy, s.yy, 1e-14);
    EXPECT_EQ(straight[j].sigma.xy, 0);
    EXPECT_NEAR(shared[j].sigma.xy, mean_xy, 1e-14);
    total += shared[j].weight;
  }
  EXPECT_NEAR(total, 1, 1e-15);
}

TEST(Pack, AMatrixThatLostDefinitenessShowsAsNonFinite) {
  auto components = testing::some_components(3, CovarianceKind::full, 1);
  components[1].sigma = {1, 2, 1};
  EXPECT_FALSE(mixture("gaussian", CovarianceKind::full).pack(components).allFinite());
}

}  // namespace
}  // namespace iem
