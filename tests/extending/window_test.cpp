// The window with a lab and an energy that it has never heard of.
#include <fstream>
#include <set>

#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

std::string scene_file(const std::string& toml) {
  const auto path = fresh_file("toy.toml");
  std::ofstream(path) << "format = 1\n" << toml;
  return path.string();
}

class ToyWindow : public AppTest {
 protected:
  explicit ToyWindow(const std::string& toml) : AppTest(scene_file(toml)) {}

  // How many shades the middle of the window has: 1 where nothing is drawn.
  std::size_t shades_in_the_middle() {
    driver.window().render(frame);
    const paint::Image all = driver.window().read_pixels();
    std::set<std::uint32_t> shades;
    for (int y = all.height / 8; y < all.height * 3 / 4; ++y)
      for (int x = all.width / 3; x < all.width * 2 / 3; ++x) {
        const std::size_t at = 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(all.width) +
                                    static_cast<std::size_t>(x));
        shades.insert(all.rgba[at] * 65536U + all.rgba[at + 1] * 256U + all.rgba[at + 2]);
      }
    return shades.size();
  }
  void pointer_everywhere() {
    run([](ImGuiTestContext& at) {
      for (float y = 20; y < 800; y += 95)
        for (float x = 20; x < 1280; x += 155) {
          at.MouseTeleportToPos({x, y});
          at.Yield();
        }
    });
  }
};

class LabOfOneFile : public ToyWindow {
 protected:
  LabOfOneFile() : ToyWindow("lab = \"centre\"\nseed = 2\n[data]\nsource = \"cross\"\n") {}
};

class EnergyOfOneFile : public ToyWindow {
 protected:
  EnergyOfOneFile() : ToyWindow("lab = \"mixture\"\n[model]\nenergy = \"log_cosh\"\n") {}
};

TEST_F(LabOfOneFile, HasThePlainPageWithItsFirstFigure) {
  EXPECT_EQ(app().context().lab().id(), "centre");
  app().engine().step(8);
  settled();
  EXPECT_EQ(step(), 8);
  EXPECT_GT(shades_in_the_middle(), 3U) << "the curve is drawn";
  pointer_everywhere();
  run([](ImGuiTestContext& at) {
    EXPECT_NE(at.WindowInfo("//Figure###figure").Window, nullptr);
    EXPECT_NE(at.WindowInfo("//Controls###controls.plain").Window, nullptr);
    at.ItemClick("##transport/transport.forward");
    at.KeyPress(ImGuiKey_I);
    at.Yield(3);
  });
  EXPECT_EQ(step(), 9);
  EXPECT_TRUE(app().context().notices().history().empty());
}

TEST_F(EnergyOfOneFile, IsDrawnOnTheStage) {
  app().engine().step(8);
  settled();
  EXPECT_GT(shades_in_the_middle(), 20U) << "the field is drawn";
  pointer_everywhere();
  EXPECT_TRUE(app().context().notices().history().empty());
}

}  // namespace
}  // namespace iem::gui
