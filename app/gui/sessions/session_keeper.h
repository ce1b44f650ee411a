// The autosave: while a window runs, every run that the user has worked on is written to the folder of kept
// sessions at the first quiet moment after a change (SaveSchedule). This is done on another thread, also
// while nothing is drawn, and the window waits neither for a step nor for the disk. A run that is as it was
// opened is not written, nor is a visit, such as the run of a lesson's page.
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

// Seconds since some fixed moment; never goes back, unlike the time of day.
using Clock = std::function<double()>;
double steady_seconds();

class SessionKeeper {
 public:
  // Keeps the engine's runs in `folder`. `bell` is rung when the engine publishes; `on_news` is called on the
  // keeper's thread when writing has failed or kept() has changed. Throws InputError (kind io) when nothing
  // can be kept there.
  SessionKeeper(Engine& engine, const std::string& folder, std::shared_ptr<Bell> bell,
                std::function<void()> on_news = {}, Clock clock = steady_seconds);
  // Writes what is not written yet.
  ~SessionKeeper();
  SessionKeeper(const SessionKeeper&) = delete;
  SessionKeeper& operator=(const SessionKeeper&) = delete;

  // Sets the view keys that are written into the session of a run.
  void follow_view(const std::shared_ptr<const Opening>& opening, const Config& view);
  // What can be continued, the latest first.
  std::vector<KeptSession> kept() const;
  // The one to offer, from before this window and not dismissed: the latest that a crash has left, else the
  // latest. None once a session was opened.
  std::optional<KeptSession> offer() const;
  // A session was opened: it is the latest, so that the next start goes on where the user was.
  void use(const std::string& path);
  // The offer was declined: no session that is there is offered again.
  void dismiss();
  // The reason why nothing can be kept, returned once until writing has succeeded again; empty where there is
  // no problem or it was returned before.
  std::string take_trouble();
  // Looks into the folder again: other windows write there too.
  void look_again();
  // For a keeper without a thread: writes what is due by the clock. Does nothing for a keeper with one.
  void pump();
  // Blocks until everything that is due by the clock is written (tests).
  void wait_until_idle();

 private:
  // A state of a run and of what stands beside it, to tell whether it is the one that was written.
  struct Print {
    std::uint64_t hash = 0;
    std::size_t edits = 0;
    std::shared_ptr<const Setup> setup;
    std::shared_ptr<const void> beside;
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
  bool failed_ = false;  // when it wrote last
  std::thread thread_;
};

}  // namespace iem::gui
