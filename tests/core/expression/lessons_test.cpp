// Every built-in scene says what to look for, states its numbers as expressions, and claims conditions that
// would fail if the sentence were false. Here all of them are played.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/check/check.h"
#include "core/expression/condition_checks.h"
#include "core/expression/evaluator.h"
#include "core/expression/functions.h"
#include "core/expression/words.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

class Lessons : public ::testing::TestWithParam<std::string> {};

TEST_P(Lessons, Happen) {
  const Scene scene = load_scene(GetParam());
  ASSERT_GE(scene.conditions.size(), 1u);
  const std::vector<CheckResult> results = run_condition_checks(scene, testing::pool());
  ASSERT_EQ(results.size(), scene.conditions.size() + 1);
  for (const CheckResult& result : results)
    EXPECT_EQ(result.status, CheckStatus::pass) << result.statement << ": " << result.reason;
  // The sentence as people read it has no braces left and no number missing.
  const std::string& words = results.back().statement;
  EXPECT_EQ(words.find_first_of("{}"), std::string::npos) << words;
  EXPECT_EQ(words.find("–"), std::string::npos) << words;
}

// A condition that reads nothing off a run would hold whatever became of the scene.
bool reads_a_run(const Expression& e) {
  const auto& functions = expression_functions();
  if (e.kind == Expression::Kind::name) {
    const bool setting = e.name.find('.') != std::string::npos && !e.name.starts_with("gradient.");
    return e.name != "step" && e.name != "end" && !setting;
  }
  if (e.kind == Expression::Kind::call && std::ranges::find(functions, e.name) == functions.end())
    return true;
  return std::ranges::any_of(e.parts, reads_a_run);
}

TEST_P(Lessons, ClaimSomethingOfTheirRuns) {
  for (const std::string& condition : load_scene(GetParam()).conditions)
    EXPECT_TRUE(reads_a_run(parse_expression(condition))) << condition;
}

INSTANTIATE_TEST_SUITE_P(Scenes, Lessons, ::testing::ValuesIn(builtin_scenes()),
                         [](const auto& tested) { return tested.param; });

// The numbers that these lessons once had do not do what the sentences say: the conditions notice.
TEST(LessonsThatDoNotHappen, AreNoticed) {
  struct Case {
    const char* scene;
    const char* key;
    Value value;
  };
  const Case cases[] = {
      {"outliers_gaussian", "seed", std::int64_t{8}},
      {"outliers", "seed", std::int64_t{8}},
      {"drag_a_point", "model.learn", std::vector<std::string>{"means"}},
      {"sparse", "model.temperature", 1.0},
      {"three_blobs", "seed", std::int64_t{4}},
      {"routing_roles", "model.init_scale", 0.3},
      {"annealing", "model.temperature", 5.0},
      {"incremental", "optimizer.batch_size", std::int64_t{150}},
      {"held_out", "model.components", std::int64_t{3}},
      {"correntropy", "model.objective", std::string("log_sum_exp")},
      {"dead", "model.init", std::string("from_data")},
      {"natural", "optimizer.learning_rate", 1.0},
  };
  for (const Case& each : cases) {
    Scene scene = load_scene(each.scene);
    scene.config.set(each.key, each.value);
    int failed = 0;
    for (const CheckResult& result : run_condition_checks(scene, testing::pool()))
      failed += result.status == CheckStatus::fail ? 1 : 0;
    EXPECT_GE(failed, 1) << each.scene << " with another " << each.key;
  }
}

}  // namespace
}  // namespace iem
