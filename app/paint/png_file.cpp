#include "app/paint/png_file.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <new>

#include "core/base/check.h"
#include "core/base/text.h"

namespace iem {
namespace {

const Bytef* raw(const std::string& s) { return reinterpret_cast<const Bytef*>(s.data()); }

std::string deflated(const std::string& data) {
  // zlib's default effort: its highest takes ten times as long and saves two per cent.
  uLongf size = compressBound(static_cast<uLong>(data.size()));
  std::string out(size, '\0');
  const int status = compress2(reinterpret_cast<Bytef*>(out.data()), &size, raw(data),
                               static_cast<uLong>(data.size()), Z_DEFAULT_COMPRESSION);
  if (status != Z_OK) throw std::bad_alloc();  // there is room for the bytes: it lacked memory of its own
  out.resize(size);
  return out;
}

int paeth(int left, int up, int corner) {
  const int p = left + up - corner;
  const int a = std::abs(p - left), b = std::abs(p - up), c = std::abs(p - corner);
  const int of_two = b <= c ? up : corner;
  return a <= b && a <= c ? left : of_two;
}

// What a filter leaves of a row of `count` bytes, whose guess of each is given.
template <class Guess>
void filter(const std::uint8_t* row, std::size_t count, std::uint8_t* out, Guess guess) {
  for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<std::uint8_t>(row[i] - guess(i));
}

unsigned magnitudes(const std::vector<std::uint8_t>& row) {
  unsigned sum = 0;
  for (const std::uint8_t v : row) sum += v < 128 ? v : 256U - v;
  return sum;
}

// Of the five filters the one with the smallest sum of magnitudes, the specification's advice. A loop for
// each, over rows that begin with a pixel of nothing, so that the compiler can take many bytes at once.
std::string filtered(std::span<const std::uint8_t> pixels, std::size_t stride, std::size_t bpp) {
  std::string out;
  std::vector<std::uint8_t> row(bpp + stride, 0), above(bpp + stride, 0);
  std::array<std::vector<std::uint8_t>, 5> tries;
  for (auto& t : tries) t.resize(stride);
  for (std::size_t start = 0; start + stride <= pixels.size(); start += stride) {
    std::copy_n(pixels.begin() + static_cast<std::ptrdiff_t>(start), stride,
                row.begin() + static_cast<std::ptrdiff_t>(bpp));
    const std::uint8_t *left = row.data(), *here = left + bpp, *corner = above.data(), *up = corner + bpp;
    filter(here, stride, tries[0].data(), [](std::size_t) { return 0; });
    filter(here, stride, tries[1].data(), [=](std::size_t i) { return int{left[i]}; });
    filter(here, stride, tries[2].data(), [=](std::size_t i) { return int{up[i]}; });
    filter(here, stride, tries[3].data(), [=](std::size_t i) { return (left[i] + up[i]) / 2; });
    filter(here, stride, tries[4].data(), [=](std::size_t i) { return paeth(left[i], up[i], corner[i]); });
    std::array<unsigned, 5> sums{};
    std::ranges::transform(tries, sums.begin(), magnitudes);
    const auto best = static_cast<std::size_t>(std::ranges::min_element(sums) - sums.begin());
    out += static_cast<char>(best);
    out.append(tries[best].begin(), tries[best].end());
    row.swap(above);
  }
  return out;
}

bool is_ascii(const std::string& s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return c > 0; });
}

}  // namespace

std::string png_u32(std::uint32_t value) {
  std::string out;
  for (const int shift : {24, 16, 8, 0}) out += static_cast<char>((value >> shift) & 255);
  return out;
}

std::string png_u16(std::uint16_t value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value & 255)};
}

std::string png_chunk(const char* type, std::string_view data) {
  const std::string body = type + std::string(data);
  return png_u32(static_cast<std::uint32_t>(data.size())) + body +
         png_u32(static_cast<std::uint32_t>(
             crc32(crc32(0, nullptr, 0), raw(body), static_cast<uInt>(body.size()))));
}

std::string png_head(int width, int height, bool alpha, double dpi,
                     const std::vector<std::pair<std::string, std::string>>& words) {
  std::string header =
      png_u32(static_cast<std::uint32_t>(width)) + png_u32(static_cast<std::uint32_t>(height));
  header += '\x08';                   // bits a channel
  header += alpha ? '\x06' : '\x02';  // RGBA, RGB
  header.append(3, '\0');             // deflate, filters by row, not interlaced
  std::string png = "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", header);
  png += png_chunk("sRGB", std::string(1, '\0'));
  if (dpi > 0) {
    const std::string per_metre = png_u32(static_cast<std::uint32_t>(std::lround(dpi / 0.0254)));
    png += png_chunk("pHYs", per_metre + per_metre + '\x01');
  }
  for (const auto& [keyword, given] : words) {
    const std::string text = one_line(given);
    if (text.empty()) continue;
    const std::string nul(1, '\0');
    png += is_ascii(text)
               ? png_chunk("tEXt", keyword + nul + text)
               : png_chunk("iTXt", keyword + nul + nul + nul + nul + nul + text);  // plain, no language
  }
  return png;
}

std::string png_pixels(std::span<const std::uint8_t> bytes, std::size_t stride, std::size_t pixel) {
  return deflated(filtered(bytes, stride, pixel));
}

std::string encode_png(const paint::Image& image, double dpi,
                       const std::vector<std::pair<std::string, std::string>>& words) {
  const auto width = static_cast<std::size_t>(image.width), height = static_cast<std::size_t>(image.height);
  IEM_CHECK(image.rgba.size() == 4 * width * height);
  bool opaque = true;
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) opaque = opaque && image.rgba[i] == 255;
  const std::size_t bpp = opaque ? 3 : 4;
  std::vector<std::uint8_t> pixels(bpp * width * height);
  for (std::size_t from = 0, to = 0; from < image.rgba.size(); from += 4, to += bpp)
    std::copy_n(&image.rgba[from], bpp, &pixels[to]);
  return png_head(image.width, image.height, !opaque, dpi, words) +
         png_chunk("IDAT", png_pixels(pixels, bpp * width, bpp)) + png_chunk("IEND", "");
}

}  // namespace iem
