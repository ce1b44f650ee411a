// Stepping, seeking and editing: every step of a run has one state, however it is reached.
#include "core/run/run.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "core/base/error.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;

// The state's hash at every step, as recorded on the way with edits made where they stand.
struct Recorded {
  iem::Run run;
  std::vector<std::uint64_t> hashes;
  std::vector<double> losses;
};

using Edits = std::multimap<std::int64_t, Edit>;

Recorded record(const Scene& scene, std::int64_t steps, const Edits& edits, std::size_t budget) {
  Recorded out{iem::Run(scene, pool(), budget), {}, {}};
  for (std::int64_t step = 0; step <= steps; ++step) {
    const auto [first, last] = edits.equal_range(step);
    for (auto it = first; it != last; ++it) out.run.apply(it->second);
    out.hashes.push_back(out.run.state().hash());
    out.losses.push_back(out.run.evaluation().loss);
    if (step < steps) {
      EXPECT_NE(out.run.step(), StepResult::non_finite) << step;
    }
  }
  return out;
}

void expect_at(Recorded& recorded, std::int64_t step) {
  recorded.run.seek(step);
  ASSERT_EQ(recorded.run.state().step, step);
  ASSERT_EQ(recorded.run.state().hash(), recorded.hashes[static_cast<std::size_t>(step)]) << "step " << step;
  ASSERT_EQ(recorded.run.evaluation().loss, recorded.losses[static_cast<std::size_t>(step)])
      << "step " << step;
  ASSERT_EQ(recorded.run.history().row(step)[0], recorded.losses[static_cast<std::size_t>(step)])
      << "step " << step;
}

// Every step backwards, forwards and at random.
void expect_scrubs(Recorded& recorded) {
  const auto last = static_cast<std::int64_t>(recorded.hashes.size()) - 1;
  for (std::int64_t step = last; step >= 0; --step) expect_at(recorded, step);
  for (std::int64_t step = 0; step <= last; ++step) expect_at(recorded, step);
  Random random(1);
  for (int i = 0; i < 40; ++i) expect_at(recorded, random.below(last + 1));
  EXPECT_EQ(recorded.run.last_step(), last) << "looking changes nothing";
}

Edit change(const std::string& key, Value value) { return {key, std::move(value)}; }
Edit means(std::vector<double> values) {
  const auto k = static_cast<std::int64_t>(values.size() / 2);
  return {"state.means", Tensor{{k, 2}, std::move(values)}};
}

const Edits& many_edits() {
  static const Edits all = {
      {0, change("optimizer.learning_rate", 0.3)},
      {3, means({0, 0, 1, 1, -1, 0.5})},
      {5, change("model.components", std::int64_t{5})},
      {8, change("model.temperature", 1.7)},
      {10, change("model.components", std::int64_t{2})},
      {12, change("model.covariance", std::string("diag"))},
      {14, change("model.covariance", std::string("spherical"))},
      {16, change("model.covariance", std::string("tied"))},
      {18, change("model.covariance", std::string("full"))},
      {18, change("model.temperature", 0.8)},
      {20, change("data.noise", 0.4)},
      {22, change("data.count", std::int64_t{77})},
      {25, change("optimizer.method", std::string("em"))},
      {28, change("model.energy", std::string("huber"))},
      {30, change("optimizer.method", std::string("gd"))},
      {33, change("model.learn", std::vector<std::string>{"means"})},
      {35, change("seed", std::int64_t{99})},
      {36, means({0.2, 0.1, 1.4, 1})},
      {40, change("model.components", std::int64_t{6})},
  };
  return all;
}

TEST(Scrubbing, ReachesTheSameBitsForwardsBackwardsAndAtRandom) {
  const Scene scene = mixture_scene("[optimizer]\nmethod = \"gd\"\nlearning_rate = 0.2\n");
  Recorded recorded = record(scene, 60, {}, 64 << 20);
  expect_scrubs(recorded);
}

TEST(Scrubbing, ReachesTheSameBitsPastEveryKindOfEditWithAnyBudget) {
  const Scene scene = mixture_scene("[optimizer]\nmethod = \"gd\"\nlearning_rate = 0.2\n");
  std::vector<std::uint64_t> first;
  for (std::size_t budget : {std::size_t{1}, std::size_t{1500}, std::size_t{8000}, std::size_t{64} << 20}) {
    Recorded recorded = record(scene, 50, many_edits(), budget);
    if (first.empty()) first = recorded.hashes;
    EXPECT_EQ(recorded.hashes, first) << "the budget changes no state";
    expect_scrubs(recorded);
  }
}

