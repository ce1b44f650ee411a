// Figures with every kind of mark, made of simple closed forms: the tests of painting and export draw these.
#pragma once

#include <vector>

#include "core/figure/figure.h"

namespace iem {

Figure sample_stage();       // field, iso-lines, points, ellipses, trails, arrows, pinned ring, words
Figure sample_loss();        // curves labelled on themselves, "now"
Figure sample_identity();    // equal aspect, a diagonal of points
Figure sample_bars();        // mirrored horizontal bars in two panels
Figure sample_activation();  // five panels over one axis
Figure sample_heatmap();     // signed, with numbers in the cells
Figure sample_cloud(std::size_t points);

std::vector<Figure> sample_figures();

}  // namespace iem
