// Many draws of the runs, as they are shown: bands behind curves over steps, and the end of each draw.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/compare/draw_plan.h"
#include "core/labs/kit/lab.h"
#include "core/labs/kit/overlay.h"

namespace iem {

class SeenDraws {
 public:
  // One draw of a run at its end.
  struct End {
    std::string name;                          // "start 7"
    std::vector<Edit> settings;                // the settings that make this draw out of the run
    std::shared_ptr<const Snapshot> snapshot;  // with rows of all points where memory allows
    std::optional<double> best;                // J* of its points
    double loss() const { return snapshot->evaluation.loss; }
  };

  // `now` holds the runs that `plan` was made from, `drawn` the result of make_draws(). Draws that were
  // interrupted or have no finite end are left out.
  SeenDraws(const Comparison& now, const DrawPlan& plan, const std::vector<std::vector<DrawnRun>>& drawn);

  // How the draws are shown; can be changed without drawing again.
  struct Look {
    BandKind band = BandKind::deviation;
    bool single_lines = false;
  };
  SeenDraws(const SeenDraws& other, Look look);
  const Look& look() const { return look_; }

  // The largest number of draws of any run.
  std::size_t count() const;
  // The ends of the first run's draws; null where its settings have changed since they were drawn.
  const std::vector<End>* ends(const Snapshot& snapshot) const;
  // Adds bands behind the curves over steps of the runs whose settings have not changed since, and a sentence
  // to the caption. A figure without such curves is not changed.
  void add_to(Figure& figure, const Snapshot& snapshot, const View& view) const;

 private:
  struct OfRun {
    Config config;
    std::vector<End> ends;
  };
  // The bands of one figure, and what of the view, and which runs, they were made for.
  struct Bands {
    Config view;
    std::vector<std::pair<const OfRun*, int>> runs;  // with the hue that each has now
    Figure figure;
  };
  const OfRun* of(const Setup& setup) const;
  std::shared_ptr<const Bands> bands(const std::string& id, const Snapshot& snapshot, const View& view) const;

  std::vector<OfRun> runs_;
  std::set<std::string> drawn_keys_;  // those that differ from draw to draw
  Look look_;
  mutable std::mutex mutex_;  // slow figures are made on other threads
  mutable std::map<std::string, std::shared_ptr<const Bands>> bands_;  // by figure
};

}  // namespace iem
