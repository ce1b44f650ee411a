// The frames of an animation of a run: it goes to one step after the other once more, as often as they are
// needed, so that a long run takes no more memory than a short one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/export/animation/animation.h"
#include "core/run/run.h"

namespace iem {

class RunFrames : public FrameSource {
 public:
  // What is shown of the run at a step. On any thread; the run is a copy of its own.
  using Show = std::function<FrameContent(const Run& here)>;

  // `steps`: which ones are shown, at least one, ascending, none after the run's last.
  RunFrames(Run run, std::vector<std::int64_t> steps, Show show)
      : run_(std::move(run)),
        steps_(std::move(steps)),
        show_(std::move(show)) {}

  int count() const override { return static_cast<int>(steps_.size()); }
  void each(const std::function<bool(MakeFrame)>& take) override;

 private:
  Run run_;
  std::vector<std::int64_t> steps_;
  Show show_;
};

// How far the parameters of a run went from step to step.
class Way {
 public:
  // At every state, one after the other, the first one included.
  void note(const Run& run);
  std::int64_t first() const { return first_; }  // the step of the first state
  // By how much the parameters changed from the state before, for each state; 0 for the first, and where an
  // edit gave them another shape.
  const std::vector<double>& changes() const { return changes_; }

 private:
  std::int64_t first_ = 0;
  std::vector<double> changes_;
  Theta theta_;
};

// The figure `id` as `paper` shows it, with its furniture, as a frame of an animation up to step `last`.
FrameContent frame_on_paper(const Run& here, const std::string& id, const Config& paper, std::int64_t last);

// "step 8" in a caption with blanks as wide as digits before it, so that the words after it stay where they
// are up to step `last`.
std::string with_steady_step(std::string caption, std::int64_t step, std::int64_t last);

// Which states are shown, as indices from 0 to `last`: every n-th and the last. Without `every` there are at
// most some 200.
std::vector<std::int64_t> evenly_by_steps(std::int64_t last, std::optional<std::int64_t> every);
// As many as `frames`, but at equal distances along the way that `changes` are the pieces of; no state twice,
// the first and the last among them.
std::vector<std::int64_t> evenly_by_change(const std::vector<double>& changes, std::size_t frames);

}  // namespace iem
