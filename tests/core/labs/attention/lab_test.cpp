// The attention lab through scenes: keys, shapes, rules and the identities on live state.
#include <gtest/gtest.h>

#include <cmath>

#include "core/check/check.h"
#include "core/labs/attention/model/attention.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"
#include "tests/core/error_of.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::pool;
using testing::same_bits;

iem::Run run_of(const std::string& toml) {
  return iem::Run(parse_scene("format = 1\nlab = \"attention\"\n" + toml, "test.toml"), pool());
}

constexpr const char* kShort = "[data]\ntask = \"sticky_markov\"\nlength = 60\n";
constexpr const char* kToys[] = {"", "[data]\ntask = \"classification\"\n[model]\ncausal = true\n",
                                 "[model]\nparameters = \"projected\"\ninit_scale = 0.5\n", kShort,
                                 "[data]\ncount = 1\n"};

TEST(AttentionLab, IdentitiesHoldOnLiveStateOfEveryToy) {
  for (const char* toml : kToys) {
    SCOPED_TRACE(toml);
    iem::Run run = run_of(toml);
    run.seek(5);
    for (const CheckResult& result : run_checks(*take_snapshot(run))) {
      if (result.reason == "more than 16 keys") continue;
      EXPECT_EQ(result.status, CheckStatus::pass) << result.id << ": " << result.error;
    }
  }
}

TEST(AttentionLab, EveryRuleThatAppliesLowersTheLossOrSaysWhyNot) {
  const iem::Run plain = run_of("");
  int applied = 0;
  for (const OptimizerType& rule : optimizers()) {
    SCOPED_TRACE(rule.id);
    const std::string method = "[optimizer]\nlearning_rate = 0.02\nmethod = \"" + rule.id + "\"\n";
    const std::string error = error_of([&] { (void)run_of(method); });
    const std::string reason = rule.unavailable(*plain.setup().model);
    EXPECT_EQ(error.empty(), reason.empty()) << error;
    EXPECT_NE(error.find(reason), std::string::npos) << error;
    if (!reason.empty()) continue;
    ++applied;
    iem::Run run = run_of(method);
    const double start = run.evaluation().loss;
    run.seek(40);
    EXPECT_LT(run.evaluation().loss, start);
  }
  EXPECT_EQ(applied, 8);  // seven that follow a gradient, and the value M-step
}

TEST(AttentionLab, ValuesHaveALearningRateOfTheirOwn) {
  const std::string rates = "learning_rate = 0\nvalue_learning_rate = 0.3\nweight_decay = 0\n";
  for (const char* method : {"gd", "sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"}) {
    SCOPED_TRACE(method);
    iem::Run run = run_of("[optimizer]\nmethod = \"" + std::string(method) + "\"\n" + rates);
    const Theta start = run.state().theta;
    run.seek(3);
    const Block& values = run.setup().model->layout().block("values");
    EXPECT_TRUE(same_bits(run.state().theta.head(values.offset), start.head(values.offset)));
    EXPECT_NE(run.state().theta[values.offset], start[values.offset]);
  }
  // Without a rate of their own they learn as fast as the rest.
  iem::Run same = run_of("[optimizer]\nlearning_rate = 0.2\n");
  iem::Run stated = run_of("[optimizer]\nlearning_rate = 0.2\nvalue_learning_rate = 0.2\n");
  same.seek(4);
  stated.seek(4);
  EXPECT_TRUE(same_bits(same.state().theta, stated.state().theta));
}

TEST(AttentionLab, TheReadOutHasALearningRateOfItsOwn) {
  const std::string chain =
      "format = 1\nlab = \"attention\"\n[data]\nsource = \"sticky_markov\"\nlength = 30\n"
      "[optimizer]\nlearning_rate = 0\nreadout_learning_rate = 0.1\n";
  iem::Run run(parse_scene(chain, "test.toml"), pool());
  const Theta start = run.state().theta;
  run.seek(2);
  for (const Block& b : run.setup().model->layout().blocks())
    EXPECT_EQ(b.name == "W_O",
              run.state().theta.segment(b.offset, b.size()) != start.segment(b.offset, b.size()))
        << b.name;
}

