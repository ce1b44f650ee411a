#include <gtest/gtest.h>

#include <cmath>

#include "core/config/common_parameters.h"
#include "core/data/source.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

Config config_for(int dimension) {
  std::vector<Parameter> parameters = data_parameters(dimension);
  for (Parameter& parameter : seed_parameters()) parameters.push_back(std::move(parameter));
  return Config(dimension == 1 ? "activation" : "mixture",
                std::make_shared<ParameterTable>(std::move(parameters)));
}

bool is_generated(const DataSource& source) {
  return source.id != "inline" && source.id != "csv" && source.id != "npy" && source.id != "none" &&
         source.id != "digits";
}

// Calls check(config, source) for every generator of points, with its own dimension.
template <class Check>
void for_each_generator(Check check) {
  for (const DataSource& source : data_sources()) {
    if (!is_generated(source) || source.dimension <= 0) continue;  // of a width of their own
    SCOPED_TRACE(source.id);
    Config config = config_for(source.dimension);
    config.set("data.source", source.id);
    check(config, source);
  }
}

TEST(Sources, MakeAsManyFinitePointsAsAsked) {
  for_each_generator([](Config& config, const DataSource& source) {
    for (const std::int64_t count : {1, 2, 7, 300, 1000}) {
      config.set("data.count", count);
      const Dataset data = make_dataset(config, "");
      EXPECT_EQ(data.size(), count);
      EXPECT_EQ(data.dimension(), source.dimension);
      EXPECT_TRUE(data.points.allFinite());
      EXPECT_TRUE(!data.has_labels() || data.labels.size() == count);
      EXPECT_FALSE(data.title.empty());
    }
  });
}

TEST(Sources, TheSeedDecidesEveryBit) {
  for_each_generator([](Config& config, const DataSource&) {
    const Dataset first = make_dataset(config, ""), again = make_dataset(config, "");
    EXPECT_EQ(first.points, again.points);
    EXPECT_EQ(first.hash, again.hash);
    config.set("seed", std::int64_t{1});
    EXPECT_NE(make_dataset(config, "").hash, first.hash);
  });
}

TEST(Sources, StayInsideTheStage) {
  for_each_generator([](Config& config, const DataSource& source) {
    if (source.id == "heavy_tails" || source.id == "outliers") return;  // to reach out is what they are for
    for (const std::int64_t seed : {1, 2, 3}) {
      config.set("seed", seed);
      EXPECT_LT(make_dataset(config, "").points.cwiseAbs().maxCoeff(), 7);
    }
  });
}

TEST(Sources, NoneIsNoPoints) {
  const Dataset data = make_dataset(config_for(1), "");
  EXPECT_EQ(data.size(), 0);
  EXPECT_EQ(data.dimension(), 1);
}

TEST(Sources, NoiseOfZeroLeavesTheExactShape) {
  Config config = config_for(2);
  config.set("data.noise", 0.0);
  config.set("data.source", "ring");
  const Dataset ring = make_dataset(config, "");
  for (Eigen::Index i = 0; i < ring.size(); ++i) EXPECT_NEAR(ring.points.row(i).norm(), 2.5, 1e-12);
  config.set("data.source", "blobs");
  const Dataset blobs = make_dataset(config, "");
  EXPECT_EQ(blobs.points.row(0), blobs.points.row(3));
  EXPECT_NE(blobs.points.row(0), blobs.points.row(1));
}

// Nobody knows their scale, and labels may be missing.
TEST(Sources, OfFilesAndOfWhatIsWrittenAreGiven) {
  int given = 0;
  for (const DataSource& source : data_sources()) {
    EXPECT_EQ(source.is_given, !source.extensions.empty() || source.id == "inline") << source.id;
    given += source.is_given ? 1 : 0;
  }
  EXPECT_GE(given, 4);
}

TEST(Sources, ClustersAreLabelled) {
  Config config = config_for(2);
  config.set("data.clusters", std::int64_t{5});
  for (const char* source : {"blobs", "anisotropic", "rings", "spiral"}) {
    config.set("data.source", source);
    EXPECT_EQ(make_dataset(config, "").labels.maxCoeff(), 4) << source;
  }
}

