#include "app/gui/sessions/session_keeper.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <utility>

#include "app/gui/platform/job.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/executor.h"
#include "core/session/session.h"

namespace iem::gui {
namespace {

constexpr double kLongest_s = 60;  // it sleeps, when nobody rings

}  // namespace

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

SessionKeeper::SessionKeeper(Engine& engine, const std::string& folder, std::shared_ptr<Bell> bell,
                             std::function<void()> on_news, Clock clock)
    : engine_(engine),
      folder_(folder),
      bell_(std::move(bell)),
      on_news_(std::move(on_news)),
      clock_(std::move(clock)),
      present_(engine.snapshot()->opening) {
  folder_.prune({});
  list_again();
  auto offered = std::ranges::find_if(kept_, &KeptSession::crashed);
  if (offered == kept_.end())
    offered = std::ranges::find_if(kept_, [](const KeptSession& s) { return !s.own && !s.seen; });
  if (offered != kept_.end()) offer_ = *offered;
  thread_ = executor().begin([this] { serve(); });
}

SessionKeeper::~SessionKeeper() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  bell_->ring();
  if (thread_.joinable())
    thread_.join();
  else
    look_around();
  if (failed_) say_without_window(trouble_);
}

void SessionKeeper::serve() {
  while (true) {
    const std::uint64_t heard = bell_->rung();
    if (!look_around()) return;
    bell_->answer(heard);
    bell_->wait(heard, std::clamp(schedule_.due() - clock_(), 0.0, kLongest_s));
  }
}

// One round; false when it was the last.
bool SessionKeeper::look_around() {
  bool stop = false, look = false;
  {
    std::lock_guard lock(mutex_);
    stop = stop_;
    look = std::exchange(look_again_, false);
  }
  try {
    if (stop) copy_of(present_);  // what was asked of the engine before is done then
    attend(stop);
    if (look) list_again();
  } catch (const std::exception& error) {  // no memory, say; the next round may do better
    say(error.what());
  }
  return !stop;
}

void SessionKeeper::pump() {
  if (!thread_.joinable()) look_around();
}

void SessionKeeper::wait_until_idle() {
  if (thread_.joinable())
    bell_->ring_and_wait();
  else
    look_around();
}

void SessionKeeper::attend(bool write_all) {
  const double now = clock_();
  meet(*engine_.snapshot(), now);
  if (!owed_.empty() && !schedule_.pending()) schedule_.changed(now);
  if (!write_all && schedule_.due() > now) return;
  failed_ = true;
  if (!write(present_) || !write_owed()) return schedule_.failed(clock_());
  failed_ = false;
  schedule_.done();
}

// Writes runs that could not be written when they were left.
bool SessionKeeper::write_owed() {
  while (!owed_.empty() && write(owed_.back())) owed_.pop_back();
  return owed_.empty();
}

void SessionKeeper::look_again() {
  {
    std::lock_guard lock(mutex_);
    look_again_ = true;
  }
  bell_->ring();
}

// Notes a change of the run, or that it was opened anew.
void SessionKeeper::meet(const Snapshot& snapshot, double now) {
  if (snapshot.opening != present_) turn_to(snapshot.opening);
  Entry entry;
  {
    std::lock_guard lock(mutex_);
    entry = entries_[present_];
  }
  const bool view_moved = entry.view != seen_view_;
  if (snapshot.serial == serial_ && !view_moved) return;
  serial_ = snapshot.serial;
  const Print print{snapshot.state.hash(), snapshot.edits.size(), snapshot.setup, snapshot.beside};
  if (seen_ && print == *seen_ && !view_moved) return;
  seen_ = print;
  seen_view_ = entry.view;
  const bool untouched =
      is_as_opened(*present_, *snapshot.setup, snapshot.state, snapshot.edits, snapshot.beside_as_opened);
  const bool on_disk = entry.written && print == *entry.written && entry.view == entry.written_view;
  if (untouched || on_disk || present_->visit)
    schedule_.done();
  else
    schedule_.changed(now);
}

// Turns to another run; the one that is left is written first. One that was left before and comes back is the
// latest again: the next start goes on with what was looked at last.
void SessionKeeper::turn_to(const std::shared_ptr<const Opening>& opening) {
  if (!write(present_)) owed_.push_back(present_);
  schedule_.done();
  seen_.reset();
  seen_view_ = nullptr;
  present_ = opening;
  std::string path;
  {
    std::lock_guard lock(mutex_);
    path = entries_[present_].path;
  }
  if (!path.empty()) path = folder_.mark_used(path);
  {
    std::lock_guard lock(mutex_);
    entries_[present_].path = path;
  }
  list_again();
}

