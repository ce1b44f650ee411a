#include <gtest/gtest.h>

#include <cmath>

#include "core/data/source.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

Scene scene(const std::string& data) {
  return parse_scene("format = 1\nlab = \"attention\"\n[data]\n" + data, "test.toml");
}
Dataset made(const std::string& data) { return make_dataset(scene(data).config, ""); }

TEST(StickyMarkov, HasThePublishedTransitionMatrixAndEntropy) {
  const Dataset data = made("task = \"sticky_markov\"");
  ASSERT_NE(data.chain, nullptr);
  const Eigen::MatrixXd& p = data.chain->transition;
  EXPECT_EQ(p.rows(), 8);
  EXPECT_NEAR(p(0, 0), 0.349802, 1e-6);
  // Steps of length 1, 2, 3, 4 are as likely as 1 : 1/2 : 1/3 : 1/4.
  for (int apart = 1; apart <= 4; ++apart) EXPECT_NEAR(p(3, (3 + apart) % 8) * apart, p(3, 4), 1e-15);
  EXPECT_NEAR(p(0, 7), p(0, 1), 1e-16);
  EXPECT_TRUE((p.rowwise().sum().array() - 1).abs().maxCoeff() < 1e-15);
  EXPECT_NEAR(data.chain->entropy, 1.8292, 5e-5);
}

TEST(StickyMarkov, FollowsItsChainAndEmbedsTheSymbolBefore) {
  const Dataset data = made("source = \"sticky_markov\"\nlength = 20000\nnoise = 0.5");
  ASSERT_EQ(data.size(), 20000);
  EXPECT_EQ(data.points.cols(), 20);
  Eigen::MatrixXd counts = Eigen::MatrixXd::Zero(8, 8), means = Eigen::MatrixXd::Zero(8, 20);
  for (Eigen::Index t = 0; t < data.size(); ++t) {
    if (t > 0) {
      EXPECT_EQ(data.chain->symbols[t], data.labels[t - 1]);
    }
    counts(data.chain->symbols[t], data.labels[t]) += 1;
    means.row(data.chain->symbols[t]) += data.points.row(t);
  }
  const Eigen::VectorXd visits = counts.rowwise().sum();
  for (int s = 0; s < 8; ++s) {
    counts.row(s) /= visits[s];
    means.row(s) /= visits[s];
  }
  EXPECT_LT((counts - data.chain->transition).cwiseAbs().maxCoeff(), 0.04);
  double squares = 0;
  for (Eigen::Index t = 0; t < data.size(); ++t)
    squares += (data.points.row(t) - means.row(data.chain->symbols[t])).squaredNorm();
  EXPECT_NEAR(std::sqrt(squares / (20000.0 * 20)), 0.5, 0.005) << "noise about a fixed embedding";
}

TEST(StickyMarkov, TakesNoiseOneUnlessTold) {
  const Scene chain = scene("task = \"sticky_markov\"");
  EXPECT_EQ(chain.config.real("data.noise"), 1.0);
  EXPECT_EQ(chain.config.text("data.source"), "sticky_markov");
  EXPECT_EQ(scene("source = \"sticky_markov\"").config.text("data.task"), "sticky_markov");
  EXPECT_EQ(scene("source = \"roles\"").config.real("data.noise"), 0.3);
}

TEST(Sequences, AreTheSameForTheSameSeed) {
  for (const char* text : {"source = \"sticky_markov\"\nlength = 50", "source = \"roles\"\ncount = 50"}) {
    Scene one = scene(text), other = scene(text);
    EXPECT_EQ(make_dataset(one.config, "").hash, make_dataset(other.config, "").hash);
    other.config.set("seeds.data", std::int64_t{3});
    EXPECT_NE(make_dataset(one.config, "").hash, make_dataset(other.config, "").hash);
  }
}

TEST(Roles, HaveATargetAndALabelEach) {
  const Dataset data = made("source = \"roles\"\ncount = 9\nclusters = 3\nnoise = 0");
  EXPECT_EQ(data.targets.rows(), 9);
  EXPECT_EQ(data.labels[5], 2);
  EXPECT_NEAR(data.targets.row(0).norm(), 1.5, 1e-15);
  EXPECT_NEAR(data.targets.row(4).dot(data.points.row(4)), 0, 1e-14);
}

TEST(InlineSequences, SayWhatDoesNotFit) {
  EXPECT_EQ(error_of([] { (void)made("source = \"inline\""); }),
            "test.toml:4:10: data.targets is missing: source \"inline\" has its targets in the scene");
  EXPECT_NE(error_of([] {
              (void)made("source = \"inline\"\ntargets = [1, 2]");
            }).find("is of shape 2: must be of shape T x d_v for task \"regression\""),
            std::string::npos);
  EXPECT_NE(
      error_of([] {
        (void)made(
            "source = \"inline\"\ntokens = [[1.0], [2.0]]\ntask = \"classification\"\ntargets = [0, 1, 0]");
      }).find("is of shape 2 x 1, and data.targets of shape 3"),
      std::string::npos);
  for (const char* bad : {"0.5", "-1", "1000"})
    EXPECT_NE(error_of([&] {
                (void)made(std::string("source = \"inline\"\ntask = \"classification\"\ntargets = [0, ") +
                           bad + "]");
              }).find("every label must be an integer from 0 to 999"),
              std::string::npos)
        << bad;
}

}  // namespace
}  // namespace iem
