// Where elements stand on a panel.
#pragma once

#include <optional>
#include <utility>

#include "core/figure/figure.h"

namespace iem {

// The place of an element's marker on a panel, in axis units; nothing where the panel has none.
std::optional<std::pair<double, double>> place_of(const Panel& panel, const ElementId& element);

}  // namespace iem
