#include "core/run/run_state.h"

#include <algorithm>
#include <bit>
#include <span>

#include "core/base/hash.h"

namespace iem {
namespace {

template <class Block>
void add(Hash& hash, const Block& block) {
  hash.add(std::span<const double>(block.data(), static_cast<std::size_t>(block.size())));
}

template <class Block>
bool same_block_bits(const Block& a, const Block& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() &&
         std::equal(a.data(), a.data() + a.size(), b.data(), [](double x, double y) {
           return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
         });
}

}  // namespace

std::uint64_t RunState::hash() const {
  Hash hash;
  hash.add(step);
  add(hash, theta);
  hash.add(optimizer_state.count);
  for (const auto& vector : optimizer_state.vectors) add(hash, vector);
  hash.add(optimizer_state.epoch.seed);
  for (std::int64_t number :
       {optimizer_state.epoch.points, optimizer_state.epoch.position, optimizer_state.epoch.batch})
    hash.add(number);
  add(hash, optimizer_state.sums);
  for (const Random* random : {&batch_random, &init_random})
    for (std::uint64_t word : random->state()) hash.add(word);
  return hash.value();
}

// Not by hashes, which can be forged.
bool RunState::same_bits(const RunState& other) const {
  const OptimizerState &a = optimizer_state, &b = other.optimizer_state;
  return step == other.step && same_block_bits(theta, other.theta) &&
         same_block_bits(previous, other.previous) && a.count == b.count &&
         std::ranges::equal(a.vectors, b.vectors,
                            [](const auto& x, const auto& y) { return same_block_bits(x, y); }) &&
         a.epoch == b.epoch && same_block_bits(a.sums, b.sums) && batch_random == other.batch_random &&
         init_random == other.init_random;
}

std::size_t RunState::bytes() const {
  auto doubles = static_cast<std::size_t>(theta.size() + previous.size() + optimizer_state.sums.size());
  for (const auto& vector : optimizer_state.vectors) doubles += static_cast<std::size_t>(vector.size());
  return sizeof(RunState) + doubles * sizeof(double) + 128;  // and the nodes that hold it
}

}  // namespace iem
