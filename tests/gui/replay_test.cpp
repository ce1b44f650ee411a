// A saved run that takes long, or for ever, to be replayed: the window says how far it is and can end it.
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/gui/cards/replay_card.h"
#include "core/session/session.h"
#include "core/session/session_file.h"
#include "imgui_internal.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

namespace iem::gui {
namespace {

class Replays : public AppTest {
 protected:
  Replays() {
    path_ = fresh_file("endless_" + std::to_string(::getpid()) + ".iemlab").string();
    iem::Run moons = open_scene("moons").run;
    moons.seek(3);
    auto session = nlohmann::json::parse(save_session(moons, moons.setup().config()));
    session["step"] = kMostSteps;
    std::ofstream(path_) << session.dump();
  }
  ~Replays() override { std::filesystem::remove(path_); }
  std::string scene() { return app().engine().snapshot()->setup->scene.name; }
  // Frames until it is so; false when it never is.
  bool drawn_until(const std::function<bool()>& so) {
    for (int frames = 0; frames < 20000; ++frames) {
      if (so()) return true;
      driver.window().render(frame);
    }
    return false;
  }
  std::string path_;
};

TEST_F(Replays, WithoutAnEndAreShownAndEndedWhereTheyHaveCome) {
  app().open(path_);
  ASSERT_TRUE(drawn_until([] {
    const ImGuiWindow* card = ImGui::FindWindowByName("##replay.card");
    return card != nullptr && card->WasActive;
  }));
  run([](ImGuiTestContext& at) {
    at.SetRef("##replay.card");
    at.ItemClick("##stop_replay");
  });
  ASSERT_TRUE(drawn_until([&] { return !app().loader().working(); }));
  settled();
  EXPECT_EQ(scene(), "moons");
  EXPECT_GT(step(), 0);
  ASSERT_FALSE(app().context().notices().history().empty());
  EXPECT_NE(
      app().context().notices().history().back().find("stopped at step " + std::to_string(step()) + " of "),
      std::string::npos)
      << app().context().notices().history().back();
}

TEST_F(Replays, WithoutAnEndGiveWayToTheNextWish) {
  app().open(path_);
  ASSERT_TRUE(drawn_until([&] { return app().loader().replay() && app().loader().replay()->step() > 5; }));
  app().open("ring");
  ASSERT_TRUE(drawn_until([&] { return scene() == "ring"; }));
  EXPECT_EQ(step(), 0);
  // And the same again, while it is on its way.
  app().open(path_);
  ASSERT_TRUE(drawn_until([&] { return app().loader().replay() && app().loader().replay()->step() > 5; }));
  app().open(path_);
  ASSERT_TRUE(drawn_until([&] { return app().loader().replay() && app().loader().replay()->step() > 5; }));
  EXPECT_EQ(scene(), "ring");
  // Closing the window does not wait for it.
  frame.app.reset();
}

TEST_F(Replays, OfNoLengthNeedNoWords) {
  iem::Run ring = open_scene("ring").run;
  ring.seek(5);
  std::ofstream(path_) << save_session(ring, ring.setup().config());
  app().open(path_);
  ASSERT_TRUE(drawn_until([&] { return scene() == "ring"; }));
  EXPECT_EQ(step(), 5);
  EXPECT_TRUE(app().context().notices().history().empty());
}

struct Opening : Frame {
  void draw() override { card.draw(known ? &progress : nullptr, "/tables/birds.csv", {640, 600}); }
  bool says(const std::string& words) const {
    return std::ranges::any_of(drawn_words(), [&](const DrawnText& text) { return text.words == words; });
  }
  ReplayCard card;
  ReplayProgress progress;
  bool known = true;
};

TEST(OpeningCard, NamesWhatIsReadAndThenReplayed) {
  Opening frame;
  Driver driver(frame);
  EXPECT_FALSE(frame.says("Opening…")) << "before anybody wonders";
  for (int i = 0; i < 30; ++i) driver.window().render(frame);
  EXPECT_TRUE(frame.says("Opening…"));
  EXPECT_TRUE(frame.says("birds.csv"));
  frame.progress.reach(3, 70);
  for (int i = 0; i < 4; ++i) driver.window().render(frame);
  EXPECT_FALSE(frame.says("Opening…"));
  EXPECT_TRUE(frame.says("Step3of70"));
  frame.known = false;
  driver.window().render(frame);
  EXPECT_FALSE(frame.says("birds.csv"));
}

}  // namespace
}  // namespace iem::gui
