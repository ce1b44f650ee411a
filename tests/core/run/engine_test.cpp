// The engine from outside: commands in, snapshots out, from any thread.
#include "core/run/engine.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "tests/core/run/engine_support.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::kHangs, testing::mixture_scene, testing::pool, testing::wait_for;

iem::Run small_run(const std::string& toml = "[optimizer]\nlearning_rate = 0.2\n") {
  return iem::Run(mixture_scene(toml), pool());
}

Edit set(const std::string& key, Value value) { return {key, std::move(value)}; }
Edit move_means(double to) { return {"state.means", Tensor{{3, 2}, {to, 0, 1, 1, -1, 0.5}}}; }

std::uint64_t hash_after(std::int64_t steps) {
  iem::Run run = small_run();
  run.seek(steps);
  return run.state().hash();
}

TEST(Engine, HasASnapshotFromTheFirstMoment) {
  Engine engine(small_run());
  const auto snapshot = engine.snapshot();
  ASSERT_NE(snapshot, nullptr);
  EXPECT_EQ(snapshot->state.step, 0);
  EXPECT_FALSE(snapshot->playing);
  EXPECT_EQ(snapshot->history.size(), 1);
  EXPECT_EQ(snapshot->evaluation.responsibilities.rows(), 200);
}

TEST(Engine, StepsForwardsAndBackToTheSameBits) {
  Engine engine(small_run());
  engine.step(1);
  engine.step(1);
  engine.step(5);
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->state.hash(), hash_after(7));
  engine.step(-3);
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->state.hash(), hash_after(4));
  EXPECT_EQ(engine.snapshot()->last_step(), 7) << "the future is still known";
  engine.step(-100);
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->state.step, 0);
  engine.seek(9);
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->state.hash(), hash_after(9));
}

TEST(Engine, PlaysUntilItIsPausedAndIsThenWhereARunWouldBe) {
  Engine engine(small_run());
  engine.play(Engine::kAsFastAsPossible);
  ASSERT_TRUE(wait_for(engine, [](const Snapshot& s) { return s.state.step > 20; }));
  EXPECT_TRUE(engine.snapshot()->playing);
  engine.pause();
  engine.wait_until_idle();
  const auto snapshot = engine.snapshot();
  EXPECT_FALSE(snapshot->playing);
  EXPECT_EQ(snapshot->state.hash(), hash_after(snapshot->state.step));
  EXPECT_EQ(snapshot->history.size(), snapshot->state.step + 1);
}

// Never faster than it was told, however fast the machine is: between two steps lies a whole period.
TEST(Engine, PlaysNoFasterThanItWasTold) {
  Engine engine(small_run());
  const auto begin = std::chrono::steady_clock::now();
  engine.play(50);
  ASSERT_TRUE(wait_for(engine, [](const Snapshot& s) { return s.state.step >= 10; }));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_GT(took.count(), 0.15) << "ten steps at 50 a second, the first at once";
}

TEST(Engine, StopsByItselfAndSaysWhy) {
  Engine steps(small_run("[schedule]\nstop_steps = 17\n"));
  steps.play(Engine::kAsFastAsPossible);
  steps.wait_until_idle();
  EXPECT_EQ(steps.snapshot()->state.step, 17);
  EXPECT_NE(steps.snapshot()->finished.find("17"), std::string::npos);
  Engine change(small_run("[optimizer]\nmethod = \"em\"\n[schedule]\nstop_loss_change = 1e-3\n"));
  change.play(Engine::kAsFastAsPossible);
  change.wait_until_idle();
  EXPECT_NE(change.snapshot()->finished.find("stop_loss_change"), std::string::npos);
  change.step(-1);
  change.wait_until_idle();
  EXPECT_EQ(change.snapshot()->finished, "");
}

TEST(Engine, PausesWhereARunBecomesNonFinite) {
  Engine engine(small_run("[optimizer]\nlearning_rate = 1e6\n"));
  engine.play(Engine::kAsFastAsPossible);
  engine.wait_until_idle();
  const auto snapshot = engine.snapshot();
  EXPECT_FALSE(snapshot->playing);
  ASSERT_TRUE(snapshot->divergence.has_value());
  EXPECT_EQ(snapshot->divergence->step, snapshot->state.step + 1);
  EXPECT_TRUE(snapshot->state.theta.allFinite());
}

