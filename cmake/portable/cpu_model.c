/* What __builtin_cpu_supports asks for: zig's run time lacks this file of LLVM's. The kernels ask for AVX2,
   AVX512F and AVX512DQ (core/kernel/pass.cpp); no other bit is set here. */
#include <cpuid.h>

struct {
  unsigned vendor, type, subtype;
  unsigned features[1];
} __cpu_model;

/* As LLVM and GCC number them. */
enum { kAvx2 = 1u << 10, kAvx512f = 1u << 15, kAvx512dq = 1u << 22 };
/* Registers that the system saves: of 16 and 32 bytes, of 64 and their masks. */
enum { kSavesAvx = 0x6, kSavesAvx512 = 0xe6 };

int __cpu_indicator_init(void) {
  unsigned a, b, c, d;
  if (__cpu_model.vendor) return 0;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return 0;
  unsigned saved, high;
  __asm__("xgetbv" : "=a"(saved), "=d"(high) : "c"(0));
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  unsigned features = 0;
  if ((saved & kSavesAvx) == kSavesAvx && (b & bit_AVX2)) features |= kAvx2;
  if ((saved & kSavesAvx512) == kSavesAvx512) {
    if (b & bit_AVX512F) features |= kAvx512f;
    if (b & bit_AVX512DQ) features |= kAvx512dq;
  }
  __cpu_model.features[0] = features;
  __cpu_model.vendor = 1; /* done */
  return 0;
}
