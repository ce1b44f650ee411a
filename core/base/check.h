// Contract checks for programming errors. Bad *input* is reported with InputError (base/error.h) instead.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace iem::detail {
[[noreturn]] inline void check_failed(const char* what, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: internal error: %s\n", file, line, what);
  std::abort();
}
}  // namespace iem::detail

// Checked in every build: cheap conditions whose failure would corrupt results.
#define IEM_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::iem::detail::check_failed(#condition, __FILE__, __LINE__))

// Checked in debug builds only: conditions inside hot loops.
#ifdef NDEBUG
#define IEM_DCHECK(condition) static_cast<void>(0)
#else
#define IEM_DCHECK(condition) IEM_CHECK(condition)
#endif
