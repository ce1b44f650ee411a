// The energy as a landscape, and very many points as a density.
#include "app/gui/landscape_view.h"

#include "core/scene/scene.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class Landscape : public AppTest {};

TEST_F(Landscape, PrototypesStandAtTheBottomsOfTheWells) {
  app().desk().set("view.field", std::string("energy"));
  app().desk().set("view.landscape", true);
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

TEST_F(Landscape, ItFollowsTheRunAndIsTurnedWithTheRightButton) {
  app().desk().set("view.field", std::string("energy"));
  app().desk().set("view.landscape", true);
  settled();
  driver.window().render(frame);
  const std::vector<double> before = app().stage().landscape().heights();
  const paint::Image still = driver.window().read_pixels();
  app().engine().step(1);
  settled();
  driver.window().render(frame);
  EXPECT_NE(app().stage().landscape().heights(), before);
  const ImVec2 middle = {550, 380};
  const paint::Image stepped = driver.window().read_pixels();
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(middle);
    at.MouseDown(ImGuiMouseButton_Right);
    at.MouseMoveToPos({middle.x + 120, middle.y + 20});
    at.MouseUp(ImGuiMouseButton_Right);
    at.Yield(2);
  });
  EXPECT_NE(driver.window().read_pixels().rgba, stepped.rgba);
}

TEST_F(Landscape, OnlyTheEnergyStandsUp) {
  const Config& config = app().desk().scene();
  EXPECT_FALSE(config.unavailable_reason("view.landscape").empty());
  app().desk().set("view.landscape", true);
  settled();
  driver.window().render(frame);
  EXPECT_TRUE(app().stage().landscape().heights().empty());
}

}  // namespace
}  // namespace iem::gui
