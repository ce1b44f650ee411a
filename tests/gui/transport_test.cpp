// Time in the user's hands: play, step, back, seek, restart; always the same states.
#include <chrono>
#include <cmath>
#include <set>
#include <string>

#include "app/gui/controls/transport_bar.h"
#include "app/gui/look/text.h"
#include "core/base/executor.h"
#include "core/session/scene_file.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class Transport : public AppTest {};

TEST_F(Transport, StepsForwardAndBackToTheSameState) {
  const std::uint64_t start = hash();
  run([](ImGuiTestContext& at) { at.ItemClick("##transport/transport.forward"); });
  EXPECT_EQ(step(), 1);
  EXPECT_NE(hash(), start);
  run([](ImGuiTestContext& at) { at.ItemClick("##transport/transport.back"); });
  EXPECT_EQ(step(), 0);
  EXPECT_EQ(hash(), start);
}

TEST_F(Transport, KeysStepAndGoHome) {
  const std::uint64_t start = hash();
  run([](ImGuiTestContext& at) {
    for (int i = 0; i < 3; ++i) at.KeyPress(ImGuiKey_RightArrow);
  });
  EXPECT_EQ(step(), 3);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_Home); });
  EXPECT_EQ(hash(), start);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_End); });
  EXPECT_EQ(step(), 3);
}

// By what they declare a lock leaves stepping and bars another run.
TEST_F(Transport, OfAllItsActionsThoseThatBeginAnotherRunSaySo) {
  int begun = 0;
  for (const Action& action : app().actions().all()) {
    if (!action.id.starts_with("transport.") || action.id == "transport.play") continue;
    app().engine().step(6);
    settled();
    if (!app().actions().disabled(action.id).empty()) continue;
    app().actions().run(action.id);
    const bool begins = settled()->last_step() < 6;
    EXPECT_EQ(begins, action.begins_run) << action.id;
    begun += static_cast<int>(begins);
  }
  EXPECT_GE(begun, 2);
}

// 1x is a pace at which each step can be followed, and the menu says how many a second every speed is.
TEST_F(Transport, EverySpeedSaysWhatItIsAndIsFasterThanTheOneBefore) {
  double before = 0;
  int steady = 0;
  bool walks = false;
  std::set<Speed::Kind> kinds;
  for (const Speed& speed : speeds()) {
    kinds.insert(speed.kind);
    EXPECT_NE(app().actions().find(speed.id), nullptr) << speed.id;
    EXPECT_FALSE(speed.rate.empty());
    if (speed.kind != Speed::Kind::steady) continue;
    ++steady;
    EXPECT_GT(speed.steps_per_second, before) << speed.label;
    before = speed.steps_per_second;
    if (std::isinf(before)) continue;
    EXPECT_DOUBLE_EQ(std::stod(speed.rate), before) << speed.rate;
    EXPECT_DOUBLE_EQ(4 * std::stod(speed.label), before) << speed.label;
    walks = walks || speed.label == "1\u00d7";
  }
  EXPECT_TRUE(walks);
  EXPECT_TRUE(std::isinf(before));
  EXPECT_EQ(steady, 10);
  EXPECT_EQ(kinds.size(), 3U);
  EXPECT_EQ(speeds()[static_cast<std::size_t>(speed_at_first())].label, "1\u00d7");
}

// On a clock that the test turns, looked at sixty times a second.
class CountedSteps {
 public:
  CountedSteps()
      : engine(iem::Run(load_scene("three_blobs"), std::make_shared<ThreadPool>(1)), {}, no_threads(),
               [this] { return now_; }) {}
  template <class EachFrame>
  std::int64_t pass(int frames, const EachFrame& each_frame) {
    const std::int64_t before = engine.snapshot()->state.step;
    for (int i = 0; i < frames; ++i) {
      now_ += std::chrono::nanoseconds(1'000'000'000 / 60);
      engine.pump();
      each_frame();
    }
    return engine.snapshot()->state.step - before;
  }

 private:
  Engine::Clock::time_point now_{std::chrono::hours(1)};

 public:
  Engine engine;
};

TEST(SpeedCounts, AreWhatTheMenuSays) {
  int counted = 0;
  for (const Speed& speed : speeds()) {
    if (speed.kind != Speed::Kind::steady || std::isinf(speed.steps_per_second)) continue;
    CountedSteps run;
    run.engine.play(speed.steps_per_second);
    const double seconds = speed.steps_per_second < 50 ? 10 : 2;
    const double wanted = speed.steps_per_second * seconds;
    const auto steps = static_cast<double>(run.pass(static_cast<int>(60 * seconds), [] {}));
    EXPECT_NEAR(steps, wanted, std::max(1.0, 0.02 * wanted)) << speed.label;
    ++counted;
  }
  EXPECT_EQ(counted, 9);
}

TEST(SpeedCounts, OfTheAdaptiveOneGrowAsChangesGetSmaller) {
  CountedSteps run;
  AdaptivePace pace;
  double told = speeds().back().steps_per_second;
  ASSERT_EQ(speeds().back().kind, Speed::Kind::adaptive);
  run.engine.play(told);
  const auto follow = [&] {
    if (const double rate = pace.follow(*run.engine.snapshot()); rate != told) run.engine.play(told = rate);
  };
  const std::int64_t first = run.pass(60, follow);
  EXPECT_GE(first, 4);
  EXPECT_LT(first, 40) << "large steps can be followed";
  run.pass(600, follow);
  const std::int64_t later = run.pass(60, follow);
  EXPECT_GT(later, 5 * first) << "small ones pass quickly";
  EXPECT_LE(later, 1020);
}

TEST_F(Transport, PlaysAndPauses) {
  run([](ImGuiTestContext& at) {
    at.ItemClick("##transport/transport.play");
    at.SleepNoSkip(0.3F, 0.02F);
  });
  EXPECT_TRUE(drawn_until([&] { return app().engine().snapshot()->state.step >= 3; }));
  EXPECT_TRUE(app().engine().snapshot()->playing);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_Space); });
  EXPECT_FALSE(settled()->playing);
  EXPECT_GE(step(), 3);
}

