// The claim on screen: dL_i/dd_ij computed independently against -r_ij, on the diagonal.
#pragma once

#include "core/labs/kit/lab.h"

namespace iem {

// Of the sample that the snapshot carries; the pinned point's own dots stand out.
Figure identity_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
