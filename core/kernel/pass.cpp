#include "core/kernel/pass.h"

#include <atomic>
#include <string_view>

#include "core/base/check.h"

namespace iem::kernel {

// One each from pass_isa.cpp.
PassFunction pass_for_baseline(int energy_index);
#ifdef IEM_HAVE_X86_KERNELS
PassFunction pass_for_avx2(int energy_index);
PassFunction pass_for_avx512(int energy_index);
#endif

namespace {

constexpr Isa kAll[] = {Isa::baseline, Isa::avx2, Isa::avx512};

Isa best() {
  for (Isa isa : {Isa::avx512, Isa::avx2})
    if (isa_supported(isa)) return isa;
  return Isa::baseline;
}

std::atomic<Isa>& active() {
  static std::atomic<Isa> isa = best();
  return isa;
}

}  // namespace

const char* isa_name(Isa isa) {
  switch (isa) {
    case Isa::avx2: return "avx2";
    case Isa::avx512: return "avx512";
    case Isa::baseline: break;
  }
#ifdef IEM_HAVE_X86_KERNELS
  return "sse2";
#else
  return "generic";
#endif
}

bool isa_supported(Isa isa) {
#ifdef IEM_HAVE_X86_KERNELS
  __builtin_cpu_init();
  if (isa == Isa::avx2) return __builtin_cpu_supports("avx2");
  if (isa == Isa::avx512) return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
#endif
  return isa == Isa::baseline;
}

Isa active_isa() { return active(); }

bool set_active_isa(const char* name) {
  for (Isa isa : kAll) {
    if (std::string_view(name) != isa_name(isa) || !isa_supported(isa)) continue;
    active() = isa;
    return true;
  }
  return false;
}

PassFunction pass_for(int energy_index) {
  IEM_CHECK(energy_index >= 0);
#ifdef IEM_HAVE_X86_KERNELS
  if (active_isa() == Isa::avx512) return pass_for_avx512(energy_index);
  if (active_isa() == Isa::avx2) return pass_for_avx2(energy_index);
#endif
  return pass_for_baseline(energy_index);
}

}  // namespace iem::kernel
