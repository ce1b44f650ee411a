#include "core/session/checkpoint.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "core/base/base64.h"
#include "core/base/hash.h"

namespace iem {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::int64_t kMostVectors = 16;

class Writer {
 public:
  void add(std::uint64_t word) {
    for (std::size_t i = 0; i < kWord; ++i) bytes_ += static_cast<char>(word >> (8 * i) & 255);
  }
  void add(std::int64_t number) { add(static_cast<std::uint64_t>(number)); }
  void add(const Random& random) {
    for (const std::uint64_t word : random.state()) add(word);
  }
  template <class Block>
  void add_block(const Block& block) {
    add(static_cast<std::int64_t>(block.rows()));
    add(static_cast<std::int64_t>(block.cols()));
    for (Eigen::Index i = 0; i < block.size(); ++i) add(std::bit_cast<std::uint64_t>(block.data()[i]));
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Reads what Writer wrote; whatever follows a misfit is zero and void.
class Words {
 public:
  explicit Words(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t word() {
    std::uint64_t out = 0;
    if (bytes_.size() < kWord) return fail();
    for (std::size_t i = 0; i < kWord; ++i)
      out |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[i])) << (8 * i);
    bytes_.remove_prefix(kWord);
    return out;
  }
  std::int64_t number() { return static_cast<std::int64_t>(word()); }
  void read(Random& random) {
    std::array<std::uint64_t, 4> state{};
    for (std::uint64_t& each : state) each = word();
    random.set_state(state);
  }
  // Nothing is made before the text is known to hold it all.
  template <class Block>
  void read_block(Block& block) {
    const std::int64_t rows = number(), columns = number();
    const auto left = static_cast<std::int64_t>(bytes_.size() / kWord);
    const bool vector = Block::ColsAtCompileTime == 1;
    if (rows < 0 || rows > left || columns < 0 || columns > left || (vector && columns != 1) ||
        (columns > 0 && rows > left / columns)) {
      fail();
      return;
    }
    block.resize(rows, columns);
    for (Eigen::Index i = 0; i < block.size(); ++i) block.data()[i] = std::bit_cast<double>(word());
  }
  bool done() const { return fits_ && bytes_.empty(); }
  bool fits() const { return fits_; }

 private:
  std::uint64_t fail() {
    fits_ = false;
    bytes_ = {};
    return 0;
  }
  std::string_view bytes_;
  bool fits_ = true;
};

}  // namespace

std::string write_checkpoint(const RunState& state) {
  if (state.bytes() > kMostCheckpointBytes) return {};
  const OptimizerState& memory = state.optimizer_state;
  Writer out;
  out.add(state.step);
  out.add_block(state.theta);
  out.add_block(state.previous);
  out.add(memory.count);
  out.add(static_cast<std::int64_t>(memory.vectors.size()));
  for (const Eigen::VectorXd& vector : memory.vectors) out.add_block(vector);
  out.add(memory.epoch.seed);
  for (const std::int64_t number : {memory.epoch.points, memory.epoch.position, memory.epoch.batch})
    out.add(number);
  out.add_block(memory.sums);
  out.add(state.batch_random);
  out.add(state.init_random);
  return to_base64url(out.bytes());
}

std::string checkpoint_sum(std::string_view text, std::span<const std::string> before) {
  Hash hash;
  hash.add(text);
  for (const std::string& each : before) hash.add(each);
  return hex(hash.value());
}

std::optional<RunState> read_checkpoint(std::string_view text) {
  if (text.size() > kLongestCheckpoint) return {};
  const std::optional<std::string> bytes = from_base64url(text);
  if (!bytes) return {};
  Words in(*bytes);
  RunState out;
  OptimizerState& memory = out.optimizer_state;
  out.step = in.number();
  in.read_block(out.theta);
  in.read_block(out.previous);
  memory.count = in.number();
  const std::int64_t vectors = in.number();
  if (vectors < 0 || vectors > kMostVectors) return {};
  for (std::int64_t i = 0; i < vectors && in.fits(); ++i) in.read_block(memory.vectors.emplace_back());
  memory.epoch.seed = in.word();
  for (std::int64_t* number : {&memory.epoch.points, &memory.epoch.position, &memory.epoch.batch})
    *number = in.number();
  in.read_block(memory.sums);
  in.read(out.batch_random);
  in.read(out.init_random);
  if (!in.done()) return {};
  return out;
}

}  // namespace iem
