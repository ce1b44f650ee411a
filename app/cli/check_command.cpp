// iemlab check: the identities on a scene after some steps, and the program's own promises.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/stepping.h"
#include "app/cli/tables.h"

namespace iem::cli {
namespace {

std::string number(double value) {
  if (std::isnan(value)) return "";
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", value);
  return text;
}

void print_table(const std::vector<CheckResult>& results) {
  std::size_t width = 5;
  for (const CheckResult& r : results) width = std::max(width, r.id.size());
  std::printf("      %s  %9s %9s  statement\n", padded("check", width).c_str(), "error", "allowed");
  for (const CheckResult& r : results)
    std::printf("%s  %s  %9s %9s  %s\n", status_name(r.status), padded(r.id, width).c_str(),
                number(r.error).c_str(), number(r.tolerance).c_str(),
                (r.reason.empty() ? r.statement : r.statement + " (" + r.reason + ")").c_str());
}

void print_json(const std::vector<CheckResult>& results) {
  auto json = nlohmann::ordered_json::array();
  for (const CheckResult& r : results) {
    nlohmann::ordered_json error = nullptr;
    if (std::isfinite(r.error)) error = r.error;
    json.push_back({{"id", r.id},
                    {"statement", r.statement},
                    {"error", error},
                    {"tolerance", r.tolerance},
                    {"status", status_name(r.status)},
                    {"reason", r.reason}});
  }
  std::printf("%s\n", json.dump(1).c_str());
}

// Ahead to the step, whatever the stop conditions say; false when the run became non-finite on the way.
bool advance(Run& run, std::int64_t last, bool show) {
  Progress progress(show);
  while (run.state().step < last) {
    if (run.step() == StepResult::non_finite) return false;
    progress.say("step " + std::to_string(run.state().step) + " of " + std::to_string(last));
  }
  return true;
}

}  // namespace

int check_command(const CheckOptions& options, const WindowHooks& hooks) {
  Run run = open_run(options, !options.json);
  const bool arrived = advance(run, run.state().step + options.steps, !options.json);
  std::vector<CheckResult> results = run_checks(*take_snapshot(run));
  for (CheckResult& result : run_program_checks(run.origin(), options.steps))
    results.push_back(std::move(result));
  if (hooks.field_twin) results.push_back(hooks.field_twin(run.setup().scene, options.steps));
  if (options.json) {
    print_json(results);
  } else {
    print_table(results);
  }
  for (const CheckResult& result : results)
    if (result.status == CheckStatus::fail) return 1;
  if (arrived) return 0;
  std::fflush(stdout);
  std::fprintf(stderr,
               "iemlab: the run became non-finite at step %lld (%s): the checks are of the step before\n",
               static_cast<long long>(run.divergence()->step), run.divergence()->quantity.c_str());
  return static_cast<int>(ErrorKind::non_finite);
}

}  // namespace iem::cli