TEST(Engine, RefusesWhatDoesNotFitWithANoticeAndGoesOn) {
  Engine engine(small_run());
  engine.apply(set("model.temperature", -1.0));
  engine.apply(set("model.temprature", 1.0));
  engine.apply({"state.means", Tensor{{1, 2}, {0, 0}}});
  engine.step(2);
  engine.wait_until_idle();
  const std::vector<std::string> notices = engine.take_notices();
  ASSERT_EQ(notices.size(), 3u);
  EXPECT_TRUE(notices[0].starts_with("model.temperature"))
      << notices[0] << ": a place in a file means nothing here";
  EXPECT_NE(notices[1].find("model.temprature"), std::string::npos) << notices[1];
  EXPECT_NE(notices[2].find("3 x 2"), std::string::npos) << notices[2];
  EXPECT_TRUE(engine.take_notices().empty());
  EXPECT_EQ(engine.snapshot()->state.hash(), hash_after(2));
  EXPECT_FALSE(engine.snapshot()->can_undo);
}

// --- undo, redo ---

TEST(EngineUndo, TakesBackASettingFromThePresentStepOn) {
  Engine engine(small_run());
  engine.step(3);
  engine.apply(set("model.temperature", 2.0));
  engine.step(4);
  engine.undo();
  engine.wait_until_idle();
  auto snapshot = engine.snapshot();
  EXPECT_EQ(snapshot->state.step, 7);
  EXPECT_EQ(snapshot->temperature, 1.0);
  EXPECT_FALSE(snapshot->can_undo);
  EXPECT_TRUE(snapshot->can_redo);
  engine.redo();
  engine.wait_until_idle();
  snapshot = engine.snapshot();
  EXPECT_EQ(snapshot->temperature, 2.0);
  EXPECT_TRUE(snapshot->can_undo);
  EXPECT_FALSE(snapshot->can_redo);
}

TEST(EngineUndo, TakesBackAHandOnTheStageToTheMomentBefore) {
  Engine engine(small_run());
  engine.step(3);
  engine.apply(move_means(0.25));
  engine.step(2);
  engine.undo();
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->state.hash(), hash_after(3));
  engine.redo();
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->state.step, 5);
  engine.undo();
  engine.step(1);
  engine.apply(set("model.temperature", 3.0));
  engine.wait_until_idle();
  EXPECT_FALSE(engine.snapshot()->can_redo) << "a new edit ends what could be redone";
}

TEST(EngineUndo, TakesBackAWholeDragAtOnce) {
  Engine engine(small_run());
  engine.step(3);
  for (int i = 0; i < 20; ++i) engine.apply(move_means(0.1 * i), 7);
  engine.apply(set("optimizer.learning_rate", 0.11), 8);
  engine.apply(set("optimizer.learning_rate", 0.13), 8);
  engine.undo();
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->config().real("optimizer.learning_rate"), 0.2);
  engine.redo();
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->config().real("optimizer.learning_rate"), 0.13);
  engine.undo();
  engine.undo();
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->state.hash(), hash_after(3));
  EXPECT_FALSE(engine.snapshot()->can_undo);
  engine.undo();  // nothing left: nothing happens
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->state.hash(), hash_after(3));
}

TEST(EngineUndo, AnEditThatChangesNothingIsNotRemembered) {
  Engine engine(small_run());
  engine.apply(set("model.temperature", 1.0));
  engine.wait_until_idle();
  EXPECT_FALSE(engine.snapshot()->can_undo);
  EXPECT_TRUE(engine.snapshot()->edits.empty());
}

