// Several runs in one engine: one a lab is kept as it was left, and what was opened can be undone.
#include <gtest/gtest.h>

#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/engine.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::pool;

iem::Run opened(const std::string& scene) { return iem::Run(load_scene(scene), pool()); }

std::shared_ptr<const Snapshot> settled(Engine& engine) {
  engine.wait_until_idle();
  return engine.snapshot();
}

std::string first_scene_of(const std::string& lab) {
  for (const std::string& name : builtin_scenes())
    if (load_scene(name).config.lab() == lab) return name;
  return {};
}

TEST(EngineRuns, OpeningIsOneUndoStepThatBringsTheOldRunBackWithItsHistory) {
  Engine engine(opened("penguins"));
  engine.step(7);
  engine.apply(Edit{"model.temperature", 2.0});
  engine.step(5);
  const auto before = settled(engine);
  engine.open(opened("old_faithful"));
  const auto other = settled(engine);
  EXPECT_EQ(other->state.step, 0);
  EXPECT_NE(other->opening, before->opening);
  EXPECT_TRUE(other->can_undo);
  engine.undo();
  const auto back = settled(engine);
  EXPECT_EQ(back->state.hash(), before->state.hash());
  EXPECT_EQ(back->last_step(), 12);
  EXPECT_EQ(back->edits.size(), 1U);
  EXPECT_EQ(back->opening, before->opening);
  engine.undo();  // what was done before it is still there to be undone
  EXPECT_EQ(settled(engine)->config().real("model.temperature"), 1);
  engine.redo();
  engine.redo();
  EXPECT_EQ(settled(engine)->opening, other->opening);
}

TEST(EngineRuns, EveryLabKeepsItsRun) {
  Engine engine(opened("penguins"));
  std::map<std::string, std::uint64_t> left;
  for (const Lab* lab : labs()) {
    if (lab->id() != "mixture") engine.open(opened(first_scene_of(lab->id())));
    engine.step(static_cast<std::int64_t>(2 + left.size()));
    left[lab->id()] = settled(engine)->state.hash();
  }
  ASSERT_GE(left.size(), 3U);
  EXPECT_EQ(settled(engine)->waiting.size(), left.size() - 1);
  // As many rounds as an engine keeps runs that were opened.
  const std::size_t rounds = std::max<std::size_t>(1, (10 - (left.size() - 1)) / left.size());
  for (std::size_t round = 0; round < rounds; ++round)
    for (const auto& [lab, hash] : left) {
      engine.show_lab(lab);
      EXPECT_EQ(settled(engine)->state.hash(), hash) << lab;
      EXPECT_EQ(settled(engine)->config().lab(), lab);
    }
  Engine again(opened("penguins"));  // going there is undone ten times at most
  for (const Lab* lab : labs())
    if (lab->id() != "mixture") again.open(opened(first_scene_of(lab->id())));
  for (int i = 0; i < 40; ++i) again.undo();  // all the way back
  EXPECT_EQ(settled(again)->config().lab(), "mixture");
}

TEST(EngineRuns, ARunThatAnotherOneOfItsLabReplacedIsHadBackByUndo) {
  Engine engine(opened(first_scene_of("activation")));
  engine.step(3);
  const std::uint64_t activation = settled(engine)->state.hash();
  engine.open(opened("penguins"));
  engine.step(2);
  const std::uint64_t mixture = settled(engine)->state.hash();
  engine.open(opened(first_scene_of("activation")));  // as the derivation along the probe does
  EXPECT_NE(settled(engine)->state.hash(), activation);
  engine.undo();
  EXPECT_EQ(settled(engine)->state.hash(), mixture);
  engine.show_lab("activation");
  EXPECT_EQ(settled(engine)->state.hash(), activation);
}

TEST(EngineRuns, UndoOfAnotherLabDoesNotCostTheStepsTakenSince) {
  Engine engine(opened("penguins"));
  engine.open(opened(first_scene_of("activation")));
  engine.step(2);
  const std::uint64_t activation = settled(engine)->state.hash();
  engine.show_lab("mixture");
  engine.step(5);
  const auto mixture = settled(engine);
  engine.undo();  // of showing the mixture again
  EXPECT_EQ(settled(engine)->state.hash(), activation);
  std::uint64_t waiting = 0;
  engine.look(mixture->opening, [&](const iem::Run* run) { waiting = run->state().hash(); });
  settled(engine);
  EXPECT_EQ(waiting, mixture->state.hash());
  engine.undo();  // of opening the activation
  EXPECT_EQ(settled(engine)->state.hash(), mixture->state.hash());
  engine.redo();
  EXPECT_EQ(settled(engine)->state.hash(), activation);
}

TEST(EngineRuns, ALeftRunCanStillBeLookedAt) {
  Engine engine(opened("penguins"));
  engine.step(4);
  const auto before = settled(engine);
  engine.open(opened("old_faithful"));
  engine.open(opened("moons"));
  std::uint64_t seen = 0;
  engine.look(before->opening, [&](const iem::Run* run) { seen = run ? run->state().hash() : 1; });
  settled(engine);
  EXPECT_EQ(seen, before->state.hash());
  engine.look(opening_of(opened("moons")), [&](const iem::Run* run) { seen = run ? 2 : 3; });
  settled(engine);
  EXPECT_EQ(seen, 3U) << "an opening of nobody's";
}

// A hand sees the run that was shown a frame ago.
TEST(EngineRuns, AnEditIsLeftOutThatWasMeantForARunThatIsGone) {
  Engine engine(opened("penguins"));
  const auto rate = [&] { return settled(engine)->config().real("optimizer.learning_rate"); };
  const auto before = settled(engine)->opening;
  const double as_opened = rate();
  ASSERT_NE(as_opened, 0.3);
  engine.open(opened("penguins"));
  engine.apply({"optimizer.learning_rate", 0.3}, 7, before);
  engine.apply(std::vector<Edit>{{"optimizer.learning_rate", 0.3}}, 8, before);
  EXPECT_EQ(rate(), as_opened);
  engine.apply({"optimizer.learning_rate", 0.3}, 9, settled(engine)->opening);
  EXPECT_EQ(rate(), 0.3);
}

TEST(EngineRuns, TheOldestRunsAreForgottenAndUndoEndsThere) {
  Engine engine(opened("penguins"));
  engine.step(1);
  for (int i = 0; i < 15; ++i) engine.open(opened(i % 2 ? "moons" : "penguins"));
  int undone = 0;
  for (; undone < 50 && settled(engine)->can_undo; ++undone) engine.undo();
  EXPECT_EQ(undone, 10);
  EXPECT_EQ(settled(engine)->state.step, 0);
}

TEST(Opening, IsUntouchedUntilAStepAnEditARunBesideItOrARestartWithOtherSettings) {
  iem::Run run = opened("penguins");
  const auto opening = opening_of(run);
  const auto untouched = [&](const iem::Run& now) {
    return is_as_opened(*opening, now.setup(), now.state(), now.edits());
  };
  EXPECT_TRUE(untouched(run));
  EXPECT_FALSE(is_as_opened(*opening, run.setup(), run.state(), run.edits(), false)) << "runs beside it";
  run.seek(3);
  EXPECT_FALSE(untouched(run));
  run.seek(0);
  EXPECT_TRUE(untouched(run));
  run.apply({"optimizer.learning_rate", 0.3});
  EXPECT_FALSE(untouched(run));
  Scene other = load_scene("penguins");
  other.config.set("model.temperature", 3.0);
  EXPECT_FALSE(untouched(iem::Run(other, pool())));
}

}  // namespace
}  // namespace iem
