// The stage and the figure `pull` in words, true of the setup they show.
#pragma once

#include <string>

#include "core/labs/kit/lab.h"

namespace iem {

// What the plane shows: title, symbol in TeX, and sentences for the caption.
struct FieldWords {
  std::string title, tex, caption;
};
FieldWords field_words(const Snapshot& snapshot, const View& view);

// What the ellipses and the iso-lines are; a caption's sentences, each after a space.
std::string lines_words(const Snapshot& snapshot, const View& view);

// Of a schedule in which the temperature falls: J of different steps are different objectives.
std::string falling_words(const Snapshot& snapshot);

// What the solid arrow and the hollow twin of every prototype are.
std::string pull_words(const Snapshot& snapshot);

}  // namespace iem
