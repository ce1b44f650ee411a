// The window as a whole against pictures that were looked at and found good. Compared block by block, so that
// another release of the rasteriser or of FreeType passes, and anything that moves, vanishes or changes
// colour does not.
//
// After a change that is meant: IEMLAB_UPDATE_PICTURES=1 ./test -R Pictures, then look at what git says has
// changed.
#include <cairo.h>
#include <glad/gl.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "app/gui/sessions/scene_loader.h"
#include "app/gui/shell/app.h"
#include "app/gui/shell/screenshot.h"
#include "tests/support/folder.h"

namespace iem::gui {
namespace {

constexpr int kBlock = 8;      // pixels of a side
constexpr double kApart = 10;  // of 255, of a block's mean in any channel

struct PictureCase {
  const char* name;
  const char* scene;
  int steps;
  paint::ThemeId theme;
  int width, height;
  double scale;
  bool only_stage;
};

void PrintTo(const PictureCase& c, std::ostream* out) { *out << c.name; }

const PictureCase kCases[] = {
    {"window_light", "penguins", 8, paint::ThemeId::light, 1280, 800, 1, false},
    {"window_dark", "three_blobs", 20, paint::ThemeId::dark, 1280, 800, 1, false},
    {"window_scale_2", "old_faithful", 3, paint::ThemeId::light, 2048, 1440, 2, false},
    {"stage", "moons", 12, paint::ThemeId::light, 800, 600, 1, true},
    {"attention", "routing_toy", 20, paint::ThemeId::light, 1280, 800, 1, false},
    {"activation", "two_bumps", 6, paint::ThemeId::dark, 1280, 800, 1, false},
};

std::filesystem::path file_of(const PictureCase& c) {
  return std::filesystem::path(IEMLAB_GOLDEN_DIR) / "pictures" / (std::string(c.name) + ".png");
}

// Empty when there is no such file.
paint::Image read_picture(const std::filesystem::path& path) {
  paint::Image image;
  cairo_surface_t* surface = cairo_image_surface_create_from_png(path.c_str());
  if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
    cairo_surface_flush(surface);
    image.width = cairo_image_surface_get_width(surface);
    image.height = cairo_image_surface_get_height(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < image.height; ++y) {
      const unsigned char* bgra =
          cairo_image_surface_get_data(surface) + static_cast<std::ptrdiff_t>(y) * stride;
      for (int x = 0; x < image.width; ++x, bgra += 4)
        image.rgba.insert(image.rgba.end(), {bgra[2], bgra[1], bgra[0], 255});
    }
  }
  cairo_surface_destroy(surface);
  return image;
}

std::array<double, 3> mean_of_block(const paint::Image& image, int x0, int y0) {
  std::array<double, 3> sum{};
  int count = 0;
  for (int y = y0; y < std::min(image.height, y0 + kBlock); ++y) {
    for (int x = x0; x < std::min(image.width, x0 + kBlock); ++x, ++count) {
      const auto at = 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                           static_cast<std::size_t>(x));
      for (std::size_t c = 0; c < 3; ++c) sum[c] += image.rgba[at + c];
    }
  }
  for (double& channel : sum) channel /= count;
  return sum;
}

struct PictureDifference {
  double largest = 0;
  int x = 0, y = 0, blocks = 0;  // where, and how many are further apart than kApart
};

PictureDifference difference(const paint::Image& a, const paint::Image& b) {
  PictureDifference out;
  for (int y = 0; y < a.height; y += kBlock) {
    for (int x = 0; x < a.width; x += kBlock) {
      const auto p = mean_of_block(a, x, y), q = mean_of_block(b, x, y);
      double apart = 0;
      for (std::size_t c = 0; c < 3; ++c) apart = std::max(apart, std::abs(p[c] - q[c]));
      if (apart > kApart) ++out.blocks;
      if (apart > out.largest) out.largest = apart, out.x = x, out.y = y;
    }
  }
  return out;
}

bool g_is_llvmpipe = false;

paint::Image picture_of(const PictureCase& c) {
  ScreenshotOptions options;
  options.width = c.width, options.height = c.height, options.scale = c.scale, options.theme = c.theme;
  return take_screenshot(options, [&](Window& window) {
    const auto* renderer = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
    g_is_llvmpipe = std::string_view(renderer == nullptr ? "" : renderer).starts_with("llvmpipe");
    auto app = std::make_unique<App>(window, open_scene(c.scene).run);
    app->engine().step(c.steps);
    app->engine().wait_until_idle();
    if (c.only_stage) app->context().actions->run("view.only_stage");
    return app;
  });
}

class Pictures : public testing::TestWithParam<PictureCase> {};

TEST_P(Pictures, LookAsTheyDidWhenTheyWereLookedAt) {
  const paint::Image now = picture_of(GetParam());
  if (!g_is_llvmpipe) GTEST_SKIP() << "the pictures were drawn by llvmpipe; this driver is another";
  const auto path = file_of(GetParam());
  if (std::getenv("IEMLAB_UPDATE_PICTURES") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    write_png(now, path.string());
  }
  const paint::Image then = read_picture(path);
  ASSERT_EQ(then.width, now.width) << path;
  ASSERT_EQ(then.height, now.height) << path;
  const PictureDifference d = difference(then, now);
  const auto shown = test::fresh_file(std::string(GetParam().name) + ".png");
  if (d.blocks > 0) write_png(now, shown.string());
  EXPECT_EQ(d.blocks, 0) << "most at (" << d.x << ", " << d.y << "), by " << d.largest << "; see " << shown;
}

INSTANTIATE_TEST_SUITE_P(Window, Pictures, testing::ValuesIn(kCases),
                         [](const auto& c) { return std::string(c.param.name); });

// The comparison itself: a prototype elsewhere, a missing word or a shade too dark must not pass.
TEST(PictureDifference, SeesAWordThatIsMissing) {
  paint::Image blank{64, 64, std::vector<std::uint8_t>(4 * 64 * 64, 255)}, word = blank;
  for (std::size_t x = 20; x < 28; ++x)
    for (std::size_t y = 30; y < 38; y += 3)
      word.rgba[4 * (y * 64 + x)] = word.rgba[4 * (y * 64 + x) + 1] = 60;
  EXPECT_GT(difference(blank, word).blocks, 0);
  EXPECT_EQ(difference(word, word).blocks, 0);
}

}  // namespace
}  // namespace iem::gui
