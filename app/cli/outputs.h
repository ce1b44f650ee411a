// What `iemlab run` leaves behind: trace, state, dumps, figures, session, and its last words.
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace iem::cli {

struct Report {
  std::int64_t first_step = 0;
  std::string exit;  // steps | grad_norm | loss_change | non_finite | interrupted
  double wall_seconds = 0;
  std::vector<double> step_seconds;  // one a step
  std::vector<double> identity;  // identity_error at first_step, first_step + 1, ... when a trace is wanted
};

// Throws InputError when an option cannot be fulfilled: before anything is opened, and once the lab is known.
void check_outputs(const RunOptions& options);
void check_outputs(const RunOptions& options, const Run& run);

void write_outputs(const RunOptions& options, const Run& run, const Report& report);

void print_json(const Run& run, const Report& report);
void print_summary(const RunOptions& options, const Run& run, const Report& report);

}  // namespace iem::cli
