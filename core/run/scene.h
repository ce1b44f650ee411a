// A scene: a title, a description and the configuration of a problem. Opening the same scene twice gives the
// same bits at every step. Read and written by core/session/scene_file.h.
#pragma once

#include <string>
#include <vector>

#include "core/config/config.h"

namespace iem {

class Problem;

struct Scene {
  std::string name;  // file name without extension, or the built-in's id
  std::string title, description;
  std::string look_for;  // what to look for, one or two sentences, with numbers in braces
  std::string folder;    // relative data paths are relative to it; empty for built-in scenes
  Config config;
  std::vector<std::string> conditions;  // what look_for claims, as expressions (core/expression/)
  const Problem* problem = nullptr;     // what it is a configuration of
};

}  // namespace iem