// A copy of a run, made on the engine's thread between two steps, which is cheap. Empty when the run no
// longer exists.
std::optional<Run> SessionKeeper::copy_of(const std::shared_ptr<const Opening>& opening) {
  auto copy = std::make_shared<std::promise<std::optional<Run>>>();
  std::future<std::optional<Run>> ready = copy->get_future();
  engine_.look(opening,
               [copy](const Run* run) { copy->set_value(run ? std::optional<Run>(*run) : std::nullopt); });
  engine_.pump();
  try {
    return ready.get();
  } catch (const std::future_error&) {
    throw InputError("the run could not be copied");
  }
}

// False when it should have been written and could not be. A visit is no run of the user's.
bool SessionKeeper::write(const std::shared_ptr<const Opening>& opening) {
  if (opening->visit) return true;
  try {
    const std::optional<Run> run = copy_of(opening);
    Entry entry;
    {
      std::lock_guard lock(mutex_);
      entry = entries_[opening];
    }
    if (!run || is_as_opened(*opening, run->setup(), run->state(), run->edits(), run->beside_as_opened()))
      return true;
    const Print print{run->state().hash(), run->edits().size(), run->shared_setup(), run->beside()};
    if (entry.written && print == *entry.written && entry.view == entry.written_view) return true;
    const bool first = entry.path.empty();
    if (first) entry.path = folder_.next_file();
    const Config& view = entry.view ? *entry.view : run->origin().config;
    write_file_atomically(entry.path, save_session(*run, view, SessionFor::kept), FileAccess::owner_only);
    {
      std::lock_guard lock(mutex_);
      Entry& now = entries_[opening];
      now.path = entry.path;
      now.written = print;
      now.written_view = entry.view;
      trouble_.clear();
      trouble_said_ = false;
    }
    if (first) list_again();  // there may be one too many now
    return true;
  } catch (const std::exception& error) {
    say(error.what());
    return false;
  }
}

void SessionKeeper::list_again() {
  std::string writing;
  {
    std::lock_guard lock(mutex_);
    // Runs that nobody has any more.
    std::erase_if(entries_, [](const auto& entry) { return entry.first.use_count() == 1; });
    writing = entries_[present_].path;
  }
  folder_.prune(writing);
  std::vector<KeptSession> kept = folder_.list(writing);
  {
    std::lock_guard lock(mutex_);
    kept_ = std::move(kept);
  }
  if (on_news_) on_news_();
}

void SessionKeeper::say(std::string trouble) {
  {
    std::lock_guard lock(mutex_);
    trouble_ = std::move(trouble);
  }
  if (on_news_) on_news_();
}

void SessionKeeper::follow_view(const std::shared_ptr<const Opening>& opening, const Config& view) {
  {
    std::lock_guard lock(mutex_);
    std::shared_ptr<const Config>& known = entries_[opening].view;
    if (known && *known == view) return;
    known = std::make_shared<const Config>(view);
  }
  bell_->ring();
}

std::vector<KeptSession> SessionKeeper::kept() const {
  std::lock_guard lock(mutex_);
  return kept_;
}

std::optional<KeptSession> SessionKeeper::offer() const {
  std::lock_guard lock(mutex_);
  return offer_;
}

void SessionKeeper::use(const std::string& path) {
  const std::string now = folder_.mark_used(path);
  std::lock_guard lock(mutex_);
  offer_.reset();
  const auto used = std::ranges::find(kept_, path, &KeptSession::path);
  if (used == kept_.end()) return;
  used->path = now, used->seen = false;
  used->when = std::filesystem::file_time_type::clock::now();
  std::rotate(kept_.begin(), used, used + 1);
}

void SessionKeeper::dismiss() {
  std::vector<KeptSession> all = kept();
  for (KeptSession& session : all)
    if (!session.own) {
      session.path = folder_.mark_seen(session.path);
      session.seen = true, session.crashed = false;
    }
  std::lock_guard lock(mutex_);
  kept_ = std::move(all);
  offer_.reset();
}

std::string SessionKeeper::take_trouble() {
  std::lock_guard lock(mutex_);
  if (trouble_.empty() || std::exchange(trouble_said_, true)) return {};
  return trouble_;
}

}  // namespace iem::gui
