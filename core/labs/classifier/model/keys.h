// The classifier lab's keys, and the model they describe.
#pragma once

#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/labs/classifier/model/classifier.h"
#include "core/run/snapshot.h"

namespace iem {

// All keys except those of the figures.
std::vector<Parameter> classifier_parameters();
std::vector<Parameter> classifier_learning_parameters();  // learning.cpp

// One sentence why model.label_trust has no effect; empty where it has.
std::string where_labels_are_trusted(const Config& config);
// The default of model.learn: the blocks of the energy in use.
const Value* learned_blocks_of_classes(const Config& config);

// Throws InputError where model.learn names another block.
void check_learned_blocks(const Config& config);

bool has_linear_energy(const Config& config);
bool has_sigmoids(const Config& config);

inline const Classifier& classifier_of(const Snapshot& snapshot) {
  return static_cast<const Classifier&>(snapshot.model());
}

// The number of classes that the labels name before any label was removed; 0 where there are no labels.
// Unused numbers count: a largest label of 5 names six classes.
int named_classes(const Dataset& data);

// The options that model.* gives. Throws InputError where they contradict the data.
ClassifierOptions classifier_options(const Config& config, const Dataset& data);

}  // namespace iem
