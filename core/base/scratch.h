// Working memory of one thread, kept from step to step, in the alignment that the kernels read.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

namespace iem {

// The n-th request of a step gets the memory that the n-th of the last step had.
class Scratch {
 public:
  void begin() { next_ = 0; }
  // Aligned to 64 bytes, with whatever was in it; a multiple of 8 doubles. Throws std::bad_alloc.
  double* take(std::int64_t doubles) {
    if (next_ == chunks_.size()) chunks_.emplace_back();
    Chunk& chunk = chunks_[next_++];
    if (chunk.size < doubles) {
      const auto bytes = static_cast<std::size_t>(padded(doubles)) * sizeof(double);
      chunk.size = 0;  // until there is memory
      chunk.memory.reset(static_cast<double*>(::operator new(bytes, kAlignment)));
      chunk.size = padded(doubles);
    }
    return chunk.memory.get();
  }
  double* zeros(std::int64_t doubles) {
    double* out = take(doubles);
    std::fill(out, out + padded(doubles), 0.0);
    return out;
  }
  static std::int64_t padded(std::int64_t doubles) { return (doubles + 7) / 8 * 8; }

 private:
  static constexpr std::align_val_t kAlignment{64};
  struct Free {
    void operator()(double* p) const { ::operator delete(p, kAlignment); }
  };
  struct Chunk {
    std::unique_ptr<double, Free> memory;
    std::int64_t size = 0;
  };
  std::vector<Chunk> chunks_;
  std::size_t next_ = 0;
};

}  // namespace iem
