#include "core/figure/palette.h"

#include <algorithm>

namespace iem {
namespace {

// The steps of the program's own territories are chosen so that the least distance in OKLab, as people with
// and without protanopia, deuteranopia and tritanopia see it (Machado et al. 2009), is as large as the
// contrast of words on them allows.
constexpr std::array<double, Palette::kColours> kSteps = {-0.009, -0.020, 0.032, 0.002, 0.024, -0.041, 0.018};
constexpr std::array<double, Palette::kColours> kDarkSteps = {0.000,  0.059, -0.050, 0.025,
                                                              -0.033, 0.080, 0.000};
// Greys have nothing but their lightness.
constexpr std::array<double, Palette::kColours> kGreySteps = {-0.055, 0.040, -0.010, 0.018,
                                                              -0.034, 0.028, 0.006};

constexpr std::array<Palette, 4> kPalettes = {{
    // Paul Tol's bright scheme.
    {"bright",
     "Bright",
     {0x4477AA, 0xEE6677, 0x228833, 0xCCBB44, 0x66CCEE, 0xAA3377, 0xBBBBBB},
     kSteps,
     kDarkSteps},
    // Paul Tol's muted scheme, its darkest and lightest first, so that few are far apart.
    {"muted",
     "Muted",
     {0x332288, 0xCC6677, 0x44AA99, 0xDDCC77, 0x88CCEE, 0x882255, 0x999933},
     kSteps,
     kDarkSteps},
    // Okabe and Ito, Color Universal Design (2008).
    {"okabe_ito",
     "Okabe-Ito",
     {0x0072B2, 0xD55E00, 0x009E73, 0xE69F00, 0x56B4E9, 0xCC79A7, 0x999999},
     kSteps,
     kDarkSteps},
    // For print without colour: neighbours are far apart in lightness.
    {"grey",
     "Grey",
     {0x3A3A3A, 0xA8A8A8, 0x707070, 0xC6C6C6, 0x545454, 0xB8B8B8, 0x8C8C8C},
     kGreySteps,
     kGreySteps,
     true},
}};

}  // namespace

std::span<const Palette> palettes() { return kPalettes; }

const Palette& palette_of(std::string_view id) {
  const auto* found = std::ranges::find(kPalettes, id, &Palette::id);
  return found == kPalettes.end() ? kPalettes.front() : *found;
}

}  // namespace iem
