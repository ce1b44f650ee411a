// Sessions that a window keeps by itself: which, when and where.
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

#include "app/gui/look/text.h"
#include "app/gui/sessions/kept_sessions.h"
#include "tests/gui/kept_session.h"

namespace iem::gui {
namespace {

unsigned mode_of(const fs::path& path) {
  struct stat there {};
  EXPECT_EQ(::stat(path.c_str(), &there), 0) << path;
  return there.st_mode & 0777U;
}

TEST_F(Kept, ARunNobodyHasTouchedIsNotKept) {
  keep();
  quiet(60);
  close_window();
  EXPECT_TRUE(fs::is_empty(folder));
}

// As a lesson shows one: what was done in it is no session of the user's, also when the window closes on it.
TEST_F(Kept, AVisitIsNotKept) {
  keep();
  app().engine().visit(open_scene("two_blobs").run);
  app().engine().step(5);
  quiet(60);
  EXPECT_TRUE(sessions_in(folder).empty());
  ASSERT_TRUE(app().engine().snapshot()->opening->visit);
  close_window();
  EXPECT_TRUE(sessions_in(folder).empty());
}

// What stands beside a run is work too: it changes neither the state of the run nor its edits.
TEST_F(Kept, RunsThatAreComparedAreKeptAsTheyComeAndGo) {
  keep();
  const auto kept_beside = [&] {
    const std::vector<fs::path> sessions = sessions_in(folder);
    return sessions.size() == 1 ? open_scene(sessions.front().string()).run.origin().compare.size() : 99;
  };
  app().engine().add_run({{}, {{"optimizer.method", std::string("em"), 0}}});
  quiet(60);
  EXPECT_EQ(kept_beside(), 1U);
  app().engine().add_run({{}, {{"optimizer.learning_rate", 0.1, 0}}});
  quiet(60);
  EXPECT_EQ(kept_beside(), 2U);
  app().engine().remove_run(1);
  quiet(60);
  EXPECT_EQ(kept_beside(), 1U);
  app().engine().undo();
  quiet(60);
  EXPECT_EQ(kept_beside(), 2U);
}

class KeptComparison : public Kept {
 protected:
  void show_a_scene_with_two_more() {
    std::ofstream(file)
        << "format = 1\nlab = \"mixture\"\n[data]\nsource = \"moons\"\ncount = 40\n[model]\ncomponents = 3\n"
           "[optimizer]\nmethod = \"gd\"\nlearning_rate = 1\n"
           "[[compare]]\nname = \"faster\"\nset = { \"optimizer.learning_rate\" = 2 }\n"
           "[[compare]]\nset = { \"optimizer.method\" = \"em\" }\n";
    keep();
    app().open(file.string());
    settled();
    ASSERT_EQ(settled()->lanes.size(), 2U);
    quiet(60);
  }
  fs::path file = fresh_file("with_two_more.toml");
};

TEST_F(KeptComparison, TheRunsOfASceneAreNoWorkNorIsARestartOfThem) {
  show_a_scene_with_two_more();
  EXPECT_TRUE(sessions_in(folder).empty());
  app().engine().restart();
  quiet(60);
  ASSERT_EQ(settled()->lanes.size(), 2U);
  EXPECT_TRUE(sessions_in(folder).empty());
}

TEST_F(KeptComparison, OneThatIsTakenAwayIsKept) {
  show_a_scene_with_two_more();
  app().engine().remove_run(1);
  quiet(60);
  ASSERT_EQ(sessions_in(folder).size(), 1U);
  EXPECT_EQ(open_scene(sessions_in(folder).front().string()).run.origin().compare.size(), 1U);
}

TEST_F(KeptComparison, OneInThePlaceOfAnotherIsKept) {
  show_a_scene_with_two_more();
  app().engine().remove_run(1);
  app().engine().add_run({{}, {{"optimizer.learning_rate", 0.5, 0}}});
  quiet(60);
  ASSERT_EQ(sessions_in(folder).size(), 1U);
  EXPECT_EQ(open_scene(sessions_in(folder).front().string()).run.origin().compare.size(), 2U);
}

TEST_F(KeptComparison, AnEditOfOneOfThemAloneIsKept) {
  show_a_scene_with_two_more();
  app().engine().apply_to(1, {"optimizer.learning_rate", 0.5});
  quiet(60);
  EXPECT_EQ(sessions_in(folder).size(), 1U);
}

TEST_F(Kept, AnUntouchedRunNeverReplacesAKeptOne) {
  keep();
  app().engine().step(14);
  close_window();
  ASSERT_EQ(sessions_in(folder).size(), 1U);
  const fs::path kept = sessions_in(folder).front();
  for (int i = 0; i < 3; ++i) {
    open_window();
    quiet(60);
    close_window();
  }
  ASSERT_EQ(sessions_in(folder), std::vector<fs::path>{kept});
  EXPECT_EQ(open_scene(kept.string()).run.state().step, 14);
}

TEST_F(Kept, AChangeIsWrittenAtTheFirstQuietMomentWithoutAFrame) {
  keep();
  app().engine().step(5);
  app().engine().wait_until_idle();
  app().keeper()->wait_until_idle();
  EXPECT_TRUE(sessions_in(folder).empty());
  clock = clock + 0.6;  // no frame is drawn
  app().keeper()->wait_until_idle();
  ASSERT_EQ(sessions_in(folder).size(), 1U);
  EXPECT_EQ(hash_of(sessions_in(folder).front()), app().engine().snapshot()->state.hash());
}

TEST_F(Kept, TheThreadWakesByItself) {
  app().keep_sessions(folder.string());
  app().engine().step(5);
  for (int tenths = 0; tenths < 300 && sessions_in(folder).empty(); ++tenths)
    usleep(100'000);  // a hang guard
  EXPECT_EQ(sessions_in(folder).size(), 1U);
}

TEST_F(Kept, OnlyTheOwnerCanReadThem) {
  const mode_t before = umask(022);
  fs::remove_all(folder);
  keep();
  app().engine().step(5);
  quiet(1);
  umask(before);
  EXPECT_EQ(mode_of(folder), 0700U);
  int files = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    EXPECT_EQ(mode_of(entry.path()), 0600U) << entry.path();
    ++files;
  }
  EXPECT_EQ(files, 2);  // the session and the window's claim
}

TEST_F(Kept, EditsBeyondTheShownStepAreKeptToo) {
  keep();
  app().engine().step(9);
  app().context().set("optimizer.learning_rate", 0.2);
  app().engine().step(3);
  app().engine().seek(2);
  quiet(1);
  ASSERT_EQ(sessions_in(folder).size(), 1U);
  OpenedScene again = open_scene(sessions_in(folder).front().string());
  EXPECT_EQ(again.remark, "");
  EXPECT_EQ(again.run.state().hash(), hash());
  ASSERT_EQ(again.run.edits().size(), 1U);
  again.run.seek(12);
  app().engine().seek(12);
  EXPECT_EQ(again.run.state().hash(), hash());
}

TEST_F(Kept, EveryRunThatWasOpenedAndWorkedOnIsASessionOfItsOwn) {
  keep();
  std::vector<std::uint64_t> hashes;
  for (const char* scene : {"old_faithful", "moons"}) {
    app().engine().step(4);
    hashes.push_back(hash());
    app().open(scene);
    settled();
    settled();
    app().keeper()->wait_until_idle();
  }
  ASSERT_EQ(sessions_in(folder).size(), 2U);
  for (const fs::path& session : sessions_in(folder))
    EXPECT_EQ(std::erase(hashes, hash_of(session)), 1U) << session;
  EXPECT_EQ(app().keeper()->kept().size(), 2U) << "both are under Recent";
}

TEST_F(Kept, ARestartAloneDoesNotReplaceWhatWasDone) {
  keep();
  app().engine().step(14);
  quiet(1);
  app().engine().restart();
  quiet(10);
  close_window();
  ASSERT_EQ(sessions_in(folder).size(), 1U);
  EXPECT_EQ(open_scene(sessions_in(folder).front().string()).run.state().step, 14);
}

TEST_F(Kept, TenAreKept) {
  for (int i = 1; i <= 14; ++i)
    put_session(folder / ("w" + std::to_string(i) + "-1.iemlab"), i, std::chrono::hours(i));
  keep();
  app().engine().step(1);
  quiet(1);
  close_window();
  open_window();
  const std::vector<KeptSession> kept = app().keeper()->kept();
  ASSERT_EQ(kept.size(), 10U);
  EXPECT_EQ(kept[0].step, 1);
  for (int i = 1; i < 10; ++i)
    EXPECT_EQ(kept[static_cast<std::size_t>(i)].step, i) << "the newest nine of before";
}

TEST_F(Kept, TwoWindowsEachHaveTheirOwn) {
  keep();
  KeptSessions other(folder.string());
  const fs::path theirs = other.next_file();
  put_session(theirs, 3, std::chrono::seconds(0));
  app().engine().step(6);
  quiet(1);
  EXPECT_EQ(sessions_in(folder).size(), 2U);
  app().keeper()->look_again();
  app().keeper()->wait_until_idle();
  EXPECT_TRUE(app().keeper()->kept().empty()) << "a running window's session is not offered to another";
  EXPECT_EQ(other.list({}).size(), 1U);
}

TEST_F(Kept, ASameProcessNumberMeansNothing) {
  // As the program before it in a container has left them: the same number, and one of a program that lives.
  put_session(folder / ("running-" + std::to_string(getpid()) + ".iemlab"), 5, std::chrono::hours(2));
  put_session(folder / ("running-" + std::to_string(getppid()) + ".iemlab"), 6, std::chrono::hours(3));
  keep();
  app().engine().step(2);
  quiet(1);
  std::vector<std::int64_t> steps;
  for (const KeptSession& session : app().keeper()->kept()) steps.push_back(session.step);
  EXPECT_EQ(steps, (std::vector<std::int64_t>{5, 6}));
}

TEST_F(Kept, WhereNothingCanBeKeptItIsSaidOnce) {
  const fs::path file = folder / "file";
  std::ofstream(file) << "not a folder";
  int places = 0;
  for (const std::string& place :
       {file.string(), std::string(), std::string("/proc/iemlab"), (file / "x").string()}) {
    frame.app = std::make_unique<App>(driver.window(), open_scene("penguins").run);
    app().keep_sessions(place);
    for (int i = 0; i < 3; ++i) {
      app().engine().step(1);
      settled();
    }
    EXPECT_EQ(times_said(std::string(text::kNotKept)), 1U) << place;
    ++places;
  }
  EXPECT_EQ(places, 4);
}

TEST_F(Kept, AFolderThatGoesAwayIsSaidOnceAndWhenItIsBackTheSessionIsWritten) {
  keep();
  app().engine().step(1);
  quiet(1);
  fs::rename(folder, folder.string() + ".away");
  for (int i = 0; i < 5; ++i) {
    app().engine().step(1);
    quiet(11);
  }
  EXPECT_EQ(times_said(std::string(text::kNotKept)), 1U);
  fs::rename(folder.string() + ".away", folder);
  quiet(11);
  ASSERT_EQ(sessions_in(folder).size(), 1U);
  EXPECT_EQ(open_scene(sessions_in(folder).front().string()).run.state().step, 6);
}

TEST_F(Kept, ARunThatCannotBeKeptWhenTheWindowClosesIsSaidInOneLine) {
  keep();
  app().engine().step(1);
  quiet(1);
  app().engine().step(1);
  settled();
  fs::rename(folder, folder.string() + ".away");
  testing::internal::CaptureStderr();
  close_window();
  const std::string said = testing::internal::GetCapturedStderr();
  fs::rename(folder.string() + ".away", folder);
  EXPECT_TRUE(said.starts_with("iemlab: ")) << said;
  EXPECT_EQ(std::ranges::count(said, '\n'), 1) << said;
  open_window();
  app().engine().step(1);
  settled();
  testing::internal::CaptureStderr();
  close_window();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "") << "all is kept";
}

TEST_F(Kept, AHugeOrBrokenSessionIsANoticeAndTheWindowGoesOn) {
  std::ofstream(folder / "a-1.iemlab") << std::string(3'000'000, '[');
  std::ofstream(folder / "b-1.iemlab") << std::string(100'000, '\xff');
  std::ofstream(folder / "c-1.iemlab") << "{\"lab\":\"mixture\",\"step\":3}";
  fs::create_directories(folder / "d-1.iemlab");
  keep();
  const std::vector<KeptSession> kept = app().keeper()->kept();
  ASSERT_EQ(kept.size(), 3U);
  int refused = 0;
  for (const KeptSession& session : kept) {
    const std::uint64_t before = hash();
    const std::size_t said = app().context().notices().history().size();
    app().open(session.path);
    settled();
    EXPECT_EQ(hash(), before);
    EXPECT_GT(app().context().notices().history().size(), said) << session.path;
    ++refused;
  }
  EXPECT_EQ(refused, 3);
}

TEST_F(Kept, TheWindowNeverWaitsForAStep) {
  keep();
  app().engine().step(3);
  settled();
  // The engine is busy until it is told otherwise, an autosave waits for it, and Ctrl+S comes.
  std::promise<void> go_on;
  app().engine().look([wait = go_on.get_future().share()](const iem::Run&) { wait.wait(); });
  clock = clock + 10;
  app().keeper()->follow_view(app().context().snapshot().opening, app().context().view().config);
  const fs::path first = folder / "first.save", second = folder / "second.save";
  app().writer().save(app().context(), first.string());
  app().writer().save(app().context(), second.string());
  for (int frames = 0; frames < 5; ++frames) driver.window().render(frame);  // hangs here if it waits
  EXPECT_FALSE(fs::exists(first));
  go_on.set_value();
  settled();
  EXPECT_TRUE(fs::exists(first));
  EXPECT_TRUE(fs::exists(second));
}

TEST(StateFolder, RelativePathsAreIgnored) {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  const std::string state_before = state ? state : "", home_before = home ? home : "";
  setenv("HOME", "/home/somebody", 1);
  setenv("XDG_STATE_HOME", "state/here", 1);
  EXPECT_EQ(state_folder(), "/home/somebody/.local/state/iemlab");
  setenv("XDG_STATE_HOME", "/var/state", 1);
  EXPECT_EQ(state_folder(), "/var/state/iemlab");
  unsetenv("XDG_STATE_HOME");
  setenv("HOME", "home", 1);
  EXPECT_EQ(state_folder(), "");
  setenv("XDG_STATE_HOME", state_before.c_str(), 1);
  setenv("HOME", home_before.c_str(), 1);
}

}  // namespace
}  // namespace iem::gui
