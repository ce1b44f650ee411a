#include "core/run/engine.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/run/new_start.h"

namespace iem {
namespace {

constexpr std::size_t kMostUndo = 200;

}  // namespace

Engine::Engine(Run run, std::function<void()> on_publish, Executor& from,
               std::function<Clock::time_point()> now)
    : on_publish_(std::move(on_publish)),
      runs_(Run(run)),
      opening_(opening_of(run)),
      now_(std::move(now)) {
  publish();  // a snapshot exists from the first moment
  // The runs beside it may have rates to be found and steps to be taken first.
  if (!run.origin().compare.empty())
    post([this, run = std::move(run)] {
      std::vector<std::string> refused;
      runs_ = Comparison(run, refused, until_ended());
      say_all(refused);
    });
  thread_ = from.begin([this] { serve(); });
}

Engine::~Engine() {
  end_replays();
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Engine::post(std::function<void()> command) {
  {
    std::lock_guard lock(mutex_);
    commands_.push_back(std::move(command));
  }
  wake_.notify_all();
}

void Engine::serve() {
  std::unique_lock lock(mutex_);
  while (true) {
    if (commands_.empty() && !playing_) {
      busy_ = false;
      idle_.notify_all();
      wake_.wait(lock, [this] { return stop_ || !commands_.empty(); });
    }
    if (stop_) return;
    busy_ = true;
    std::deque<std::function<void()>> commands;
    commands.swap(commands_);
    lock.unlock();
    do_all(commands);
    if (playing_ && !guarded([this] { play_on(), wait_until(due_); })) halt();
    lock.lock();
  }
}

void Engine::do_all(const std::deque<std::function<void()>>& commands) {
  for (const auto& command : commands) guarded(command);
  if (!commands.empty() && !guarded([this] { publish(); })) halt();
}

bool Engine::pump() {
  if (thread_.joinable()) return false;
  std::deque<std::function<void()>> commands;
  {
    std::lock_guard lock(mutex_);
    commands.swap(commands_);
  }
  do_all(commands);
  if (playing_ && !guarded([this] { play_on(); })) halt();
  return playing_;
}

// Takes the steps that are due. Commands that arrive meanwhile do not make a step come earlier.
void Engine::play_on() {
  if (now_() >= due_) advance();
}

// After a step or a snapshot that failed: the run stands still where it is, and the last snapshot says so.
void Engine::halt() {
  playing_ = false;
  if (guarded([this] { publish(); })) return;
  guarded([this] {
    auto stopped = std::make_shared<Snapshot>(*snapshot());
    stopped->playing = false;
    show(std::move(stopped));
  });
}

// The number of steps that are due; sets the time of the next ones. It goes by the clock, not by when it is
// called, and steps that the machine cannot keep up with are dropped.
std::int64_t Engine::owed(Clock::time_point begin) {
  const auto seconds = [](double s) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(s));
  };
  const double between = 1e-3 * kPublishInterval.count();
  due_ = begin;
  const auto since = std::chrono::duration<double>(begin - std::exchange(advanced_, begin)).count();
  if (std::isinf(steps_per_second_)) return 1'000'000'000;
  owed_ = std::min(owed_ + steps_per_second_ * std::max(since, 0.0),
                   std::max(2.0, 3 * steps_per_second_ * between));
  const auto steps = static_cast<std::int64_t>(owed_ + 1e-6);
  owed_ -= static_cast<double>(steps);
  due_ += seconds(
      std::max((1 - std::max(owed_, 0.0)) / steps_per_second_, steps_per_second_ <= 60 ? 0.0 : between));
  return steps;
}

// Steps for one publishing interval, then shows the result.
void Engine::advance() {
  const auto begin = now_();
  const auto commands_wait = [this] {
    std::lock_guard lock(mutex_);
    return stop_ || !commands_.empty();
  };
  const std::int64_t stop_steps = runs_.first().setup().config().integer("schedule.stop_steps");
  const std::int64_t budget = owed(begin);
  for (std::int64_t taken = 0; taken < budget && playing_ && !commands_wait(); ++taken) {
    if (loop_end_ > 0 && runs_.clock() >= loop_end_) finish({});
    if (stop_steps > 0 && runs_.clock() >= stop_steps) {
      finish("stop_steps = " + std::to_string(stop_steps) + " reached");
      break;
    }
    switch (runs_.step()) {
      case StepResult::stepped: break;
      case StepResult::grad_norm: finish("the gradient norm fell below stop_grad_norm"); break;
      case StepResult::loss_change: finish("the loss changed by less than stop_loss_change"); break;
      case StepResult::non_finite: playing_ = false; break;
    }
    if (runs_.clock() >= until_) playing_ = false;
    if (now_() - begin >= kPublishInterval) break;
  }
  if (budget > 0) publish();
}

