#include "app/paint/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/base/error.h"
#include "core/base/utf8.h"

namespace iem::paint {
namespace {

constexpr int kNamed = Palette::kColours;
// The inks of the program's own marks, and those marks on dark paper.
constexpr std::array<std::uint32_t, kNamed> kLines = {0x386591, 0xC23A4D, 0x1C6F2A, 0x756810,
                                                      0x176F8B, 0x8F2B63, 0x6B6B6B};
constexpr std::array<std::uint32_t, kNamed> kDarkMarks = {0x6C9BD2, 0xF48491, 0x4FB764, 0xD9CB62,
                                                          0x7FD6F2, 0xCB6BA4, 0xC8C8C8};

// Runs of one plot. The first four are the tokens of compare mode; the others stand half-way between hues and
// keep the contrast of text.
constexpr int kLanes = 8;
constexpr std::array<std::uint32_t, kLanes> kLaneInks = {0x1B1F24, 0x9A4F00, 0x6B3FA0, 0x00747A,
                                                         0xB0305F, 0x2457B0, 0x4D7016, 0x6B6B6B};
constexpr std::array<std::uint32_t, kLanes> kDarkLaneInks = {0xE8EAED, 0xF0A860, 0xC3A0F5, 0x58CFCB,
                                                             0xF58FB4, 0x86AAFA, 0xA9CF6B, 0xA8A8A8};

Rgb hex(std::uint32_t rrggbb) { return rgb_from_hex(rrggbb); }

Theme light_theme() {
  Theme t;
  t.id = ThemeId::light;
  t.paper = hex(0xFFFFFF), t.panel = hex(0xF7F8FA), t.raised = hex(0xFFFFFF), t.sunken = hex(0xE9ECF1);
  t.hairline = hex(0xE3E6EB), t.faint = hex(0xA3ABB8);
  t.muted = hex(0x566070), t.ink = hex(0x1B1F24);
  t.accent = hex(0x2F5FD0), t.on_accent = hex(0xFFFFFF);
  t.good = hex(0x17693F), t.warn = hex(0x8A5C00), t.bad = hex(0xC0342B);
  t.heat_positive = hex(0x2166AC), t.heat_negative = hex(0xB2182B), t.heat_alpha = hex(0x2B3A55);
  return t;
}

Theme dark_theme() {
  Theme t;
  t.id = ThemeId::dark;
  t.paper = hex(0x101317), t.panel = hex(0x171B20), t.raised = hex(0x262C35), t.sunken = hex(0x0F1216);
  t.hairline = hex(0x2A303A), t.faint = hex(0x5F6978);
  t.muted = hex(0x98A2B0), t.ink = hex(0xE8EAED);
  t.accent = hex(0x86AAFA), t.on_accent = hex(0x0E1420);
  t.good = hex(0x5CC28D), t.warn = hex(0xE0B050), t.bad = hex(0xF07A70);
  // The light theme's full colours would sink into a dark paper: the same hues, lifted.
  t.heat_positive = hex(0x6FA8E0), t.heat_negative = hex(0xEE7F78), t.heat_alpha = hex(0xC9D6EE);
  t.territory_lightness = 0.262, t.territory_chroma = 0.030;
  t.point_lightness = 1.06;
  t.shade = 1.6;  // on dark paper pale areas are seen less; words on them keep their contrast
  return t;
}

Theme print_theme() {
  Theme t = light_theme();
  t.id = ThemeId::print;
  t.panel = t.raised = t.sunken = t.paper;  // no panels
  t.ink = hex(0x000000), t.muted = hex(0x3A3A3A);
  // A hairline of 0.4 pt in the screen's pale grey would break up into dots of the press screen.
  t.hairline = hex(0xC2C2C2), t.faint = hex(0x8A8A8A);
  t.hairline_px = 0.4 * 12 / 7;
  t.boundaries = true;
  return t;
}

Oklab from_lch(double L, double chroma, double hue_degrees) {
  const double h = hue_degrees * std::numbers::pi / 180;
  return {L, chroma * std::cos(h), chroma * std::sin(h)};
}

// The eighth prototype on. 47 degrees has no common divisor with 360: no hue returns.
Oklab further_mark(const Theme& theme, int j) {
  const double L = (j % 2 ? 0.56 : 0.74) + (theme.id == ThemeId::dark ? 0.10 : 0);
  return from_lch(L, theme.palette->grey ? 0 : 0.115, 20.0 + 47.0 * (j - kNamed));
}

bool has_own_palette(const Theme& theme) { return theme.palette == &palettes().front(); }

double linear_channel(double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); }
double luminance(Rgb c) {
  return 0.2126 * linear_channel(c.r) + 0.7152 * linear_channel(c.g) + 0.0722 * linear_channel(c.b);
}

// The colour made lighter or darker until words in it can be read on `ground`.
Rgb with_contrast(Oklab c, Rgb ground, double change) {
  while (contrast_ratio(to_rgb(c), ground) < 4.6 && c.L > 0 && c.L < 1) c.L += change;
  return to_rgb(c);
}

Oklab mix(Oklab a, Oklab b, double t) {
  return {a.L + (b.L - a.L) * t, a.a + (b.a - a.a) * t, a.b + (b.b - a.b) * t};
}

}  // namespace

Rgba with_alpha(Rgb c, double a) { return {c, a}; }

const Theme& theme(ThemeId id, std::string_view palette) {
  static const std::vector<std::array<Theme, 3>> themes = [] {
    std::vector<std::array<Theme, 3>> out;
    for (const Palette& each : palettes()) {
      out.push_back({light_theme(), dark_theme(), print_theme()});
      for (Theme& theme : out.back()) theme.palette = &each;
    }
    return out;
  }();
  const auto of_palette = static_cast<std::size_t>(&palette_of(palette) - palettes().data());
  return themes[of_palette][static_cast<std::size_t>(id)];
}

