// The activation lab's figures: pure functions of a snapshot and a view. The five steps of the derivation are
// panels over one z; a figure shows one of them, and `derivation` all.
#pragma once

#include <vector>

#include "core/labs/activation/model/curves.h"
#include "core/labs/kit/figure_parts.h"

namespace iem {

// In the order they are offered. Adding one: a function, and its line in list.cpp.
const std::vector<FigureType>& activation_figures();

// The five steps (panels.cpp). Their curves are owned by `figure`.
Panel hypotheses_panel(Figure& figure, const ActivationCurves& curves, const Snapshot& snapshot,
                       const View& view);
Panel energies_panel(Figure& figure, const ActivationCurves& curves, const View& view);
Panel responsibilities_panel(Figure& figure, const ActivationCurves& curves, const View& view);
Panel statistic_panel(Figure& figure, const ActivationCurves& curves, const View& view);
Panel activation_panel(Figure& figure, const ActivationCurves& curves, const Snapshot& snapshot,
                       const View& view);

// Derivative as the product of its parts, and all kernels at once (compare.cpp).
Figure derivative_figure(const Snapshot& snapshot, const View& view);
Figure family_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