// Sleeps, but wakes for commands.
void Engine::wait_until(Clock::time_point due) {
  std::unique_lock lock(mutex_);
  wake_.wait_until(lock, due, [this] { return stop_ || !commands_.empty(); });
}

// A loop has no end: it begins again.
void Engine::finish(std::string why) {
  if (loop_end_ > 0) return seek_runs(reachable(0));
  playing_ = false;
  finished_ = std::move(why);
}

void Engine::publish() {
  runs_.take_past();
  std::shared_ptr<Snapshot> snapshot = take_snapshot(runs_, whole_);
  snapshot->playing = playing_;
  say_where(*snapshot);
  snapshot->finished = finished_;
  snapshot->can_undo = !undo_.empty();
  snapshot->can_redo = !redo_.empty();
  show(std::move(snapshot));
}

void Engine::show(std::shared_ptr<Snapshot> snapshot) {
  snapshot->serial = ++serial_;
  {
    std::lock_guard lock(mutex_);
    snapshot_ = std::move(snapshot);
  }
  if (on_publish_) on_publish_();
}

bool Engine::guarded(const std::function<void()>& action) {
  try {
    action();
    return true;
  } catch (const InputError& error) {
    say(error.message());  // a place in a file would mean nothing to a user of the window
  } catch (const std::exception& error) {
    say(std::string("internal error: ") + error.what());
  } catch (...) {
    say("internal error");
  }
  return false;
}

// Adds a notice, unless the same one is waiting to be read already.
void Engine::say(std::string notice) {
  std::lock_guard lock(mutex_);
  if (notices_.empty() || notices_.back() != notice) notices_.push_back(std::move(notice));
}

std::shared_ptr<const Snapshot> Engine::snapshot() const {
  std::lock_guard lock(mutex_);
  return snapshot_;
}

std::vector<std::string> Engine::take_notices() {
  std::lock_guard lock(mutex_);
  return std::exchange(notices_, {});
}

void Engine::wait_until_idle() {
  if (!thread_.joinable()) {
    while (pump()) wait_until(due_);
    return;
  }
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return commands_.empty() && !busy_; });
}

void Engine::play(double steps_per_second, std::int64_t until) {
  post([this, steps_per_second, until] {
    if (!playing_) {  // the first step is taken at once
      due_ = advanced_ = now_();
      owed_ = 1;
    } else if (steps_per_second > steps_per_second_) {
      due_ = now_();
    }
    playing_ = runs_.clock() < until;
    until_ = until;
    steps_per_second_ = steps_per_second;
    finished_.clear();
  });
}

void Engine::pause() {
  end_coming();
  ++other_ways_;
  post([this] { --other_ways_, playing_ = false; });
}

void Engine::step(std::int64_t count) {
  post([this, count] { go_to(runs_.clock() + count); });
}

void Engine::seek(std::int64_t step) {
  ++other_ways_;
  post([this, step] { --other_ways_, go_to(step); });
}

void Engine::restart() {
  post([this] { start_again(runs_.first().setup().scene); });
}

void Engine::new_start() {
  post([this] {
    Scene scene = runs_.first().setup().scene;
    const std::string words = draw_new_start(scene);
    start_again(std::move(scene));
    if (!words.empty()) say(words);
  });
}

void Engine::reseed() {
  post([this] {
    Scene scene = runs_.first().setup().scene;
    draw_new_seed(scene.config);
    Run fresh(scene, runs_.first().shared_pool());
    std::string words;
    if (fresh.setup().data->hash == runs_.first().setup().data->hash)
      if (words = draw_given_start(scene); !words.empty()) fresh = Run(scene, runs_.first().shared_pool());
    begin(std::move(fresh));
    if (!words.empty()) say(words);
  });
}

// A new run from the present settings; undo brings the old one back.
void Engine::start_again(Scene scene) { begin(Run(std::move(scene), runs_.first().shared_pool())); }

