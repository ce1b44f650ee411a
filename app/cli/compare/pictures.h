// Figures of compared runs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/compare/results.h"
#include "core/config/config.h"
#include "core/figure/figure.h"
#include "core/labs/kit/overlay.h"
#include "core/run/snapshot.h"

namespace iem::cli {

// " Runs: GD; Adam, learning rate 0.03." `banded`: the figure that shows all draws, as bands; else null.
std::string runs_in_words(const Results& results, const CompareOptions& options, const Figure* banded);

// The runs that have begun, at their ends. A snapshot is made once for each run and draw.
class RunPictures {
 public:
  // Throws InputError where no run has begun. All three must outlive it.
  RunPictures(const Results& results, const CompareOptions& options, const Config& paper);

  // All runs in one figure.
  Figure figure(const std::string& id) const;

 private:
  struct Pictured {
    std::string name;
    int mark = 0;                // its hue and dash
    const Run* first = nullptr;  // its first draw
    std::vector<std::shared_ptr<const Snapshot>> draws;
    std::vector<Config> views;  // of each draw
  };
  std::vector<RunFigures> figures(const std::string& id) const;
  std::vector<RunFigures> maps() const;
  Figure figure_together(const std::string& id) const;
  Figure with_words(Figure figure) const;

  const Results& results_;
  const CompareOptions& options_;
  const Config& paper_;
  std::vector<Pictured> runs_;
};

}  // namespace iem::cli
