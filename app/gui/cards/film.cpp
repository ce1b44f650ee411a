#include "app/gui/cards/film.h"

#include <algorithm>
#include <vector>

#include "app/export/animation/run_frames.h"
#include "app/gui/cards/export_preview.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/error.h"
#include "core/config/view_keys.h"
#include "core/session/state_string.h"

namespace iem::gui {
namespace {

Config seen_as(const Run& run, const Config& view) {
  Config out = run.setup().config();
  take_view_keys(out, view);
  return out;
}

}  // namespace

void FilmRows::follow(const PanelContext& context) {
  if (std::exchange(of_opened_, context.opened()) != context.opened()) by_hand_ = false;
  const std::int64_t last = context.snapshot().last_step();
  if (!by_hand_) {
    settings_.from = context.snapshot().first_step;  // what is known, until a replay has brought the rest
    settings_.to = last;
    const std::vector<std::int64_t> steps = evenly_by_steps(last, {});
    settings_.every = steps.size() > 1 ? steps[1] - steps[0] : 1;
  }
  settings_.to = std::min(settings_.to, last);
  settings_.from = std::min(settings_.from, settings_.to);
}

bool FilmRows::choose_format() {
  std::vector<Choice> out;
  for (const AnimationFormat& format : animation_formats()) out.push_back({format.label});
  return segments("##film.format", format_, out).changed;
}

const AnimationFormat& FilmRows::format() const {
  return animation_formats()[static_cast<std::size_t>(format_)];
}

void FilmRows::draw(const PanelContext& context) {
  const std::int64_t last = context.snapshot().last_step();
  bool changed =
      stepper_row({.id = "##film.from", .label = text::kFilmFrom}, settings_.from, 0, settings_.to).changed;
  changed |=
      stepper_row({.id = "##film.to", .label = text::kFilmTo}, settings_.to, settings_.from, last).changed;
  changed |= stepper_row({.id = "##film.every", .label = text::kFilmEvery, .help = text::kFilmEveryHelp},
                         settings_.every, 1, std::max<std::int64_t>(1, last))
                 .changed;
  by_hand_ |= changed;
  scrub_row({.id = "##film.fps", .label = text::kFilmPace, .unit = text::kFilmPaceUnit}, settings_.fps,
            {.slider_min = 1, .slider_max = 50, .min = 0.1, .max = format().most_fps});
  toggle_row({.id = "##film.change", .label = text::kFilmEvenChange, .help = text::kFilmEvenChangeHelp},
             settings_.even_change);
  const std::int64_t frames = how_many_by_steps(settings_.to - settings_.from, settings_.every);
  value_row({.id = "##film.frames", .label = text::kFilmFrames}, std::to_string(frames));
}

bool write_film(Comparison runs, const FilmOrder& order, FilmProgress& progress) {
  const AnimationFormat* chosen = animation_format_of(order.path);
  if (chosen == nullptr) throw InputError("must end in " + animation_extensions(), {order.path, 0, 0});
  const AnimationFormat& format = *chosen;
  runs.work_on(std::make_shared<ThreadPool>(1));  // the engine works on its own
  const FilmSettings& settings = order.settings;
  // Of a run whose session is still being replayed the steps before its end take a replay of their own.
  const GoesOn goes_on = [&] { return !progress.cancelled; };
  if (!runs.seek(settings.from, goes_on)) return false;
  const FilmedPanel panel{.runs = runs, .first = settings.from, .last = settings.to};
  RunFrames frames(
      {panel}, times_of({panel}, settings.every, settings.even_change), [&](const std::vector<Filmed>& here) {
        const Run& now = here.front().first();
        const Config view = seen_as(now, order.view);
        Figure plain = figure_in_film(here.front(), order.figure, view, panel);
        return frame_of(as_switched(std::move(plain), order.log_axes), now, view, format.state_by_frame);
      });
  if (!runs.seek(settings.to, goes_on)) return false;
  const Run& run = runs.first();
  AnimationOptions look{
      .paper = order.look, .fps = settings.fps, .title = run.setup().scene.title, .grid = {}};
  look.paper.metadata = write_state_string(run, seen_as(run, order.view));
  return write_animation(frames, order.path, format, look, run.pool(), [&](double done) {
    progress.done = done;
    return goes_on();
  });
}

}  // namespace iem::gui
