#include "core/config/config.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/config/common_parameters.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

std::shared_ptr<const ParameterTable> table() {
  Parameter count{.key = "data.count",
                  .kind = ParameterKind::integer,
                  .default_value = std::int64_t{300},
                  .min = 1,
                  .max = 100};
  Parameter nu{.key = "model.nu", .default_value = 3.0, .min = 0, .min_open = true};
  Parameter decay{
      .key = "model.decay", .default_value = std::int64_t{1}, .min = 0, .max = 1, .min_open = true};
  Parameter seed{.key = "seed",
                 .kind = ParameterKind::integer,
                 .default_value = std::int64_t{0},
                 .min = 0,
                 .max = 0x1p53};
  Parameter energy{.key = "model.energy",
                   .kind = ParameterKind::choice,
                   .default_value = "gaussian",
                   .choices = {"gaussian", "laplace"}};
  Parameter learn{.key = "model.learn",
                  .kind = ParameterKind::choices,
                  .default_value = std::vector<std::string>{"means", "weights"},
                  .choices = {"means", "weights"}};
  Parameter means{
      .key = "model.means", .kind = ParameterKind::tensor, .default_value = Tensor{}, .shape = {-1, 2}};
  Parameter path{.key = "data.path", .kind = ParameterKind::text, .default_value = ""};
  Parameter flag{.key = "model.volume_term", .kind = ParameterKind::boolean, .default_value = true};
  nu.unavailable = [](const Config& c) {
    return c.text("model.energy") == "gaussian" ? "A gaussian has no nu." : "";
  };
  return std::make_shared<ParameterTable>(
      std::vector{count, nu, decay, seed, energy, learn, means, path, flag});
}

std::string error_of_set(const std::string& key, Value value) {
  Config config("mixture", table());
  const std::string message = error_of([&] { config.set(key, value, {"a.toml", 3, 7}); });
  EXPECT_TRUE(config.keys().empty());
  return message;
}

TEST(Config, UnsetKeysHaveTheirDefaults) {
  const Config config("mixture", table());
  EXPECT_EQ(config.integer("data.count"), 300);
  EXPECT_EQ(config.real("model.decay"), 1.0);
  EXPECT_EQ(config.text("model.energy"), "gaussian");
  EXPECT_TRUE(config.flag("model.volume_term"));
  EXPECT_EQ(config.list("model.learn").size(), 2u);
  EXPECT_TRUE(config.tensor("model.means").shape.empty());
  EXPECT_FALSE(config.is_set("data.count"));
  EXPECT_EQ(config.position("data.count").line, 0);
}

TEST(Config, AnIntegerIsAcceptedWhereARealIsMeant) {
  Config config("mixture", table());
  config.set("model.nu", std::int64_t{5});
  EXPECT_EQ(config.real("model.nu"), 5.0);
  EXPECT_EQ(error_of_set("data.count", 5.0), "a.toml:3:7: data.count = 5.0: must be an integer");
}

TEST(Config, RangesAreSaidAsTheyAre) {
  EXPECT_EQ(error_of_set("data.count", std::int64_t{0}), "a.toml:3:7: data.count = 0: must be from 1 to 100");
  EXPECT_EQ(error_of_set("model.nu", -1.0), "a.toml:3:7: model.nu = -1.0: must be greater than 0");
  EXPECT_EQ(error_of_set("model.decay", 0.0),
            "a.toml:3:7: model.decay = 0.0: must be greater than 0 and at most 1");
  EXPECT_EQ(error_of_set("model.nu", std::nan("")), "a.toml:3:7: model.nu = nan: must be finite");
  EXPECT_EQ(error_of_set("model.nu", INFINITY), "a.toml:3:7: model.nu = inf: must be finite");
}

TEST(Config, LargeSeedsAreComparedExactly) {
  Config config("mixture", table());
  config.set("seed", std::int64_t{1} << 53);
  EXPECT_EQ(config.integer("seed"), std::int64_t{1} << 53);
  EXPECT_NE(error_of_set("seed", (std::int64_t{1} << 53) + 1), "");
}

TEST(Config, UnknownKeysNameTheNearestOne) {
  EXPECT_EQ(error_of_set("model.enrgy", "laplace"),
            "a.toml:3:7: unknown key model.enrgy; did you mean model.energy?");
  EXPECT_EQ(error_of_set("count", std::int64_t{3}),
            "a.toml:3:7: unknown key count; did you mean data.count?");
  EXPECT_EQ(error_of_set("zebra.crossing", true), "a.toml:3:7: unknown key zebra.crossing");
}

