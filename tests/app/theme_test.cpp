#include "app/paint/theme.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"

namespace iem::paint {
namespace {

constexpr std::array<ThemeId, 3> kThemes = {ThemeId::light, ThemeId::dark, ThemeId::print};

double distance(Rgb a, Rgb b) {
  const Oklab p = to_oklab(a), q = to_oklab(b);
  return std::sqrt((p.L - q.L) * (p.L - q.L) + (p.a - q.a) * (p.a - q.a) + (p.b - q.b) * (p.b - q.b));
}

TEST(Theme, TextHasAContrastOfAtLeast4Point5InEveryTheme) {
  for (ThemeId id : kThemes) {
    const Theme& t = theme(id);
    for (Rgb ground : {t.paper, t.panel}) {
      for (Rgb text : {t.ink, t.muted, t.accent, t.good, t.warn, t.bad}) {
        EXPECT_GE(contrast_ratio(text, ground), 4.5) << static_cast<int>(id);
      }
      for (int j = 0; j < 64; ++j)
        EXPECT_GE(contrast_ratio(line_colour(t, j), ground), 4.5) << static_cast<int>(id) << " " << j;
    }
    EXPECT_GE(contrast_ratio(t.on_accent, t.accent), 4.5);
    EXPECT_GE(contrast_ratio(t.ink, t.raised), 4.5);
    EXPECT_GE(contrast_ratio(t.ink, t.sunken), 4.5);
  }
}

TEST(Theme, TextOnAnyTerritoryIsLegible) {
  for (ThemeId id : kThemes) {
    const Theme& t = theme(id);
    for (int j = 0; j < 24; ++j) {
      EXPECT_GE(contrast_ratio(t.ink, to_rgb(territory_colour(t, j))), 4.5);
      EXPECT_GE(contrast_ratio(t.muted, to_rgb(territory_colour(t, j))), 4.5);
    }
  }
}

TEST(Theme, NumbersInCellsAreLegible) {
  for (ThemeId id : kThemes) {
    for (double v = -1; v <= 1; v += 0.05) {
      const Rgb cell = heat_colour(theme(id), v, true);
      EXPECT_GE(contrast_ratio(text_on(cell), cell), 4.5) << v;
      const Rgb share = heat_colour(theme(id), std::abs(v), false);
      EXPECT_GE(contrast_ratio(text_on(share), share), 4.5) << v;
    }
  }
}

// What an eye without one kind of cone makes of a colour: Machado, Oliveira and Fernandes (2009), severity 1,
// on linear red, green and blue.
struct Eye {
  const char* name;
  std::array<double, 9> of;
};
constexpr std::array<Eye, 4> kEyes = {{
    {"all cones", {1, 0, 0, 0, 1, 0, 0, 0, 1}},
    {"protanopia",
     {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998}},
    {"deuteranopia",
     {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881}},
    {"tritanopia",
     {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}},
}};

Rgb seen_by(const Eye& eye, Rgb c) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  const auto curved = [](double v) {
    v = std::clamp(v, 0.0, 1.0);
    return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
  };
  const std::array<double, 3> in = {linear(c.r), linear(c.g), linear(c.b)};
  std::array<double, 3> out{};
  for (std::size_t i = 0; i < 9; ++i) out[i / 3] += eye.of[i] * in[i % 3];
  return {curved(out[0]), curved(out[1]), curved(out[2])};
}

// The least distance of two of the first `count` territories, as this eye sees them.
double least_distance(const Theme& t, const Eye& eye, int count) {
  double least = 1;
  for (int j = 1; j < count; ++j)
    for (int k = 0; k < j; ++k)
      least = std::min(least, distance(seen_by(eye, to_rgb(territory_colour(t, j))),
                                       seen_by(eye, to_rgb(territory_colour(t, k)))));
  return least;
}

// 0.02 in OKLab is about one step that is just seen side by side; every pair of three territories is more
// than two such steps apart. With one lightness for all, deuteranopes saw 0.005 between the second and the
// third.
TEST(Theme, TerritoriesAreToldApartByEveryEye) {
  for (ThemeId id : kThemes)
    for (const Eye& eye : kEyes) {
      SCOPED_TRACE(eye.name);
      EXPECT_GE(least_distance(theme(id), eye, 3), 0.045) << static_cast<int>(id);
      EXPECT_GE(least_distance(theme(id), eye, 4), 0.03) << static_cast<int>(id);
      EXPECT_GE(least_distance(theme(id), eye, 7), 0.02) << static_cast<int>(id);
    }
}

TEST(Theme, TerritoriesAreOfOneChroma) {
  for (ThemeId id : kThemes) {
    const Theme& t = theme(id);
    for (int j = 0; j < 40; ++j) {
      const Oklab c = territory_colour(t, j);
      EXPECT_NEAR(c.L, t.territory_lightness, 0.085);
      const bool grey = j == 6;  // the seventh mark has no hue to keep
      EXPECT_NEAR(std::hypot(c.a, c.b), grey ? 0 : t.territory_chroma, 1e-9) << j;
    }
  }
}

TEST(Theme, PrototypesBeyondSevenStayApart) {
  for (ThemeId id : kThemes) {
    for (int i = 0; i < 16; ++i) {
      for (int j = 0; j < i; ++j)
        EXPECT_GT(distance(mark_colour(theme(id), i), mark_colour(theme(id), j)), 0.03) << i << " " << j;
    }
  }
}

TEST(Theme, APointOfOnePrototypeHasItsColourScaledAndAMixtureLiesBetween) {
  const Theme& t = theme(ThemeId::light);
  const std::array<double, 3> one = {0, 1, 0}, mixed = {0.5, 0.5, 0};
  const Oklab pure = to_oklab(point_colour(t, one)), mark = to_oklab(mark_colour(t, 1));
  EXPECT_NEAR(pure.L, 0.80 * mark.L, 0.02);
  const Oklab middle = to_oklab(point_colour(t, mixed)), first = to_oklab(mark_colour(t, 0));
  EXPECT_NEAR(middle.a, 0.5 * (first.a + mark.a), 0.02);
}

TEST(Theme, HeatIsPaperAtZeroAndClipsAtItsLimit) {
  const Theme& t = theme(ThemeId::light);
  EXPECT_LT(distance(heat_colour(t, 0, true), t.paper), 1e-6);
  EXPECT_EQ(heat_colour(t, 5, true).r, heat_colour(t, 1, true).r);
  EXPECT_GT(heat_colour(t, 1, true).b, heat_colour(t, 1, true).r);  // positive is blue
  EXPECT_LT(heat_colour(t, -1, true).b, heat_colour(t, -1, true).r);
  EXPECT_GT(to_oklab(heat_colour(t, 0, false)).L, to_oklab(heat_colour(t, 1, false)).L);
}

TEST(Theme, NamesAreReadAndOthersRefused) {
  EXPECT_EQ(theme_from_name("print"), ThemeId::print);
  EXPECT_THROW(theme_from_name("Light"), InputError);
}

TEST(Theme, PrintHasBlackInkWhitePaperAndBoundaries) {
  const Theme& t = theme(ThemeId::print);
  EXPECT_EQ(to_bytes(t.ink), (std::array<std::uint8_t, 3>{0, 0, 0}));
  EXPECT_EQ(to_bytes(t.paper), (std::array<std::uint8_t, 3>{255, 255, 255}));
  EXPECT_TRUE(t.boundaries);
  EXPECT_NEAR(t.hairline_px * 7 / 12, 0.4, 1e-9);  // points
}

TEST(Theme, RolesResolveToTheirTokens) {
  const Theme& t = theme(ThemeId::light);
  EXPECT_EQ(to_bytes(resolve(t, {Role::accent, 0, 1}).rgb), (std::array<std::uint8_t, 3>{0x2F, 0x5F, 0xD0}));
  EXPECT_EQ(to_bytes(resolve(t, {Role::mark, 1, 1}).rgb), (std::array<std::uint8_t, 3>{0xEE, 0x66, 0x77}));
  EXPECT_EQ(to_bytes(resolve(t, {Role::line, 1, 1}).rgb), (std::array<std::uint8_t, 3>{0xC2, 0x3A, 0x4D}));
  EXPECT_EQ(to_bytes(resolve(t, {Role::territory, 1, 1}).rgb), to_bytes(to_rgb(territory_colour(t, 1))));
  EXPECT_EQ(resolve(t, {Role::ink, 0, 0.25}).a, 0.25);
}

}  // namespace
}  // namespace iem::paint
