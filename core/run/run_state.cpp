#include "core/run/run_state.h"

#include <span>

#include "core/base/hash.h"

namespace iem {
namespace {

void add(Hash& hash, const Eigen::VectorXd& v) {
  hash.add(std::span<const double>(v.data(), static_cast<std::size_t>(v.size())));
}

}  // namespace

std::uint64_t RunState::hash() const {
  Hash hash;
  hash.add(step);
  add(hash, theta);
  hash.add(slots.count);
  for (const auto& vector : slots.vectors) add(hash, vector);
  for (const Random* random : {&batch_random, &init_random})
    for (std::uint64_t word : random->state()) hash.add(word);
  return hash.value();
}

std::size_t RunState::bytes() const {
  std::size_t doubles = static_cast<std::size_t>(theta.size());
  for (const auto& vector : slots.vectors) doubles += static_cast<std::size_t>(vector.size());
  return sizeof(RunState) + doubles * sizeof(double) + 128;  // and the nodes that hold it
}

}  // namespace iem
