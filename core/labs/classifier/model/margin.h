// How clearly the labelled points are classified.
#pragma once

#include "core/labs/classifier/model/classifier.h"

namespace iem {

// min_i (min_{k != y} d_ik - d_iy) over points with a label: above 0 where all are told apart. NaN with one
// class or without labels.
double least_gap(const Classifier& model, const Theta& theta, const Dataset& data);

// Whether linear energies classify all points correctly. Then scaling them up lowers a softmax cross-entropy
// for ever: it tends to 0 and has no minimum.
bool is_separated(const Classifier& model, const Theta& theta, const Dataset& data);

}  // namespace iem
