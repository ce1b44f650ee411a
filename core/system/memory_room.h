// Not every drawing library survives a failed allocation, so callers ask first whether there is enough
// memory.
#pragma once

#include <cstddef>

namespace iem {

// Whether `bytes` could be allocated now in one piece. It is tried by reserving the addresses, without
// touching the memory.
bool has_memory_for(std::size_t bytes);

}  // namespace iem
