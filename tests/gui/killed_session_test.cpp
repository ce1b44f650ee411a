// A program that is killed at any moment: what it has kept is whole, and no older than five seconds of the
// clock that the keeper goes by. The session is scripted and its clock is its own: it runs faster than that
// on the wall, and stands while the disk is at work.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <map>
#include <random>

#include "app/gui/platform/closing_signals.h"
#include "app/gui/sessions/session_keeper.h"
#include "core/labs/kit/lab.h"
#include "core/run/inline_points.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/fresh_folder.h"

namespace iem::gui {
namespace {

namespace fs = std::filesystem;

constexpr int kTicks = 48, kMostOpened = 5;
constexpr double kMayBeLost_s = 5;

// A state the run has been in, as the child notes it for the parent.
struct Milestone {
  double time = 0;
  int opening = 0;
  std::uint64_t hash = 0;
  std::size_t edits = 0;
  bool as_opened = false;
};

// In memory that both share: it outlives the child.
struct Diary {
  std::atomic<int> tick = 0, count = 0;
  std::atomic<double> clock = 0;
  std::array<Milestone, kTicks + 1> milestones;
};

Diary* new_diary() {
  void* memory = mmap(nullptr, sizeof(Diary), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? nullptr : new (memory) Diary();
}

Run small_run(const std::string& scene) {
  Scene opened = load_scene(scene);
  if (opened.config.table().find("data.count")) opened.config.set("data.count", std::int64_t{40});
  return Run(std::move(opened), std::make_shared<ThreadPool>(1));
}

// Somebody at work: steps, settings, hands on the stage, painted points, other scenes and labs, undo.
class Somebody {
 public:
  Somebody(Engine& engine, unsigned seed) : engine_(engine), random_(seed) {}

  void act() {
    switch (any(12)) {
      case 0:
      case 1:
      case 2: return engine_.step(any(4) + 1);
      case 3: return engine_.step(-any(3));
      case 4:
      case 5: return engine_.apply(Edit{"optimizer.learning_rate", 0.01 + 0.0001 * any(9000)});
      case 6: return engine_.apply(Edit{"model.temperature", 0.5 + 0.001 * any(2000)});
      case 7: return paint();
      case 8: return any(2) ? engine_.undo() : engine_.redo();
      case 9: return any(3) ? engine_.step(2) : engine_.restart();
      case 10: return engine_.show_lab(any(2) ? "activation" : "mixture");
      default: return open();
    }
  }
  double pause() { return std::uniform_real_distribution<double>(0.02, 0.9)(random_); }

 private:
  int any(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  void paint() {
    const auto now = engine_.snapshot();
    if (!now->config().table().find("data.points") || now->data().dimension() != 2) return engine_.step(1);
    Dataset data = now->data();
    data.points(0, 0) += 0.01 * any(100);
    engine_.apply(inline_points(data, now->config()), 7);
  }
  void open() {
    if (opened_ == kMostOpened) return engine_.step(1);
    static const std::vector<std::string> kScenes = {"moons", "tanh", "three_blobs"};
    const std::vector<std::string> known = builtin_scenes();
    const std::string scene = kScenes[static_cast<std::size_t>(any(3))];
    ++opened_;
    engine_.open(small_run(std::ranges::find(known, scene) != known.end() ? scene : known.front()));
  }

  Engine& engine_;
  std::mt19937 random_;
  int opened_ = 0;
};

class Child {
 public:
  Child(Diary& diary, unsigned seed) : diary_(diary), seed_(seed) {}

  // One tick: a change or two, a note of it, and the time that goes by.
  void play(Engine& engine, const std::function<void()>& caught_up) {
    Somebody somebody(engine, seed_);
    for (int tick = 1; tick <= kTicks; ++tick) {
      diary_.tick = tick;
      somebody.act();
      engine.wait_until_idle();
      note(*engine.snapshot());
      caught_up();
      diary_.clock = diary_.clock + somebody.pause();
      caught_up();
    }
  }

 private:
  void note(const Snapshot& now) {
    const int opening = openings_.try_emplace(now.opening, static_cast<int>(openings_.size())).first->second;
    const int i = diary_.count;
    diary_.milestones[static_cast<std::size_t>(i)] = {
        diary_.clock, opening, now.state.hash(), now.edits.size(),
        is_as_opened(*now.opening, *now.setup, now.state, now.edits)};
    diary_.count = i + 1;
  }

  Diary& diary_;
  unsigned seed_;
  std::map<std::shared_ptr<const Opening>, int> openings_;
};

void play_without_a_window(Diary& diary, const fs::path& folder, unsigned seed) {
  auto bell = std::make_shared<Bell>();
  Engine engine(small_run("three_blobs"), [bell] { bell->ring(); });
  SessionKeeper keeper(engine, folder.string(), bell, {}, [&] { return diary.clock.load(); });
  Child(diary, seed).play(engine, [&] { keeper.wait_until_idle(); });
}

void play_in_a_window(Diary& diary, const fs::path& folder, unsigned seed) {
  AppFrame frame;
  Driver driver(frame, headless_options(800, 600));
  frame.app = std::make_unique<App>(driver.window(), small_run("three_blobs"));
  frame.app->keep_sessions(folder.string(), [&] { return diary.clock.load(); });
  Child(diary, seed).play(frame.app->engine(), [&] {
    driver.window().render(frame);
    frame.app->keeper()->wait_until_idle();
  });
}

// Waits until the child has begun its tick, and a random moment more, and kills it.
void kill_at(pid_t child, const Diary& diary, int tick, unsigned more_us) {
  for (int waited = 0; diary.tick < tick && waited < 600'000; ++waited) {  // a hang guard
    usleep(100);
    if (waited % 1000 == 999 && waitpid(child, nullptr, WNOHANG) != 0) break;
  }
  usleep(more_us);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
}

struct Count {
  int kills = 0, files = 0, states = 0, old_kept = 0;
};

// Every file in the folder as the state it holds; one that cannot be read, or replays to other bits, is a
// failure.
std::vector<std::pair<std::uint64_t, std::size_t>> states_in(const fs::path& folder, Count& count) {
  std::vector<std::pair<std::uint64_t, std::size_t>> states;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".iemlab") continue;
    try {
      const LoadedSession session = load_replay(entry.path().string(), std::make_shared<ThreadPool>(1));
      EXPECT_EQ(session.parted, "") << entry.path();
      states.emplace_back(session.run.state().hash(), session.run.edits().size());
      ++count.files;
    } catch (const std::exception& error) {
      ADD_FAILURE() << entry.path() << ": " << error.what();
    }
  }
  return states;
}

// Of every run, the last state that is older than what may be lost, or a later one, is in a file.
void expect_kept(const Diary& diary, const fs::path& folder, Count& count) {
  const auto states = states_in(folder, count);
  const double due = diary.clock - kMayBeLost_s;
  std::map<int, int> last_due;  // by opening
  for (int i = 0; i < diary.count; ++i) {
    const Milestone& m = diary.milestones[static_cast<std::size_t>(i)];
    if (m.time <= due) last_due[m.opening] = i;
  }
  for (const auto& [opening, first] : last_due) {
    bool found = false, as_opened = false;
    for (int i = first; i < diary.count; ++i) {
      const Milestone& m = diary.milestones[static_cast<std::size_t>(i)];
      if (m.opening != opening) continue;
      as_opened = as_opened || m.as_opened;  // nothing is written then, and nothing is taken away
      found = found || std::ranges::find(states, std::pair(m.hash, m.edits)) != states.end();
    }
    if (as_opened) continue;
    EXPECT_TRUE(found) << "run " << opening << " is lost, or older than " << kMayBeLost_s << " s";
    ++count.states;
  }
}

using Play = void (*)(Diary&, const fs::path&, unsigned);

Count kill_often(int times, Play play) {
  Count count;
  std::mt19937 random(20);
  const fs::path base = fresh_folder("killed");
  for (int round = 0; round < times && !testing::Test::HasFailure(); ++round) {
    const fs::path folder = base / std::to_string(round);
    fs::create_directories(folder);
    const std::string earlier = save_session(small_run("moons"), small_run("moons").origin().config);
    std::ofstream(folder / "earlier-1.iemlab") << earlier;
    Diary* diary = new_diary();
    const unsigned seed = random();
    const pid_t child = fork();
    if (child == 0) {
      play(*diary, folder, seed);
      pause();  // killed here at the latest
      _exit(0);
    }
    kill_at(child, *diary, std::uniform_int_distribution<int>(1, kTicks)(random), random() % 4000);
    SCOPED_TRACE("seed " + std::to_string(seed));
    expect_kept(*diary, folder, count);
    count.old_kept += fs::exists(folder / "earlier-1.iemlab");
    ++count.kills;
    munmap(diary, sizeof(Diary));
    fs::remove_all(folder);
  }
  return count;
}

TEST(Killed, At200RandomMomentsAtMostFiveSecondsAreGoneAndNoFile) {
  const Count count = kill_often(200, play_without_a_window);
  EXPECT_EQ(count.kills, 200);
  EXPECT_EQ(count.old_kept, 200);
  EXPECT_GT(count.states, 150);
  EXPECT_GT(count.files, 300);
  std::printf("%d kills: %d files whole, %d states compared\n", count.kills, count.files, count.states);
}

TEST(Killed, TheWholeWindowToo) {
  const Count count = kill_often(6, play_in_a_window);
  EXPECT_EQ(count.kills, 6);
  EXPECT_EQ(count.old_kept, 6);
  EXPECT_GT(count.files, 6);
}

TEST(Killed, TwoWindowsLeaveTwoSessionsAndTheNewestIsOffered) {
  const fs::path folder = fresh_folder("two");
  for (int window = 0; window < 2; ++window) {
    Diary* diary = new_diary();
    const pid_t child = fork();
    if (child == 0) {
      auto bell = std::make_shared<Bell>();
      Engine engine(small_run("three_blobs"), [bell] { bell->ring(); });
      SessionKeeper keeper(engine, folder.string(), bell, {}, [&] { return diary->clock.load(); });
      engine.step(10 + window);
      engine.wait_until_idle();
      keeper.wait_until_idle();
      diary->clock = 1;
      keeper.wait_until_idle();
      diary->tick = 1;
      pause();
      _exit(0);
    }
    kill_at(child, *diary, 1, 0);
    munmap(diary, sizeof(Diary));
  }
  KeptSessions after(folder.string());
  EXPECT_TRUE(after.crashed());
  const std::vector<KeptSession> sessions = after.list({});
  ASSERT_EQ(sessions.size(), 2U);
  EXPECT_EQ(sessions[0].step, 11);
  EXPECT_EQ(sessions[1].step, 10);
  EXPECT_FALSE(KeptSessions(folder.string()).crashed()) << "said once";
}

// A signal that asks the program to end: as its close button.
int exit_after(int signal, const fs::path& folder) {
  Diary* diary = new_diary();
  const pid_t child = fork();
  if (child == 0) {
    std::signal(signal, SIG_DFL);  // what is started in the background may have it ignored
    {
      const ClosingSignals signals;
      Window window(headless_options(800, 600));
      App app(window, small_run("three_blobs"));
      app.keep_sessions(folder.string());
      app.engine().step(9);
      app.engine().wait_until_idle();
      diary->tick = 1;
      window.run(app);
    }
    _exit(0);
  }
  for (int waited = 0; diary->tick < 1 && waited < 60'000; ++waited) usleep(1000);  // a hang guard
  kill(child, signal);
  int status = 0;
  waitpid(child, &status, 0);
  munmap(diary, sizeof(Diary));
  return status;
}

TEST(Killed, TermHangUpAndInterruptCloseProperly) {
  int closed = 0;
  for (const int signal : {SIGTERM, SIGHUP, SIGINT}) {
    const fs::path folder = fresh_folder("signal" + std::to_string(signal));
    const int status = exit_after(signal, folder);
    if (signal == SIGINT)
      EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) << status;
    else
      EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    KeptSessions after(folder.string());
    EXPECT_FALSE(after.crashed());
    ASSERT_EQ(after.list({}).size(), 1U);
    EXPECT_EQ(after.list({})[0].step, 9);
    ++closed;
  }
  EXPECT_EQ(closed, 3);
}

}  // namespace
}  // namespace iem::gui
