// Runs on their way to be shown beside another, in the window.
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class ComingRuns : public AppTest {};

// The rate of the last is sought over more steps than anybody waits for: the strip says so and ends it, and
// the plots of runs come with the first run.
TEST_F(ComingRuns, AreSaidInTheStripAndEndedThere) {
  const auto plots = [&] { return app().context().view().config.list("view.plots"); };
  app().engine().apply(Edit{"optimizer.method", std::string("em"), 0});
  app().engine().begin_with({{"schedule.stop_steps", std::int64_t{1'000'000'000'000}, 0}});
  settled();
  const std::vector<std::string> before = plots();
  const auto ask = [&](bool pressed) {
    ASSERT_TRUE(app().actions().run("run.compare"));
    ASSERT_TRUE(drawn_until([&] { return app().engine().coming().has_value(); }));
    const ImGuiWindow* strip = nullptr;
    ASSERT_TRUE(drawn_until([&] {
      strip = ImGui::FindWindowByName("##runs");
      return strip != nullptr && strip->Active;
    }));
    if (app().engine().snapshot()->lanes.empty()) EXPECT_EQ(plots(), before);
    if (pressed)
      run([](ImGuiTestContext& at) { at.ItemClick("##runs/##stop_coming"); });
    else
      ASSERT_TRUE(app().actions().run("run.compare"));
    settled();
    EXPECT_FALSE(app().engine().coming());
  };
  ask(true);
  if (settled()->lanes.empty()) EXPECT_EQ(plots(), before);
  app().actions().run("run.dismiss");
  settled();
  ask(false);
  EXPECT_TRUE(settled()->lanes.empty());
  EXPECT_EQ(plots(), before);
}

}  // namespace
}  // namespace iem::gui