TEST(AttentionLab, FrozenBlocksKeepTheirBits) {
  for (const char* learn : {"[\"values\"]", "[\"queries\", \"keys\"]"}) {
    iem::Run run = run_of("[model]\nlearn = " + std::string(learn) + "\n");
    const Theta start = run.state().theta;
    run.seek(5);
    for (const Block& b : run.setup().model->layout().blocks())
      EXPECT_EQ(b.learned, run.state().theta.segment(b.offset, b.size()) != start.segment(b.offset, b.size()))
          << b.name;
  }
}

TEST(AttentionLab, TheValueMStepThenDescendsQueriesAndKeysAtTheNewValues) {
  iem::Run run = run_of("[optimizer]\nmethod = \"value_m_step\"\nlearning_rate = 0.1\nridge = 1e-4\n");
  const auto& model = static_cast<const Attention&>(*run.setup().model);
  const Theta best = model.value_step(run.state().theta, 1, *run.setup().data, 1e-4);
  Evaluation at_best;
  model.evaluate(best, 1, *run.setup().data, {}, Wanted::sums, run.pool(), at_best);
  run.step();
  const Block& values = model.layout().block("values");
  Theta expected = best - 0.1 * at_best.gradient;
  expected.segment(values.offset, values.size()) = best.segment(values.offset, values.size());
  EXPECT_TRUE(same_bits(run.state().theta, expected));
  EXPECT_NE(error_of([] {
              (void)run_of(std::string(kShort) + "[optimizer]\nmethod = \"value_m_step\"\n");
            }).find("use gradient descent (gd)"),
            std::string::npos);
}

TEST(AttentionLab, DriftsAreKnownAgainAfterScrubbing) {
  iem::Run run = run_of(kShort);
  run.seek(12);
  std::vector<double> drifts;
  for (int step = 0; step <= 12; ++step) drifts.push_back(run.history().row(step)[4]);
  EXPECT_EQ(drifts[0], 0) << "nothing came before";
  EXPECT_GT(drifts[1], 0);
  iem::Run again(run.origin(), pool(), 1 << 10);
  again.seek(12);
  for (int step = 11; step >= 1; --step) {
    again.seek(step);
    EXPECT_EQ(again.evaluation().metrics[2], drifts[static_cast<std::size_t>(step)]) << step;
  }
}

TEST(AttentionLab, WrongShapesAreNamedWithTheRightOnes) {
  const std::string tokens =
      "[data]\nsource = \"inline\"\ntokens = [[1, 2], [3, 4], [5, 6]]\ntargets = [[1, 0], [0, 1], [1, 1]]\n";
  const std::string start = tokens + "[model]\ninit = \"explicit\"\n";
  const auto error = [](const std::string& toml) { return error_of([&] { (void)run_of(toml); }); };
  EXPECT_EQ(
      error(start + "W_Q = [[1, 2]]\n"),
      "test.toml:9:7: model.W_Q = [[1.0, 2.0]]: is of shape 1 x 2: must be of shape 2 x 2, as the tokens are "
      "3 x 2, d_k is 2 and d_v is 2");
  EXPECT_NE(error(start + "W_V = [[1, 2, 3], [1, 2, 3]]\n")
                .find("targets are of shape 3 x 2 and outputs of shape 3 x 3"),
            std::string::npos);
  EXPECT_NE(
      error(start + "d_k = 4\nW_K = [[1, 2], [1, 2]]\n").find("is of shape 2 x 2: must be of shape 2 x 4"),
      std::string::npos);
  EXPECT_NE(error(tokens + "[model]\nparameters = \"direct\"\n").find("direct parameters read no tokens"),
            std::string::npos);
  EXPECT_NE(error("[data]\nsource = \"inline\"\ntargets = [[1, 0]]\n[model]\nparameters = \"projected\"\n")
                .find("projected parameters need data.tokens"),
            std::string::npos);
  EXPECT_NE(error("[model]\nlearn = [\"W_Q\"]\n")
                .find("this model has no W_Q: its parameters are queries, keys, values"),
            std::string::npos);
  EXPECT_NE(
      error(
          "[data]\ncount = 2\n[model]\ncausal = true\ninit = \"explicit\"\nkeys = [[1, 2], [3, 4], [5, 6]]\n")
          .find("there are 2 queries and 3 keys"),
      std::string::npos);
  EXPECT_NE(error("[data]\ntask = \"sticky_markov\"\nsource = \"roles\"\n").find("go together"),
            std::string::npos);
  iem::Run run = run_of("");
  EXPECT_EQ(error_of([&] {
              run.apply({"state.keys", Tensor{{1, 2}, {0, 0}}});
            }),
            "state.keys has shape 1 x 2: must be 12 x 2");
}

