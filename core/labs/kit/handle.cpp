#include "core/labs/kit/handle.h"

#include "core/run/snapshot.h"

namespace iem {

std::pair<double, double> equal_lengths(const Panel& panel) {
  if (panel.equal_aspect) return {1, 1};
  return {panel.x.hi - panel.x.lo, panel.y.hi - panel.y.lo};
}

std::optional<Tensor> natural_block(const Snapshot& snapshot, std::string_view name) {
  for (NamedTensor& named : snapshot.model().natural(snapshot.state.theta))
    if (named.name == name) return std::move(named.tensor);
  return std::nullopt;
}

std::optional<Edit> row_moved(const Snapshot& snapshot, const std::string& block, int row, double x,
                              double y) {
  std::optional<Tensor> rows = natural_block(snapshot, block);
  const auto at = static_cast<std::size_t>(2 * row);
  if (row < 0 || !rows || rows->shape.empty() || rows->shape.back() != 2 || at + 1 >= rows->data.size())
    return std::nullopt;
  rows->data[at] = x;
  rows->data[at + 1] = y;
  return Edit{"state." + block, std::move(*rows)};
}

}  // namespace iem
