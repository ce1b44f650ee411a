#include "app/cli/stepping.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <span>

#include "app/cli/interrupt.h"
#include "core/base/at_place.h"
#include "core/base/utf8.h"
#include "core/compare/run_to.h"
#include "core/config/idle_keys.h"
#include "core/labs/kit/lab.h"
#include "core/session/compare_tables.h"

namespace iem::cli {
namespace {

// Makes an edit; an error names the edit.
void make_edit(const TimedEdit& timed, Run& run) {
  try {
    run.apply(timed.edit);
  } catch (const InputError& error) {
    throw InputError("--at " + std::to_string(timed.step) + ": " + error.message(), {}, error.kind());
  }
}

}  // namespace

std::vector<TimedEdit> parse_edits(const std::vector<std::string>& texts) {
  std::vector<TimedEdit> out;
  for (const std::string& text : texts) {
    const Edit edit = parse_timed_edit(text, "--at");
    out.push_back({text, edit.step, {edit.key, edit.value, 0}});
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.step < b.step; });
  return out;
}

namespace {

// Idle keys are checked after all edits of one step are made, since each may switch off the key of another.
void refuse_idle_edits(std::span<const TimedEdit> edits, const Run& run) {
  for (const TimedEdit& timed : edits) {
    if (timed.edit.is_state()) continue;
    const Config& config = run.setup().config();
    if (is_idle(config, timed.edit.key))
      throw InputError("--at " + printable(timed.text) + ": " + idle_sentence(config, timed.edit.key));
  }
}

}  // namespace

void refuse_start(const Config& config, const std::string& key, const std::string& remedy) {
  const Parameter* parameter = config.table().find(key);
  if (!parameter || parameter->effect != Effect::start) return;  // none: a block of the state
  throw InputError(key + " says how a run begins and does not change one under way; " + remedy);
}

Run rehearse_edits(const std::vector<TimedEdit>& edits, const Run& run, std::int64_t last) {
  Run rehearsal = run;
  const std::string remedy = run.state().step > 0 ? kGiveTheScene : "give it with --set";
  for (std::size_t i = 0, first = 0; i < edits.size(); ++i) {
    const TimedEdit& timed = edits[i];
    if (timed.step < run.state().step)
      throw InputError("--at " + timed.text + ": the run is already at step " +
                       std::to_string(run.state().step));
    if (timed.step > last)
      throw InputError("--at " + timed.text + ": the run ends at step " + std::to_string(last));
    make_edit(timed, rehearsal);
    at_place({"--at " + printable(timed.text)}, "",
             [&] { refuse_start(rehearsal.setup().config(), timed.edit.key, remedy); });
    if (i + 1 < edits.size() && edits[i + 1].step == timed.step) continue;
    refuse_idle_edits(std::span(edits).subspan(first, i + 1 - first), rehearsal);
    first = i + 1;
  }
  return rehearsal;
}

std::int64_t target_step(std::optional<std::int64_t> steps, const Run& run) {
  constexpr std::int64_t kPatience = 1'000'000;  // the most steps, if a stop condition is never met
  const std::int64_t here = run.state().step;
  if (steps) return here + *steps;
  const Config& config = run.setup().config();
  if (config.integer("schedule.stop_steps") > 0) return std::max(here, config.integer("schedule.stop_steps"));
  const bool other =
      config.real("schedule.stop_grad_norm") > 0 || config.real("schedule.stop_loss_change") > 0;
  return here + (other ? kPatience : 100);
}

void Durations::add(double seconds) {
  constexpr std::size_t kMost = 1 << 16;
  if (seen_++ % stride_ != 0) return;
  seconds_.push_back(seconds);
  if (seconds_.size() < kMost) return;
  for (std::size_t i = 0; i < kMost / 2; ++i) seconds_[i] = seconds_[2 * i];
  seconds_.resize(kMost / 2);
  stride_ *= 2;
}

double Durations::median() const {
  if (seconds_.empty()) return 0;
  std::vector<double> values = seconds_;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string step_through(Run& run, const Stepping& stepping) {
  auto next_edit = stepping.edits.begin();
  OnTheWay way;
  way.at_state = [&] {
    for (; next_edit != stepping.edits.end() && next_edit->step == run.state().step; ++next_edit)
      make_edit(*next_edit, run);
    if (stepping.on_state) stepping.on_state();
  };
  way.goes_on = [] { return !interrupted(); };
  if (stepping.step_seconds) way.after_step = [&](double seconds) { stepping.step_seconds->add(seconds); };
  return run_to(run, stepping.last, way);
}

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

void Progress::say_done(const std::string& file, double done) {
  say(file + ": " + std::to_string(std::lround(100 * done)) + " %");
}

void Progress::say_replay(std::int64_t step, std::int64_t last) {
  say("replaying: step " + std::to_string(step) + " of " + std::to_string(last));
}

}  // namespace iem::cli
