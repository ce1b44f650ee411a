// Small classifier runs for the tests.
#pragma once

#include <string>

#include "core/labs/classifier/model/classifier.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem::testing {

// 40 points of three overlapping clouds with their labels, some missing where `some` says so.
inline std::string labelled_points(bool some_missing = false) {
  Dataset data = cloud(40, 5);
  std::string points = "points = [", labels = "labels = [";
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    points += (i > 0 ? ", [" : "[") + to_toml(Value{data.points(i, 0)}) + ", " +
              to_toml(Value{data.points(i, 1)}) + "]";
    const int label = some_missing && i % 4 == 1 ? -1 : static_cast<int>(i % 3);
    labels += (i > 0 ? ", " : "") + std::to_string(label);
  }
  return "[data]\nsource = \"inline\"\n" + points + "]\n" + labels + "]\n";
}

inline Scene classifier_scene(const std::string& toml) {
  return parse_scene("format = 1\nlab = \"classifier\"\n" + toml, "test.toml");
}

inline const Classifier& classifier_in(const Snapshot& snapshot) {
  return static_cast<const Classifier&>(snapshot.model());
}

}  // namespace iem::testing