TEST(EngineUndo, TakesSettingsBackInReverseOrder) {
  // EM needs the volume term: in any other order taking the rule back would be refused.
  Engine engine(small_run("[optimizer]\nmethod = \"em\"\n"));
  engine.apply(set("optimizer.method", std::string("gd")));
  engine.step(1);
  engine.apply(set("model.volume_term", false));
  engine.undo();
  engine.undo();
  engine.wait_until_idle();
  EXPECT_TRUE(engine.take_notices().empty());
  EXPECT_EQ(engine.snapshot()->config().text("optimizer.method"), "em");
}

// --- restart, reseed, lanes, open ---

TEST(Engine, RestartKeepsSeedsAndSettingsAndCanBeUndone) {
  Engine engine(small_run());
  engine.step(6);
  engine.apply(set("model.temperature", 2.0));
  engine.step(2);
  engine.restart();
  engine.wait_until_idle();
  auto snapshot = engine.snapshot();
  EXPECT_EQ(snapshot->state.step, 0);
  EXPECT_EQ(snapshot->state.hash(), hash_after(0)) << "the temperature does not change where it starts";
  EXPECT_EQ(snapshot->temperature, 2.0);
  engine.undo();
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->state.step, 8);
}

TEST(Engine, ReseedStartsElsewhereWithTheSameSettings) {
  Engine engine(small_run("seed = 5\n[seeds]\ninit = 3\n"));
  engine.wait_until_idle();
  const auto before = engine.snapshot();
  engine.reseed();
  engine.wait_until_idle();
  const auto after = engine.snapshot();
  EXPECT_EQ(after->config().integer("seed"), 6);
  EXPECT_FALSE(after->config().is_set("seeds.init"));
  EXPECT_NE(after->state.hash(), before->state.hash());
  EXPECT_NE(after->data().hash, before->data().hash);
}

TEST(Engine, AnEditInThePastKeepsTheOldFutureAsALane) {
  Engine engine(small_run());
  engine.seek(30);
  engine.seek(10);
  engine.apply(set("optimizer.learning_rate", 0.01));
  engine.wait_until_idle();
  const auto snapshot = engine.snapshot();
  ASSERT_EQ(snapshot->lanes.size(), 1u);
  EXPECT_EQ(snapshot->lanes[0].history.size(), 31);
  EXPECT_EQ(snapshot->last_step(), 10);
}

TEST(Engine, AnEditTheRuleDoesNotFitTakesGradientDescentWithIt) {
  Engine engine(small_run());
  engine.apply(set("optimizer.method", std::string("em")));
  engine.step(2);
  engine.apply(set("model.volume_term", false));  // no M-step there
  engine.wait_until_idle();
  const auto after = engine.snapshot();
  EXPECT_FALSE(after->config().flag("model.volume_term"));
  EXPECT_EQ(after->config().text("optimizer.method"), "gd");
  const std::vector<std::string> notices = engine.take_notices();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_NE(notices[0].find("The rule is gradient descent now."), std::string::npos);
  engine.undo();  // both at once
  engine.wait_until_idle();
  EXPECT_TRUE(engine.snapshot()->config().flag("model.volume_term"));
  EXPECT_EQ(engine.snapshot()->config().text("optimizer.method"), "em");
  // What does not fit in itself is refused as before.
  engine.apply(set("model.components", std::int64_t{100000}));
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->config().text("optimizer.method"), "em");
  EXPECT_EQ(engine.take_notices().size(), 1u);
}

// --- under load ---

