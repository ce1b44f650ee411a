// The sentence of a scene in the window: there at once, its numbers when they are.
#include "app/gui/context/look_for.h"

#include <gtest/gtest.h>

#include <thread>

#include "core/expression/evaluator.h"
#include "core/expression/words.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

std::shared_ptr<const Snapshot> snapshot_of(const std::string& look_for, std::int64_t points = 300) {
  Scene scene = load_scene("three_blobs");
  scene.look_for = look_for;
  scene.config.set("data.count", points);
  return take_snapshot(iem::Run(scene, std::make_shared<ThreadPool>(1)));
}

// As frames do: the sentence is asked for, then what has come is taken.
std::string settled_words(LookFor& look_for, const std::function<std::string()>& ask) {
  std::string words;
  for (int quiet = 0; quiet < 3; quiet = look_for.working() ? 0 : quiet + 1) {
    words = ask();
    look_for.follow();
    std::this_thread::yield();
  }
  return words;
}

TEST(LookForSentence, IsThereAtOnceAndHasItsNumbersWhenTheyAre) {
  const auto snapshot = snapshot_of("J falls to {loss@50}, as {1, 2} says.");
  LookFor look_for;
  EXPECT_EQ(look_for.of_shown(*snapshot), "J falls to …, as {1, 2} says.");
  iem::Run run(snapshot->setup->scene, std::make_shared<ThreadPool>(1));
  Evaluator evaluator(run);
  EXPECT_EQ(settled_words(look_for, [&] { return look_for.of_shown(*snapshot); }),
            filled("J falls to {loss@50}, as {1, 2} says.", evaluator));
  EXPECT_FALSE(look_for.working());
}

// What a sentence promises of learning will not be seen where nothing learns any more.
TEST(LookForSentence, IsNotShownWhereNothingLearnsAnyMore) {
  Scene scene = load_scene("three_blobs");
  scene.look_for = "Watch them part.";
  iem::Run run(scene, std::make_shared<ThreadPool>(1));
  const auto opening = opening_of(run);
  const auto shown = [&](const iem::Run& now, std::shared_ptr<const Opening> opened) {
    LookFor look_for;
    auto snapshot = std::make_shared<Snapshot>(*take_snapshot(now));
    snapshot->opening = std::move(opened);
    return look_for.of_shown(*snapshot);
  };
  EXPECT_EQ(shown(run, opening), "Watch them part.");
  run.apply({"model.learn", std::vector<std::string>{}});
  EXPECT_EQ(shown(run, opening), "");
  run.apply({"model.learn", std::vector<std::string>{"means"}});
  EXPECT_EQ(shown(run, opening), "Watch them part.");
  // A scene in which nothing was to be learned keeps its sentence.
  scene.config.set("model.learn", std::vector<std::string>{});
  const iem::Run frozen(scene, std::make_shared<ThreadPool>(1));
  EXPECT_EQ(shown(frozen, opening_of(frozen)), "Watch them part.");
}

// What it says of some points is not said of others; of more of the same kind it is.
TEST(LookForSentence, IsNotShownBesideOtherPoints) {
  Scene scene = load_scene("three_blobs");
  scene.look_for = "Watch them part.";
  iem::Run run(scene, std::make_shared<ThreadPool>(1));
  const auto opening = opening_of(run);
  const auto shown = [&](const Edit& edit) {
    run.apply(edit);
    LookFor look_for;
    auto snapshot = std::make_shared<Snapshot>(*take_snapshot(run));
    snapshot->opening = opening;
    return look_for.of_shown(*snapshot);
  };
  EXPECT_EQ(shown({"data.noise", 0.7}), "Watch them part.");
  EXPECT_EQ(shown({"data.source", std::string("moons")}), "");
  EXPECT_EQ(shown({"data.source", scene.config.text("data.source")}), "Watch them part.");
}

// Numbers of the scene as opened are not written beside those of another question.
TEST(LookForSentence, WithNumbersIsNotShownBesideAnotherComparison) {
  const Scene scene = load_scene("tanh");
  iem::Run run(scene, std::make_shared<ThreadPool>(1));
  auto snapshot = std::make_shared<Snapshot>(*take_snapshot(run));
  snapshot->opening = opening_of(run);
  LookFor look_for;
  EXPECT_FALSE(look_for.of_shown(*snapshot).empty());
  Config view = scene.config;
  EXPECT_FALSE(look_for.of_shown(*snapshot, &view).empty());
  view.set("view.overlay", std::string("family"));
  EXPECT_EQ(look_for.of_shown(*snapshot, &view), "");
}

TEST(LookForSentence, OfAnotherRunReplacesTheOneOnItsWay) {
  // A minute's work, of which nobody wants to know any more.
  const auto slow = snapshot_of("{loss@100000}", 200'000), quick = snapshot_of("{step@7} steps");
  LookFor look_for;
  EXPECT_EQ(look_for.of_shown(*slow), "…");
  look_for.follow();
  EXPECT_TRUE(look_for.working());
  EXPECT_EQ(settled_words(look_for, [&] { return look_for.of_shown(*quick); }), "7 steps");
  // Gone half way, asked for again: it begins anew, and ends with its owner.
  EXPECT_EQ(look_for.of_shown(*slow), "…");
  look_for.follow();
  EXPECT_TRUE(look_for.working());
}

TEST(LookForSentence, OfAMenuIsThatOfTheBuiltInScene) {
  LookFor look_for;
  const Scene scene = load_scene("tanh");
  EXPECT_NE(look_for.of_builtin("tanh", scene.look_for).find("…"), std::string::npos);
  const std::string words =
      settled_words(look_for, [&] { return look_for.of_builtin("tanh", scene.look_for); });
  EXPECT_EQ(words.find("…"), std::string::npos) << words;
  EXPECT_EQ(words.find('{'), std::string::npos) << words;
}

class LookForInTheWindow : public AppTest {};

TEST_F(LookForInTheWindow, IsOfTheSceneAsItWasOpened) {
  const auto words = [&] { return app().context().look_for->of_shown(*settled()); };
  app().actions().run("scene.lesson");
  (void)settled();
  const std::string opened = words();
  EXPECT_EQ(opened.find("…"), std::string::npos) << opened;
  EXPECT_NE(opened.find(" to 1, where 1 is perfect"), std::string::npos) << opened;
  // Another rule on the way changes what happens here, not what the scene says of itself.
  app().engine().apply({"optimizer.method", std::string("em")});
  EXPECT_EQ(words(), opened);
}

}  // namespace
}  // namespace iem::gui
