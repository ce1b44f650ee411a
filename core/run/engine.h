// Steps a run on its own thread and publishes snapshots. The window never waits for a step and a step never
// waits for the window: commands are queued, snapshots are swapped in. Where there are no threads, the
// window's loop calls pump() between two frames.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/executor.h"
#include "core/run/comparison.h"
#include "core/run/opening.h"
#include "core/run/run.h"
#include "core/run/snapshot.h"

namespace iem {

class Engine {
 public:
  using Clock = std::chrono::steady_clock;
  // Shows `run`, and soon the runs of its scene beside it (Scene::compare). `on_publish` is called on the
  // engine's thread after each new snapshot (to wake a window). `now` is the clock that playing follows.
  explicit Engine(Run run, std::function<void()> on_publish = {}, Executor& from = executor(),
                  std::function<Clock::time_point()> now = Clock::now);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  static constexpr std::int64_t kNoEnd = std::numeric_limits<std::int64_t>::max();
  static constexpr double kAsFastAsPossible = std::numeric_limits<double>::infinity();
  // Steps at this pace until paused; called while it plays, it changes the pace.
  // With `until`: up to that step, where it pauses.
  void play(double steps_per_second, std::int64_t until = kNoEnd);
  void pause();
  // Playing that comes to step `end`, or to a stop condition before it, goes on from step 0; 0: it does not.
  void loop(std::int64_t end);
  void step(std::int64_t count);  // relative: +1 forward, -1 back; pauses
  // Pauses. A long way to a step that is not known yet is ended by another seek and by pause().
  void seek(std::int64_t step);
  // These begin a new run from the present settings; each is one undo step. If the scene gives the start
  // itself and nothing else would differ, the start is drawn from now on, and a notice says so.
  void restart();    // the same data and start
  void new_start();  // the same data, the next start (seeds.init)
  void reseed();     // the next seed: other data, another start

  // Edits. A view key changes nothing here: the window owns the view. `gesture` groups the edits of one drag
  // into one undo step: edits with the same non-zero number are undone together. `of`: the opening that the
  // edit is meant for, which another one may have replaced before it is made; then it is left out. Null: any.
  void apply(Edit edit, std::uint64_t gesture = 0, std::shared_ptr<const Opening> of = nullptr);
  // Several edits as one action: all or none of them, and one undo step, which returns to the moment before.
  // While the run stands still the edits of one gesture replace each other, so that the log keeps the last
  // only.
  void apply(std::vector<Edit> edits, std::uint64_t gesture = 0, std::shared_ptr<const Opening> of = nullptr);
  // Other runs beside this one, on its clock (core/run/comparison.h). Each of these actions is one undo step,
  // like an edit of the run itself.
  // Replaces all other runs, kept futures included, by these; an empty list removes them.
  void compare(std::vector<RunSpec> specs);
  // The same with the rules that the window compares by default.
  void compare_rules();
  void add_run(RunSpec spec);
  // A run that these make now. Each is shown as soon as it has come.
  struct Coming {
    std::string name;                 // empty: it has none of its own
    std::int64_t step = 0, last = 0;  // where it is, of how many; last 0: its best rate is sought first
    std::size_t place = 1, of = 1;    // which of those asked for together
  };
  std::optional<Coming> coming() const;
  // Ends the making of runs that was asked for so far; those that have come stay. So do pause() and
  // compare().
  void end_coming();
  void remove_run(std::size_t i);  // 0: the first, then the next one is
  void make_first(std::size_t i);  // what is shown, edited and saved
  void show_run(std::size_t i, bool shown);
  void apply_to(std::size_t i, Edit edit);  // in one alone; apply() edits all that do not say the key
  // A learning rate that was found for a run. The list of runs may have changed since: the run is known by
  // its mark, which may be another one's by now, and so by its rule too.
  struct FoundRate {
    int mark = 0;  // Comparison::Entry
    std::string rule;
    double rate = 0;
  };
  // Begins all runs again from the present settings with these learning rates; one undo step. A rate whose
  // run is gone is left out, and a notice says so; where all are gone nothing begins again.
  void begin_at_rates(std::vector<FoundRate> found);
  void set_draws(int times);  // Comparison::set_draws
  // Whether snapshots hold a snapshot of every run (ComparedRun::whole); false at first.
  void look_at_all(bool whole);
  // A new run from the present settings with these changed; one undo step brings the old one back.
  void begin_with(std::vector<Edit> settings);
  void undo();
  void redo();

  // Shows another run, paused, in place of the present one. If the present one belongs to another lab it
  // waits there as it was left. One undo step restores everything.
  void open(Run run);
  // Looks whether a replay has brought the past of a run that began at a checkpoint. Until it has, such a run
  // goes no further back than to that, and a notice says so.
  void take_past();
  // From now on a seek to a step whose past must be replayed first, and a run that must be computed to be
  // shown beside another, under way or asked for, leave the runs as they were: for whoever is about to end
  // the engine and does not want to wait for it.
  void end_replays();
  // Shows the run that waits in this lab (Snapshot::waiting); does nothing when none waits. Undone as open()
  // is.
  void show_lab(std::string lab);
  // Shows a run, paused, as a visit: what is shown and waits now, with all that can be undone, is put aside
  // until end_visit() brings it back as it was. A visit begun during another one takes its place.
  void visit(Run run);
  void end_visit();

