#include "app/gui/sessions/verifier.h"

#include <chrono>
#include <filesystem>
#include <utility>

#include "core/base/utf8.h"

namespace iem::gui {

Verifier::~Verifier() {
  for (const Work& work : all_) work.one->stopped = true;
}

void Verifier::begin(std::string name, std::shared_ptr<Past> past, Replay replay_it) {
  const auto one = std::make_shared<One>();
  one->name = printable(std::filesystem::path(std::move(name)).filename().string(), 40);
  one->past = std::move(past);
  Work& work = all_.emplace_back();
  work.one = one;
  work.job.start([one, replay_it = std::move(replay_it), wake = wake_] {
    replay(*one, replay_it, wake);
    one->done = true;
    wake();
    return true;
  });
}

// On a thread of its own. A replay that could not be brought to its end leaves the past to whoever goes back
// to it.
void Verifier::replay(One& one, const Replay& replay, const std::function<void()>& wake) {
  using Clock = std::chrono::steady_clock;
  constexpr auto kBetweenWords = std::chrono::milliseconds(200);
  Clock::time_point said = Clock::now();
  try {
    LoadedSession loaded = replay([&](std::int64_t step, std::int64_t) {
      one.past->reach(step);
      if (Clock::now() - said > kBetweenWords) said = Clock::now(), wake();
      return !one.stopped;
    });
    if (loaded.stopped) return one.past->leave();
    if (loaded.parted.empty() && one.past->fill(loaded.run)) return;
    one.past->part();
    if (loaded.parted.empty()) loaded.parted = "the state at its end is another one than the saved one";
    one.parted.emplace(Parted{one.name, std::move(loaded.parted), std::move(loaded.run)});
  } catch (const std::exception&) {
    one.past->leave();
  }
}

void Verifier::follow(Engine& engine) {
  for (auto work = all_.begin(); work != all_.end();) {
    if (!work->one->done) {
      ++work;
      continue;
    }
    if (work->one->parted) parted_.push_back(std::move(*work->one->parted));
    work = all_.erase(work);
    engine.take_past();
  }
}

Run Verifier::take_parted() {
  Run out = std::move(parted_.front().replayed);
  parted_.pop_front();
  return out;
}

}  // namespace iem::gui
