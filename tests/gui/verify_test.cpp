// A session that carries its end is shown at once and replayed behind the window, which says so.
#include <unistd.h>

#include <atomic>
#include <deque>
#include <fstream>

#include "app/gui/lessons/lessons_card.h"
#include "core/lesson/lessons.h"
#include "core/session/session.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"
#include "tests/support/forged_session.h"

namespace iem::gui {
namespace {

class Verifies : public AppTest {
 protected:
  Verifies() : path_(fresh_file("verified_" + std::to_string(::getpid()) + ".iemlab").string()) {}
  ~Verifies() override { std::filesystem::remove(path_); }

  // Its last step shown.
  iem::Run saved(const std::string& scene, std::int64_t step) {
    iem::Run run = open_scene(scene).run;
    run.seek(step);
    std::ofstream(path_) << save_session(run, run.origin().config);
    return run;
  }
  void spoil(const iem::Run& run) {
    std::ofstream(path_) << test::with_wrong_edit(save_session(run, run.origin().config));
  }
  void forge(const iem::Run& run) {
    std::ofstream(path_) << test::forged(run, [](RunState& state) { state.theta[0] += 0.01; });
  }
  bool shows(const std::string& scene) {
    return drawn_until([&] { return app().engine().snapshot()->setup->scene.name == scene; });
  }
  Past::Standing standing() { return app().engine().snapshot()->past->standing(); }
  void answer(const char* how) {
    this->run([how](ImGuiTestContext& at) {
      at.SetRef("##parted.card");
      at.ItemClick(how);
    });
  }
  bool says(const std::string& words) {
    driver.window().render(frame);
    for (const DrawnText& text : drawn_words())
      if (text.window.find("transport") != std::string::npos && text.words.find(words) != std::string::npos)
        return true;
    return false;
  }
  std::string path_;
};

TEST_F(Verifies, ALongRunBehindTheWindowAndSaysSo) {
  iem::Run run = saved("sticky_markov_sgd", 60);
  app().open(path_);
  ASSERT_TRUE(shows("sticky_markov_sgd"));
  EXPECT_EQ(app().engine().snapshot()->state.step, 60);
  EXPECT_EQ(app().engine().snapshot()->state.hash(), run.state().hash());
  EXPECT_EQ(standing(), Past::Standing::coming);
  ASSERT_TRUE(drawn_until([&] { return says("verifying,step"); }));
  app().engine().step(1);  // one can go on
  app().engine().wait_until_idle();
  EXPECT_EQ(app().engine().snapshot()->state.step, 61);
  ASSERT_TRUE(drawn_until([&] { return !app().verifier().working(); }));
  EXPECT_EQ(standing(), Past::Standing::here);
  EXPECT_TRUE(drawn_until([&] { return says("verified"); }));
  app().engine().seek(59);
  EXPECT_EQ(step(), 59);
  run.seek(59);
  EXPECT_EQ(hash(), run.state().hash());
  EXPECT_EQ(settled()->history.steps().size(), 62u);
}

TEST_F(Verifies, WithoutWordsWhatTakesNoTime) {
  saved("ring", 5);
  app().open(path_);
  ASSERT_TRUE(shows("ring"));
  ASSERT_TRUE(drawn_until([&] { return !app().verifier().working(); }));
  settled();
  EXPECT_EQ(standing(), Past::Standing::here);
  EXPECT_FALSE(says("verif"));
  EXPECT_TRUE(app().context().notices().history().empty());
}

TEST_F(Verifies, AndOffersTheReplayWhereItIsAnotherState) {
  iem::Run run = saved("moons", 8);
  forge(run);
  app().open(path_);
  ASSERT_TRUE(shows("moons"));
  ASSERT_TRUE(drawn_until([&] { return app().verifier().parted() != nullptr; }));
  EXPECT_EQ(standing(), Past::Standing::parted);
  EXPECT_NE(hash(), run.state().hash());
  EXPECT_NE(app().verifier().parted()->how.find("at step 8"), std::string::npos);
  EXPECT_TRUE(says("notwhatthereplaycomesto"));
  answer("##parted.show");
  EXPECT_EQ(app().verifier().parted(), nullptr);
  EXPECT_EQ(hash(), run.state().hash());
  EXPECT_EQ(step(), 8);
  EXPECT_FALSE(says("replay"));
  app().engine().undo();  // and back to what was saved
  EXPECT_NE(hash(), run.state().hash());
  EXPECT_TRUE(says("notwhatthereplaycomesto"));
}

TEST_F(Verifies, AndStaysDoubtfulWhereTheReplayThrows) {
  const iem::Run run = saved("moons", 8);
  spoil(run);
  app().open(path_);
  ASSERT_TRUE(shows("moons"));
  ASSERT_TRUE(drawn_until([&] { return app().verifier().parted() != nullptr; }));
  EXPECT_EQ(standing(), Past::Standing::failed);
  EXPECT_EQ(hash(), run.state().hash());
  EXPECT_FALSE(app().verifier().parted()->replayed);
  EXPECT_NE(app().verifier().parted()->how.find("state.nothing"), std::string::npos);
  answer("##parted.leave");
  EXPECT_EQ(app().verifier().parted(), nullptr);
  EXPECT_TRUE(says("notverified:"));
  app().engine().step(2);
  EXPECT_EQ(step(), 10);
  EXPECT_TRUE(says("notverified:"));
  EXPECT_NE(settled()->doubt.find("cannot be replayed"), std::string::npos);
  // What is saved or copied meanwhile says so too.
  const auto copy = fresh_file("doubtful.iemlab");
  app().writer().save(app().context(), copy.string());
  settled();
  EXPECT_NE(app().context().notices().history().back().find("cannot be replayed"), std::string::npos);
  app().writer().copy_line(app().context());
  settled();
  EXPECT_NE(app().context().notices().history().back().find("cannot be replayed"), std::string::npos);
  std::filesystem::remove(copy);
  app().engine().seek(3);
  EXPECT_EQ(step(), 10);
}

// It is said of the run of the session, and of no other.
TEST_F(Verifies, NothingOfARunThatBeginsAgain) {
  forge(saved("moons", 8));
  app().open(path_);
  ASSERT_TRUE(shows("moons"));
  ASSERT_TRUE(drawn_until([&] { return app().verifier().parted() != nullptr; }));
  answer("##parted.leave");
  settled();
  ASSERT_TRUE(says("notwhatthereplaycomesto"));
  app().engine().new_start();
  settled();
  EXPECT_FALSE(says("replay"));
  app().engine().undo();
  settled();
  EXPECT_TRUE(says("notwhatthereplaycomesto"));
}

// A window that shows no line of steps says it over what it shows.
TEST_F(Verifies, AlsoWherePresented) {
  forge(saved("moons", 8));
  app().open(path_);
  ASSERT_TRUE(shows("moons"));
  ASSERT_TRUE(drawn_until([&] { return app().verifier().parted() != nullptr; }));
  app().actions().run("view.present");
  settled();
  EXPECT_FALSE(says("notwhatthereplaycomesto"));
  ASSERT_NE(app().unsaid(), nullptr);
  EXPECT_EQ(app().unsaid()->words(), "not what the replay comes to");
  app().actions().run("view.present");
  settled();
  EXPECT_TRUE(says("notwhatthereplaycomesto"));
  EXPECT_EQ(app().unsaid(), nullptr);
}

TEST_F(Verifies, AndLeavesALessonForTheReplayAsForAnyRun) {
  const iem::Run run = saved("moons", 8);
  forge(run);
  app().open(path_);
  ASSERT_TRUE(shows("moons"));
  ASSERT_TRUE(drawn_until([&] { return app().verifier().parted() != nullptr; }));
  app().open_lesson(*find_lesson(kFirstLesson));
  ASSERT_TRUE(
      drawn_until([&] { return app().lessons().is_open() && app().engine().snapshot()->opening->visit; }));
  settled();
  answer("##parted.show");
  EXPECT_EQ(hash(), run.state().hash());
  EXPECT_FALSE(app().lessons().is_open());
  EXPECT_FALSE(app().engine().snapshot()->opening->visit);
  app().engine().undo();  // to what was saved, which was shown before the lesson
  settled();
  EXPECT_TRUE(says("notwhatthereplaycomesto"));
}

// A replay that ends when it is told to, and counts.
struct Endless {
  std::atomic<int> begun = 0, ended = 0;
  std::atomic<bool> through = false;  // the next one comes to its end
  Verifier::Replay of(const std::function<LoadedSession(const ReplayWatch&)>& replay) {
    return [this, replay](const ReplayWatch& watch) {
      ++begun;
      while (!through && watch(1, 9)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      ++ended;
      return replay(through ? ReplayWatch() : ReplayWatch([](auto, auto) { return false; }));
    };
  }
};

TEST_F(Verifies, OneAfterAnotherAndTheLatestFirst) {
  const iem::Run run = saved("ring", 5);
  const std::string text = save_session(run, run.origin().config);
  const auto show = [&] { return show_session(text, "s.iemlab", std::make_shared<ThreadPool>(1)); };
  Verifier verifier([] {});
  std::deque<LoadedSession> shown;
  std::deque<Endless> endless(7);
  for (Endless& each : endless) {
    shown.push_back(show());
    verifier.begin("s.iemlab", shown.back().run.past(), each.of(shown.back().replay));
  }
  const auto until = [&](const std::function<bool()>& is_so) {
    return drawn_until([&] { return verifier.follow(app().engine()), is_so(); });
  };
  // The first made way at once, those between wait for their turn and the oldest of them for nothing.
  ASSERT_TRUE(until([&] { return endless[6].begun == 1; }));
  EXPECT_EQ(endless[0].ended, 1);
  const std::size_t all = endless.size() - 1;
  for (std::size_t i = 1; i < all; ++i) EXPECT_EQ(endless[i].begun, 0) << i;
  EXPECT_EQ(verifier.waiting(), 3u);
  EXPECT_EQ(shown[1].run.past()->standing(), Past::Standing::left);
  // The last copy of a run takes its replay with it.
  shown[6].run = iem::Run(run);
  ASSERT_TRUE(until([&] { return endless[6].ended == 1 && verifier.waiting() == 2; }));
  const auto at_work = [&] {
    int out = 0;
    for (std::size_t i = 0; i < all; ++i) out += endless[i].begun - endless[i].ended;
    return out;
  };
  ASSERT_TRUE(until([&] { return at_work() > 0; }));
  EXPECT_EQ(at_work(), 1);
  for (Endless& each : endless) each.through = true;
  ASSERT_TRUE(until([&] { return !verifier.working(); }));
  int proven = 0;
  for (std::size_t i = 0; i < all; ++i)
    proven += shown[i].run.past()->standing() == Past::Standing::here ? 1 : 0;
  EXPECT_EQ(proven, 3);
}

TEST_F(Verifies, AsLongAsItIsOpen) {
  saved("sticky_markov_sgd", 40);
  app().open(path_);
  ASSERT_TRUE(shows("sticky_markov_sgd"));
  EXPECT_TRUE(app().verifier().working());
  app().open("ring");
  ASSERT_TRUE(shows("ring"));
  app().engine().undo();
  ASSERT_TRUE(shows("sticky_markov_sgd"));
  ASSERT_TRUE(drawn_until([&] { return !app().verifier().working(); }));
  app().engine().seek(3);
  EXPECT_EQ(step(), 3);
  app().open(path_);
  ASSERT_TRUE(drawn_until([&] { return app().verifier().working(); }));
  frame.app.reset();  // waits for no more than the step that is being taken
}

}  // namespace
}  // namespace iem::gui
