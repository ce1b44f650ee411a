// The head of NumPy's array files (NEP 1): "\x93NUMPY", version, length of the header, the header as a Python
// dictionary {'descr': '<f8', 'fortran_order': False, 'shape': (342, 2), }, then the bytes of the array.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace iem {

struct NpyHeader {
  char kind = 'f';  // float, (i)nteger, (u)nsigned, (b)oolean
  std::size_t item_size = 0;
  bool big_endian = false;
  bool fortran_order = false;
  std::uint64_t rows = 0, columns = 0;
};

// The header of a file, and the bytes of its numbers: as many as it promises. An array of at least
// `dimension` columns. Throws InputError with the reason.
NpyHeader read_npy_header(std::string_view file_bytes, const std::string& file, int dimension,
                          std::string_view& numbers);

}  // namespace iem
