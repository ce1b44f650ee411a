#include "core/run/run_state.h"

#include <span>

#include "core/base/hash.h"

namespace iem {
namespace {

template <class Block>
void add(Hash& hash, const Block& block) {
  hash.add(std::span<const double>(block.data(), static_cast<std::size_t>(block.size())));
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

bool RunState::same_bits(const RunState& other) const {
  Hash own, others;
  add(own, previous);
  add(others, other.previous);
  return hash() == other.hash() && own.value() == others.value();
}

std::size_t RunState::bytes() const {
  auto doubles = static_cast<std::size_t>(theta.size() + previous.size() + optimizer_state.sums.size());
  for (const auto& vector : optimizer_state.vectors) doubles += static_cast<std::size_t>(vector.size());
  return sizeof(RunState) + doubles * sizeof(double) + 128;  // and the nodes that hold it
}

}  // namespace iem