TEST(Sources, InlinePointsMustBeThere) {
  Config config = config_for(2);
  config.set("data.source", "inline", {"a.toml", 4, 10});
  EXPECT_EQ(error_of([&] { (void)make_dataset(config, ""); }),
            "a.toml:4:10: data.points is missing: source \"inline\" has its points in the scene");
  config.set("data.points", Tensor{{3, 2}, {1, 2, 3, 4, 5, 6}});
  EXPECT_EQ(make_dataset(config, "").points(2, 0), 5);
  config.set("data.labels", Tensor{{2}, {0, 1}}, {"a.toml", 6, 1});
  EXPECT_NE(error_of([&] { (void)make_dataset(config, ""); }).find("2 labels for 3 points"),
            std::string::npos);
  config.set("data.labels", Tensor{{3}, {0, 1, -1}});
  EXPECT_EQ(make_dataset(config, "").labels(2), -1);
}

TEST(Sources, TablesKeepNamesAndTitle) {
  Config config = config_for(2);
  config.set("data.source", "csv");
  EXPECT_NE(error_of([&] { (void)make_dataset(config, ""); }).find("data.path is missing"),
            std::string::npos);
  config.set("data.path", "builtin:old_faithful.csv");
  const Dataset data = make_dataset(config, "ignored/for/builtin");
  EXPECT_EQ(data.title, "Old faithful");
  EXPECT_EQ(data.names[0], "eruption");
  EXPECT_EQ(data.units[1], "min");
}

TEST(Sources, KeysOfOtherSourcesHaveNoEffectAndSaySo) {
  Config config = config_for(2);
  EXPECT_EQ(config.unavailable_reason("data.count"), "");
  EXPECT_NE(config.unavailable_reason("data.path"), "");
  config.set("data.source", "uniform");
  EXPECT_NE(config.unavailable_reason("data.noise"), "");
  EXPECT_EQ(config.unavailable_reason("data.standardise"), "");
}

TEST(Sources, EachLabOffersItsOwnDimension) {
  EXPECT_NE(error_of([] { config_for(2).set("data.source", "bumps"); }), "");
  EXPECT_NE(error_of([] { config_for(1).set("data.source", "moons"); }), "");
}

TEST(Standardise, GivesMeanZeroAndDeviationOne) {
  Dataset data;
  data.points.resize(4, 3);
  data.points << 1, 1e300, 5, 2, -1e300, 5, 3, 2e300, 5, 6, 0, 5;
  data.units = {"mm", "s", "g"};
  standardise(data);
  for (int d = 0; d < 2; ++d) {
    EXPECT_NEAR(data.points.col(d).mean(), 0, 1e-15);
    EXPECT_NEAR(data.points.col(d).squaredNorm() / 4, 1, 1e-14);
  }
  EXPECT_TRUE(data.points.col(2).isZero());
  EXPECT_TRUE(data.standardised);
  EXPECT_EQ(data.units[0], "mm") << "the unit of shift and scale";
  EXPECT_EQ(data.shift[0], 3);
  EXPECT_DOUBLE_EQ(data.scale[0], std::sqrt(3.5));
  EXPECT_DOUBLE_EQ(data.shift[1], 0.5e300);
  EXPECT_EQ(data.shift[2], 5);
  EXPECT_EQ(data.scale[2], 1);
}

TEST(Standardise, AConstantColumnIsOnlyCentred) {
  Dataset data;
  data.points = Eigen::MatrixXd::Constant(1000, 1, 0.1);
  standardise(data);
  EXPECT_LT(data.points.cwiseAbs().maxCoeff(), 1e-12);
}

TEST(Seal, TheHashFollowsPointsAndLabels) {
  Dataset a;
  a.points = Eigen::MatrixXd::Ones(2, 2);
  Dataset b = a, c = a;
  b.points(1, 1) = 2;
  c.labels = Eigen::VectorXi::Zero(2);
  seal(a);
  seal(b);
  seal(c);
  EXPECT_NE(a.hash, b.hash);
  EXPECT_NE(a.hash, c.hash);
}

}  // namespace
}  // namespace iem
