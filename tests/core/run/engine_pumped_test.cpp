// An engine on a machine without threads: driven between two frames, it does what one with a thread does.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <vector>

#include "core/base/executor.h"
#include "core/run/engine.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::mixture_scene;

iem::Run pumped_run(const std::string& toml = "[optimizer]\nlearning_rate = 0.2\n") {
  return iem::Run(mixture_scene(toml), std::make_shared<ThreadPool>(1));
}

// What is to be seen when everything asked for is done.
struct SeenOfEngine {
  std::uint64_t hash;
  std::int64_t step, last_step;
  bool playing, can_undo, can_redo;
  std::string finished;
  std::vector<std::string> notices;
  bool operator==(const SeenOfEngine&) const = default;
};

SeenOfEngine seen_with(Executor& from, const std::string& toml, const std::function<void(Engine&)>& script) {
  Engine engine(pumped_run(toml), {}, from);
  script(engine);
  engine.wait_until_idle();
  const auto s = engine.snapshot();
  return {s->state.hash(), s->state.step, s->last_step(), s->playing,
          s->can_undo,     s->can_redo,   s->finished,    engine.take_notices()};
}

TEST(Executors, OneMakesAThreadForATaskAndTheOtherNone) {
  std::thread::id where;
  std::thread worker = threads().begin([&] { where = std::this_thread::get_id(); });
  ASSERT_TRUE(worker.joinable());
  worker.join();
  EXPECT_NE(where, std::this_thread::get_id());
  bool begun = false;
  EXPECT_FALSE(no_threads().begin([&] { begun = true; }).joinable());
  EXPECT_FALSE(begun) << "it is the caller's to do";
  EXPECT_EQ(ThreadPool(4, no_threads()).threads(), 1);
}

TEST(EngineWithoutThreads, DoesWhatOneWithAThreadDoes) {
  const std::vector<std::function<void(Engine&)>> scripts = {
      [](Engine& e) { e.step(5), e.step(-2), e.seek(9); },
      [](Engine& e) {
        e.step(3), e.apply({"model.temperature", 2.0, 0}), e.step(4), e.undo();
      },
      [](Engine& e) {
        e.apply({"model.temperature", -1.0, 0}), e.step(2);
      },
      [](Engine& e) { e.step(4), e.new_start(), e.step(1), e.undo(), e.undo(), e.redo(); },
      [](Engine& e) { e.compare_rules(), e.step(3), e.restart(); },
  };
  for (const auto& script : scripts) {
    const SeenOfEngine pumped = seen_with(no_threads(), "", script);
    EXPECT_EQ(pumped, seen_with(threads(), "", script));
    EXPECT_FALSE(pumped.playing);
  }
  const std::string stops = "[schedule]\nstop_steps = 17\n";
  const auto play = [](Engine& e) { e.play(Engine::kAsFastAsPossible); };
  const SeenOfEngine pumped = seen_with(no_threads(), stops, play);
  EXPECT_EQ(pumped, seen_with(threads(), stops, play));
  EXPECT_EQ(pumped.step, 17);
}

// Rates to be found and steps to be taken for the runs beside it keep nobody waiting who opens a scene.
TEST(EngineWithoutThreads, ShowsARunBeforeThoseBesideItAreMade) {
  Engine engine(pumped_run("[[compare]]\nname = \"other\"\nset = { optimizer.learning_rate = \"best\" }\n"),
                {}, no_threads());
  EXPECT_TRUE(engine.snapshot()->lanes.empty());
  engine.pump();
  ASSERT_EQ(engine.snapshot()->lanes.size(), 1u);
  EXPECT_EQ(engine.snapshot()->lanes[0].label, "other");
  EXPECT_FALSE(engine.snapshot()->can_undo);
}

TEST(EngineWithoutThreads, DoesNothingButWhenItIsPumped) {
  Engine engine(pumped_run(), {}, no_threads());
  engine.step(3);
  EXPECT_EQ(engine.snapshot()->state.step, 0);
  EXPECT_FALSE(engine.pump()) << "nothing more to come";
  EXPECT_EQ(engine.snapshot()->state.step, 3);
  engine.play(1e-6);
  EXPECT_TRUE(engine.pump()) << "the first step at once, the next in days";
  EXPECT_TRUE(engine.pump());
  EXPECT_EQ(engine.snapshot()->state.step, 4);
  engine.pause();
  EXPECT_FALSE(engine.pump());
  Engine own(pumped_run(), {}, threads());
  EXPECT_FALSE(own.pump()) << "it works by itself";
}

// The steps shown while it plays at one step a turn of a clock that the test turns.
std::vector<std::int64_t> steps_shown(const std::string& toml, std::int64_t loop_end, int turns) {
  Engine::Clock::time_point now{};
  Engine engine(pumped_run(toml), {}, no_threads(), [&] { return now; });
  engine.loop(loop_end);
  engine.play(10);
  std::vector<std::int64_t> out;
  for (int i = 0; i < turns; ++i) {
    engine.pump();
    out.push_back(engine.snapshot()->state.step);
    now += std::chrono::milliseconds(100);
  }
  EXPECT_EQ(engine.snapshot()->playing, loop_end > 0);
  return out;
}

TEST(EngineLoop, GoesOnFromTheStartAtItsEndAndAtAStopCondition) {
  using Steps = std::vector<std::int64_t>;
  EXPECT_EQ(steps_shown("", 3, 9), (Steps{1, 2, 3, 1, 2, 3, 1, 2, 3}));
  EXPECT_EQ(steps_shown("[schedule]\nstop_steps = 2\n", 40, 7), (Steps{1, 2, 0, 1, 2, 0, 1}));
  EXPECT_EQ(steps_shown("[schedule]\nstop_steps = 2\n", 0, 4), (Steps{1, 2, 2, 2}));
}

TEST(EngineLoop, ComesToTheSameStatesEachTime) {
  Engine::Clock::time_point now{};
  Engine engine(pumped_run(), {}, no_threads(), [&] { return now; });
  engine.loop(5);
  std::map<std::int64_t, std::uint64_t> seen;
  int again = 0;
  engine.play(10);
  for (int i = 0; i < 20; ++i, now += std::chrono::milliseconds(100)) {
    engine.pump();
    const auto s = engine.snapshot();
    const auto [known, is_new] = seen.emplace(s->state.step, s->state.hash());
    EXPECT_EQ(known->second, s->state.hash());
    again += is_new ? 0 : 1;
    EXPECT_LE(s->last_step(), 5);
  }
  EXPECT_GT(again, 10);
}

}  // namespace
}  // namespace iem
