// What `iemlab run` leaves behind: trace, state, dumps, figures, session, and its last words.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/cli/output.h"
#include "app/cli/stepping.h"
#include "app/cli/trace_file.h"

namespace iem::cli {

struct Report {
  std::int64_t first_step = 0;
  std::string exit;  // steps | grad_norm | loss_change | non_finite | interrupted
  double wall_seconds = 0;
  Durations step_seconds;
  std::unique_ptr<TraceFile> trace;  // with every step up to the last; null: none is wanted
};

// Throws InputError when an option cannot be fulfilled: before anything is opened, and once the lab is known.
void check_outputs(const std::vector<Output>& outputs, const RunOptions& options);
void check_outputs(const std::vector<Output>& outputs, const RunOptions& options, const Run& run);

// Every file that can be written is: a line on standard error for each that cannot, and the exit code of the
// first of them, else 0. `written` names the others. The session comes first: it is what the rest can be made
// from again.
int write_outputs(const std::vector<Output>& outputs, const RunOptions& options, const Run& run,
                  const Report& report, std::vector<std::string>& written);

void print_json(const Run& run, const Report& report);
void print_summary(const std::vector<std::string>& written, const Run& run, const Report& report);

}  // namespace iem::cli
