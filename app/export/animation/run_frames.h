// The frames of an animation of runs: they go to one step after the other once more, as often as they are
// needed, so that a long run takes no more memory than a short one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/export/animation/animation.h"
#include "core/figure/arrow_scale.h"
#include "core/run/comparison.h"
#include "core/run/run.h"

namespace iem {

// What a panel of an animation shows: a run, alone or with the runs beside it.
class Filmed {
 public:
  Filmed(Run run) : runs_(std::move(run)) {}
  Filmed(Comparison runs) : runs_(std::move(runs)) {}

  const Run& first() const;
  std::shared_ptr<const Snapshot> snapshot() const;
  void seek(std::int64_t step);
  void work_on(const std::shared_ptr<ThreadPool>& pool);

 private:
  std::variant<Run, Comparison> runs_;
};

// One panel: it goes from step `first` to step `last` and stands there while others go on.
struct FilmedPanel {
  Filmed runs;
  std::int64_t first = 0, last = 0;
  // Arrows drawn longer than they are have one scale in all frames, and in all panels that share it.
  std::shared_ptr<ArrowScale> arrows = std::make_shared<ArrowScale>();
};

class RunFrames : public FrameSource {
 public:
  // What is shown of all panels at one time. On any thread; the runs are copies of its own.
  using Show = std::function<FrameContent(const std::vector<Filmed>& here)>;

  // `times`: which ones are shown, at least one, ascending, as steps from the first of each panel.
  RunFrames(std::vector<FilmedPanel> panels, std::vector<std::int64_t> times, Show show)
      : panels_(std::move(panels)),
        times_(std::move(times)),
        show_(std::move(show)) {}

  int count() const override { return static_cast<int>(times_.size()); }
  void each(const std::function<bool(MakeFrame)>& take) override;
  bool are_measured() override;

 private:
  std::vector<FilmedPanel> panels_;
  std::vector<std::int64_t> times_;
  Show show_;
};

// Which times of these panels are shown: every n-th and the last, some 200 without `every`; with `by_change`
// as many, but at equal change of the parameters. Each panel counts by its share of its own way.
std::vector<std::int64_t> times_of(const std::vector<FilmedPanel>& panels, std::optional<std::int64_t> every,
                                   bool by_change);

// The figure `id` as `paper` shows it in a panel of an animation, without its furniture.
Figure figure_in_film(const Filmed& here, const std::string& id, const Config& paper,
                      const FilmedPanel& panel);

// A frame of one figure of a run, with the furniture of `paper`; `with_state`: and with what reopens it
// there.
FrameContent frame_of(Figure plain, const Run& run, const Config& paper, bool with_state);

// "step 8" in a caption with blanks as wide as digits before it, so that the words after it stay where they
// are up to step `last`.
std::string with_steady_step(std::string caption, std::int64_t step, std::int64_t last);

// Which states are shown, as indices from 0 to `last`: every n-th and the last. Without `every` there are at
// most some 200.
std::vector<std::int64_t> evenly_by_steps(std::int64_t last, std::optional<std::int64_t> every);
std::int64_t how_many_by_steps(std::int64_t last, std::int64_t every);
// As many as `frames`, but at equal distances along the way that `changes` are the pieces of; no state twice,
// the first and the last among them.
std::vector<std::int64_t> evenly_by_change(const std::vector<double>& changes, std::size_t frames);

}  // namespace iem
