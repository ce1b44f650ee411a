// Where the classes begin, and how they are carried over to a classifier of another shape.
#pragma once

#include <string>

#include "core/base/random.h"
#include "core/config/config.h"
#include "core/labs/classifier/model/classifier.h"

namespace iem {

// Rows of the given start; 0: none is given.
int given_classes(const Config& config);

// Throws InputError where a given start contradicts the scene's other keys.
void check_given_classes(const Config& config);

// Linear energies at 0; prototypes at the means of their classes (without a point, of all points), with the
// data's own spread and equal weights; or as the scene gives them.
Theta start_of_classifier(const Config& config, const Classifier& model, const Dataset& data, Random& init);

// Kept classes keep their parameters; other energies begin as a start does.
Theta carry_classes_over(const Theta& theta, const Classifier& from, const Config& config,
                         const Classifier& to, const Dataset& data, Random& init);

// Why smallest spreads and regularisation have no effect (learning.cpp).
std::string where_covariances_of_classes_are_learned(const Config& config);

}  // namespace iem