// The other runs start again with it. Runs that no longer fit are dropped, and a notice says so.
void Engine::begin(Run fresh, const Comparison::Rates& rates) {
  std::vector<std::string> refused;
  Comparison next = runs_.begun_again(std::move(fresh), refused, rates);
  remember({std::exchange(runs_, std::move(next)), std::nullopt, 0});
  finished_.clear();
  say_all(refused);
}

void Engine::say_all(const std::vector<std::string>& notices) {
  for (const std::string& notice : notices) say(notice);
}

void Engine::remember(Undo undo) {
  undo_.push_back(std::move(undo));
  if (undo_.size() > kMostUndo) undo_.erase(undo_.begin());
  redo_.clear();
}

void Engine::begin_with(std::vector<Edit> settings) {
  post([this, settings = std::move(settings)] {
    Scene scene = runs_.first().setup().scene;
    for (const Edit& setting : settings) scene.config.set(setting.key, setting.value);
    start_again(std::move(scene));
  });
}

// Whether an edit continues a drag, whose first edit has already stored the undo step.
bool Engine::continues(std::uint64_t gesture) const {
  return gesture != 0 && !undo_.empty() && undo_.back().gesture == gesture;
}

// Makes an edit that does not fit the present learning rule together with a change to gradient descent, which
// fits every model, so that users need not know which of two settings to change first. Returns false when the
// edit does not fit then either.
bool Engine::apply_with_descent(Comparison& runs, const Edit& edit, std::vector<std::string>& refused) {
  const std::string descent = "gd";
  if (edit.key == kRuleKey || runs.first().setup().config().text(kRuleKey) == descent) return false;
  try {
    refused = runs.apply({kRuleKey, descent, 0});
    for (std::string& notice : runs.apply(edit)) refused.push_back(std::move(notice));
  } catch (const InputError&) {
    return false;
  }
  return true;
}

void Engine::do_apply(const Edit& edit, std::uint64_t gesture) {
  if (edit.is_state()) return apply_hand({edit}, gesture);
  const Config& config = runs_.first().setup().config();
  if (!config.table().find(edit.key)) throw InputError(edit.key + ": unknown key");
  if (config.value(edit.key) == edit.value) return;
  Undo undo{std::nullopt, Edit{edit.key, config.value(edit.key), 0}, gesture};
  std::vector<std::string> refused;
  try {
    refused = runs_.apply(edit);
  } catch (const InputError& error) {
    Comparison next = runs_;
    if (!apply_with_descent(next, edit, refused)) throw;
    undo = {std::exchange(runs_, std::move(next)), std::nullopt, gesture};
    std::lock_guard lock(mutex_);
    notices_.push_back(error.message() + " The rule is gradient descent now.");
  }
  finished_.clear();
  say_all(refused);
  if (!continues(gesture)) remember(std::move(undo));
}

void Engine::apply_hand(const std::vector<Edit>& edits, std::uint64_t gesture) {
  const bool again = continues(gesture) && undo_.back().runs;
  const bool stood_still = again && undo_.back().runs->clock() == runs_.clock();
  Comparison next = stood_still ? *undo_.back().runs : runs_;
  std::vector<std::string> refused;
  for (const Edit& edit : edits)
    for (std::string& notice : next.apply(edit)) refused.push_back(std::move(notice));
  std::swap(runs_, next);
  if (!again) remember({std::move(next), std::nullopt, gesture});
  finished_.clear();
  say_all(refused);
}

void Engine::undo() {
  post([this] { take_back(undo_, redo_); });
}

void Engine::redo() {
  post([this] { take_back(redo_, undo_); });
}

// Undoes or redoes one step: a setting gets its old value from the present step on, an edit of the state goes
// back to the moment before it, and an opening goes back to the runs before it.
void Engine::take_back(std::vector<Undo>& from, std::vector<Undo>& to) {
  if (from.empty()) return;
  Undo& entry = from.back();  // leaves its place when it has been applied: that may be refused
  if (const auto stay = entry.stay) {
    from.pop_back();
    return go_back(*stay, to);
  }
  if (entry.setting) {
    Undo inverse{std::nullopt,
                 Edit{entry.setting->key, runs_.first().setup().config().value(entry.setting->key), 0}, 0};
    say_all(runs_.apply(*entry.setting));
    to.push_back(std::move(inverse));
  } else {
    to.push_back({runs_, std::nullopt, 0});
    runs_ = std::move(*entry.runs);
    playing_ = false;
  }
  from.pop_back();
}

}  // namespace iem
