// How often memory is asked for.
#pragma once

#include <cstdint>
#include <functional>

namespace iem::test {

// By malloc, `new` and Eigen on every thread of this program while `work` is done; 0 under a sanitizer, which
// has functions of its own in their place.
std::int64_t allocations_in(const std::function<void()>& work);

}  // namespace iem::test
