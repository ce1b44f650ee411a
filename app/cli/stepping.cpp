#include "app/cli/stepping.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>

#include "core/base/utf8.h"
#include "core/lab/lab.h"

namespace iem::cli {
namespace {

std::atomic<bool> interrupt_seen = false;
static_assert(std::atomic<bool>::is_always_lock_free);  // or a signal handler must not touch it

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

void check_edit(const Edit& edit, const Run& run) {
  if (edit.is_state()) {
    std::vector<std::string> known;
    for (const NamedTensor& block : run.setup().model->natural(run.state().theta))
      known.push_back("state." + block.name);
    if (std::find(known.begin(), known.end(), edit.key) == known.end())
      throw InputError(printable(edit.key) + ": must be one of " + joined(known));
    return;
  }
  Config probe = run.setup().config();
  probe.set(edit.key, edit.value);
}

// The error of an edit, saying which one it was.
InputError at_error(const TimedEdit& timed, const InputError& error) {
  return InputError("--at " + std::to_string(timed.step) + ": " + error.message(), {}, error.kind());
}

const char* exit_name(StepResult result) {
  switch (result) {
    case StepResult::stepped: return "steps";
    case StepResult::grad_norm: return "grad_norm";
    case StepResult::loss_change: return "loss_change";
    case StepResult::non_finite: return "non_finite";
  }
  return "";
}

}  // namespace

std::vector<TimedEdit> parse_edits(const std::vector<std::string>& texts) {
  std::vector<TimedEdit> out;
  for (const std::string& text : texts) {
    const std::size_t colon = text.find(':');
    const bool number = colon != std::string::npos && colon > 0 && colon < 16 &&
                        text.find_first_not_of("0123456789") == colon;
    if (!number) throw InputError("--at " + printable(text) + ": must be STEP:key.path=VALUE");
    Assignment assignment = parse_assignment(text.substr(colon + 1), "--at");
    out.push_back({text, std::stoll(text.substr(0, colon)), {assignment.key, std::move(assignment.value)}});
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.step < b.step; });
  return out;
}

void check_edits(const std::vector<TimedEdit>& edits, const Run& run, std::int64_t last) {
  for (const TimedEdit& timed : edits) {
    if (timed.step < run.state().step)
      throw InputError("--at " + timed.text + ": the run is already at step " +
                       std::to_string(run.state().step));
    if (timed.step > last)
      throw InputError("--at " + timed.text + ": the run ends at step " + std::to_string(last));
    try {
      check_edit(timed.edit, run);
    } catch (const InputError& error) {
      throw at_error(timed, error);
    }
  }
}

std::int64_t target_step(std::optional<std::int64_t> steps, const Run& run) {
  constexpr std::int64_t kPatience = 1'000'000;  // for a stop condition that is never met
  const std::int64_t here = run.state().step;
  if (steps) return here + *steps;
  const Config& config = run.setup().config();
  if (config.integer("schedule.stop_steps") > 0) return std::max(here, config.integer("schedule.stop_steps"));
  const bool other =
      config.real("schedule.stop_grad_norm") > 0 || config.real("schedule.stop_loss_change") > 0;
  return here + (other ? kPatience : 100);
}

std::string step_through(Run& run, const Stepping& stepping) {
  using Clock = std::chrono::steady_clock;
  auto next_edit = stepping.edits.begin();
  StepResult result = StepResult::stepped;
  while (true) {
    for (; next_edit != stepping.edits.end() && next_edit->step == run.state().step; ++next_edit) {
      try {
        run.apply(next_edit->edit);
      } catch (const InputError& error) {
        throw at_error(*next_edit, error);
      }
    }
    if (stepping.on_state) stepping.on_state();
    if (result != StepResult::stepped) return exit_name(result);
    if (run.state().step >= stepping.last) return "steps";
    if (interrupted()) return "interrupted";
    const auto begin = Clock::now();
    result = run.step();
    if (stepping.step_seconds)
      stepping.step_seconds->push_back(std::chrono::duration<double>(Clock::now() - begin).count());
    if (result == StepResult::non_finite) return exit_name(result);
  }
}

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = [](int) { interrupt_seen = true; };
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

bool interrupted() { return interrupt_seen; }

Progress::Progress(bool wanted) : on_(wanted && isatty(STDERR_FILENO)) {}

Progress::~Progress() {
  if (shown_) std::fprintf(stderr, "\r\033[K");
}

void Progress::say(const std::string& line) {
  if (!on_ || Clock::now() < next_) return;
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
  shown_ = true;
  next_ = Clock::now() + std::chrono::milliseconds(100);
}

}  // namespace iem::cli
