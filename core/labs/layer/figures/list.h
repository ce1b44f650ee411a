// The layer lab's figures: pure functions of a snapshot and a view.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/plane_stage.h"
#include "core/labs/layer/model/layer.h"

namespace iem {

// In the order they are offered. Adding one: a function, and its line in list.cpp.
const std::vector<FigureType>& layer_figures();
std::vector<Parameter> layer_view_parameters();

inline const Layer& layer_of(const Snapshot& snapshot) { return static_cast<const Layer&>(snapshot.model()); }

// The unit whose numbers are shown: the hovered or pinned one, else that with the largest r for the shown
// point, else the first; and whether the user chose it.
int shown_unit(const Snapshot& snapshot, const View& view);
bool is_unit_chosen(const Snapshot& snapshot, const View& view);
inline constexpr int kUnitsWithShapes = 8;  // more are drawn in ink, since so many hues cannot be told apart

// stage.cpp: lines in the plane; filters.cpp: pictures, or rows of numbers
Figure layer_stage_figure(const Snapshot& snapshot, const View& view);
Figure layer_filters(const Snapshot& snapshot, const View& view);
// curves.cpp
Figure layer_terms_figure(const Snapshot& snapshot, const View& view);
Figure layer_usage_figure(const Snapshot& snapshot, const View& view);
// identity.cpp
Figure layer_identity_figure(const Snapshot& snapshot, const View& view);
Figure layer_responsibilities_figure(const Snapshot& snapshot, const View& view);
// gauges.cpp
Figure layer_variances_figure(const Snapshot& snapshot, const View& view);
Figure layer_correlation_figure(const Snapshot& snapshot, const View& view);
// unit.cpp
Figure layer_activation_figure(const Snapshot& snapshot, const View& view);
// readout.cpp
Figure layer_clamp_figure(const Snapshot& snapshot, const View& view);
Figure layer_confusion_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