TEST(Scrubbing, ReachesTheSameBitsUnderEveryRuleAndKind) {
  std::size_t tried = 0;
  std::set<std::string> rules;  // those that apply to some kind
  for (const OptimizerType& rule : optimizers())
    for (const std::string& kind : covariance_names()) {
      const std::string toml =
          "[model]\ncovariance = \"" + kind + "\"\n[optimizer]\nmethod = \"" + rule.id + "\"\n";
      SCOPED_TRACE(toml);
      try {
        Recorded recorded =
            record(mixture_scene(toml), 15, {{7, change("model.components", std::int64_t{4})}}, 4000);
        expect_scrubs(recorded);
        ++tried;
        rules.insert(rule.id);
      } catch (const InputError& error) {
        EXPECT_NE(std::string(error.what()).find("optimizer.method"), std::string::npos) << error.what();
      }
    }
  EXPECT_EQ(rules.size() + testing::rules_of_other_labs().size(), optimizers().size());
  EXPECT_GT(tried, 3 * rules.size());
}

TEST(Scrubbing, ACopyIsAForkAndLeavesItsOriginAlone) {
  Recorded recorded = record(mixture_scene(""), 30, {{10, change("model.temperature", 2.0)}}, 2000);
  iem::Run fork = recorded.run;
  fork.seek(12);
  fork.apply(change("optimizer.learning_rate", 0.9));
  fork.seek(30);
  EXPECT_NE(fork.state().hash(), recorded.hashes[30]);
  expect_scrubs(recorded);
}

TEST(Editing, ForgetsTheStepsAndEditsAfterIt) {
  iem::Run run(mixture_scene(""), pool());
  run.seek(20);
  run.apply(change("model.temperature", 2.0));
  run.seek(30);
  run.seek(10);
  EXPECT_EQ(run.last_step(), 30);
  EXPECT_EQ(run.edits().size(), 1u);
  run.apply(change("optimizer.learning_rate", 0.05));
  EXPECT_EQ(run.last_step(), 10);
  ASSERT_EQ(run.edits().size(), 1u);
  EXPECT_EQ(run.edits()[0].key, "optimizer.learning_rate");
  EXPECT_EQ(run.edits()[0].step, 10);
  run.seek(30);
  EXPECT_EQ(run.temperature(), 1.0) << "the edit that was forgotten has no effect";
}

TEST(Editing, AFutureThatIsStillThereIsReplayedWithItsEdits) {
  iem::Run run(mixture_scene(""), pool(), 1);
  run.seek(10);
  run.apply(change("model.temperature", 2.0));
  run.seek(15);
  const std::uint64_t hash = run.state().hash();
  run.seek(3);
  EXPECT_EQ(run.temperature(), 1.0);
  for (int i = 0; i < 12; ++i) run.step();
  EXPECT_EQ(run.temperature(), 2.0);
  EXPECT_EQ(run.state().hash(), hash);
}

TEST(Editing, ASettingForTheNextStartOutlivesScrubbing) {
  iem::Run run(mixture_scene(""), pool());
  run.seek(10);
  const std::uint64_t hash = run.state().hash();
  run.seek(5);
  run.apply(change("seed", std::int64_t{42}));
  EXPECT_EQ(run.last_step(), 10) << "it changes nothing of the run under way";
  run.seek(10);
  EXPECT_EQ(run.state().hash(), hash);
  EXPECT_EQ(run.setup().config().integer("seed"), 42);
  run.seek(7);
  EXPECT_EQ(run.setup().config().integer("seed"), 42);
}

TEST(Editing, WhatDoesNotFitIsRefusedAndChangesNothing) {
  iem::Run run(mixture_scene(""), pool());
  run.seek(5);
  const std::uint64_t hash = run.state().hash();
  run.seek(8);
  run.seek(5);
  const std::vector<Edit> bad = {
      change("model.components", std::int64_t{0}),
      change("model.components", std::int64_t{100000}),
      change("model.temperature", -1.0),
      change("model.temperature", std::nan("")),
      change("model.energy", std::string("gausian")),
      change("no.such_key", 1.0),
      change("data.count", std::int64_t{2}),
      change("data.source", std::string("csv")),
      means({1, 2}),
      means({1, 2, 3, 4, std::nan(""), 0}),
      change("state.means", 3.0),
      change("state.nothing", Tensor{{1}, {1}}),
      {"state.covariances", Tensor{{3, 2, 2}, {1, 3, 3, 1, 1, 0, 0, 1, 1, 0, 0, 1}}},
      {"state.weights", Tensor{{3}, {1, -1, 1}}}};
  for (const Edit& edit : bad) {
    EXPECT_THROW(run.apply(edit), InputError) << edit.key;
    EXPECT_EQ(run.state().hash(), hash) << edit.key;
    EXPECT_EQ(run.last_step(), 8) << edit.key;
    EXPECT_TRUE(run.edits().empty()) << edit.key;
  }
  run.apply(change("model.covariance", std::string("full")));
  run.apply(change("optimizer.method", std::string("em")));
  EXPECT_THROW(run.apply(change("model.volume_term", false)), InputError) << "EM needs the volume term";
}