TEST(EngineUnderLoad, ReadersNeverSeeAnIncompleteOrOlderSnapshot) {
  std::atomic<std::int64_t> published = 0;
  Engine engine(small_run("[model]\ncomponents = 4\n"), [&] { ++published; });
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0;
  const auto read = [&] {
    std::uint64_t last = 0;
    while (!stop) {
      const auto s = engine.snapshot();
      if (!s || s->serial < last) {
        ++wrong;
        continue;
      }
      last = s->serial;
      const auto k = s->config().integer("model.components");
      double sum = 0;
      for (std::int64_t i = 0; i < s->history.size(); ++i)
        sum += s->history.row(i)[0] + s->history.trail(i)[0];
      const bool whole = std::isfinite(sum) && s->history.size() > s->state.step &&
                         s->evaluation.statistics.rows() == k && s->evaluation.responsibilities.cols() == k &&
                         s->next.size() == s->state.theta.size() && s->identity.claimed.cols() == k;
      if (!whole) ++wrong;
    }
  };
  std::thread one(read), two(read);
  Random random(3);
  std::int64_t seen = published;
  for (int i = 0; i < 150; ++i) {
    switch (random.below(9)) {
      case 0: engine.play(Engine::kAsFastAsPossible); break;
      case 1: engine.pause(); break;
      case 2: engine.step(random.below(7) - 3); break;
      case 3: engine.seek(random.below(60)); break;
      case 4: engine.apply(set("model.components", 1 + random.below(6))); break;
      case 5: engine.apply(set("model.temperature", random.uniform(0.5, 2))); break;
      case 6: engine.undo(); break;
      case 7: engine.redo(); break;
      case 8: random.below(4) == 0 ? engine.restart() : engine.reseed(); break;
    }
    if (i % 10 == 0) {  // something has been shown
      EXPECT_TRUE(wait_for(engine, [&](const Snapshot&) { return published > seen; }));
      seen = published;
    }
  }
  engine.pause();
  engine.wait_until_idle();
  stop = true;
  one.join();
  two.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(published, 3);
  EXPECT_TRUE(engine.take_notices().empty());
}

TEST(EngineUnderLoad, CommandsAreAnsweredWhileABigRunPlays) {
  Engine engine(iem::Run(
      mixture_scene("[data]\nsource = \"blobs\"\ncount = 50000\n[model]\ncomponents = 8\n"), pool(0)));
  engine.play(Engine::kAsFastAsPossible);
  ASSERT_TRUE(wait_for(engine, [](const Snapshot& s) { return s.state.step > 3; }));
  for (double tau : {0.7, 0.8, 0.9}) {
    engine.apply(set("model.temperature", tau));
    EXPECT_TRUE(wait_for(engine, [tau](const Snapshot& s) { return s.temperature == tau; }));
  }
}

TEST(EngineUnderLoad, GoesAwayAtOnceWhilePlaying) {
  // At the last pace a step comes after 100,000 seconds: an engine that waits for it hangs.
  const auto begin = std::chrono::steady_clock::now();
  for (double pace : {Engine::kAsFastAsPossible, 1000.0, 1e-5}) {
    Engine engine(small_run());
    engine.play(pace);
    engine.seek(5);
    engine.play(pace);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kHangs);
}

// The way to a far step is seen, and ends when it is asked to, or with the engine.
TEST(EngineUnderLoad, AWayToAStepThatIsNotKnownCanBeEnded) {
  {
    Engine engine(small_run());
    engine.seek(1'000'000'000'000);
    ASSERT_TRUE(wait_for(engine, [](const Snapshot& s) { return s.playing && s.state.step > 50; }));
    engine.pause();
    engine.wait_until_idle();
    const auto there = engine.snapshot();
    EXPECT_FALSE(there->playing);
    EXPECT_LT(there->state.step, 1'000'000'000);
    EXPECT_EQ(there->state.step, there->last_step());
    engine.seek(1'000'000'000'000);
    engine.seek(40);
    engine.wait_until_idle();
    EXPECT_EQ(engine.snapshot()->state.hash(), hash_after(40));
  }
  const auto begin = std::chrono::steady_clock::now();
  {
    Engine engine(small_run());
    engine.seek(1'000'000'000'000);
    ASSERT_TRUE(wait_for(engine, [](const Snapshot& s) { return s.state.step > 0; }));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kHangs);
}

TEST(EngineUnderLoad, ManyThreadsMayAskAtOnce) {
  Engine engine(small_run());
  std::vector<std::thread> askers;
  for (int t = 0; t < 4; ++t)
    askers.emplace_back([&engine] {
      for (int i = 0; i < 25; ++i) {
        engine.step(1);
        if (!engine.snapshot()) std::abort();
      }
      engine.wait_until_idle();
    });
  for (std::thread& asker : askers) asker.join();
  EXPECT_EQ(engine.snapshot()->state.hash(), hash_after(100));
}

}  // namespace
}  // namespace iem
