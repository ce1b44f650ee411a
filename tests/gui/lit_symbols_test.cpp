// A symbol under the pointer lights up its marks, and a mark the formulas that name it.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class LitSymbols : public AppTest {
 protected:
  LitSymbols() : AppTest("penguins") { app().context().view().pin_point(7); }

  // How many pixels of the accent lie within `reach` of a place on screen.
  int accent_around(ImVec2 at, int reach = 22) {
    const paint::Image all = driver.window().read_pixels();
    const Rgb& accent = theme().accent;
    const auto near = [](double a, std::uint8_t b) { return std::abs(a * 255 - b) < 24; };
    int count = 0;
    for (int y = static_cast<int>(at.y) - reach; y < static_cast<int>(at.y) + reach; ++y)
      for (int x = static_cast<int>(at.x) - reach; x < static_cast<int>(at.x) + reach; ++x) {
        if (x < 0 || y < 0 || x >= all.width || y >= all.height) continue;
        const std::uint8_t* p = &all.rgba[4 * static_cast<std::size_t>(y * all.width + x)];
        count += near(accent.r, p[0]) && near(accent.g, p[1]) && near(accent.b, p[2]) ? 1 : 0;
      }
    return count;
  }
  void rest_at(ImVec2 place) {
    for (int i = 0; i < 4; ++i) {
      ImGui::GetIO().AddMousePosEvent(place.x, place.y);
      driver.window().render(frame);
    }
  }
  ImVec2 pinned() {
    const auto& point = app().context().snapshot().data().points.row(7);
    return on_stage(point[0], point[1]);
  }
};

TEST_F(LitSymbols, OfAPhaseLightUpTheRingOfThePinnedPoint) {
  settled();
  const int before = accent_around(pinned(), 16);
  ImVec2 phase;
  run([&](ImGuiTestContext& at) {
    phase = at.ItemInfo("##phases/##phase.responsibilities").RectFull.GetCenter();
  });
  rest_at(phase);
  EXPECT_EQ(std::ranges::count(app().context().pointed().letters(), "r"), 1);
  EXPECT_GT(accent_around(pinned(), 16), before + 20);
  rest_at({640, 4});
  EXPECT_LE(accent_around(pinned(), 16), before + 4);
}

TEST_F(LitSymbols, APrototypeMarksTheFormulasOfItsMean) {
  const ImVec2 at_prototype = prototype(0);
  std::string series, figure;
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(at_prototype);
    at.Yield(3);
    series = app().context().pointed().series();
    figure = app().context().pointed().figure();
  });
  EXPECT_EQ(series, "prototype 1");
  EXPECT_EQ(figure, "stage");
}

}  // namespace
}  // namespace iem::gui