TEST(Editing, KeepsWhatTheEditDoesNotTouch) {
  iem::Run run(mixture_scene(""), pool());
  run.seek(10);
  const auto natural = run.setup().model->natural(run.state().theta);
  run.apply(change("model.components", std::int64_t{5}));
  const auto more = run.setup().model->natural(run.state().theta);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(more[0].tensor.data[i], natural[0].tensor.data[i]);
  for (std::size_t i = 0; i < 12; ++i) EXPECT_NEAR(more[1].tensor.data[i], natural[1].tensor.data[i], 1e-14);
  bool on_a_point = false;
  for (Eigen::Index i = 0; i < run.setup().data->size(); ++i)
    on_a_point = on_a_point || (run.setup().data->points(i, 0) == more[0].tensor.data[6] &&
                                run.setup().data->points(i, 1) == more[0].tensor.data[7]);
  EXPECT_TRUE(on_a_point) << "a new component starts from a data point";
  run.apply(change("model.components", std::int64_t{2}));
  const auto fewer = run.setup().model->natural(run.state().theta);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(fewer[0].tensor.data[i], natural[0].tensor.data[i]);
  double total = 0;
  for (double w : fewer[2].tensor.data) total += w;
  EXPECT_NEAR(total, 1, 1e-15);
}

TEST(Editing, MovingAPrototypeByHandLeavesItsShapeToTheBit) {
  iem::Run run(mixture_scene(""), pool());
  run.seek(10);
  const Theta before = run.state().theta;
  run.apply(means({0, 0, 1, 1, -1, 0.5}));
  const Theta after = run.state().theta;
  EXPECT_EQ(after[0], 0);
  EXPECT_EQ(after[5], 0.5);
  EXPECT_TRUE(testing::same_bits(after.tail(after.size() - 6), before.tail(before.size() - 6)));
}

TEST(Threads, GiveTheSameHashAtEveryStep) {
  const Scene scene =
      mixture_scene("[data]\nsource = \"blobs\"\ncount = 9001\n[optimizer]\nlearning_rate = 0.5\n");
  iem::Run one(scene, pool(1)), two(scene, pool(2)), all(scene, pool(0));
  for (int step = 0; step < 12; ++step) {
    one.step();
    two.step();
    all.step();
    ASSERT_EQ(one.state().hash(), two.state().hash()) << step;
    ASSERT_EQ(one.state().hash(), all.state().hash()) << step;
    ASSERT_EQ(one.evaluation().loss, two.evaluation().loss) << step;
  }
}

TEST(OpeningTwice, GivesTheSameBitsAndAnotherSeedGivesOthers) {
  for (const std::string& name : builtin_scenes()) {
    Scene scene = load_scene(name);
    iem::Run a(scene, pool()), b(scene, pool());
    a.seek(5);
    b.seek(5);
    EXPECT_EQ(a.state().hash(), b.state().hash()) << name;
    scene.config.set("seed", scene.config.integer("seed") + 1);
    iem::Run other(scene, pool());
    other.seek(5);
    EXPECT_NE(a.state().hash(), other.state().hash()) << name;
  }
}

TEST(Hash, DependsOnEverythingThatMakesTheNextStep) {
  RunState state;
  state.theta = Theta::LinSpaced(6, 0, 1);
  state.optimizer_state.vectors = {Theta::Ones(6)};
  const std::uint64_t hash = state.hash();
  const std::vector<std::function<void(RunState&)>> changes = {
      [](RunState& s) { s.step = 1; },
      [](RunState& s) { s.theta[3] = std::nextafter(s.theta[3], 2.0); },
      [](RunState& s) { s.optimizer_state.count = 1; },
      [](RunState& s) { s.optimizer_state.vectors[0][5] = 2; },
      [](RunState& s) { s.optimizer_state.vectors.clear(); },
      [](RunState& s) { s.batch_random.bits(); },
      [](RunState& s) { s.init_random.bits(); },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    RunState other = state;
    changes[i](other);
    EXPECT_NE(other.hash(), hash) << i;
  }
}

// --- divergence, schedule, stop conditions ---

