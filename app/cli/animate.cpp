#include "app/cli/animate.h"

#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "app/export/animation/formats.h"
#include "app/export/animation/run_frames.h"
#include "app/export/furnish/furniture_options.h"
#include "core/session/state_string.h"

namespace iem::cli {

void animate(const Output& film, const RunOptions& options, const Report& report, const Run& run) {
  const Way& way = *report.way;
  const std::int64_t last = run.state().step;
  std::vector<std::int64_t> steps = evenly_by_steps(last - way.first(), options.every);
  if (options.pace == "change") steps = evenly_by_change(way.changes(), steps.size());
  for (std::int64_t& step : steps) step += way.first();

  const auto with_said = [&](const Run& of) {
    return with_furniture(of.setup().config(), options.furniture);
  };
  RunFrames frames(run, std::move(steps), [&](const Run& here) {
    FrameContent out = frame_on_paper(here, film.id, with_said(here), last);
    if (film.animation->state_by_frame) out.state = write_state_string(here, with_said(here));
    return out;
  });

  AnimationOptions look{export_options(options, true), options.fps, run.setup().scene.title};
  look.paper.metadata = write_state_string(run, with_said(run));
  // The signal that ended the run is not meant for its animation.
  const bool ended_by_signal = report.exit == "interrupted";
  Progress progress(!options.quiet && !options.json);
  const bool whole = write_animation(frames, film.path, *film.animation, look, run.pool(), [&](double done) {
    progress.say_done(film.path, done);
    return ended_by_signal || !interrupted();
  });
  if (!whole) throw InputError("interrupted: it is not written", {film.path, 0, 0}, ErrorKind::interrupted);
}

}  // namespace iem::cli
