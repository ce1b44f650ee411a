// The whole window on a machine without threads: everything is done between two frames.
#include <filesystem>

#include "core/base/executor.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class ChosenExecutor {
 protected:
  ChosenExecutor() { use_executor(no_threads()); }
  ~ChosenExecutor() { use_executor(threads()); }
};

class WithoutThreads : private ChosenExecutor, public AppTest {};

TEST_F(WithoutThreads, PlaysStepsAndSavesToTheSameBits) {
  app().engine().play(Engine::kAsFastAsPossible);
  for (int frame_number = 0; frame_number < 400 && app().engine().snapshot()->state.step < 20; ++frame_number)
    driver.window().render(frame);
  const std::int64_t played = app().engine().snapshot()->state.step;
  EXPECT_GE(played, 20);
  app().engine().pause();
  run([&](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_RightArrow); });
  const auto there = settled();
  EXPECT_FALSE(there->playing);
  EXPECT_GT(there->state.step, played);
  iem::Run again = open_scene("three_blobs").run;
  again.seek(there->state.step);
  EXPECT_EQ(there->state.hash(), again.state().hash());

  const std::string file = fresh_file("without_threads.iemlab").string();
  app().writer().save(app().context(), file);
  settled();
  ASSERT_TRUE(std::filesystem::exists(file));
  EXPECT_EQ(open_scene(file).run.state().hash(), there->state.hash());
}

}  // namespace
}  // namespace iem::gui
