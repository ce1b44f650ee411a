// Many draws of the runs on screen: bands behind their curves over steps, and where each draw has come to.
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
    std::vector<Edit> settings;                // what makes it of the run that it is a draw of
    std::shared_ptr<const Snapshot> snapshot;  // with a row of every point where there is room for all
    std::optional<double> best;                // J* of its points
    double loss() const { return snapshot->evaluation.loss; }
  };

  // `now`: the runs that `plan` was made of; `drawn`: what make_draws() made of it. Draws that were
  // interrupted or came to no finite end do not count.
  SeenDraws(const Comparison& now, const DrawPlan& plan, const std::vector<std::vector<DrawnRun>>& drawn);

  // The same draws in another look.
  struct Look {
    BandKind band = BandKind::deviation;
    bool single_lines = false;
  };
  SeenDraws(const SeenDraws& other, Look look);
  const Look& look() const { return look_; }

  // How many of the run that has most.
  std::size_t count() const;
  // Those of the first run; null: it is set otherwise by now than when they were drawn.
  const std::vector<End>* ends(const Snapshot& snapshot) const;
  // Bands behind the curves over steps of the runs that are still set as they were, and a sentence in the
  // caption. A figure without such curves stays as it is.
  void add_to(Figure& figure, const Snapshot& snapshot, const View& view) const;

 private:
  struct OfRun {
    Config config;
    std::vector<End> ends;
  };
  // Of one figure: what it was made for, and its bands.
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
  mutable std::mutex mutex_;  // slow figures are made on threads of their own
  mutable std::map<std::string, std::shared_ptr<const Bands>> bands_;  // by figure
};

}  // namespace iem
