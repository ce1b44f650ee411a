// What an animated PNG says of itself.
#pragma once

#include <string>

namespace iem::test {

// acTL: how many frames it has; -1 when it is none.
inline int frames_of_apng(const std::string& bytes) {
  const std::size_t at = bytes.find("acTL");
  return at == std::string::npos
             ? -1
             : 256 * static_cast<unsigned char>(bytes[at + 6]) + static_cast<unsigned char>(bytes[at + 7]);
}

}  // namespace iem::test
