// Many draws of several runs, and what they have in common.
#include "core/compare/draws.h"

#include <atomic>
#include <limits>

#include "core/compare/band.h"
#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

Comparison two_rules() {
  Comparison runs(rule_run_with("gd", "learning_rate = 0.2"));
  runs.add({.name = "EM", .settings = {{"optimizer.method", std::string("em"), 0}}});
  return runs;
}

TEST(Draws, EachIsTheRunAloneWhateverTheThreads) {
  const Comparison runs = two_rules();
  std::vector<Draw> draws;
  for (std::int64_t seed = 0; seed < 3; ++seed) draws.push_back({seed, std::nullopt});
  draws.push_back({std::nullopt, 7});
  int checked = 0;
  for (const int threads : {1, 3}) {
    ThreadPool pool(threads);
    std::atomic<int> states = 0;
    std::size_t last_done = 0;
    const auto drawn = make_draws(
        runs, draws, 25, pool,
        [&](std::size_t done, std::size_t all) {
          EXPECT_EQ(all, 8u);
          EXPECT_EQ(done, last_done + 1);
          last_done = done;
          return true;
        },
        [&](std::size_t, std::size_t, const iem::Run&) { ++states; });
    EXPECT_EQ(states, 8 * 26);
    ASSERT_EQ(drawn.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t k = 0; k < draws.size(); ++k) {
        Scene scene = runs.run(i).origin();
        draw_seeds(scene.config, draws[k]);
        iem::Run alone(std::move(scene), std::make_shared<ThreadPool>(1));
        alone.seek(25);
        EXPECT_EQ(drawn[i][k].run->state().hash(), alone.state().hash()) << i << " " << k;
        EXPECT_EQ(drawn[i][k].exit, "steps");
        EXPECT_EQ(drawn[i][k].steps(), 25);
        ++checked;
      }
  }
  EXPECT_EQ(checked, 16);
}

TEST(Draws, CanBeCancelled) {
  ThreadPool pool(1);
  const auto drawn = make_draws(two_rules(), {{1, std::nullopt}, {2, std::nullopt}}, 25, pool,
                                [](std::size_t, std::size_t) { return false; });
  EXPECT_TRUE(drawn[0][0].begun);
  EXPECT_FALSE(drawn[1][1].begun);
}

TEST(Draws, TheBestJIsThatOfTheSameData) {
  ThreadPool pool(2);
  const auto drawn = make_draws(two_rules(), {{1, std::nullopt}, {2, std::nullopt}}, 40, pool);
  for (std::size_t k = 0; k < 2; ++k) {
    double lowest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < 2; ++i)
      for (const double loss : drawn[i][k].run->history().column(kLossColumn))
        lowest = std::min(lowest, loss);
    EXPECT_EQ(best_loss(drawn, drawn[0][k], std::nullopt), lowest);
  }
  EXPECT_NE(best_loss(drawn, drawn[0][0], std::nullopt), best_loss(drawn, drawn[0][1], std::nullopt));
  EXPECT_EQ(best_loss(drawn, drawn[0][0], 1.5), 1.5);
}

TEST(Bands, AreMeanAndDeviationOrMedianAndQuartiles) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<DrawnCurve> curves = {{{0, 1, 2}, {1, 2, 4}}, {{0, 1}, {3, 6}}, {{0, 1, 2}, {8, 1, nan}}};
  const CurveBand mean = band_of(curves, BandKind::deviation, false);
  ASSERT_EQ(mean.steps, (std::vector<double>{0, 1, 2}));
  EXPECT_DOUBLE_EQ(mean.middle[0], 4);
  EXPECT_DOUBLE_EQ(mean.upper[0], 4 + std::sqrt(13));
  EXPECT_DOUBLE_EQ(mean.lower[1], 3 - std::sqrt(7));
  EXPECT_DOUBLE_EQ(mean.middle[2], 5) << "the ended one counts with its last, what is no number not";
  const CurveBand quartiles = band_of(curves, BandKind::quartiles, false);
  EXPECT_DOUBLE_EQ(quartiles.middle[0], 3);
  EXPECT_DOUBLE_EQ(quartiles.lower[0], 2);
  EXPECT_DOUBLE_EQ(quartiles.upper[0], 5.5);
  const CurveBand logarithmic = band_of({{{0}, {1}}, {{0}, {100}}, {{0}, {0}}}, BandKind::deviation, true);
  EXPECT_TRUE(logarithmic.incomplete) << "0 has no logarithm";
  EXPECT_FALSE(mean.incomplete || quartiles.incomplete);
  EXPECT_FALSE(band_of({{{0, 1}, {1, 2}}, {{1}, {3}}}, BandKind::deviation, true).incomplete)
      << "what has not begun is not left out";
  EXPECT_NEAR(logarithmic.middle[0], 10, 1e-12);
  EXPECT_NEAR(logarithmic.upper[0], 10 * std::pow(10, std::sqrt(2)), 1e-11);
}

}  // namespace
}  // namespace iem::testing
