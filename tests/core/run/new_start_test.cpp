// Another draw: of the start alone, or of everything; and a number of prototypes that the scene's start does
// not have, wherever it is changed.
#include "core/run/new_start.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include "core/labs/kit/lab.h"
#include "core/run/engine.h"
#include "core/session/session.h"
#include "tests/core/error_of.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;
using testing::same_bits;

Scene scene_with(const std::string& name, const std::vector<Edit>& settings) {
  Scene scene = load_scene(name);
  for (const Edit& setting : settings) scene.config.set(setting.key, setting.value);
  return scene;
}

std::shared_ptr<const Snapshot> snapshot_after(Engine& engine, const std::function<void()>& act) {
  act();
  engine.wait_until_idle();
  return engine.snapshot();
}

TEST(NewStart, KeepsTheDataAndIsOneUndoStep) {
  Engine engine(iem::Run(load_scene("three_blobs"), pool()));
  const auto before = engine.snapshot();
  const auto first = snapshot_after(engine, [&] { engine.new_start(); });
  EXPECT_EQ(first->data().hash, before->data().hash);
  EXPECT_FALSE(same_bits(first->state.theta, before->state.theta));
  const auto second = snapshot_after(engine, [&] { engine.new_start(); });
  EXPECT_EQ(second->data().hash, before->data().hash);
  EXPECT_FALSE(same_bits(second->state.theta, first->state.theta));
  EXPECT_TRUE(engine.take_notices().empty()) << "nothing to be said of a start that is drawn";
  engine.undo();
  const auto back = snapshot_after(engine, [&] { engine.undo(); });
  EXPECT_EQ(back->state.hash(), before->state.hash());
}

TEST(NewStart, ReseedDrawsDataAndStart) {
  Engine engine(iem::Run(load_scene("three_blobs"), pool()));
  const auto before = engine.snapshot();
  const auto next = snapshot_after(engine, [&] { engine.reseed(); });
  EXPECT_NE(next->data().hash, before->data().hash);
  EXPECT_FALSE(same_bits(next->state.theta, before->state.theta));
}

// Of every built-in scene both do something visible, or say why not.
TEST(NewStart, OfEverySceneIsAnotherStartOrSaysWhyThereIsNone) {
  int drawn = 0, said = 0;
  for (const std::string& name : builtin_scenes()) {
    if (name.starts_with("sticky")) continue;  // two thousand tokens
    Engine engine(iem::Run(load_scene(name), pool()));
    const auto before = engine.snapshot();
    const std::string never = new_start_unavailable(before->setup->scene);
    const auto next = snapshot_after(engine, [&] { engine.new_start(); });
    EXPECT_EQ(next->data().hash, before->data().hash) << name;
    if (never.empty()) {
      EXPECT_FALSE(next->state.theta.size() == before->state.theta.size() &&
                   same_bits(next->state.theta, before->state.theta))
          << name;
      ++drawn;
    }
    const bool was_given = before->setup->problem().start_is_given(before->config());
    EXPECT_EQ(engine.take_notices().size(), was_given ? 1u : 0u) << name;
    engine.undo();
    const auto seeded = snapshot_after(engine, [&] { engine.reseed(); });
    const bool moved =
        seeded->data().hash != before->data().hash || !same_bits(seeded->state.theta, before->state.theta);
    EXPECT_TRUE(moved || engine.take_notices().size() == 1) << name << ": a reseed that nobody sees";
    said += !moved;
  }
  EXPECT_GT(drawn, 20);
  EXPECT_GT(said, 5);
}

TEST(NewStart, ASessionOfItReplays) {
  Engine engine(iem::Run(load_scene("penguins"), pool()));
  engine.new_start();
  engine.step(3);
  std::string text;
  engine.look([&](const iem::Run& run) { text = save_session(run, run.setup().config()); });
  engine.wait_until_idle();
  const LoadedSession loaded = load_session(text, "s.iemlab", pool());
  EXPECT_EQ(loaded.parted, "");
  EXPECT_EQ(loaded.run.state().hash(), engine.snapshot()->state.hash());
  EXPECT_TRUE(loaded.run.setup().config().is_set("model.means")) << "what was given can be had back";
}