TEST(AttentionLab, AnEmptyListIsNoStart) {
  const std::string head = "[data]\nsource = \"inline\"\ntargets = [[1, 0]]\n[model]\ninit = \"explicit\"\n";
  for (const std::string name : {"queries", "keys", "values"})
    EXPECT_EQ(error_of([&] { (void)run_of(head + name + " = []\n"); }),
              "test.toml:8:" + std::to_string(name.size() + 4) + ": model." + name +
                  " = []: must hold numbers; leave the key out for a random start");
}

TEST(AttentionLab, MayHaveMoreKeysThanQueries) {
  iem::Run run = run_of(
      "[data]\nsource = \"inline\"\ntargets = [[1, 0], [0, 1]]\n[model]\ninit = \"explicit\"\n"
      "keys = [[1, 0], [0, 1], [1, 1]]\nvalues = [[1, 0], [0, 1], [1, 1]]\nqueries = [[1, 1], [0, 2]]\n");
  run.seek(10);
  EXPECT_LT(run.evaluation().loss, run.history().row(0)[0]);
}

TEST(AttentionLab, EditsOfShapeKeepWhatIsThere) {
  iem::Run run = run_of("[data]\ncount = 6\n");
  run.seek(3);
  const Theta before = run.state().theta;
  run.apply({"data.count", std::int64_t{8}});
  const Block& keys = run.setup().model->layout().block("keys");
  EXPECT_EQ(keys.rows, 8);
  EXPECT_TRUE(same_bits(run.state().theta.segment(keys.offset, 12), before.segment(12, 12)));
  run.seek(6);
  EXPECT_TRUE(run.state().theta.allFinite());
}

// The entries of a block that two thetas do not share.
Eigen::VectorXd new_keys(const char* scale) {
  iem::Run run = run_of(std::string("seed = 6\n[model]\nd_k = 2\ninit_scale = ") + scale + "\n");
  run.seek(2);
  run.apply({"model.d_k", std::int64_t{5}});
  const Block& keys = run.setup().model->layout().block("keys");
  Eigen::VectorXd out(keys.rows * 3);
  for (Eigen::Index i = 0; i < keys.rows; ++i)
    for (Eigen::Index j = 0; j < 3; ++j)
      out[3 * i + j] = run.state().theta[keys.offset + i * keys.columns + 2 + j];
  return out;
}

TEST(AttentionLab, NewEntriesAreDrawnOnTheScaleOfTheStart) {
  const Eigen::VectorXd small = new_keys("0.1"), large = new_keys("1.5");
  EXPECT_GT(small.cwiseAbs().minCoeff(), 0);
  EXPECT_TRUE(testing::close(large, 15 * small, 1e-14));
  EXPECT_EQ(new_keys("0.0").cwiseAbs().maxCoeff(), 0);
}

TEST(AttentionLab, MiniBatchesOfQueriesLearn) {
  iem::Run run =
      run_of(std::string(kShort) + "[optimizer]\nmethod = \"sgd\"\nbatch_size = 7\nlearning_rate = 0.1\n");
  run.seek(30);
  EXPECT_LT(run.evaluation().loss, run.history().row(0)[0]);
}

// Half a squared distance is no information.
TEST(AttentionLab, CountsOnlyCrossEntropyInNats) {
  for (const auto& [scene, unit] : {std::pair("routing_toy", ""), std::pair("next_symbol", "nats"),
                                    std::pair("sticky_markov_sgd", "nats")}) {
    const Scene loaded = load_scene(scene);
    EXPECT_EQ(find_lab("attention")->loss_unit(loaded.config), unit) << scene;
  }
}

}  // namespace
}  // namespace iem
