// How far the nearest wrong answer is.
#pragma once

#include "core/labs/classifier/model/classifier.h"

namespace iem {

// min_i (min_{k != y} d_ik - d_iy) over points with a label: above 0 where all are told apart. NaN with one
// class or without labels.
double least_gap(const Classifier& model, const Theta& theta, const Dataset& data);

// Linear energies that tell all points apart can do so ever more surely: a softmax cross-entropy falls to 0
// and has no optimum.
bool is_separated(const Classifier& model, const Theta& theta, const Dataset& data);

}  // namespace iem
