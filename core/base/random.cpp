#include "core/base/random.h"

#include <bit>
#include <cmath>
#include <numbers>

#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/base/libm.h"

namespace iem {
namespace {

std::uint64_t splitmix64(std::uint64_t& x) {
  x += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = x;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace

Random::Random(std::uint64_t seed) : state_{} {
  for (auto& word : state_) word = splitmix64(seed);
}

std::uint64_t Random::bits() {
  auto& s = state_;
  const std::uint64_t result = std::rotl(s[0] + s[3], 23) + s[0];
  const std::uint64_t t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = std::rotl(s[3], 45);
  return result;
}

double Random::uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

std::int64_t Random::below(std::int64_t n) {
  IEM_CHECK(n >= 1);
  const auto range = static_cast<std::uint64_t>(n);
  // Draws that fall into the last, incomplete multiple of n are rejected: they would favour small numbers.
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % range;
  std::uint64_t draw = bits();
  while (draw >= limit) draw = bits();
  return static_cast<std::int64_t>(draw % range);
}

double Random::normal() {
  const double u = 1.0 - uniform();  // (0, 1]: the logarithm stays finite
  const double v = uniform();
  return std::sqrt(-2.0 * libm::log(u)) * libm::cos(2.0 * std::numbers::pi * v);
}

std::uint64_t derived_seed(std::uint64_t seed, std::string_view stream) {
  Hash hash;
  hash.add(stream);
  hash.add(seed);
  return hash.value();
}

}  // namespace iem
