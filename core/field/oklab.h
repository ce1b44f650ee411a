// sRGB <-> OKLab (B. Ottosson 2020, "A perceptual color space for image processing"). Mixing by
// responsibility is done here, so that equal weights look equal.
#pragma once

#include <array>
#include <cstdint>

namespace iem {

struct Rgb {
  double r = 0, g = 0, b = 0;
};  // gamma-encoded sRGB, 0..1
struct Oklab {
  double L = 0, a = 0, b = 0;
};  // L 0..1

Oklab to_oklab(Rgb c);
Rgb to_rgb(Oklab c);  // clipped to the sRGB gamut per channel
Rgb rgb_from_hex(std::uint32_t rrggbb);
std::array<std::uint8_t, 3> to_bytes(Rgb c);  // rounded to nearest
// The same bytes as to_bytes(to_rgb(c)), by a table in place of three powers: for pictures of many pixels.
std::array<std::uint8_t, 3> bytes_of(Oklab c);
Rgb rgb_of_bytes(std::array<std::uint8_t, 3> bytes);

// The colour of the same hue at fixed lightness and chroma; grey stays grey.
Oklab with_lightness_chroma(Oklab c, double L, double chroma);

}  // namespace iem
