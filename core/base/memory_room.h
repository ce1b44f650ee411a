// Libraries that draw do not all survive the end of memory, so it is asked for before they are called.
#pragma once

#include <cstddef>

namespace iem {

// Whether so many bytes could be allocated now, in one piece: an address range that is not touched.
bool has_memory_for(std::size_t bytes);

}  // namespace iem
