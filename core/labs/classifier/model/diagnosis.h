// What is wrong with a run of the classifier: it diverges, nothing has a label, a class has no point, or the
// classes are linearly separated and J has no minimum.
#pragma once

#include <vector>

#include "core/run/diagnosis.h"
#include "core/run/snapshot.h"

namespace iem {

std::vector<Diagnosis> diagnose_classifier(const Snapshot& snapshot);

}  // namespace iem
