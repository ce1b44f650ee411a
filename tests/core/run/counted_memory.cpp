#include "tests/core/run/counted_memory.h"

#include <atomic>
#include <cstdlib>

namespace iem::test {
namespace {

std::atomic<bool> counting = false;
std::atomic<std::int64_t> count = 0;

}  // namespace

std::int64_t allocations_in(const std::function<void()>& work) {
  count = 0;
  counting = true;
  work();
  counting = false;
  return count;
}

void count_allocation() {
  if (counting.load(std::memory_order_relaxed)) count.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace iem::test

// Of glibc the functions below are the ones that `new` and Eigen ask; sanitizers have theirs.
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) {
  iem::test::count_allocation();
  return __libc_malloc(size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
  iem::test::count_allocation();
  return __libc_memalign(alignment, size);
}
}
#endif