ThemeId theme_from_name(std::string_view name) {
  if (name == "light") return ThemeId::light;
  if (name == "dark") return ThemeId::dark;
  if (name == "print") return ThemeId::print;
  throw InputError("theme is '" + printable(name) + "', allowed are light, dark and print");
}

Rgb mark_colour(const Theme& theme, int j) {
  const bool dark = theme.id == ThemeId::dark;
  if (j >= kNamed) return to_rgb(further_mark(theme, j));
  const auto at = static_cast<std::size_t>(std::max(j, 0));
  if (!dark) return hex(theme.palette->marks[at]);
  if (has_own_palette(theme)) return hex(kDarkMarks[at]);
  return with_contrast(to_oklab(hex(theme.palette->marks[at])), theme.paper, 0.01);
}

Rgb line_colour(const Theme& theme, int j) {
  if (theme.id == ThemeId::dark) return mark_colour(theme, j);
  if (j < kNamed && has_own_palette(theme)) return hex(kLines[static_cast<std::size_t>(std::max(j, 0))]);
  const Oklab mark = j < kNamed ? to_oklab(mark_colour(theme, j)) : further_mark(theme, j);
  return with_contrast(mark, hex(0xF7F8FA), -0.01);  // on the panel, the darker ground
}

Rgb lane_colour(const Theme& theme, int lane) {
  if (lane % kLanes == 0) return theme.ink;
  if (!has_own_palette(theme)) return line_colour(theme, lane % kLanes - 1);
  return hex(
      (theme.id == ThemeId::dark ? kDarkLaneInks : kLaneInks)[static_cast<std::size_t>(lane % kLanes)]);
}

Oklab territory_colour(const Theme& theme, int j) {
  const auto& steps = theme.id == ThemeId::dark ? theme.palette->dark_steps : theme.palette->steps;
  const double step = j < kNamed ? steps[static_cast<std::size_t>(std::max(j, 0))] : 0;
  return with_lightness_chroma(to_oklab(mark_colour(theme, j)), theme.territory_lightness + step,
                               theme.territory_chroma);
}

Rgba resolve(const Theme& theme, const Ink& ink) {
  const auto colour = [&] {
    switch (ink.role) {
      case Role::ink: return theme.ink;
      case Role::muted: return theme.muted;
      case Role::faint: return theme.faint;
      case Role::hairline: return theme.hairline;
      case Role::paper: return theme.paper;
      case Role::accent: return theme.accent;
      case Role::good: return theme.good;
      case Role::warn: return theme.warn;
      case Role::bad: return theme.bad;
      case Role::mark: return mark_colour(theme, ink.index);
      case Role::line: return line_colour(theme, ink.index);
      case Role::territory: return to_rgb(territory_colour(theme, ink.index));
      case Role::lane: return lane_colour(theme, ink.index);
    }
    return theme.ink;
  };
  return {colour(), ink.alpha};
}

Rgb point_colour(const Theme& theme, std::span<const double> weights) {
  Oklab sum;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    const Oklab c = to_oklab(mark_colour(theme, static_cast<int>(j)));
    sum.L += weights[j] * c.L, sum.a += weights[j] * c.a, sum.b += weights[j] * c.b;
  }
  sum.L *= theme.point_lightness;
  return to_rgb(sum);
}

FieldPalette field_palette(const Theme& theme, int components) {
  FieldPalette palette;
  for (int j = 0; j < components; ++j) palette.territory.push_back(territory_colour(theme, j));
  palette.paper = to_oklab(theme.paper);
  palette.ink = to_oklab(theme.ink);
  palette.undecided = to_oklab(theme.muted);
  // The colours of other maps of numbers, but pale: points and lines stand out from all of it.
  const Oklab deep = to_oklab(theme.heat_alpha);
  palette.high = mix(palette.paper, deep, 0.03);
  palette.low = mix(palette.paper, deep, theme.id == ThemeId::dark ? 0.42 : 0.36);
  return palette;
}

HeatColours::HeatColours(const Theme& theme, bool is_signed)
    : paper_(to_oklab(theme.paper)),
      negative_(to_oklab(theme.heat_negative)),
      full_(to_oklab(is_signed ? theme.heat_positive : theme.heat_alpha)),
      missing_(theme.hairline),
      is_signed_(is_signed) {}

Rgb HeatColours::operator()(double t) const {
  if (std::isnan(t)) return missing_;
  if (!is_signed_) return to_rgb(mix(paper_, full_, 0.04 + 0.90 * std::clamp(t, 0.0, 1.0)));
  t = std::clamp(t, -1.0, 1.0);
  return to_rgb(mix(paper_, t < 0 ? negative_ : full_, 0.9 * std::abs(t)));
}

Rgb heat_colour(const Theme& theme, double t, bool is_signed) { return HeatColours(theme, is_signed)(t); }

// White or ink as the fill is dark or light; on what lies between, black, which has the contrast there.
Rgb text_on(Rgb fill) {
  const Rgb usual = to_oklab(fill).L < 0.66 ? hex(0xFFFFFF) : hex(0x1B1F24);
  if (contrast_ratio(usual, fill) >= 4.5) return usual;
  const Rgb black = hex(0x000000), white = hex(0xFFFFFF);
  return contrast_ratio(black, fill) > contrast_ratio(white, fill) ? black : white;
}

double contrast_ratio(Rgb a, Rgb b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace iem::paint
