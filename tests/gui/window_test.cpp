// The window without a display: same pixels every time, bounded caches, settings that never hurt.
#include "app/gui/shell/window.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/fonts.h"
#include "app/gui/look/formula.h"
#include "app/gui/platform/settings.h"
#include "app/gui/shell/screenshot.h"
#include "tests/gui/driver.h"
#include "tests/gui/gallery.h"
#include "tests/support/folder.h"

namespace iem::gui {
namespace {

paint::Image gallery_picture(double scale, paint::ThemeId theme) {
  return take_screenshot({.width = 640, .height = 700, .scale = scale, .theme = theme},
                         [](Window&) { return std::make_unique<Gallery>(); });
}

TEST(HeadlessWindow, GivesTheSamePixelsEveryTime) {
  for (const double scale : {1.0, 1.25, 2.0}) {
    const paint::Image first = gallery_picture(scale, paint::ThemeId::light);
    EXPECT_EQ(first.rgba, gallery_picture(scale, paint::ThemeId::light).rgba) << scale;
    EXPECT_NE(first.rgba, gallery_picture(scale, paint::ThemeId::dark).rgba) << scale;
  }
}

// Runs `body` inside one frame.
class InFrame : public Frame {
 public:
  explicit InFrame(std::function<void()> body) : body_(std::move(body)) {}
  void draw() override { body_(); }

 private:
  std::function<void()> body_;
};

TEST(Formulas, CacheIsBounded) {
  Window window(headless_options(200, 200));
  int number = 0;
  InFrame frame([&] {
    for (int i = 0; i < 40; ++i)
      draw_formula(ImGui::GetBackgroundDrawList(), "d_3 = " + std::to_string(number++), {10, 20}, 14,
                   IM_COL32_WHITE);
  });
  for (int i = 0; i < 40; ++i) window.render(frame);
  EXPECT_GE(number, 1600);
  EXPECT_LE(cached_formulas(), 512U);
}

TEST(Formulas, LeaveTheLocaleAlone) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  Window window(headless_options(200, 200));
  InFrame frame([] { measure_formula("\\frac{1}{2}", 14); });
  window.render(frame);
  EXPECT_EQ(before, std::setlocale(LC_ALL, nullptr));
}

TEST(Formulas, GrowWithScaleAndSitOnTheBaseline) {
  for (const double scale : {1.0, 2.0}) {
    Window window(headless_options(200, 200, scale));
    InFrame frame([&] {
      const FormulaSize size = measure_formula("x^2", 14);
      EXPECT_NEAR(size.width / scale, 14, 3);
      EXPECT_GT(size.ascent, 8 * scale);
      EXPECT_LT(size.descent, 2 * scale);
    });
    window.render(frame);
  }
}

TEST(Text, IsCutWithAnEllipsisAtWholeLetters) {
  Window window(headless_options(200, 200));
  InFrame frame([] {
    for (const float room : {0.0F, 5.0F, 20.0F, 43.0F, 80.0F})
      EXPECT_LE(
          draw_text_cut(ImGui::GetBackgroundDrawList(), "τ constant, η → μ", {0, 20}, IM_COL32_WHITE, room),
          std::max(room, measure_text("…", type::kBody).width));
  });
  window.render(frame);
}

TEST(Canvas, DrawsWithoutTroubleWhatIsOutOfTheOrdinary) {
  Window window(headless_options(200, 200));
  InFrame frame([] {
    ImGuiCanvas canvas(ImGui::GetBackgroundDrawList());
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const paint::Rgba red{{1, 0, 0}, 1};
    canvas.polyline(std::vector<paint::Px>{{10, 10}, {nan, nan}, {20, 20}, {30, 20}, {30, 20}}, {red, 4});
    canvas.polyline(std::vector<paint::Px>{}, {red, 4});
    std::vector<paint::Px> many, below;
    for (int i = 0; i < 100000; ++i) many.push_back({i * 0.002, 100.0}), below.push_back({i * 0.002, 120.0});
    canvas.polyline(many, {red, 3});
    canvas.fill_band(many, below, red);
    canvas.fill_polygon(std::vector<paint::Px>{{150, 150}, {190, 150}, {170, 160}, {150, 190}}, red);
    canvas.circle({50, 150}, 20, {red, 1, Dash::dotted});
    canvas.image({2, 2, std::vector<std::uint8_t>(16, 255), 0}, {0, 0, 20, 20}, false);
  });
  window.render(frame);
  window.render(frame);
  const paint::Image picture = window.read_pixels();
  const auto at = [&](int x, int y) { return picture.rgba[static_cast<std::size_t>((y * 200 + x) * 4 + 1)]; };
  EXPECT_EQ(at(100, 110), 0) << "the band is filled";
  EXPECT_EQ(at(100, 130), 255) << "and only the band";
  EXPECT_EQ(at(160, 155), 0) << "the polygon, although it turns the other way round";
}

class SettingsFolder : public ::testing::Test {
 protected:
  std::string folder = test::fresh_file("settings");
  std::string before = std::getenv("XDG_CONFIG_HOME") == nullptr ? "" : std::getenv("XDG_CONFIG_HOME");
  void SetUp() override {
    std::filesystem::remove_all(folder);
    setenv("XDG_CONFIG_HOME", folder.c_str(), 1);
  }
  void TearDown() override {
    std::filesystem::remove_all(folder);
    setenv("XDG_CONFIG_HOME", before.c_str(), 1);
  }
};

TEST_F(SettingsFolder, ComeBackAsTheyWere) {
  Settings s;
  s.x = 10, s.width = 900, s.height = 700, s.theme = "dark", s.user_scale = 1.25,
  s.layout = "[Docking][Data]\n";
  s.more["stage"] = "field";
  ASSERT_TRUE(save_settings(s));
  const Settings back = load_settings();
  EXPECT_EQ(back.width, 900);
  EXPECT_EQ(back.theme, "dark");
  EXPECT_EQ(back.user_scale, 1.25);
  EXPECT_EQ(back.layout, s.layout);
  EXPECT_EQ(back.more.at("stage"), "field");
}

TEST_F(SettingsFolder, AreForgivingAboutWhatTheyFind) {
  EXPECT_EQ(load_settings().width, 0);
  std::filesystem::create_directories(folder + "/iemlab");
  for (const char* text : {"", "{", "[1]", "{\"width\": \"wide\", \"theme\": 3}", "{\"user_scale\": 1e9}"}) {
    std::ofstream(settings_path()) << text;
    EXPECT_EQ(load_settings().width, 0) << text;
    EXPECT_LE(load_settings().user_scale, 4) << text;
  }
}

TEST_F(SettingsFolder, ThatCannotBeWrittenHurtsNobody) {
  std::ofstream(folder) << "a file where a folder should be";
  EXPECT_FALSE(save_settings({}));
  EXPECT_EQ(load_settings().width, 0);
}

}  // namespace
}  // namespace iem::gui
