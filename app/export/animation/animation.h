// Writes a figure, or several side by side, at many steps as one moving picture, in the format (formats.h) of
// its path.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/export/animation/pictures.h"
#include "app/export/animation/steady.h"
#include "app/export/export.h"
#include "core/base/thread_pool.h"

namespace iem {

using MakeFrame = std::function<FrameContent()>;  // called once, on any thread

class FrameSource {
 public:
  virtual ~FrameSource() = default;
  virtual int count() const = 0;  // at least one
  // Hands over what makes each frame, in their order, until `take` returns false. Called several times, with
  // the same frames.
  virtual void each(const std::function<bool(MakeFrame)>& take) = 0;
  // All frames have been made once, to be measured: what they are to have in common is settled. Returns
  // whether they are other ones now.
  virtual bool are_measured() { return false; }
};

struct AnimationOptions {
  ExportOptions paper;  // its metadata is the state string of the last frame
  double fps = 25;
  std::string title;
  std::optional<GridLook> grid = {};  // of several panels; none: a single one fills the page
};

// The resolution of an animation where nobody says one: 800 pixels across.
double usual_animation_dpi(double width_cm);

// Atomic: the file, or the folder, appears whole or not at all; the same bytes for any number of threads.
// Returns false when `watch` has ended it: nothing is there then. InputError as write_figure, and of kind
// `missing` without a program that the format needs.
bool write_animation(FrameSource& frames, const std::string& path, const AnimationFormat& format,
                     const AnimationOptions& options, ThreadPool& pool, const AnimationWatch& watch);

}  // namespace iem
