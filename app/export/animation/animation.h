// Writes a figure at many steps as one moving picture, in the format (formats.h) of its path.
#pragma once

#include <functional>
#include <string>

#include "app/export/animation/pictures.h"
#include "app/export/export.h"
#include "core/base/thread_pool.h"
#include "core/figure/figure.h"

namespace iem {

// What one frame shows, and the state string that reopens its run there (empty: not asked for).
struct FrameContent {
  Figure figure;
  std::string state;
};
using MakeFrame = std::function<FrameContent()>;  // called once, on any thread

class FrameSource {
 public:
  virtual ~FrameSource() = default;
  virtual int count() const = 0;  // at least one
  // Hands over what makes each frame, in their order, until `take` returns false. Called several times, with
  // the same frames.
  virtual void each(const std::function<bool(MakeFrame)>& take) = 0;
};

struct AnimationOptions {
  ExportOptions paper;  // its metadata is the state string of the last frame
  double fps = 25;
  std::string title;
};

// Atomic: the file, or the folder, appears whole or not at all; the same bytes for any number of threads.
// Returns false when `watch` has ended it: nothing is there then. InputError as write_figure, and of kind
// `missing` without a program that the format needs.
bool write_animation(FrameSource& frames, const std::string& path, const AnimationFormat& format,
                     const AnimationOptions& options, ThreadPool& pool, const AnimationWatch& watch);

}  // namespace iem
