// The bridges between the three regimes: the same points and prototypes on the other side, and back.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/labs/kit/bridge.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

const Bridge& bridge_named(const std::string& id) { return **std::ranges::find(bridges(), id, &Bridge::id); }

Bridge::Crossing crossed(const std::string& id, const Snapshot& snapshot) {
  EXPECT_EQ(bridge_named(id).unavailable_in(snapshot), "") << id;
  return bridge_named(id).cross(snapshot, {snapshot.config(), {}, {}});
}

Tensor block_of_state(const iem::Run& run, const std::string& name) {
  for (const NamedTensor& each : run.setup().model->natural(run.state().theta))
    if (each.name == name) return each.tensor;
  return {};
}

TEST(Regimes, LabelsClampThePrototypesOfAMixtureAndSetThemFreeAgain) {
  for (const char* scene : {"regime_nobody_knows", "penguins", "three_blobs"}) {
    iem::Run mixture(load_scene(scene), testing::pool());
    mixture.seek(200);
    iem::Run classes(crossed("with_labels", *take_snapshot(mixture)).scene, testing::pool());
    EXPECT_EQ(classes.setup().data->points, mixture.setup().data->points) << scene;
    // The same prototypes, each with the class that it answers for most.
    std::vector<double> before = block_of_state(mixture, "means").data,
                        after = block_of_state(classes, "means").data;
    EXPECT_GT(classes.evaluation().metrics[0], 0.8) << scene;
    std::ranges::sort(before), std::ranges::sort(after);
    EXPECT_EQ(before, after) << scene;
    iem::Run free(crossed("forget_labels", *take_snapshot(classes)).scene, testing::pool());
    EXPECT_NEAR(free.evaluation().loss, mixture.evaluation().loss, 1e-12) << scene;
  }
}

TEST(Regimes, ClassesAreCalledWhatTheLabelsAre) {
  for (const auto& [scene, name] : {std::pair{"penguins", "Chinstrap"}, {"iris", "versicolor"}}) {
    iem::Run mixture(load_scene(scene), testing::pool());
    mixture.seek(5);
    iem::Run classes(crossed("with_labels", *take_snapshot(mixture)).scene, testing::pool());
    EXPECT_EQ(label_words(*classes.setup().data, 1), name);
  }
}

// Words tell bridges apart that stand beside each other.
TEST(Regimes, BridgesOfAFigureHaveAWordEach) {
  std::set<std::string> said;
  for (const Bridge* bridge : bridges()) {
    EXPECT_FALSE(bridge->word.empty()) << bridge->id;
    EXPECT_TRUE(said.insert(bridge->from + " " + bridge->figure + " " + bridge->word).second) << bridge->id;
  }
}

TEST(Regimes, PointsBecomeQueriesOfTheSamePrototypes) {
  iem::Run mixture(load_scene("regime_nobody_knows"), testing::pool());
  mixture.seek(5);
  iem::Run attention(crossed("known_queries", *take_snapshot(mixture)).scene, testing::pool());
  EXPECT_EQ(block_of_state(attention, "keys").data, block_of_state(mixture, "means").data);
  EXPECT_EQ(attention.setup().data->targets, mixture.setup().data->points);
}

TEST(Regimes, SayWhyTheyCannotBeCrossed) {
  const auto reason = [](const std::string& id, const std::string& scene) {
    return bridge_named(id).unavailable_in(*take_snapshot(iem::Run(load_scene(scene), testing::pool())));
  };
  EXPECT_EQ(reason("with_labels", "old_faithful"), "The points have no labels.");
  EXPECT_EQ(reason("forget_labels", "labels_clamp"), "Linear energies have no prototypes.");
  EXPECT_EQ(reason("forget_labels", "two_experts"), "Experts answer with lines, not with prototypes.");
  int asked = 0;
  for (const Bridge* bridge : bridges())
    for (const char* scene : {"penguins", "tanh", "routing_toy", "labels_clamp"}) {
      const auto snapshot = take_snapshot(iem::Run(load_scene(scene), testing::pool()));
      if (snapshot->setup->problem().id() == bridge->from) continue;
      EXPECT_TRUE(bridge->unavailable_in(*snapshot).ends_with('.')) << bridge->id << " " << scene;
      ++asked;
    }
  EXPECT_GT(asked, 10);
}

}  // namespace
}  // namespace iem
