// iemlab run: steps a scene without a window and writes what was asked for.
#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "core/check/identity.h"
#include "core/lab/lab.h"

namespace iem::cli {
namespace {

std::string progress_line(const Run& run, std::int64_t last) {
  char line[96];
  std::snprintf(line, sizeof line, "step %lld of %lld  J = %.6g", static_cast<long long>(run.state().step),
                static_cast<long long>(last), run.evaluation().loss);
  return line;
}

Report stepped(Run& run, Stepping stepping, const RunOptions& options) {
  using Clock = std::chrono::steady_clock;
  Report report;
  report.first_step = run.state().step;
  Progress progress(!options.quiet && !options.json);
  stepping.step_seconds = &report.step_seconds;
  stepping.on_state = [&] {
    if (!options.trace.empty()) report.identity.push_back(identity_error(run));
    progress.say(progress_line(run, stepping.last));
  };
  const auto begin = Clock::now();
  report.exit = step_through(run, stepping);
  report.wall_seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return report;
}

}  // namespace

int run_command(const RunOptions& options) {
  // What cannot be done must not surface after an hour of steps.
  check_outputs(options);
  Stepping stepping{.edits = parse_edits(options.at)};
  Run run = open_run(options, !options.quiet && !options.json);
  check_outputs(options, run);
  stepping.last = target_step(options.steps, run);
  check_edits(stepping.edits, run, stepping.last);

  catch_interrupts();
  const Report report = stepped(run, std::move(stepping), options);
  write_outputs(options, run, report);
  if (options.json) {
    print_json(run, report);
  } else if (!options.quiet) {
    print_summary(options, run, report);
  }
  if (report.exit == "non_finite") {
    std::fflush(stdout);
    std::fprintf(stderr, "iemlab: the run became non-finite at step %lld (%s)\n",
                 static_cast<long long>(run.divergence()->step), run.divergence()->quantity.c_str());
    return static_cast<int>(ErrorKind::non_finite);
  }
  return report.exit == "interrupted" ? 130 : 0;
}

}  // namespace iem::cli
