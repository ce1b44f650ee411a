// How fast a run plays: counted on a clock that the test turns.
#include <gtest/gtest.h>

#include <chrono>

#include "core/base/executor.h"
#include "core/run/engine.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::mixture_scene;

class PacedEngine {
 public:
  PacedEngine()
      : engine(iem::Run(mixture_scene("[optimizer]\nlearning_rate = 0.01\n"), testing::pool()), {},
               no_threads(), [this] { return now_; }) {}

  // Looked at every so often, as a window does between two frames.
  void pass(double seconds, double frame_s) {
    for (double t = 0; t < seconds - 1e-9; t += frame_s) {
      now_ += std::chrono::duration_cast<Engine::Clock::duration>(std::chrono::duration<double>(frame_s));
      engine.pump();
    }
  }
  std::int64_t step() const { return engine.snapshot()->state.step; }

 private:
  Engine::Clock::time_point now_{std::chrono::hours(1)};

 public:
  Engine engine;
};

TEST(Pace, IsWhatWasAskedForHoweverOftenSomebodyLooks) {
  constexpr double kSeconds = 20;
  for (const double frame : {0.001, 1.0 / 60, 1.0 / 24})
    for (const double rate : {0.4, 1.0, 2.0, 4.0, 8.0, 20.0}) {
      PacedEngine paced;
      paced.engine.play(rate);
      paced.engine.pump();
      EXPECT_EQ(paced.step(), 1) << "the first step is taken at once";
      paced.pass(kSeconds, frame);
      EXPECT_NEAR(static_cast<double>(paced.step() - 1), rate * kSeconds, 1) << rate << " " << frame;
    }
  for (const double frame : {0.001, 1.0 / 60})
    for (const double rate : {60.0, 200.0, 1000.0}) {
      PacedEngine paced;
      paced.engine.play(rate);
      paced.pass(2, frame);
      EXPECT_NEAR(static_cast<double>(paced.step()), rate * 2, 0.02 * rate * 2) << rate << " " << frame;
    }
}

// A hand on a setting, or on a prototype, takes no step.
TEST(Pace, IsNotMadeFasterByWhatElseIsAskedFor) {
  PacedEngine paced;
  paced.engine.play(4);
  for (int i = 0; i < 600; ++i) {
    paced.engine.apply({"model.temperature", 1 + 1e-4 * i, 0}, 7);
    paced.pass(1.0 / 60, 1.0 / 60);
  }
  EXPECT_NEAR(static_cast<double>(paced.step() - 1), 40, 1);
}

TEST(Pace, ThatChangesWhileItPlaysCountsFromThere) {
  PacedEngine paced;
  paced.engine.play(0.4);
  paced.pass(5, 0.01);
  EXPECT_NEAR(static_cast<double>(paced.step() - 1), 2, 1);
  const std::int64_t before = paced.step();
  paced.engine.play(20);
  paced.pass(5, 0.01);
  EXPECT_NEAR(static_cast<double>(paced.step() - before), 100, 2);
}

}  // namespace
}  // namespace iem
