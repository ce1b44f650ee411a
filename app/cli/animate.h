// Animated figures of runs that were just stepped.
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/export/animation/run_frames.h"
#include "core/run/run.h"

namespace iem::cli {

struct Output;
struct Report;

struct FilmJob {
  std::string path;
  const AnimationFormat* format = nullptr;
  std::vector<FilmedPanel> panels;
  RunFrames::Show show;
  AnimationOptions look;
  bool progress = true;          // is shown
  bool ended_by_signal = false;  // the signal that ended the runs is not meant for their animation
};

// Writes the frames of any source, and says how far it is if `shown`. Throws InputError, of kind
// `interrupted` after a signal that comes meanwhile, unless signals are not meant for it: then there is no
// file.
void write_frames(FrameSource& frames, const std::string& path, const AnimationFormat& format,
                  const AnimationOptions& look, ThreadPool& pool, bool shown, bool ignore_signals = false);

// The same for runs.
void write_film(FilmJob job, const FilmOptions& options, ThreadPool& pool);

// Writes an animated figure of the run up to where it is now.
void animate(const Output& film, const RunOptions& options, const Report& report, const Run& run);

}  // namespace iem::cli
