// Evaluates expressions: on a run at its present step, on the same run at other steps, and on other runs from
// the same start. Runs are made and stepped as expressions ask for them, on the caller's thread; the run that
// is passed in is not changed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/expression/expression.h"
#include "core/run/run.h"

namespace iem {

// Thrown when `stopped` returns true.
struct EvaluationStopped {};

// Whether a value of it may take other runs, or other steps of the run: what is read off a run as it stands
// takes none.
bool makes_runs(const Expression& expression);

class Evaluator {
 public:
  // A name without @ is read from `run` as it is, which for a scene just opened is its start. `stopped` is
  // called at every step.
  explicit Evaluator(const Run& run, std::function<bool()> stopped = nullptr);

  // Throws InputError for names, indices and settings that do not exist, and for what would take more than
  // kMostSteps steps. For a run that became non-finite before the step asked for, every number is nan.
  Tensor value(const Expression& expression);

  static constexpr std::int64_t kMostSteps = 200'000;  // of all runs together

 private:
  // Which run, and at which step; none: where it stands.
  struct Place {
    std::string run;  // the changes it differs by, one a line
    std::vector<Expression::Change> changes;
    std::int64_t step = 0;
  };
  Tensor value(const Expression& e, const Place& at);
  Tensor name_value(const std::string& name, std::span<const double> arguments, const Place& at);
  Tensor call_value(const Expression& e, const Place& at);
  Tensor steps_to(const Expression& e, const Place& at);
  Tensor over(const Expression& e, const Place& at);
  std::int64_t step_value(const Expression& e, const Place& at);
  Place changed(const Place& at, const std::vector<Expression::Change>& changes) const;
  Run& run_at(const Place& at);
  Run& run_of(const Place& at);
  Run fresh(const Place& at);
  void advance(Run& run, std::int64_t step);
  void count_step();

  Run origin_;
  std::function<bool()> stopped_;
  std::map<std::string, Run> runs_;
  std::map<std::string, Tensor> known_;  // small numbers met before, by run, step and name
  std::int64_t steps_ = 0;
};

}  // namespace iem