TEST(Config, ChoicesAreListed) {
  EXPECT_EQ(error_of_set("model.energy", "laplce"),
            "a.toml:3:7: model.energy = \"laplce\": must be one of gaussian, laplace; did you mean laplace?");
  EXPECT_EQ(error_of_set("model.energy", true),
            "a.toml:3:7: model.energy = true: must be a string, one of gaussian, laplace");
  EXPECT_NE(error_of_set("model.learn", std::vector<std::string>{"means", "means"}).find("given twice"),
            std::string::npos);
  EXPECT_NE(error_of_set("model.learn", std::vector<std::string>{"mean"}).find("did you mean means?"),
            std::string::npos);
}

TEST(Config, TensorsMustHaveTheirShape) {
  Config config("mixture", table());
  config.set("model.means", Tensor{{3, 2}, {1, 2, 3, 4, 5, 6}});
  EXPECT_EQ(error_of_set("model.means", Tensor{{1, 3}, {1, 2, 3}}),
            "a.toml:3:7: model.means = [[1.0, 2.0, 3.0]]: is of shape 1 x 3, must be of shape N x 2");
  EXPECT_NE(error_of_set("model.means", Tensor{{1, 2}, {1, INFINITY}}).find("finite"), std::string::npos);
  EXPECT_NE(error_of_set("model.means", 1.0).find("must be a list of numbers of shape N x 2"),
            std::string::npos);
  config.set("model.means", Tensor{{0}, {}});
  EXPECT_EQ(config.tensor("model.means"), Tensor{});
}

TEST(Config, AnEmptyListIsAnEmptyChoice) {
  Config config("mixture", table());
  config.set("model.learn", Tensor{{0}, {}});
  EXPECT_TRUE(config.list("model.learn").empty());
}

TEST(Config, LongValuesAreCutInMessages) {
  EXPECT_LT(error_of_set("model.means", Tensor{{1000}, std::vector<double>(1000, 0.5)}).size(), 200u);
  EXPECT_LT(error_of_set(std::string(1000000, 'x'), true).size(), 200u);
}

TEST(Config, ErrorsPointToWhereTheKeyWasSet) {
  Config config("mixture", table());
  config.set("data.count", std::int64_t{5}, {"a.toml", 9, 2});
  EXPECT_STREQ(config.error("data.count", "is less than the prototypes").what(),
               "a.toml:9:2: data.count = 5: is less than the prototypes");
}

TEST(Config, EqualityAndRevisionFollowTheValuesOnly) {
  Config a("mixture", table()), b("mixture", table());
  EXPECT_EQ(a, b);
  a.set("model.nu", 4.0, {"a.toml", 1, 1});
  EXPECT_FALSE(a == b);
  EXPECT_NE(a.revision(), b.revision());
  b.set("model.nu", std::int64_t{4}, {"b.toml", 2, 2});
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.revision(), b.revision());
  a.reset("model.nu");
  b.reset("model.nu");
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.real("model.nu"), 3.0);
}

TEST(Config, KeysWithoutEffectSayWhy) {
  Config config("mixture", table());
  EXPECT_EQ(config.unavailable_reason("model.nu"), "A gaussian has no nu.");
  config.set("model.energy", "laplace");
  EXPECT_EQ(config.unavailable_reason("model.nu"), "");
  EXPECT_EQ(config.unavailable_reason("data.count"), "");
}

TEST(NearestWord, FindsSlipsOfTheFinger) {
  const std::vector<std::string> words = {"gaussian", "laplace", "student_t", "gd", "em"};
  EXPECT_EQ(nearest_word("gausian", words), "gaussian");
  EXPECT_EQ(nearest_word("Gaussian", words), "gaussian");
  EXPECT_EQ(nearest_word("lapalce", words), "laplace");
  EXPECT_EQ(nearest_word("dg", words), "gd");
  EXPECT_EQ(nearest_word("zebra", words), "");
  EXPECT_EQ(nearest_word("", words), "");
  EXPECT_EQ(nearest_word(std::string(100000, 'a'), words), "");
}

TEST(CommonParameters, StreamsAreDerivedFromTheSeedUnlessGiven) {
  Config config("mixture", std::make_shared<ParameterTable>(seed_parameters()));
  const auto derived = stream_seed(config, "data");
  EXPECT_NE(derived, stream_seed(config, "init"));
  config.set("seed", std::int64_t{1});
  EXPECT_NE(derived, stream_seed(config, "data"));
  config.set("seeds.data", std::int64_t{17});
  EXPECT_EQ(stream_seed(config, "data"), 17u);
}

TEST(CommonParameters, RangesOfTheViewMustBeOrdered) {
  Config config("mixture", std::make_shared<ParameterTable>(stage_parameters()));
  config.set("view.x", Tensor{{2}, {-1, 1}});
  EXPECT_NE(error_of([&] { config.set("view.x", Tensor{{2}, {1, 1}}); }), "");
  EXPECT_NE(error_of([&] { config.set("view.probe", Tensor{{2, 2}, {1, 1, 1, 1}}); }), "");
  EXPECT_EQ(config.tensor("view.x").data[1], 1.0);
}

}  // namespace
}  // namespace iem
