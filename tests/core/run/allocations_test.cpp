// What a step asks memory for: from the state to the next one and its evaluation. What a run keeps of it
// (history, keyframes) takes memory by its nature.
#include <gtest/gtest.h>

#include <memory>

#include "core/optimize/optimizer.h"
#include "core/run/run.h"
#include "core/session/scene_file.h"
#include "tests/core/run/counted_memory.h"
#include "tests/core/support.h"
#include "tests/support/sanitized.h"
#include "tests/support/scenes.h"

namespace iem {
namespace {

// Of one step, after a few that make the room it needs.
std::int64_t allocations_of_a_step(const Scene& scene, ThreadPool& pool) {
  const iem::Run run(scene, std::make_shared<ThreadPool>(1));
  const iem::Setup& setup = run.setup();
  RunState state = run.state();
  Evaluation evaluation = run.evaluation();
  const auto step = [&] { advance(setup, {1, 1}, state, evaluation, pool); };
  for (int i = 0; i < 8; ++i) step();
  return test::allocations_in(step);
}

class Allocations : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (test::kSanitized) GTEST_SKIP() << "a sanitizer gives memory by functions of its own";
  }
};
INSTANTIATE_TEST_SUITE_P(BuiltIn, Allocations, ::testing::ValuesIn(builtin_scenes()),
                         [](const auto& row) { return row.param; });

// Not one for each point, of which all these scenes together have many thousands.
TEST_P(Allocations, AreFewInAStepOfAnyRule) {
  ThreadPool pool(2);
  EXPECT_LE(allocations_of_a_step(load_scene(GetParam()), pool), 110);
}

TEST(CountedMemory, SeesEveryKind) {
  if (test::kSanitized) GTEST_SKIP() << "a sanitizer gives memory by functions of its own";
  EXPECT_EQ(test::allocations_in([] {}), 0);
  EXPECT_EQ(test::allocations_in([] { delete new volatile int; }), 1);
  EXPECT_EQ(test::allocations_in([] { Eigen::VectorXd::Zero(9).eval(); }), 1);
  ThreadPool pool(2);
  EXPECT_EQ(test::allocations_in([&] { pool.run(8, [](std::int64_t) { delete new volatile int; }); }), 8);
}

// A mixture's step asks for none, whatever the rule, with one thread and with two, and neither where blocks
// of points leave components out. (An M-step of medians sorts, and Anderson's rule asks for a few pieces for
// each step that it remembers, as Eigen's decompositions do.)
TEST_P(Allocations, AreNoneInAStepOfAMixture) {
  Scene scene = load_scene(GetParam());
  if (scene.config.lab() != "mixture") return;
  const iem::Run begun(scene, std::make_shared<ThreadPool>(1));
  const Model& model = *begun.setup().model;
  for (const OptimizerType& rule : optimizers()) {
    const bool sorts = model.em_needs_rows() && reads(rule, "optimizer.reg_covar");
    if (sorts || !rule.unavailable(model).empty()) continue;
    scene.config.set(kRuleKey, rule.id);
    for (const int threads : {1, 2}) {
      ThreadPool pool(threads);
      EXPECT_LE(allocations_of_a_step(scene, pool), rule.id == "anderson" ? 20 : 0)
          << rule.id << ", threads: " << threads;
    }
  }
}

TEST(AllocationsOfMany, AreNoneWhereComponentsAreLeftOut) {
  if (test::kSanitized) GTEST_SKIP() << "a sanitizer gives memory by functions of its own";
  Scene scene = testing::mixture_scene("[data]\nsource = \"blobs\"\ncount = 4000\nclusters = 24\n");
  scene.config.set("model.components", std::int64_t{24});
  for (const char* rule : {"gd", "em"}) {
    scene.config.set(kRuleKey, std::string(rule));
    ThreadPool pool(2);
    EXPECT_EQ(allocations_of_a_step(scene, pool), 0) << rule;
  }
}

}  // namespace
}  // namespace iem