TEST_F(Transport, ScrubBarSeeks) {
  app().engine().step(30);
  const std::int64_t before = step();
  run([](ImGuiTestContext& at) {
    at.MouseMove("##transport/##scrub");
    at.MouseMoveToPos({at.ItemInfo("##transport/##scrub").RectFull.Min.x + 9,
                       at.ItemInfo("##transport/##scrub").RectFull.GetCenter().y});
    at.MouseDown();
    at.Yield(2);
    at.MouseUp();
  });
  EXPECT_LT(step(), 3);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_End); });
  EXPECT_EQ(step(), before);
}

TEST_F(Transport, RestartKeepsTheStartReseedChangesIt) {
  const std::uint64_t start = hash();
  app().engine().step(5);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_R); });
  EXPECT_EQ(hash(), start);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Shift | ImGuiKey_R); });
  EXPECT_EQ(step(), 0);
  EXPECT_NE(hash(), start);
}

// The same data from another start, and back.
TEST_F(Transport, RestartAndNewStartAreButtonsThatUndoTakesBack) {
  const std::uint64_t start = hash(), data = settled()->data().hash;
  app().engine().step(5);
  const std::uint64_t later = hash();
  run([](ImGuiTestContext& at) { at.ItemClick("##transport/transport.restart"); });
  EXPECT_EQ(hash(), start);
  run([](ImGuiTestContext& at) { at.ItemClick("##transport/transport.new_start"); });
  EXPECT_EQ(step(), 0);
  EXPECT_NE(hash(), start);
  EXPECT_EQ(settled()->data().hash, data);
  const std::uint64_t drawn = hash();
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_S); });
  EXPECT_NE(hash(), drawn);
  run([](ImGuiTestContext& at) {
    for (int i = 0; i < 2; ++i) at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
  });
  EXPECT_EQ(hash(), start);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_EQ(hash(), later);
}

TEST_F(Transport, ANewStartWhereTheSceneGivesOneIsDrawnAndSaysSo) {
  app().engine().open(iem::Run(load_scene("penguins"), std::make_shared<ThreadPool>(1)));
  const Theta given = settled()->state.theta;
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_S); });
  EXPECT_FALSE(settled()->state.theta.isApprox(given));
  EXPECT_EQ(settled()->config().text("model.init"), "kmeans++");
  ASSERT_FALSE(app().context().notices().history().empty());
  EXPECT_EQ(app().context().notices().history().back().find("The start was given."), 0u);
  EXPECT_EQ(app().actions().disabled("transport.new_start"), "");
  app().engine().open(iem::Run(load_scene("tanh"), std::make_shared<ThreadPool>(1)));
  settled();
  driver.window().render(frame);
  EXPECT_NE(app().actions().disabled("transport.new_start"), "") << "nothing of its start is drawn";
}

TEST_F(Transport, DigitsChooseTheSpeed) {
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_0); });
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_Space); });
  EXPECT_TRUE(drawn_until([&] { return app().engine().snapshot()->state.step >= 200; }));
  app().engine().pause();
  EXPECT_GT(step(), 100);
}

TEST_F(Transport, MeterOpensTheChecksAndTheyPass) {
  app().engine().step(4);
  settled();
  run([](ImGuiTestContext& at) { at.ItemClick("##transport/##meter"); });
  settled();
  ASSERT_TRUE(app().checks().is_open());
  ASSERT_FALSE(app().checks().results().empty());
  for (const CheckResult& check : app().checks().results())
    EXPECT_NE(check.status, CheckStatus::fail) << check.id;
}

// As in players of music: at the end it goes on from the start.
TEST_F(Transport, LoopsOverTheScrubBarWhereThatIsAskedFor) {
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Shift | ImGuiKey_L); });
  EXPECT_TRUE(app().context().view().loops);
  const std::int64_t end = shown_steps(*settled());
  app().engine().play(200);
  std::int64_t most = 0;
  int begun_again = 0;
  EXPECT_TRUE(drawn_until([&] {
    const std::int64_t now = app().context().snapshot().state.step;
    if (now < most) ++begun_again, most = 0;
    most = std::max(most, now);
    return begun_again >= 2;
  }));
  EXPECT_TRUE(app().engine().snapshot()->playing);
  EXPECT_LE(app().engine().snapshot()->last_step(), end);
  run([](ImGuiTestContext& at) {
    at.ItemClick("##transport/##speed");
    at.ItemClick("//$FOCUSED/Loop: from the end to the start/##item");
  });
  EXPECT_FALSE(app().context().view().loops);
  EXPECT_TRUE(drawn_until([&] { return app().context().snapshot().state.step > end; })) << "it goes on";
  app().engine().pause();
}

}  // namespace
}  // namespace iem::gui
