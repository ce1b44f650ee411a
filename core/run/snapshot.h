// An immutable picture of a run at one step, which the window, the exporters and the tests read. Only the
// engine reads a live Run.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/evaluation.h"
#include "core/run/diagnosis.h"
#include "core/run/opening.h"
#include "core/run/run.h"

namespace iem {

// The lab's identity for a fixed sample of points, claimed and computed independently (math.md section 8):
// -r_ij against dL_i/dd_ij unless the lab has another one.
struct IdentitySample {
  std::vector<Eigen::Index> points;   // which points
  Eigen::MatrixXd claimed, computed;  // points x K; NaN where there is nothing to compare
  std::vector<Eigen::Index> columns;  // which components; empty: all
  double largest_difference = 0;
};

// A quantity that theory knows exactly, beside the value measured in the run.
struct ExactQuantity {
  std::string symbol;  // TeX: "\\angle w"
  std::string label;   // "angle"
  double measured = 0, theory = 0;
  double tolerance = 0;  // they agree if |measured - theory| is at most this
  std::string unit = {};
  bool holds() const { return std::abs(measured - theory) <= tolerance; }  // false for NaN
};

// The path of a run through parameter space: some of its states in order, the first and the last known
// included.
using Path = std::vector<std::shared_ptr<const Keyframe>>;
Path path_of(const Run& run);

struct Snapshot;

// Another run beside this one (core/run/comparison.h): its history, its path, and its state at the same step
// or, if it has ended before, at its last one.
struct ComparedRun {
  std::string label;
  History history;
  Path path;
  int mark = 1;         // its hue and dash, 0 to 7
  bool kept = false;    // a discarded future, of which only the history is left
  bool shown = true;    // false: hidden by the user, who can show it again
  std::string differs;  // in which settings it differs now, in words; empty: in none
  std::shared_ptr<const Setup> setup;
  RunState state;
  Evaluation evaluation;  // at `state`, sums only
  std::optional<Divergence> divergence;
  std::shared_ptr<const Snapshot> whole;  // for a stage of its own; null unless asked for
};

// A run as it is now, under this name, with its hue and dash.
ComparedRun compared_run(const Run& run, std::string label, int mark);

// Numbers that a lab's figures need besides the evaluation and that are too expensive to compute for each
// figure (Problem::detail).
struct LabDetail {
  virtual ~LabDetail() = default;
};

struct Snapshot {
  std::shared_ptr<const Setup> setup;
  RunState state;
  double temperature = 1;
  Evaluation evaluation;  // with rows (N x K) where rows_limit allows or somebody asked
  Theta gradient_target;  // where plain gradient descent with the present learning rate would go; empty: not
                          // a rule with one
  Theta em_target;        // where EM would go; empty when there is none
  Theta next;  // where the present rule goes in the next step, when it is deterministic; else empty
  IdentitySample identity;
  std::vector<ExactQuantity> exact;  // what is known exactly of such runs; empty: nothing (Problem::exact)
  std::shared_ptr<const LabDetail> detail;  // may be null
  History history;
  std::vector<ComparedRun> lanes;
  std::shared_ptr<const void> beside;   // Run::beside
  bool beside_as_opened = true;         // Run::beside_as_opened
  std::string name;                     // what this run is called beside those; empty: it is alone
  int mark = 0;                         // its own hue and dash beside those
  std::vector<std::int64_t> keyframes;  // steps
  std::int64_t first_step = 0;          // the first one known (Run::first_step)
  std::int64_t first_kept = 0;          // the first one that is reached without a replay (Run::first_kept)
  std::shared_ptr<const Past> past;     // Run::past
  std::string doubt;  // why this run, or one beside it, is not proven (Run::doubt); empty: all are
  Path path;
  std::vector<Edit> edits;  // of the whole run, also those after `state.step`
  std::optional<Divergence> divergence;
  std::vector<Diagnosis> diagnoses;  // what goes wrong, the worst first (Problem::diagnose)
  std::shared_ptr<const Opening>
      opening;                       // which of the runs opened in an engine this is; null outside of one
  std::vector<std::string> waiting;  // labs with a run that can be shown again (Engine::show_lab)
  bool playing = false;
  bool can_undo = false, can_redo = false;
  std::string finished;      // why playing stopped by itself ("stop_grad_norm reached"); empty otherwise
  std::uint64_t serial = 0;  // increases with every published snapshot

  const Config& config() const { return setup->config(); }
  const Dataset& data() const { return *setup->data; }
  const Model& model() const { return *setup->model; }
  std::int64_t last_step() const { return history.size() - 1; }
  std::vector<const ComparedRun*> shown_lanes() const;  // without those that the user has hidden
};

// Everything above from a run (single-threaded use: command line, tests, exporters). N x K rows are made when
// N * K <= rows_limit. The caller may change it until it is shared.
std::shared_ptr<Snapshot> take_snapshot(const Run& run, std::int64_t rows_limit = 4'000'000);

}  // namespace iem
