// What goes wrong is named above the stage, and mended from there.
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

namespace iem::gui {
namespace {

class Collapse : public AppTest {
 protected:
  Collapse() : AppTest("collapse") {}
};

TEST_F(Collapse, IsNamedAndMendedInOneUndoStep) {
  app().engine().step(200);
  settled();
  ASSERT_FALSE(app().context().snapshot().diagnoses.empty());
  EXPECT_EQ(app().context().snapshot().diagnoses.front().kind, "metric_collapse");
  ASSERT_FALSE(settled()->config().flag("model.volume_term"));
  run([](ImGuiTestContext& at) {
    at.SetRef(at.WindowInfo("//Stage###stage").Window->ID);
    at.ItemClick("##remedy");
  });
  EXPECT_TRUE(settled()->config().flag("model.volume_term"));
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_FALSE(settled()->config().flag("model.volume_term"));
}

// The title, its menu and the shares stay where they are: the words have a line of their own, which keeps its
// place while the run goes on.
TEST_F(Collapse, LeavesTheHeaderAndMovesTheStageOnce) {
  const std::string title = app().stage().title();
  ASSERT_FALSE(title.empty());
  const double top = app().stage().shown()->rect().y0;
  app().engine().step(200);
  settled();
  ASSERT_FALSE(app().context().snapshot().diagnoses.empty());
  settled();
  EXPECT_EQ(app().stage().title(), title);
  const double below = app().stage().shown()->rect().y0;
  EXPECT_GT(below, top + 20);
  run([](ImGuiTestContext& at) {
    at.ItemClick("//Stage###stage/##figures");
    at.Yield(2);
    at.ItemClick("//$FOCUSED/Convergence/##item");
  });
  EXPECT_EQ(app().context().view().config.text("view.centre"), "convergence");
  app().context().set("view.centre", std::string("stage"));
  app().engine().seek(1);
  settled();
  EXPECT_EQ(app().stage().shown()->rect().y0, below) << "what comes and goes moves the stage";
}

class Crawling : public AppTest {
 protected:
  Crawling() : AppTest("old_faithful") {}
};

// While a run plays the line lies over the stage, which stays where it is; its button works there too.
TEST_F(Crawling, IsNamedOverTheStageWhileTheRunPlays) {
  const double top = app().stage().shown()->rect().y0;
  app().engine().play(60);
  ASSERT_TRUE(drawn_until([&] { return !app().context().snapshot().diagnoses.empty(); }));
  ASSERT_TRUE(app().context().snapshot().playing);
  const auto method = [&] { return app().engine().snapshot()->config().text("optimizer.method"); };
  const std::string before = method();
  run([](ImGuiTestContext& at) {
    at.SetRef(at.WindowInfo("//Stage###stage/##trouble").ID);
    at.ItemClick("##remedy");
  });
  EXPECT_EQ(app().stage().shown()->rect().y0, top);
  EXPECT_TRUE(drawn_until([&] { return method() != before; }));
  app().engine().pause();
}

class PullsForEver : public AppTest {
 protected:
  PullsForEver() : AppTest("pulls_for_ever") {}
};

// With its remedy beside it this sentence is longer than the line.
TEST_F(PullsForEver, IsNamedInAWholeSentence) {
  app().engine().step(40);
  settled();
  ASSERT_FALSE(app().context().snapshot().diagnoses.empty());
  const std::string found = app().context().snapshot().diagnoses.front().text;
  driver.window().render(frame);
  const auto top = static_cast<float>(app().stage().shown()->rect().y0);
  std::string said;
  for (const DrawnText& each : drawn_words())
    if (each.window.find("tage") != std::string::npos && each.y1 <= top && each.y0 > top - 38)
      said += each.words;
  EXPECT_EQ(said.find("…"), std::string::npos) << said;
  for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + 1) {
    end = found.find(' ', at);
    const std::string each = found.substr(at, end - at);
    if (at > 0) EXPECT_NE(said.find(each), std::string::npos) << each << " is not in " << said;
  }
}

class Healthy : public AppTest {};

TEST_F(Healthy, RunsAreLeftInPeace) {
  app().engine().step(10);
  settled();
  EXPECT_TRUE(app().context().snapshot().diagnoses.empty());
}

}  // namespace
}  // namespace iem::gui
