// The entry libFuzzer calls; compiled once for each target, with its name (tests/CMakeLists.txt).
#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  iem::fuzz::IEM_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
