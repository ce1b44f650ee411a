#include "core/labs/attention/figures/handles.h"

#include "core/labs/kit/lab.h"

namespace iem {
namespace {

std::optional<Edit> query_moved(const Drag& drag) {
  return row_moved(drag.now, "queries", drag.index, drag.x, drag.y);
}

std::optional<Edit> key_moved(const Drag& drag) {
  return row_moved(drag.now, "keys", drag.index, drag.x, drag.y);
}

// A value's tip lies as far from its key as the value is long; where retrieval is shown it is the value.
std::optional<Edit> value_moved(const Drag& drag) {
  if (drag.view.config.flag("view.retrieval"))
    return row_moved(drag.now, "values", drag.index, drag.x, drag.y);
  const std::optional<Tensor> keys = natural_block(drag.now, "keys");
  const auto at = static_cast<std::size_t>(2 * drag.index);
  if (!keys || at + 1 >= keys->data.size()) return std::nullopt;
  return row_moved(drag.now, "values", drag.index, drag.x - keys->data[at], drag.y - keys->data[at + 1]);
}

}  // namespace

const std::vector<Handle>& attention_handles() {
  using Kind = ElementId::Kind;
  static const std::vector<Handle> all = {
      {Kind::query, query_moved}, {Kind::key, key_moved}, {Kind::value, value_moved}};
  return all;
}

}  // namespace iem
