// Whether this program runs under a sanitizer, which makes it several times slower and reserves terabytes of
// addresses.
#pragma once

namespace iem::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace iem::test
