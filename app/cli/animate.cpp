#include "app/cli/animate.h"

#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "app/export/animation/formats.h"
#include "app/export/furnish/furniture_options.h"
#include "core/session/state_string.h"

namespace iem::cli {

void write_frames(FrameSource& frames, const std::string& path, const AnimationFormat& format,
                  const AnimationOptions& look, ThreadPool& pool, bool shown, bool ignore_signals) {
  Progress progress(shown);
  const bool whole = write_animation(frames, path, format, look, pool, [&](double done) {
    progress.say_done(path, done);
    return ignore_signals || !interrupted();
  });
  if (!whole) throw InputError("interrupted: it is not written", {path, 0, 0}, ErrorKind::interrupted);
}

void write_film(FilmJob job, const FilmOptions& options, ThreadPool& pool) {
  std::vector<std::int64_t> times = times_of(job.panels, options.every, options.pace == "change");
  RunFrames frames(std::move(job.panels), std::move(times), std::move(job.show));
  job.look.fps = options.fps;
  write_frames(frames, job.path, *job.format, job.look, pool, job.progress, job.ended_by_signal);
}

void animate(const Output& film, const RunOptions& options, const Report& report, const Run& run) {
  const auto with_said = [&](const Run& of) {
    return with_furniture(of.setup().config(), options.furniture);
  };
  const FilmedPanel panel{.runs = run, .first = report.first_step, .last = run.state().step};
  FilmJob job{.path = film.path, .format = film.animation, .panels = {panel}};
  job.show = [&, with_state = film.animation->state_by_frame](const std::vector<Filmed>& here) {
    const Run& now = here.front().first();
    const Config view = with_said(now);
    return frame_of(figure_in_film(here.front(), film.id, view, panel), now, view, with_state);
  };
  job.look = {.paper = export_options(options, true), .title = run.setup().scene.title};
  const Config view = with_said(run);
  note_idle_in_film(film, run, view, options.furniture);
  job.look.paper.metadata = write_state_string(run, view);
  job.progress = !options.quiet && !options.json;
  job.ended_by_signal = report.exit == "interrupted";
  write_film(std::move(job), options, run.pool());
}

}  // namespace iem::cli
