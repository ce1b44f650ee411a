// Captions of the stage and of the figure `pull`, for the configuration they show.
#pragma once

#include <string>

#include "core/labs/kit/lab.h"

namespace iem {

// The words for the field: title, symbol in TeX, and sentences for the caption.
struct FieldWords {
  std::string title, tex, caption;
};
FieldWords field_words(const Snapshot& snapshot, const View& view);

// Sentences for the caption about the ellipses and the iso-lines, each after a space.
std::string lines_words(const Snapshot& snapshot, const View& view);

// A sentence where the temperature decays: J of different steps are different objectives.
std::string falling_words(const Snapshot& snapshot);

// Sentences about the solid arrow, drawn `magnified` times as long, and the hollow twin of every prototype.
std::string pull_words(const Snapshot& snapshot, double magnified);

}  // namespace iem
