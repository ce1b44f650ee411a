#include "app/cli/animate.h"

#include <cmath>
#include <memory>

#include "app/cli/interrupt.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "app/export/animation/formats.h"
#include "app/export/animation/run_frames.h"
#include "core/figure/furniture.h"
#include "core/session/state_string.h"

namespace iem::cli {

void Way::note(const Run& run) {
  if (changes.empty()) first = run.state().step;
  const Theta& theta = run.state().theta;
  const bool comparable = theta_.size() == theta.size() && !changes.empty();
  const double change = comparable ? (theta - theta_).norm() : 0;
  changes.push_back(std::isfinite(change) ? change : 0);
  theta_ = theta;
}

void animate(const Output& film, const RunOptions& options, const Way& way, const Run& run) {
  const std::int64_t last = run.state().step;
  std::vector<std::int64_t> steps = evenly_by_steps(last - way.first, options.every);
  if (options.pace == "change") steps = evenly_by_change(way.changes, steps.size());
  for (std::int64_t& step : steps) step += way.first;

  const auto show = [&](const Run& here) {
    const auto snapshot = take_snapshot(here);
    const Config paper = with_furniture(snapshot->config(), options.furniture);
    FrameContent out;
    out.figure = furnished(figure_on_paper(film.id, *snapshot, paper), paper);
    out.figure.keep.push_back(snapshot);  // its marks are spans into it
    out.figure.caption = with_steady_step(std::move(out.figure.caption), snapshot->state.step, last);
    if (film.animation->state_by_frame)
      out.state = write_state_string(here, with_furniture(here.setup().config(), options.furniture));
    return out;
  };
  RunFrames frames(run, std::move(steps), show);

  AnimationOptions look{export_options(options, true), options.fps, run.setup().scene.title};
  look.paper.metadata = write_state_string(run, with_furniture(run.setup().config(), options.furniture));
  Progress progress(!options.quiet && !options.json);
  const bool whole = write_animation(frames, film.path, *film.animation, look, run.pool(), [&](double done) {
    progress.say_done(film.path, done);
    return way.goes_on_after_signal || !interrupted();
  });
  if (!whole) throw InputError("interrupted: it is not written", {film.path, 0, 0}, ErrorKind::interrupted);
}

}  // namespace iem::cli
