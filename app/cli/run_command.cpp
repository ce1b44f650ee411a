// iemlab run: steps a scene without a window and writes what was asked for.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/outputs.h"
#include "core/check/identity.h"
#include "core/lab/lab.h"

namespace iem::cli {
namespace {

using Clock = std::chrono::steady_clock;

std::atomic<bool> interrupted = false;
void on_interrupt(int) { interrupted = true; }

struct TimedEdit {
  std::int64_t step = 0;
  Edit edit;
};

// STEP:key.path=VALUE, sorted by step; edits at one step keep their order.
std::vector<TimedEdit> parse_edits(const std::vector<std::string>& texts) {
  std::vector<TimedEdit> out;
  for (const std::string& text : texts) {
    const std::size_t colon = text.find(':');
    const bool number = colon != std::string::npos && colon > 0 && colon < 16 &&
                        text.find_first_not_of("0123456789") == colon;
    if (!number) throw InputError("--at " + text + ": must be STEP:key.path=VALUE");
    Assignment assignment = parse_assignment(text.substr(colon + 1), "--at");
    out.push_back({std::stoll(text.substr(0, colon)), {assignment.key, std::move(assignment.value)}});
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.step < b.step; });
  return out;
}

std::int64_t target_step(const RunOptions& options, const Run& run) {
  if (options.steps) return run.state().step + *options.steps;
  const Config& config = run.setup().config();
  if (config.integer("schedule.stop_steps") > 0) return config.integer("schedule.stop_steps");
  const bool other =
      config.real("schedule.stop_grad_norm") > 0 || config.real("schedule.stop_loss_change") > 0;
  constexpr std::int64_t kPatience = 1'000'000;  // for a stop condition that is never met
  return other ? kPatience : 100;
}

class Progress {
 public:
  explicit Progress(bool on) : on_(on && isatty(STDERR_FILENO)) {}
  ~Progress() {
    if (shown_) std::fprintf(stderr, "\r\033[K");
  }
  void at(std::int64_t step, std::int64_t last, double loss) {
    if (!on_ || Clock::now() < next_) return;
    std::fprintf(stderr, "\r\033[Kstep %lld of %lld  J = %.6g", static_cast<long long>(step),
                 static_cast<long long>(last), loss);
    std::fflush(stderr);
    shown_ = true;
    next_ = Clock::now() + std::chrono::milliseconds(100);
  }

 private:
  bool on_, shown_ = false;
  Clock::time_point next_ = Clock::now() + std::chrono::milliseconds(300);
};

// Steps until the target, a stop condition, a divergence or Ctrl-C; edits are made on the way.
std::string step_through(Run& run, const RunOptions& options, Report& report) {
  const std::vector<TimedEdit> edits = parse_edits(options.at);
  const std::int64_t last = target_step(options, run);
  Progress progress(!options.quiet && !options.json);
  auto next_edit = edits.begin();
  while (true) {
    for (; next_edit != edits.end() && next_edit->step <= run.state().step; ++next_edit)
      if (next_edit->step == run.state().step) run.apply(next_edit->edit);
    if (!options.trace.empty()) report.identity.push_back(identity_error(run));
    if (run.state().step >= last) return "steps";
    if (interrupted) return "interrupted";
    const auto begin = Clock::now();
    const StepResult result = run.step();
    report.step_seconds.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
    progress.at(run.state().step, last, run.evaluation().loss);
    if (result == StepResult::non_finite) return "non_finite";
    if (result != StepResult::stepped) {
      if (!options.trace.empty()) report.identity.push_back(identity_error(run));
      return result == StepResult::grad_norm ? "grad_norm" : "loss_change";
    }
  }
}

}  // namespace

int run_command(const RunOptions& options) {
  check_outputs(options);  // a bad figure id must not surface after an hour of steps
  Run run = open_run(options);
  check_outputs(options, run);
  std::signal(SIGINT, on_interrupt);
  Report report;
  report.first_step = run.state().step;
  const auto begin = Clock::now();
  report.exit = step_through(run, options, report);
  report.wall_seconds = std::chrono::duration<double>(Clock::now() - begin).count();

  write_outputs(options, run, report);
  if (options.json) {
    print_json(run, report);
  } else if (!options.quiet) {
    print_summary(options, run, report);
  }
  if (report.exit == "non_finite") {
    std::fprintf(stderr, "iemlab: %s: the run became non-finite at step %lld (%s)\n", options.scene.c_str(),
                 static_cast<long long>(run.divergence()->step), run.divergence()->quantity.c_str());
    return 3;
  }
  return report.exit == "interrupted" ? 130 : 0;
}

}  // namespace iem::cli
