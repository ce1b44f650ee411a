// PNG with its resolution and words inside (W3C PNG specification, second edition). Stable bytes for one
// zlib.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/paint/canvas.h"

namespace iem {

// `words`: keyword (Latin letters, at most 79) and UTF-8 text. dpi 0: not stated. Opaque pictures are stored
// as RGB.
std::string encode_png(const paint::Image& image, double dpi = 0,
                       const std::vector<std::pair<std::string, std::string>>& words = {});

}  // namespace iem
