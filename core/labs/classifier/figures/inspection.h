// The inspector's numbers of the classifier, and the sub-steps of an update.
#pragma once

#include <vector>

#include "core/labs/kit/inspection.h"
#include "core/labs/kit/lab.h"

namespace iem {

// `component`: the class whose formulas are written out; -1: that of the label, else the answer.
Inspection inspect_labelled_point(const Snapshot& snapshot, int point, int component);
Inspection inspect_class(const Snapshot& snapshot, int j);

// d_j as the sum of the terms that the control panel's formula has.
NumberLine energy_of_class(const Snapshot& snapshot, int point, int j);

std::vector<Phase> phases_of_point(const Snapshot& snapshot, int point);

}  // namespace iem