// K prototypes where the scene gives the start of another number: set, edited and begun again, the same bits.
TEST(GivenStart, MoreOrFewerPrototypesAreTheSameWhereverTheyAreAskedFor) {
  for (const std::int64_t k : {1, 2, 3, 4, 5, 9}) {
    const iem::Run set(scene_with("penguins", {{"model.components", k}}), pool());
    iem::Run edited(load_scene("penguins"), pool());
    if (k != 3) edited.apply({"model.components", k});  // there are three
    EXPECT_TRUE(same_bits(set.state().theta, edited.state().theta)) << k;
    EXPECT_EQ(set.state().hash(), edited.state().hash()) << k << ": and as much was drawn";
    const iem::Run begun(edited.setup().scene, pool());
    EXPECT_EQ(begun.state().hash(), set.state().hash()) << k;

    const std::vector<double> given = load_scene("penguins").config.tensor("model.means").data;
    const NamedTensor means = set.setup().model->natural(set.state().theta).front();
    ASSERT_EQ(means.tensor.shape[0], k);
    for (std::size_t i = 0; i < std::min(given.size(), means.tensor.data.size()); ++i)
      EXPECT_EQ(means.tensor.data[i], given[i]) << k;
  }
}

TEST(GivenStart, FurtherPrototypesFollowTheStartsSeed) {
  const iem::Run one(scene_with("penguins", {{"model.components", std::int64_t{5}}}), pool());
  const iem::Run two(
      scene_with("penguins", {{"model.components", std::int64_t{5}}, {"seeds.init", std::int64_t{9}}}),
      pool());
  EXPECT_FALSE(same_bits(one.state().theta, two.state().theta));
}

TEST(GivenStart, RestartAndReseedGoOnAfterAChangeOfKAndKind) {
  for (const Edit& change :
       {Edit{"model.components", std::int64_t{5}}, Edit{"model.components", std::int64_t{2}},
        Edit{"model.covariance", std::string("diag")}, Edit{"model.covariance", std::string("tied")}}) {
    Engine engine(iem::Run(load_scene("simplex"), pool()));
    engine.apply({"optimizer.method", std::string("em")});
    engine.apply(change);
    engine.step(2);
    engine.restart();
    engine.step(1);
    engine.reseed();
    engine.new_start();
    engine.step(1);
    engine.wait_until_idle();
    for (const std::string& notice : engine.take_notices())
      EXPECT_EQ(notice.find("has shape"), std::string::npos) << notice;
    EXPECT_EQ(engine.snapshot()->config().value(change.key), change.value);
    EXPECT_EQ(engine.snapshot()->state.step, 1);
  }
}

// A file that says two numbers at once is still refused.
TEST(GivenStart, AContradictionInTheSceneItselfIsRefused) {
  const std::string message = error_of([] {
    mixture_scene("[model]\ncomponents = 3\ninit = \"explicit\"\nmeans = [[0.0, 0.0], [1.0, 1.0]]\n");
  });
  EXPECT_NE(message.find("model.means = [[0.0, 0.0], [1.0, 1.0]]: has shape 2 x 2: must be 3 x 2, as "
                         "model.components = 3 says"),
            std::string::npos)
      << message;
}

TEST(GivenStart, PrototypesOnTheLineAreKeptTooAndFurtherOnesLieOnPoints) {
  const auto scene = [](const std::string& more) {
    return parse_scene(
        "format = 1\nlab = \"activation\"\n[data]\nsource = \"bumps\"\nclusters = 3\n[model]\nhypotheses = "
        "\"prototypes\"\npositions = [-2.0, 0.5]\nweights = [1.0, 3.0]\n" +
            more,
        "line.toml");
  };
  Scene four = scene("");
  EXPECT_EQ(four.config.integer("model.components"), 2);
  four.config.set("model.components", std::int64_t{4});
  const iem::Run set(four, pool());
  iem::Run edited(scene(""), pool());
  edited.apply({"model.components", std::int64_t{4}});
  EXPECT_TRUE(same_bits(set.state().theta, edited.state().theta));
  const auto natural = set.setup().model->natural(set.state().theta);
  const std::vector<double>& places = natural.front().tensor.data;
  ASSERT_EQ(places.size(), 4u);
  EXPECT_EQ(places[0], -2.0);
  EXPECT_EQ(places[1], 0.5);
  for (const std::size_t j : {2, 3})
    EXPECT_TRUE((set.setup().data->points.col(0).array() == places[j]).any()) << places[j];
  EXPECT_NE(error_of([&] { scene("components = 3\n"); }).find("model.components says 3"), std::string::npos);
}

}  // namespace
}  // namespace iem
