// What happens to labels on their way to a learner: some are wrong, some are missing.
#pragma once

#include "core/base/random.h"
#include "core/data/dataset.h"

namespace iem {

// Every label is replaced with probability `noise` by another of the classes that occur, each as likely; then
// it is kept with probability `kept`, else it is -1. Point by point, three numbers from `random` each, so
// that one share can be moved without another draw of the other, and a larger share keeps what a smaller one
// took. Labels that change anything are remembered as clean_labels. With (0, 1) nothing is drawn.
void spoil_labels(Dataset& data, double noise, double kept, Random& random);

}  // namespace iem
