// Small runs for the tests of learning rules.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "core/mixture/mixture.h"
#include "core/run/run.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"

namespace iem::testing {

// 90 points in three overlapping blobs unless `toml` has a [data] table.
inline Run rule_run(const std::string& toml, int threads = 1, std::size_t keyframe_bytes = 64u << 20) {
  const bool has_data = toml.find("[data]") != std::string::npos;
  const std::string data = has_data ? "" : "\n[data]\nsource = \"blobs\"\ncount = 90\nnoise = 0.8\n";
  return Run(parse_scene("format = 1\nlab = \"mixture\"\nseed = 5\n" + data + toml, "test.toml"),
             std::make_shared<ThreadPool>(threads), keyframe_bytes);
}

inline Run rule_run_with(const std::string& method, const std::string& more = "",
                         const std::string& model = "") {
  return rule_run("[model]\n" + model + "\n[optimizer]\nmethod = \"" + method + "\"\n" + more + "\n");
}

inline const Mixture& mixture_in(const Run& run) { return static_cast<const Mixture&>(*run.setup().model); }

// The largest difference of two vectors relative to max(1, |reference|).
inline double largest_gap(const Theta& value, const Theta& reference) {
  return ((value - reference).array().abs() / reference.array().abs().max(1.0)).maxCoeff();
}

}  // namespace iem::testing
