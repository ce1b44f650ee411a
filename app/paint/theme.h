// Colours by meaning. A figure names roles (core/figure/figure.h); a theme turns them into colours, for the
// window, for pictures and for paper alike. All values are sRGB; mixtures are made in OKLab.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/field/field.h"
#include "core/field/oklab.h"
#include "core/figure/figure.h"
#include "core/figure/palette.h"

namespace iem::paint {

struct Rgba {
  Rgb rgb;
  double a = 1;  // 0..1, not premultiplied
};
Rgba with_alpha(Rgb c, double a);

enum class ThemeId : std::uint8_t { light, dark, print };

struct Theme {
  ThemeId id = ThemeId::light;
  Rgb paper, panel, raised, sunken;  // surfaces: stage and plots, controls, selected or popup, track
  Rgb hairline, faint;               // rules; reference curves and idle toggles, never text
  Rgb muted, ink;                    // text
  Rgb accent, on_accent;             // only: now, changed, go
  Rgb good, warn, bad;
  Rgb heat_positive, heat_negative, heat_alpha;  // full colours of the heat maps
  double hairline_px = 1;
  double territory_lightness = 0.935, territory_chroma = 0.036;  // OKLab; lightness before its steps
  double point_lightness = 0.80;                                 // data points: mark colour with L times this
  double shade = 1;         // areas in a prototype's colour, as a multiple of their alpha
  bool boundaries = false;  // draw r_j = r_k even when the figure does not ask for it
  const Palette* palette = &palettes().front();
};

// With the colours of prototypes and runs of a palette, by its id; without one, or of one that is not known,
// with the program's own.
const Theme& theme(ThemeId id, std::string_view palette = {});
ThemeId theme_from_name(std::string_view name);  // light | dark | print; InputError otherwise

// Prototype j >= 0. Marks fill shapes and bars; lines and text need the darker ink of the same hue on light
// paper. From the eighth on: equal steps of hue in OKLCH with alternating lightness.
Rgb mark_colour(const Theme& theme, int j);
Rgb line_colour(const Theme& theme, int j);
// Run `lane` >= 0 of several in one plot; after eight they return.
Rgb lane_colour(const Theme& theme, int lane);
Oklab territory_colour(const Theme& theme, int j);

Rgba resolve(const Theme& theme, const Ink& ink);

// A data point: its mark colours mixed by `weights` in OKLab (sum 1), lightness scaled.
Rgb point_colour(const Theme& theme, std::span<const double> weights);

FieldPalette field_palette(const Theme& theme, int components);

// t is the value over the full-colour limit, clipped to [-1, 1] (signed) or [0, 1].
Rgb heat_colour(const Theme& theme, double t, bool is_signed);
// The same for many values: what is mixed is brought to OKLab once.
class HeatColours {
 public:
  HeatColours(const Theme& theme, bool is_signed);
  Rgb operator()(double t) const;

 private:
  Oklab paper_, negative_, full_;
  Rgb missing_;
  bool is_signed_;
};
// Text that is legible on a filled cell.
Rgb text_on(Rgb fill);

// WCAG 2 contrast ratio, 1..21.
double contrast_ratio(Rgb a, Rgb b);

}  // namespace iem::paint
