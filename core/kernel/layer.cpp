#include "core/kernel/layer.h"

#include "core/kernel/pass.h"

namespace iem::kernel {

// One each from layer_isa.cpp.
extern const LayerKernel layer_baseline;
#ifdef IEM_HAVE_X86_KERNELS
extern const LayerKernel layer_avx2;
extern const LayerKernel layer_avx512;
#endif

const LayerKernel& layer_kernel() {
#ifdef IEM_HAVE_X86_KERNELS
  if (active_isa() == Isa::avx512) return layer_avx512;
  if (active_isa() == Isa::avx2) return layer_avx2;
#endif
  return layer_baseline;
}

}  // namespace iem::kernel
