#include "core/model/layout.h"

#include <utility>

#include "core/base/check.h"

namespace iem {

void Layout::add(std::string name, Eigen::Index rows, Eigen::Index columns, bool learned) {
  blocks_.push_back({std::move(name), size_, rows, columns, learned});
  size_ += rows * columns;
}

void Layout::set_rate_key(std::string key) { blocks_.back().rate_key = std::move(key); }

const Block& Layout::block(std::string_view name) const {
  for (const Block& block : blocks_)
    if (block.name == name) return block;
  IEM_CHECK(!"the layout has no such block");
  return blocks_.front();
}

void Layout::mask(Theta& gradient) const {
  for (const Block& block : blocks_)
    if (!block.learned) gradient.segment(block.offset, block.size()).setZero();
}

void Layout::keep_fixed(const Theta& from, Theta& to) const {
  for (const Block& block : blocks_)
    if (!block.learned) to.segment(block.offset, block.size()) = from.segment(block.offset, block.size());
}

}  // namespace iem
