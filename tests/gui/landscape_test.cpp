// The energy as a landscape, and very many points as a density.
#include "app/gui/stage/landscape_view.h"

#include "core/run/scene.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class Landscape : public AppTest {};

TEST_F(Landscape, PrototypesStandAtTheBottomsOfTheWells) {
  app().context().set("view.field", std::string("energy"));
  app().context().set("view.landscape", true);
  app().engine().step(20);
  settled();
  driver.window().render(frame);
  const LandscapeView& view = app().stage().landscape();
  ASSERT_FALSE(view.heights().empty());
  EXPECT_LT(view.floor(), view.rim());
  // Nowhere is it lower than at the deepest prototype, but for what lies between two samples.
  const double lowest = *std::ranges::min_element(view.heights());
  EXPECT_NEAR(lowest, view.floor(), 0.05 * (view.rim() - view.floor()));
}

TEST_F(Landscape, ItFollowsTheRun) {
  app().context().set("view.field", std::string("energy"));
  app().context().set("view.landscape", true);
  settled();
  driver.window().render(frame);
  const std::vector<double> before = app().stage().landscape().heights();
  app().engine().step(1);
  settled();
  driver.window().render(frame);
  EXPECT_NE(app().stage().landscape().heights(), before);
}

// A drag across the landscape with this button, -1: with none; then the pointer goes where it shows nothing.
class Turning : public Landscape {
 protected:
  std::vector<std::uint8_t> middle_after_drag(int button) {
    run([&](ImGuiTestContext& at) {
      const ImVec2 middle = {550, 380};
      at.MouseMoveToPos(middle);
      if (button >= 0) at.MouseDown(button);
      at.MouseMoveToPos({middle.x + 120, middle.y + 20});
      if (button >= 0) at.MouseUp(button);
      at.MouseMoveToPos({3, 400});
      at.Yield(4);
    });
    const paint::Image all = driver.window().read_pixels();
    std::vector<std::uint8_t> out;
    for (int y = 250; y < 550; ++y) {
      const auto row = all.rgba.begin() + 4 * (static_cast<std::ptrdiff_t>(y) * all.width);
      out.insert(out.end(), row + 4 * 400, row + 4 * 700);
    }
    return out;
  }
};

TEST_F(Turning, TheRightButtonTurnsItAndNothingElseDoes) {
  app().context().set("view.field", std::string("energy"));
  app().context().set("view.landscape", true);
  settled();
  const std::vector<std::uint8_t> still = middle_after_drag(-1);
  EXPECT_EQ(middle_after_drag(-1), still) << "passing over it";
  const std::vector<std::uint8_t> turned = middle_after_drag(ImGuiMouseButton_Right);
  EXPECT_NE(turned, still);
  EXPECT_EQ(middle_after_drag(-1), turned) << "it stays as it was turned";
}

TEST_F(Landscape, OnlyTheEnergyStandsUp) {
  const Config& config = app().context().scene();
  EXPECT_FALSE(config.unavailable_reason("view.landscape").empty());
  app().context().set("view.landscape", true);
  settled();
  driver.window().render(frame);
  EXPECT_TRUE(app().stage().landscape().heights().empty());
}

}  // namespace
}  // namespace iem::gui
