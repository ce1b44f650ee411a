// All parameters of a model are one flat vector theta; a layout names its blocks. Optimisers, snapshots,
// hashing, finite differences and undo need no code per model.
#pragma once

#include <Eigen/Core>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/value.h"

namespace iem {

using Theta = Eigen::VectorXd;

struct Block {
  std::string name;                    // as `learn` names it: "means"
  Eigen::Index offset = 0;             // first entry in theta
  Eigen::Index rows = 0, columns = 0;  // row-major: entry (i, j) is theta[offset + i * columns + j]
  bool learned = true;                 // false: optimisers leave it alone
  std::string rate_key = "optimizer.learning_rate";  // the key of its learning rate
  Eigen::Index size() const { return rows * columns; }
};

class Layout {
 public:
  // Appends a block after the last one.
  void add(std::string name, Eigen::Index rows, Eigen::Index columns, bool learned);

  // Gives the last block a learning rate of its own, under this key.
  void set_rate_key(std::string key);

  const std::vector<Block>& blocks() const { return blocks_; }
  const Block& block(std::string_view name) const;  // must exist
  Eigen::Index size() const { return size_; }

  // Sets the entries of blocks that are not learned to zero.
  void mask(Theta& gradient) const;
  // Gives blocks of `to` that are not learned the very bits they have in `from`.
  void keep_fixed(const Theta& from, Theta& to) const;

 private:
  std::vector<Block> blocks_;
  Eigen::Index size_ = 0;
};

// A parameter in its natural, user-facing shape: means K x D, covariances K x D x D, weights K.
struct NamedTensor {
  std::string name;
  Tensor tensor;
};

}  // namespace iem
