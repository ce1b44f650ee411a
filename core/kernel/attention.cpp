#include "core/kernel/attention.h"

#include "core/kernel/pass.h"

namespace iem::kernel {

// One each from attention_isa.cpp.
extern const AttentionKernel attention_baseline;
#ifdef IEM_HAVE_X86_KERNELS
extern const AttentionKernel attention_avx2;
extern const AttentionKernel attention_avx512;
#endif

const AttentionKernel& attention_kernel() {
#ifdef IEM_HAVE_X86_KERNELS
  if (active_isa() == Isa::avx512) return attention_avx512;
  if (active_isa() == Isa::avx2) return attention_avx2;
#endif
  return attention_baseline;
}

}  // namespace iem::kernel
