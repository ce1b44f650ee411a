#include "app/gui/sessions/verifier.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "core/base/error.h"
#include "core/base/utf8.h"

namespace iem::gui {
namespace {

constexpr std::size_t kMostWaiting = 4;

// Of the exception being handled; its place would be the path of the session.
std::string why_it_failed() {
  try {
    throw;
  } catch (const InputError& error) {
    return error.message();
  } catch (...) {
    return words_of_exception();
  }
}

}  // namespace

Verifier::~Verifier() {
  if (now_) now_->stopped = true;
}

void Verifier::begin(std::string name, const std::shared_ptr<Past>& past, Replay replay_it) {
  std::string file = printable(std::filesystem::path(std::move(name)).filename().string(), 40);
  wait_for_turn({std::move(file), past, std::move(replay_it)}, 0);
  if (now_) now_->stopped = true;
  begin_next();
}

void Verifier::wait_for_turn(Task task, std::size_t place) {
  std::erase_if(waiting_, [](const Task& each) { return each.past.expired(); });
  const auto before = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(place, waiting_.size()));
  waiting_.insert(before, std::move(task));
  if (waiting_.size() <= kMostWaiting) return;
  if (const auto past = waiting_.back().past.lock()) past->leave();
  waiting_.pop_back();
}

void Verifier::begin_next() {
  while (!now_ && !waiting_.empty()) {
    auto one = std::make_shared<One>();
    one->task = std::move(waiting_.front());
    waiting_.pop_front();
    if (one->task.past.expired()) continue;
    now_ = one;
    job_.start([one, wake = wake_] {
      replay(*one, wake);
      one->done = true;
      wake();
      return true;
    });
  }
}

// On a thread of its own. A replay that was ended leaves the past as it is.
void Verifier::replay(One& one, const std::function<void()>& wake) {
  using Clock = std::chrono::steady_clock;
  constexpr auto kBetweenWords = std::chrono::milliseconds(200);
  Clock::time_point said = Clock::now();
  std::string how;
  std::optional<Run> replayed;
  try {
    LoadedSession loaded = one.task.replay([&](std::int64_t step, std::int64_t) {
      const std::shared_ptr<Past> past = one.task.past.lock();
      if (past) past->reach(step);
      if (Clock::now() - said > kBetweenWords) said = Clock::now(), wake();
      return past && past->standing() == Past::Standing::coming && !one.stopped;
    });
    const std::shared_ptr<Past> past = one.task.past.lock();
    if (loaded.stopped || !past) return;
    if (loaded.parted.empty() && past->fill(loaded.run)) return;
    past->part();
    how = loaded.parted.empty() ? "the state at its end is another one than the saved one"
                                : std::move(loaded.parted);
    replayed.emplace(std::move(loaded.run));
  } catch (...) {
    how = why_it_failed();
    if (const auto past = one.task.past.lock()) past->fail(how);
  }
  one.parted.emplace(Parted{one.task.name, std::move(how), std::move(replayed), one.task.past});
}

void Verifier::follow(Engine& engine) {
  std::erase_if(parted_, [](const Parted& each) { return each.past.expired(); });
  if (!now_ || !now_->done) return;
  (void)job_.take();
  const std::shared_ptr<One> one = std::exchange(now_, nullptr);
  const std::shared_ptr<Past> past = one->task.past.lock();
  if (one->parted) parted_.push_back(std::move(*one->parted));
  // After the one that it has made way for.
  if (one->stopped && past && past->standing() == Past::Standing::coming)
    wait_for_turn(std::move(one->task), 1);
  engine.take_past();
  begin_next();
}

Parted Verifier::take_parted() {
  Parted out = std::move(parted_.front());
  parted_.pop_front();
  return out;
}

}  // namespace iem::gui
