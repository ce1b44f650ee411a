// The classifier lab's keys, and the model they describe.
#pragma once

#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/labs/classifier/model/classifier.h"
#include "core/run/snapshot.h"

namespace iem {

// All keys but those of what the figures show.
std::vector<Parameter> classifier_parameters();
std::vector<Parameter> classifier_learning_parameters();  // learning.cpp

// Why model.label_trust has no effect, in one sentence; empty: it has.
std::string where_labels_are_trusted(const Config& config);
// What model.learn may name: the blocks of the energy in use.
const Value* learned_blocks_of_classes(const Config& config);

// Throws InputError where it names another.
void check_learned_blocks(const Config& config);

bool has_linear_energy(const Config& config);
bool has_sigmoids(const Config& config);

inline const Classifier& classifier_of(const Snapshot& snapshot) {
  return static_cast<const Classifier&>(snapshot.model());
}

// How many classes the labels name, before any was taken away; 0: none has a label. Numbers that no label has
// count: a largest label of 5 names six.
int named_classes(const Dataset& data);

// What model.* says. Throws InputError where it does not go together with the data.
ClassifierOptions classifier_options(const Config& config, const Dataset& data);

}  // namespace iem
