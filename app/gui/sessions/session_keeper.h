// Nothing is lost: while a window runs, every run that somebody has worked on is written to the folder of
// kept sessions, at the first quiet moment after a change (SaveSchedule), on a thread of its own: also while
// nothing is drawn, and without the window waiting for a step or for the disk. A run that is as it was opened
// is not written, so looking at the program replaces nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/gui/platform/bell.h"
#include "app/gui/sessions/kept_sessions.h"
#include "app/gui/sessions/save_schedule.h"
#include "core/run/engine.h"

namespace iem::gui {

// Seconds since anything; never goes back, whatever the clock on the wall does.
using Clock = std::function<double()>;
double steady_seconds();

class SessionKeeper {
 public:
  // Keeps the engine's runs in `folder`. `bell` is rung when the engine publishes; `on_news` is called on the
  // keeper's thread when there is trouble or kept() has changed. Throws InputError (kind io) when nothing can
  // be kept there.
  SessionKeeper(Engine& engine, const std::string& folder, std::shared_ptr<Bell> bell,
                std::function<void()> on_news = {}, Clock clock = steady_seconds);
  // Writes what is not written yet.
  ~SessionKeeper();
  SessionKeeper(const SessionKeeper&) = delete;
  SessionKeeper& operator=(const SessionKeeper&) = delete;

  // What the window shows of a run goes into its session.
  void follow_view(const std::shared_ptr<const Opening>& opening, const Config& view);
  // What can be continued, the latest first.
  std::vector<KeptSession> kept() const;
  // The one to offer: the latest from before this window that nobody has used or dismissed.
  std::optional<KeptSession> offer() const;
  bool after_crash() const { return folder_.crashed(); }
  // A session was opened, or its offer declined: it is not offered again.
  void use(const std::string& path);
  void dismiss();
  // Why nothing can be kept, once, until it has worked again; empty: all is well, or it was said.
  std::string take_trouble();
  // Looks into the folder again: other windows write there too.
  void look_again();
  // Where there are no threads: writes what is due by the clock. Nothing where it has one.
  void pump();
  // Blocks until everything that is due by the clock is written (tests).
  void wait_until_idle();

 private:
  // A state of a run, to tell whether it is the one that was written.
  struct Print {
    std::uint64_t hash = 0;
    std::size_t edits = 0;
    std::shared_ptr<const Setup> setup;
    bool operator==(const Print&) const = default;
  };
  // A run, as far as it is on the disk.
  struct Entry {
    std::string path;  // empty: not yet
    std::optional<Print> written;
    std::shared_ptr<const Config> written_view, view;  // null: as its scene says
  };
  using Entries = std::map<std::shared_ptr<const Opening>, Entry>;

  void serve();
  bool look_around();
  void attend(bool write_all);
  void meet(const Snapshot& snapshot, double now);
  void turn_to(const std::shared_ptr<const Opening>& opening);
  std::optional<Run> copy_of(const std::shared_ptr<const Opening>& opening);
  bool write_owed();
  bool write(const std::shared_ptr<const Opening>& opening);
  void list_again();
  void say(std::string trouble);

  Engine& engine_;
  KeptSessions folder_;
  std::shared_ptr<Bell> bell_;
  std::function<void()> on_news_;
  Clock clock_;

  mutable std::mutex mutex_;  // of these:
  Entries entries_;
  std::vector<KeptSession> kept_;
  std::optional<KeptSession> offer_;
  std::string trouble_;
  bool trouble_said_ = false, look_again_ = false, stop_ = false;

  // Owned by the keeper's thread.
  std::shared_ptr<const Opening> present_;
  std::uint64_t serial_ = 0;
  SaveSchedule schedule_;
  std::optional<Print> seen_;
  std::shared_ptr<const Config> seen_view_;
  std::vector<std::shared_ptr<const Opening>> owed_;
  std::thread thread_;
};

}  // namespace iem::gui
