// iemlab run: steps a scene without a window and writes what was asked for.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "app/cli/terminal.h"
#include "core/labs/kit/lab.h"
#include "core/run/divergence.h"
#include "core/run/identity.h"

namespace iem::cli {
namespace {

std::string progress_line(const Run& run, std::int64_t last) {
  char line[96];
  std::snprintf(line, sizeof line, "step %lld of %lld  J = %.6g", static_cast<long long>(run.state().step),
                static_cast<long long>(last), run.evaluation().loss);
  return line;
}

void step_to_the_end(Run& run, Stepping stepping, const RunOptions& options, Report& report) {
  using Clock = std::chrono::steady_clock;
  report.first_step = run.state().step;
  Progress progress(!options.quiet && !options.json);
  stepping.step_seconds = &report.step_seconds;
  stepping.on_state = [&] {
    if (report.trace) report.trace->add(run);
    progress.say(progress_line(run, stepping.last));
  };
  const auto begin = Clock::now();
  report.exit = step_through(run, stepping);
  report.wall_seconds = std::chrono::duration<double>(Clock::now() - begin).count();
}

}  // namespace

int run_command(const RunOptions& options) {
  end_on_interrupt();
  // Options are checked first, so that errors do not appear after an hour of steps.
  const std::vector<Output> outputs = parse_outputs(options);
  check_outputs(outputs, options);
  Stepping stepping{.edits = parse_edits(options.at)};
  Run run = open_run(options, !options.quiet && !options.json);
  check_outputs(outputs, options, run);
  stepping.last = target_step(options.steps, run);
  Report report;
  const Run rehearsed = rehearse_edits(stepping.edits, run, stepping.last);
  if (!options.trace.empty())
    report.trace = std::make_unique<TraceFile>(options.trace, rehearsed.setup(), table_metric_ids(rehearsed));

  say_notes(run);
  say_notes(rehearsed);
  note_interrupts();
  step_to_the_end(run, std::move(stepping), options, report);
  std::vector<std::string> written;
  nlohmann::ordered_json about;
  const int failed = write_outputs(outputs, options, run, report, about, written);
  if (options.json) {
    print_json(run, report, about);
  } else if (!options.quiet) {
    print_summary(written, run, report);
  }
  if (report.exit == "non_finite") {
    say_error(divergence_line(run));
    // The exit code for a non-finite run takes precedence over that of a figure that has nothing to show.
    const bool other = failed != 0 && failed != static_cast<int>(ErrorKind::bad_input);
    return other ? failed : static_cast<int>(ErrorKind::non_finite);
  }
  if (failed != 0) return failed;
  return report.exit == "interrupted" ? kInterrupted : 0;
}

}  // namespace iem::cli
