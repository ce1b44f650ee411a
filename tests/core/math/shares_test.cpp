// Weights of any size and what they are of the whole.
#include "core/math/shares.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/labs/activation/model/line_model.h"
#include "tests/core/support.h"

namespace iem {
namespace {

TEST(Shares, OnlyRatiosCount) {
  const std::vector<double> plain = {1, 2, 5};
  const std::vector<double> truth = log_shares(plain);
  for (std::size_t j = 0; j < 3; ++j) EXPECT_EQ(truth[j], std::log(plain[j] / 8)) << "to the last bit";
  for (const double size : {0x1p-1070, 0x1p-1000, 0x1p-400, 0x1p400, 0x1p1000, 0x1p1021}) {
    const std::vector<double> scaled = log_shares({size, 2 * size, 5 * size});
    for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(scaled[j], truth[j], 1e-15) << size;
  }
}

TEST(Shares, ARatioBeyondTheRangeHasALogarithm) {
  const std::vector<double> logs = log_shares({1e308, 1e-300, 1e308});
  EXPECT_NEAR(logs[0], -std::log(2.0), 1e-15);
  EXPECT_NEAR(logs[1], -608 * std::log(10.0) - std::log(2.0), 1e-11);
  EXPECT_EQ(moderate_weights({1, 2}), (std::vector<double>{1, 2}));
}

// Everywhere weights are normalised: the start and an edit of mixtures, of every kind of covariance, and of
// prototypes on the line.
TEST(Shares, MixturesOfEveryKindTakeThem) {
  for (const double size : {1e-320, 1e-300, 1.0, 1e200, 1e308}) {
    for (const CovarianceKind kind : testing::covariance_kinds()) {
      MixtureOptions options;
      options.energy = find_energy("gaussian");
      options.covariance = kind;
      const Mixture model(options);
      std::vector<MixtureComponent> given = testing::some_components(3, kind, 7);
      for (MixtureComponent& c : given)
        c.weight = size, c.sigma.xx *= 100, c.sigma.xy *= 100, c.sigma.yy *= 100;
      const Theta theta = model.pack(given);
      ASSERT_TRUE(theta.allFinite()) << size << " " << covariance_names()[static_cast<std::size_t>(kind)];
      for (const MixtureComponent& c : model.unpack(theta)) {
        EXPECT_NEAR(c.weight, 1.0 / 3, 1e-15) << size;
        EXPECT_NEAR(c.sigma.xx / given[0].sigma.xx,
                    kind == CovarianceKind::tied ? 1 : c.sigma.xx / given[0].sigma.xx, 1e-12);
      }
      const Theta edited = model.from_natural(theta, {{"weights", {{3}, {size, size, size}}}});
      EXPECT_NEAR(model.unpack(edited)[1].weight, 1.0 / 3, 1e-15) << size;
    }
    LineOptions line;
    line.kind = HypothesisKind::prototypes;
    line.count = 3;
    line.kernel = find_line_kernel("gaussian");
    const LineModel model(line);
    EXPECT_NEAR(model.unpack(model.pack({{-1, 0, 1}, 1, {size, size, size}})).prior[2], 1.0 / 3, 1e-15)
        << size;
  }
}

}  // namespace
}  // namespace iem
