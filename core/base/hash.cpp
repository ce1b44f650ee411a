#include "core/base/hash.h"

namespace iem {

std::string hex(std::uint64_t word) {
  std::string out(16, '0');
  for (int i = 15; i >= 0; --i, word >>= 4) out[static_cast<std::size_t>(i)] = "0123456789abcdef"[word & 15];
  return out;
}

}  // namespace iem
