// What becomes of a mixture's parameters after a step: blending towards EM, and the floor under widths.
#include <gtest/gtest.h>

#include "core/mixture/mixture.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::close;
using testing::covariance_kinds;
using testing::same_bits;

Mixture gaussian_mixture(CovarianceKind kind) {
  MixtureOptions options;
  options.energy = find_energy("gaussian");
  options.shape = testing::shape_of(*options.energy);
  options.covariance = kind;
  return Mixture(options);
}

TEST(Blend, AtItsEndsIsEitherSideToTheLastBit) {
  for (CovarianceKind kind : covariance_kinds()) {
    const Mixture model = gaussian_mixture(kind);
    const Theta a = model.pack(testing::some_components(3, kind, 1));
    const Theta b = model.pack(testing::some_components(3, kind, 2));
    EXPECT_TRUE(same_bits(model.blend(a, b, 0), a));
    EXPECT_TRUE(same_bits(model.blend(a, b, 1), b));
  }
}

TEST(Blend, BetweenItsEndsMixesNaturalParameters) {
  for (CovarianceKind kind : covariance_kinds()) {
    if (kind == CovarianceKind::fixed) continue;  // nothing of it is learned, hence nothing is mixed
    const Mixture model = gaussian_mixture(kind);
    const Theta a = model.pack(testing::some_components(3, kind, 1));
    const Theta b = model.pack(testing::some_components(3, kind, 2));
    const auto from = model.natural(a), to = model.natural(b), got = model.natural(model.blend(a, b, 0.3));
    for (std::size_t block = 0; block < got.size(); ++block)
      for (std::size_t i = 0; i < got[block].tensor.data.size(); ++i)
        EXPECT_NEAR(got[block].tensor.data[i],
                    0.7 * from[block].tensor.data[i] + 0.3 * to[block].tensor.data[i], 1e-14)
            << got[block].name;
  }
}

TEST(Blend, KeepsTheBitsOfWhatIsNotLearned) {
  for (int learn = 0; learn < 8; ++learn) {
    MixtureOptions options;
    options.energy = find_energy("gaussian");
    options.learn_means = learn & 1;
    options.learn_covariances = learn & 2;
    options.learn_weights = learn & 4;
    const Mixture model(options);
    const Theta a = model.pack(testing::some_components(3, CovarianceKind::full, 1));
    const Theta b = model.pack(testing::some_components(3, CovarianceKind::full, 2));
    const Theta mixed = model.blend(a, b, 0.5);
    for (const Block& block : model.layout().blocks())
      EXPECT_EQ(static_cast<bool>(same_bits(mixed.segment(block.offset, block.size()),
                                            a.segment(block.offset, block.size()))),
                !block.learned)
          << block.name;
  }
}

TEST(SigmaFloor, LiftsNarrowDirectionsAndLeavesTheOthers) {
  for (CovarianceKind kind : covariance_kinds()) {
    MixtureOptions options;
    options.energy = find_energy("gaussian");
    options.covariance = kind;
    options.sigma_floor = 0.5;
    const Mixture model(options);
    auto components = testing::some_components(3, CovarianceKind::spherical, 1);
    components[0].sigma = {0.01, 0.03, 4};  // narrow across, wide along
    components[1].sigma = {0.02, 0, 0.03};
    if (kind == CovarianceKind::tied) components[1].sigma = components[2].sigma = components[0].sigma;
    const Theta before = model.pack(components);
    Theta after = before;
    model.project(after);
    if (kind == CovarianceKind::fixed) {
      EXPECT_TRUE(same_bits(after, before)) << "what is not learned is not touched";
      continue;
    }
    const auto was = model.unpack(before), is = model.unpack(after);
    for (std::size_t j = 0; j < 3; ++j) {
      const Eigen2 old_axes = eigen(was[j].sigma), axes = eigen(is[j].sigma);
      EXPECT_NEAR(axes.small, std::max(old_axes.small, 0.25), 1e-13) << j;
      EXPECT_NEAR(axes.large, std::max(old_axes.large, 0.25), 1e-12) << j;
    }
    Theta again = after;
    model.project(again);
    EXPECT_TRUE(close(again, after, 1e-14)) << "projecting twice changes nothing";
    if (kind == CovarianceKind::tied) continue;
    const Block& block = model.layout().block("covariances");
    const Eigen::Index third = block.offset + 2 * block.columns;
    EXPECT_TRUE(same_bits(after.segment(third, block.columns), before.segment(third, block.columns)))
        << "a component above the floor keeps its bits";
  }
}

}  // namespace
}  // namespace iem