TEST(Divergence, StopsAtTheLastFiniteStateAndNamesTheStep) {
  iem::Run run(mixture_scene("[optimizer]\nmethod = \"gd\"\nlearning_rate = 1e6\n"), pool());
  std::vector<std::uint64_t> hashes = {run.state().hash()};
  StepResult result = StepResult::stepped;
  while (hashes.size() < 200) {
    result = run.step();
    if (result == StepResult::non_finite) break;
    hashes.push_back(run.state().hash());
  }
  ASSERT_EQ(result, StepResult::non_finite);
  ASSERT_TRUE(run.divergence().has_value());
  EXPECT_EQ(run.divergence()->step, run.state().step + 1);
  EXPECT_FALSE(run.divergence()->quantity.empty());
  EXPECT_TRUE(run.state().theta.allFinite());
  EXPECT_TRUE(std::isfinite(run.evaluation().loss));
  EXPECT_TRUE(run.evaluation().gradient.allFinite());
  EXPECT_EQ(run.state().hash(), hashes.back());
  EXPECT_EQ(run.last_step(), run.state().step);
  for (double loss : run.history().column(0)) EXPECT_TRUE(std::isfinite(loss));

  EXPECT_EQ(run.step(), StepResult::non_finite) << "trying again comes to the same";
  const std::int64_t stopped = run.state().step;
  run.seek(stopped + 50);
  EXPECT_EQ(run.state().step, stopped);
  run.seek(0);
  EXPECT_FALSE(run.divergence().has_value());
  EXPECT_EQ(run.state().hash(), hashes[0]);
  run.apply(change("optimizer.learning_rate", 0.1));
  run.seek(stopped + 50);
  EXPECT_EQ(run.state().step, stopped + 50) << "with a sensible rate it goes on";
}

TEST(Temperature, FollowsItsScheduleDownToItsEnd) {
  iem::Run run(
      mixture_scene(
          "[model]\ntemperature = 2.0\n[schedule]\ntemperature_decay = 0.5\ntemperature_end = 0.3\n"),
      pool());
  for (double tau : {2.0, 1.0, 0.5, 0.3, 0.3}) {
    EXPECT_EQ(run.temperature(), tau);
    run.step();
  }
}

TEST(StopConditions, AreReportedAfterTheStepThatMetThem) {
  iem::Run run(mixture_scene("[optimizer]\nmethod = \"em\"\n[schedule]\nstop_loss_change = 1e-4\n"), pool());
  int steps = 0;
  while (run.step() == StepResult::stepped) ASSERT_LT(++steps, 500);
  const std::vector<double> loss = run.history().column(0);
  EXPECT_LE(std::abs(loss[loss.size() - 1] - loss[loss.size() - 2]), 1e-4);
  EXPECT_GT(std::abs(loss[loss.size() - 2] - loss[loss.size() - 3]), 1e-4);

  iem::Run flat(mixture_scene("[schedule]\nstop_grad_norm = 1e6\n"), pool());
  EXPECT_EQ(flat.step(), StepResult::grad_norm);
  EXPECT_EQ(flat.state().step, 1);
}

// Long enough that its history is thinned out; the noise of mini-batches has extremes between the steps kept.
TEST(Run, ALongRunRemembersTheSameWhateverWasLookedAtOnTheWay) {
  const Scene scene = mixture_scene(
      "[optimizer]\nmethod = \"sgd\"\nbatch_size = 8\nlearning_rate = 0.05\n"
      "[data]\nsource = \"blobs\"\ncount = 40\n");
  const Edit faster{"optimizer.learning_rate", 0.1, 0};
  iem::Run straight(scene, pool()), went(scene, pool());
  straight.seek(13'001);
  straight.apply(faster);
  straight.seek(14'500);
  went.seek(15'000);
  went.seek(20);
  went.seek(13'001);
  went.apply(faster);
  went.seek(14'500);
  std::int64_t left_out = 14'003;
  while (went.history().has(left_out) && left_out < 14'400) ++left_out;
  ASSERT_LT(left_out, 14'400) << "this run is to be long enough for some steps to be left out";
  went.seek(3);
  went.seek(left_out);
  straight.seek(left_out);
  EXPECT_EQ(went.state().hash(), straight.state().hash());
  EXPECT_EQ(went.last_step(), 14'500);
  const History a = went.history_here(), b = straight.history_here();
  EXPECT_TRUE(a.has(13'001) && a.has(left_out));
  EXPECT_EQ(a.row(left_out)[0], went.evaluation().loss);
  EXPECT_EQ(a.steps(), b.steps());
  for (std::size_t column = 0; column < 4; ++column) EXPECT_EQ(a.column(column), b.column(column)) << column;
  const auto same = [](const Track::Row& x, const Track::Row& y) {
    return x.step == y.step && std::ranges::equal(x.numbers, y.numbers);
  };
  EXPECT_TRUE(std::ranges::equal(a.trails(), b.trails(), same));
}

}  // namespace
}  // namespace iem
