// iemlab check: the identities on a scene after some steps, and the program's own promises.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/stepping.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "core/expression/condition_checks.h"
#include "core/run/divergence.h"
#include "core/run/fault.h"
#include "core/session/program_checks.h"

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
  const auto right = [](const std::string& text) {
    return std::string(text.size() < 9 ? 9 - text.size() : 0, ' ') + text;
  };
  const auto row = [&](const std::string& status, const std::string& id, const std::string& error,
                       const std::string& allowed, const std::string& statement) {
    print_line(status + "  " + padded(id, width) + "  " + right(error) + " " + right(allowed) + "  " +
               statement);
  };
  row("    ", "check", "error", "allowed", "statement");
  for (const CheckResult& r : results)
    row(status_name(r.status), r.id, number(r.error), number(r.tolerance),
        r.reason.empty() ? r.statement : r.statement + " (" + r.reason + ")");
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
  print_json_text(json, true);
}

// Steps to `last` regardless of stop conditions; false when the run became non-finite on the way.
bool advance(Run& run, std::int64_t last, bool show) {
  Progress progress(show);
  while (run.state().step < last) {
    if (run.step() == StepResult::non_finite) return false;
    progress.say("step " + std::to_string(run.state().step) + " of " + std::to_string(last));
  }
  return !is_broken(run);
}

}  // namespace

int check_command(const CheckOptions& options, const WindowHooks& hooks) {
  end_on_interrupt();
  Run run = open_run(options, !options.json);
  say_notes(run);
  const bool arrived = advance(run, run.state().step + options.steps, !options.json);
  std::vector<CheckResult> results = run_checks(*take_snapshot(run));
  for (CheckResult& result : run_program_checks(run.origin(), options.steps))
    results.push_back(std::move(result));
  // Conditions hold for the scene as it is written, so they are checked without --set and --seed only.
  if (options.set.empty() && !options.seed)
    for (CheckResult& result : run_condition_checks(run.origin(), run.shared_pool()))
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
  say_error(divergence_line(run));
  return static_cast<int>(ErrorKind::non_finite);
}

}  // namespace iem::cli