  // Calls `look` with the run on the engine's thread; it should copy what it needs (copying a run is cheap).
  void look(std::function<void(const Run&)> look);
  // The same of all runs.
  void look_at_runs(std::function<void(const Comparison&)> look);
  // The same for the run of an opening, shown or waiting; null when it no longer exists.
  void look(std::shared_ptr<const Opening> opening, std::function<void(const Run*)> look);

  // For an engine without a thread: carries out the commands since the last call and takes the steps that are
  // due by the clock, for one publishing interval at most. Returns true while it plays, to be called again
  // soon. Does nothing for an engine with a thread.
  bool pump();

  std::shared_ptr<const Snapshot> snapshot() const;
  // Messages since the last call: edits that were refused, with the reason.
  std::vector<std::string> take_notices();
  // Blocks until everything asked for so far is done and published (tests, screenshots).
  void wait_until_idle();

 private:
  // A run with what belongs to it, as it was left.
  struct Left {
    Comparison runs;
    std::shared_ptr<const Opening> opening;
  };
  // The run that is shown, and those that wait in other labs.
  struct Stay {
    Left shown;
    std::map<std::string, Left> waiting;  // by lab
  };
  // One undo step holds one of these: the runs as they were, for an edit of the state; the old value of a
  // setting; or all runs of all labs, where another run was opened.
  struct Undo {
    std::optional<Comparison> runs;
    std::optional<Edit> setting;
    std::uint64_t gesture = 0;
    std::shared_ptr<const Stay> stay = nullptr;
  };
  // What is put aside during a visit.
  struct Home {
    Stay stay;
    std::vector<Undo> undo, redo;
  };
  static constexpr auto kPublishInterval =
      std::chrono::milliseconds(15);  // a little shorter than a frame at 60 Hz
  void serve();
  void do_all(const std::deque<std::function<void()>>& commands);
  void post(std::function<void()> command);
  bool guarded(const std::function<void()>& action);  // turns an exception into a notice, and returns false
  void say(std::string notice);
  void halt();
  void publish();
  void show(std::shared_ptr<Snapshot> snapshot);
  std::int64_t owed(Clock::time_point begin);
  void advance();
  void play_on();
  void wait_until(Clock::time_point due);
  void finish(std::string why);
  void go_to(std::int64_t step);
  void approach(std::int64_t step);
  void seek_runs(std::int64_t step);
  GoesOn until_ended() const;
  std::int64_t reachable(std::int64_t step) const;
  void start_again(Scene scene);
  void begin(Run fresh, const Comparison::Rates& rates = {});
  void do_apply(const Edit& edit, std::uint64_t gesture);
  static bool apply_with_descent(Comparison& runs, const Edit& edit, std::vector<std::string>& refused);
  void apply_hand(const std::vector<Edit>& edits, std::uint64_t gesture);
  bool continues(std::uint64_t gesture) const;
  void rearrange(const std::function<void(Comparison&)>& how);
  void bring_beside(const std::vector<RunSpec>& specs, std::uint64_t asked, bool replaces);
  void add_coming(const RunSpec& spec, Coming coming, const GoesOn& goes_on);
  void tell(std::optional<Coming> coming);
  void say_all(const std::vector<std::string>& notices);
  void remember(Undo undo);
  void take_back(std::vector<Undo>& from, std::vector<Undo>& to);
  Left shown() const;
  void bring(const Left& left);
  void leave_for(const Left& next);
  void forget_oldest_stay();
  void go_back(const Stay& stay, std::vector<Undo>& to);
  const Run* find(const std::shared_ptr<const Opening>& opening) const;
  void say_where(Snapshot& snapshot) const;

  mutable std::mutex mutex_;
  std::condition_variable wake_, idle_;
  std::deque<std::function<void()>> commands_;
  std::vector<std::string> notices_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::optional<Coming> coming_;
  std::function<void()> on_publish_;
  bool stop_ = false, busy_ = false;
  std::atomic<bool> ends_replays_ = false;
  std::atomic<int> other_ways_ = 0;             // seeks and pauses that wait: they end the way under way
  std::atomic<std::uint64_t> ends_coming_ = 0;  // how often it was asked

  // Owned by the engine's thread.
  Comparison runs_;
  bool whole_ = false;  // snapshots of all runs are wanted
  std::shared_ptr<const Opening> opening_;
  std::map<std::string, Left> waiting_;  // runs of other labs
  bool playing_ = false;
  double steps_per_second_ = 60;
  std::int64_t until_ = kNoEnd;  // the step at which playing ends
  std::int64_t loop_end_ = 0;
  std::string finished_;
  std::vector<Undo> undo_, redo_;
  std::optional<Home> home_;  // during a visit
  std::uint64_t serial_ = 0;
  std::function<Clock::time_point()> now_;
  Clock::time_point due_, advanced_;  // when the next steps are due, and the last ones were taken
  double owed_ = 0;                   // steps due, in fractions, at a pace of many between snapshots
  std::thread thread_;
};

}  // namespace iem
