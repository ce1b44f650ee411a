#include "core/field/oklab.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"

namespace iem {
namespace {

double to_linear(double v) { return v <= 0.04045 ? v / 12.92 : libm::pow((v + 0.055) / 1.055, 2.4); }
double to_gamma(double v) {
  v = std::clamp(v, 0.0, 1.0);
  return v <= 0.0031308 ? 12.92 * v : 1.055 * libm::pow(v, 1 / 2.4) - 0.055;
}

// Linear sRGB, not clipped.
std::array<double, 3> linear_of(Oklab c) {
  const double l = c.L + 0.3963377774 * c.a + 0.2158037573 * c.b;
  const double m = c.L - 0.1055613458 * c.a - 0.0638541728 * c.b;
  const double s = c.L - 0.0894841775 * c.a - 1.2914855480 * c.b;
  const double l3 = l * l * l, m3 = m * m * m, s3 = s * s * s;
  return {4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
          -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
          -0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3};
}

// The byte of a linear channel. Byte k ends where the curve passes k + 1/2; a table leads to the first that
// may be meant, from where the ends are counted up.
class ByteOfLinear {
 public:
  ByteOfLinear() {
    for (std::size_t k = 0; k < ends_.size(); ++k) ends_[k] = to_linear((static_cast<double>(k) + 0.5) / 255);
    std::size_t byte = 0;
    for (std::size_t i = 0; i < first_.size(); ++i) {
      while (byte < ends_.size() && ends_[byte] <= static_cast<double>(i) / kPieces) ++byte;
      first_[i] = static_cast<std::uint8_t>(byte);
    }
  }
  std::uint8_t operator()(double linear) const {
    const double v = linear > 0 ? std::min(linear, 1.0) : 0;  // not a number: 0
    std::size_t byte = first_[static_cast<std::size_t>(v * kPieces)];
    while (byte < ends_.size() && v >= ends_[byte]) ++byte;
    return static_cast<std::uint8_t>(byte);
  }

 private:
  static constexpr double kPieces = 4096;
  std::array<double, 255> ends_{};
  std::array<std::uint8_t, 4097> first_{};
};

}  // namespace

Oklab to_oklab(Rgb c) {
  const double r = to_linear(c.r), g = to_linear(c.g), b = to_linear(c.b);
  const double l = libm::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = libm::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = libm::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

Rgb to_rgb(Oklab c) {
  const auto [r, g, b] = linear_of(c);
  return {to_gamma(r), to_gamma(g), to_gamma(b)};
}

Rgb rgb_from_hex(std::uint32_t rrggbb) {
  const auto byte = [&](int shift) { return static_cast<std::uint8_t>(rrggbb >> shift & 255); };
  return rgb_of_bytes({byte(16), byte(8), byte(0)});
}

std::array<std::uint8_t, 3> to_bytes(Rgb c) {
  const auto byte = [](double v) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0, 1.0) * 255));
  };
  return {byte(c.r), byte(c.g), byte(c.b)};
}

std::array<std::uint8_t, 3> bytes_of(Oklab c) {
  static const ByteOfLinear byte;
  const auto [r, g, b] = linear_of(c);
  return {byte(r), byte(g), byte(b)};
}

Rgb rgb_of_bytes(std::array<std::uint8_t, 3> bytes) {
  return {bytes[0] / 255.0, bytes[1] / 255.0, bytes[2] / 255.0};
}

Oklab with_lightness_chroma(Oklab c, double L, double chroma) {
  const double now = libm::hypot(c.a, c.b);
  // A grey (chroma below what 8 bits can show) has no hue to keep.
  if (now < 1e-3) return {L, 0, 0};
  return {L, c.a * chroma / now, c.b * chroma / now};
}

}  // namespace iem
