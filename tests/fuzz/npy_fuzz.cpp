// A libFuzzer entry: clang++ -fsanitize=fuzzer,address,undefined (see targets.h).
#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  iem::fuzz::read_npy_array(bytes, size);
  return 0;
}
