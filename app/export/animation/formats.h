// The formats of animations, one line each in formats.cpp, from which the command line is derived. The end of
// a path chooses the format, in upper case too.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "app/export/animation/writer.h"

namespace iem {

struct AnimationFormat {
  std::string_view extension;   // ".webp"; "/" of a folder
  std::string_view label;       // "WebP"
  double most_fps = 0;          // frames a second
  bool transparent = false;     // it can have no ground
  bool state_by_frame = false;  // every frame carries the state string of its own step
  std::string_view needs = {};  // a program that must be on the PATH; empty: none
  std::unique_ptr<AnimationWriter> (*begin)(const AnimationPlan& plan) = nullptr;

  bool is_folder() const { return extension == "/"; }
};

// In the order they are offered.
std::span<const AnimationFormat> animation_formats();

// That of a path by its end, or of a folder that is there; null where no format has this one.
const AnimationFormat* animation_format_of(const std::string& path);

// ".webp, .gif, .apng, .mp4 or a folder (/)".
std::string animation_extensions();

// Throws the InputError with which writing this path in this format would fail; nothing is touched.
void require_animatable(const AnimationFormat& format, const std::string& path, double fps, bool transparent);

}  // namespace iem
