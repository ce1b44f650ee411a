// What throws on the engine's thread becomes a notice, and the engine goes on.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "core/run/engine.h"
#include "tests/core/run/engine_support.h"
#include "tests/core/run/trapped.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;
using testing::Trapped;
using testing::wait_for;

iem::Run fragile_run() { return iem::Run(mixture_scene(""), pool()); }

std::uint64_t hash_after_defaults(std::int64_t steps) {
  iem::Run run = fragile_run();
  run.seek(steps);
  return run.state().hash();
}

// A run that throws where a snapshot reads `key`, as often as `armed` says.
iem::Run trap(const std::string& key, std::shared_ptr<std::atomic<int>> armed) {
  const Scene scene = mixture_scene("");
  std::vector<Parameter> rows = scene.config.table().all();
  std::ranges::find(rows, key, &Parameter::key)->default_in = [armed](const Config&) -> const Value* {
    if (armed->load() > 0 && armed->fetch_sub(1) > 0) throw std::runtime_error("a trap");
    return nullptr;
  };
  Scene out = scene;
  out.config = Config("mixture", std::make_shared<const ParameterTable>(std::move(rows)));
  for (const std::string& set : scene.config.keys()) out.config.set(set, scene.config.value(set));
  return iem::Run(std::move(out), pool());
}

void expect_stands_still_and_lives_on(Engine& engine) {
  const std::vector<std::string> notices = engine.take_notices();
  ASSERT_FALSE(notices.empty());
  for (const std::string& notice : notices) EXPECT_EQ(notice, "internal error: a trap");
  EXPECT_FALSE(engine.snapshot()->playing);
  const std::int64_t step = engine.snapshot()->state.step;
  engine.step(2);
  engine.wait_until_idle();
  EXPECT_TRUE(engine.take_notices().empty());
  EXPECT_GE(engine.snapshot()->state.step, step + 2);
  EXPECT_EQ(engine.snapshot()->state.hash(), hash_after_defaults(engine.snapshot()->state.step))
      << "the step that failed has changed nothing";
}

TEST(EngineThatThrows, PausesWithANoticeWhereAStepFailsAndGoesOnAfterwards) {
  auto armed = std::make_shared<std::atomic<int>>(0);
  Scene scene = mixture_scene("");
  const Trapped trapped(*scene.problem, armed);
  scene.problem = &trapped;
  Engine engine(iem::Run(scene, pool()));
  engine.play(Engine::kAsFastAsPossible);
  ASSERT_TRUE(wait_for(engine, [](const Snapshot& s) { return s.state.step > 3; }));
  *armed = 1;
  engine.wait_until_idle();
  expect_stands_still_and_lives_on(engine);
}

TEST(EngineThatThrows, PausesWithANoticeWhereASnapshotFailsAndGoesOnAfterwards) {
  for (const int times : {1, 2}) {  // the second time when it says that it stands still
    auto armed = std::make_shared<std::atomic<int>>(0);
    Engine engine(trap("optimizer.reg_covar", armed));  // read by every snapshot, and by no step of gd
    engine.play(Engine::kAsFastAsPossible);
    ASSERT_TRUE(wait_for(engine, [](const Snapshot& s) { return s.state.step > 3; }));
    *armed = times;
    engine.wait_until_idle();
    expect_stands_still_and_lives_on(engine);
  }
}

TEST(EngineThatThrows, LivesOnWhereItsListenerThrows) {
  std::atomic<bool> armed = false;
  Engine engine(fragile_run(), [&] {
    if (armed) throw std::runtime_error("a trap");
  });
  armed = true;
  engine.play(Engine::kAsFastAsPossible);
  engine.wait_until_idle();
  EXPECT_FALSE(engine.snapshot()->playing);
  armed = false;
  expect_stands_still_and_lives_on(engine);
}

}  // namespace
}  // namespace iem
