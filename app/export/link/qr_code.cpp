#include "app/export/link/qr_code.h"

#include <qrcodegen.hpp>

#include <cstdint>

namespace iem {

QrCode qr_code(const std::string& text) {
  using Code = qrcodegen::QrCode;
  constexpr int kLargestVersion = 27;
  if (text.size() > kLongestInCode) return {};
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  const Code code = Code::encodeSegments({qrcodegen::QrSegment::makeBytes(bytes)}, Code::Ecc::LOW,
                                         Code::MIN_VERSION, kLargestVersion);
  QrCode out{code.getSize(), {}};
  for (int y = 0; y < out.side; ++y)
    for (int x = 0; x < out.side; ++x) out.dark.push_back(code.getModule(x, y));
  return out;
}

}  // namespace iem
