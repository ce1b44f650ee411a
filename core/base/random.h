// One portable generator for everything random: data, initialisation, mini-batches. A value type without
// pointers, so that it can live in the run's state, be copied into keyframes and be hashed.
//
// xoshiro256++ (Blackman & Vigna 2019, "Scrambled linear pseudorandom number generators"), seeded by
// splitmix64.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace iem {

class Random {
 public:
  explicit Random(std::uint64_t seed = 0);

  std::uint64_t bits();
  double uniform();  // [0, 1), 53 bits
  double uniform(double lo, double hi) { return lo + (hi - lo) * uniform(); }
  std::int64_t below(std::int64_t n);  // 0..n-1, unbiased; n >= 1
  double normal();                     // mean 0, variance 1 (Box-Muller, the sine branch is not kept)

  const std::array<std::uint64_t, 4>& state() const { return state_; }
  void set_state(const std::array<std::uint64_t, 4>& state) { state_ = state; }
  bool operator==(const Random&) const = default;

 private:
  std::array<std::uint64_t, 4> state_;
};

// The seed of a named stream ("data", "init", "batch") derived from the scene's one seed.
std::uint64_t derived_seed(std::uint64_t seed, std::string_view stream);

}  // namespace iem
