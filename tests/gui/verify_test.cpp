// A session that carries its end is shown at once and replayed behind the window, which says so.
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/session/checkpoint.h"
#include "core/session/session.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

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
  // The text of the file with another state, as somebody may have written it.
  void forge(const iem::Run& run) {
    auto session = nlohmann::json::parse(save_session(run, run.origin().config));
    RunState state = run.state();
    state.theta[0] += 0.01;
    const std::string text = write_checkpoint(state);
    session["checkpoint"] = {{"state", text}, {"sum", checkpoint_sum(text)}};
    session["hash"] = hex(state.hash());
    std::ofstream(path_) << session.dump();
  }
  bool shows(const std::string& scene) {
    return drawn_until([&] { return app().engine().snapshot()->setup->scene.name == scene; });
  }
  Past::Standing standing() { return app().engine().snapshot()->opening->past->standing(); }
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
  EXPECT_TRUE(says("verified"));
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
  this->run([](ImGuiTestContext& at) {
    at.SetRef("##parted.card");
    at.ItemClick("##parted.show");
  });
  EXPECT_EQ(app().verifier().parted(), nullptr);
  EXPECT_EQ(hash(), run.state().hash());
  EXPECT_EQ(step(), 8);
  app().engine().undo();  // and back to what was saved
  EXPECT_NE(hash(), run.state().hash());
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
  frame.app.reset();  // does not wait for it
}

}  // namespace
}  // namespace iem::gui
