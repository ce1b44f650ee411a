// PNG with its resolution and words inside (W3C PNG specification, second edition). Stable bytes for one
// zlib.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/paint/canvas.h"

namespace iem {

// `words`: keyword (Latin letters, at most 79) and UTF-8 text. dpi 0: not stated. Opaque pictures are stored
// as RGB.
std::string encode_png(const paint::Image& image, double dpi = 0,
                       const std::vector<std::pair<std::string, std::string>>& words = {});

// The pieces it is made of, for pictures that hold several (app/export/animation/).
// Everything before the pixels of an image of this size; RGB, or RGBA.
std::string png_head(int width, int height, bool alpha, double dpi,
                     const std::vector<std::pair<std::string, std::string>>& words);
std::string png_chunk(const char* type, std::string_view data);
// Rows of `stride` bytes, `pixel` bytes a pixel, filtered and compressed.
std::string png_pixels(std::span<const std::uint8_t> bytes, std::size_t stride, std::size_t pixel);
std::string png_u32(std::uint32_t value);
std::string png_u16(std::uint16_t value);

}  // namespace iem
