#include "app/cli/replay_frames.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "app/cli/outputs.h"
#include "app/export/animation/formats.h"
#include "core/figure/furniture.h"
#include "core/session/state_string.h"

namespace iem::cli {
namespace {

constexpr std::int64_t kFrames = 200;  // where nobody says how many

// "step 8" in a caption with blanks as wide as digits before it, so that the words after it stay where they
// are.
std::string with_steady_step(std::string caption, std::int64_t step, std::int64_t last) {
  const std::string number = std::to_string(step), words = ", step " + number + ",";
  const std::size_t at = caption.find(words), digits = std::to_string(last).size();
  if (at == std::string::npos) return caption;
  std::string blanks;
  for (std::size_t i = number.size(); i < digits; ++i) blanks += "\u2007";
  return caption.insert(at + words.size() - 1 - number.size(), blanks);
}

FrameContent content_of(const Run& run, const std::string& id, const GivenFurniture& furniture,
                        std::int64_t last, bool with_state) {
  const auto snapshot = take_snapshot(run);
  const Config paper = with_furniture(snapshot->config(), furniture);
  FrameContent out;
  out.figure = furnished(figure_on_paper(id, *snapshot, paper), paper);
  out.figure.keep.push_back(snapshot);  // its marks are spans into it
  out.figure.caption = with_steady_step(std::move(out.figure.caption), snapshot->state.step, last);
  if (with_state) out.state = write_state_string(run, with_furniture(run.setup().config(), furniture));
  return out;
}

class ReplayFrames : public FrameSource {
 public:
  ReplayFrames(const Replay& replay, std::vector<std::int64_t> shown, std::string id,
               const GivenFurniture& furniture, bool with_state)
      : replay_(replay),
        shown_(std::move(shown)),
        id_(std::move(id)),
        furniture_(furniture),
        with_state_(with_state) {}

  int count() const override { return static_cast<int>(shown_.size()); }

  void each(const std::function<bool(MakeFrame)>& take) override {
    Run run = replay_.start;
    const std::int64_t first = run.state().step, last = first + shown_.back();
    auto next = shown_.begin();
    bool goes_on = true;
    Stepping stepping{.last = last, .edits = replay_.edits};
    std::erase_if(stepping.edits, [&](const TimedEdit& edit) { return edit.step > last; });
    stepping.on_state = [&] {
      if (!goes_on || next == shown_.end() || first + *next != run.state().step) return;
      ++next;
      // A run is copied at little cost. What is shown of it is made by another thread, alone.
      goes_on = take([run, last, this] {
        Run here = run;
        here.work_on(std::make_shared<ThreadPool>(1));
        return content_of(here, id_, furniture_, last, with_state_);
      });
    };
    stepping.goes_on = [&] { return goes_on; };
    step_through(run, stepping);
  }

 private:
  const Replay& replay_;
  std::vector<std::int64_t> shown_;
  std::string id_;
  const GivenFurniture& furniture_;
  bool with_state_;
};

}  // namespace

void Replay::note(const Run& run) {
  const Theta& theta = run.state().theta;
  const bool comparable = theta_.size() == theta.size() && !changes.empty();
  const double change = comparable ? (theta - theta_).norm() : 0;
  changes.push_back(std::isfinite(change) ? change : 0);
  theta_ = theta;
}

std::vector<std::int64_t> evenly_by_steps(std::int64_t last, std::optional<std::int64_t> every) {
  const std::int64_t apart = every.value_or(std::max<std::int64_t>(1, (last + kFrames - 1) / kFrames));
  std::vector<std::int64_t> out;
  for (std::int64_t at = 0; at < last; at += apart) out.push_back(at);
  out.push_back(last);
  return out;
}

std::vector<std::int64_t> evenly_by_change(const std::vector<double>& changes, std::size_t frames) {
  double way = 0;
  for (const double change : changes) way += change;
  const auto last = static_cast<std::int64_t>(changes.size()) - 1;
  std::vector<std::int64_t> out = {0};
  double gone = 0;
  for (std::int64_t at = 1; at < last; ++at) {
    gone += changes[static_cast<std::size_t>(at)];
    const double wanted = way * static_cast<double>(out.size()) / static_cast<double>(frames - 1);
    if (way > 0 && gone >= wanted && out.size() + 1 < frames) out.push_back(at);
  }
  if (last > 0) out.push_back(last);
  return out;
}

void animate(const Output& film, const RunOptions& options, const Replay& replay, const Run& run) {
  const std::int64_t last = run.state().step - replay.start.state().step;
  std::vector<std::int64_t> shown = evenly_by_steps(last, options.every);
  if (options.pace == "change") shown = evenly_by_change(replay.changes, shown.size());
  AnimationOptions look{export_options(options, true), options.fps, run.setup().scene.title};
  look.paper.metadata = write_state_string(run, with_furniture(run.setup().config(), options.furniture));
  ReplayFrames frames(replay, std::move(shown), film.id, options.furniture, film.animation->state_by_frame);
  Progress progress(!options.quiet && !options.json);
  const bool whole = write_animation(frames, film.path, *film.animation, look, run.pool(), [&](double done) {
    progress.say(film.path + ": " + std::to_string(std::lround(100 * done)) + " %");
    return replay.goes_on_after_signal || !interrupted();
  });
  if (!whole) throw InputError("interrupted: it is not written", {film.path, 0, 0}, ErrorKind::interrupted);
}

}  // namespace iem::cli
