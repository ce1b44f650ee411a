// An engine shows a run that began at a checkpoint: it waits for nobody, and goes back once the past is
// there.
#include "core/run/past.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>

#include "core/run/engine.h"
#include "core/session/session.h"
#include "tests/core/run/trapped.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;

class PastOfAnEngine : public ::testing::Test {
 protected:
  PastOfAnEngine() : whole_(mixture_scene("seed = 5\n"), pool()) {
    whole_.seek(12);
    whole_.apply({"model.temperature", 1.2});  // the session carries no state from before the last edit
    shown_ = std::make_unique<LoadedSession>(
        show_session(save_session(whole_, whole_.origin().config), "s.iemlab", pool()));
    engine_ = std::make_unique<Engine>(shown_->run);
  }
  std::int64_t step() {
    engine_->wait_until_idle();
    return engine_->snapshot()->state.step;
  }
  void fill() {
    ASSERT_TRUE(shown_->run.past()->fill(shown_->replay({}).run));
    engine_->take_past();
    engine_->wait_until_idle();
  }

  iem::Run whole_;
  std::unique_ptr<LoadedSession> shown_;
  std::unique_ptr<Engine> engine_;
};

TEST_F(PastOfAnEngine, IsGoneBackToOnceItIsThere) {
  EXPECT_EQ(step(), 12);
  engine_->step(-1);
  EXPECT_EQ(step(), 12);
  const std::vector<std::string> notices = engine_->take_notices();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0], "The steps before 12 are being replayed; they can be shown when that is done.");
  engine_->step(3);
  engine_->step(-1);
  EXPECT_EQ(step(), 14);
  fill();
  EXPECT_EQ(step(), 14);
  EXPECT_EQ(engine_->snapshot()->history.steps().size(), 16u);
  EXPECT_EQ(engine_->snapshot()->past->standing(), Past::Standing::here);
  EXPECT_EQ(engine_->snapshot()->doubt, "");
  engine_->seek(7);
  EXPECT_EQ(step(), 7);
  whole_.seek(7);
  EXPECT_EQ(engine_->snapshot()->state.hash(), whole_.state().hash());
  EXPECT_TRUE(engine_->take_notices().empty());
}

TEST_F(PastOfAnEngine, ComesToWhatIsBroughtBackByAnUndo) {
  engine_->open(iem::Run(mixture_scene("seed = 6\n"), pool()));
  fill();
  engine_->undo();
  engine_->step(-2);
  EXPECT_EQ(step(), 10);
}

// It belongs to the run, not to the file that was opened.
TEST_F(PastOfAnEngine, IsNotThatOfARunThatBeginsAgain) {
  EXPECT_FALSE(engine_->snapshot()->doubt.empty());
  engine_->restart();
  EXPECT_EQ(step(), 0);
  EXPECT_EQ(engine_->snapshot()->doubt, "");
  EXPECT_EQ(engine_->snapshot()->past, nullptr);
  engine_->undo();
  EXPECT_EQ(step(), 12);
  EXPECT_FALSE(engine_->snapshot()->doubt.empty());
}

TEST_F(PastOfAnEngine, ThatPartedIsNotGoneBackTo) {
  shown_->run.past()->part();
  engine_->seek(3);
  EXPECT_EQ(step(), 12);
  const std::vector<std::string> notices = engine_->take_notices();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_NE(notices[0].find("a replay comes to another state"), std::string::npos);
}

TEST_F(PastOfAnEngine, ThatNobodyReplaysIsReplayedWhenAskedFor) {
  shown_->run.past()->leave();
  engine_->seek(3);
  EXPECT_EQ(step(), 3);
  whole_.seek(3);
  EXPECT_EQ(engine_->snapshot()->state.hash(), whole_.state().hash());
}

// Whoever ends the engine does not wait for steps that it takes to show something: of a run at step 500, so
// slow that to come there takes ten seconds.
class PastOfAnEngineThatEnds : public ::testing::Test {
 protected:
  static constexpr auto kStep = std::chrono::milliseconds(20);

  PastOfAnEngineThatEnds() : scene_(mixture_scene("seed = 5\n")), fast_(scene_, pool()) {
    fast_.seek(500);
    slow_.emplace(*scene_.problem, [this] { ++steps_, std::this_thread::sleep_for(kStep); });
    scene_.problem = &*slow_;
    const iem::Run run(scene_, pool(), Checkpoint{fast_.state(), {}, {}});
    run.past()->leave();
    engine_ = std::make_unique<Engine>(run);
    engine_->wait_until_idle();
    steps_ = 0;
  }
  // Ends the replays when a few steps have been taken of what was asked for; the run is where it was.
  void end() {
    while (steps_ < 3) std::this_thread::sleep_for(kStep);
    engine_->end_replays();
    engine_->wait_until_idle();
    EXPECT_LT(steps_, 250);
    EXPECT_EQ(engine_->snapshot()->state.step, 500);
    EXPECT_TRUE(engine_->snapshot()->state.same_bits(fast_.state()));
  }

  Scene scene_;
  iem::Run fast_;
  std::atomic<int> steps_ = 0;
  std::optional<const testing::Watched> slow_;
  std::unique_ptr<Engine> engine_;
};

TEST_F(PastOfAnEngineThatEnds, IsNotWaitedFor) {
  engine_->seek(3);
  end();
  EXPECT_FALSE(engine_->snapshot()->doubt.empty());
  engine_->step(2);  // what takes no replay is done
  engine_->wait_until_idle();
  EXPECT_EQ(engine_->snapshot()->state.step, 502);
}

TEST_F(PastOfAnEngineThatEnds, LeavesARunUnadded) {
  engine_->add_run({.settings = {{"optimizer.learning_rate", 0.25, 0}}});
  end();
  EXPECT_TRUE(engine_->snapshot()->lanes.empty());
}

// A loop goes round what is known.
TEST_F(PastOfAnEngine, IsNoPartOfALoop) {
  engine_->loop(14);
  engine_->play(Engine::kAsFastAsPossible);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  engine_->pause();
  EXPECT_GE(step(), 12);
  EXPECT_LE(step(), 14);
}

}  // namespace
}  // namespace iem
