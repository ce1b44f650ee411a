// Sessions: saved, copied as a line and pasted back. kept_session_test.cpp: those kept by themselves.
#include "core/session/session.h"

#include <algorithm>
#include <fstream>

#include "app/gui/look/text.h"
#include "core/session/state_string.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

namespace fs = std::filesystem;

class Sessions : public AppTest {
 protected:
  void change_something() {
    app().engine().step(3);
    app().context().set("optimizer.learning_rate", 0.123);
    app().engine().step(4);
    settled();
  }
  static std::uint64_t hash_of(const std::string& session) { return open_scene(session).run.state().hash(); }
};

TEST_F(Sessions, ASavedSessionIsTheRun) {
  change_something();
  const auto path = fresh_file("saved.iemlab");
  app().writer().save(app().context(), path.string());
  settled();
  ASSERT_TRUE(fs::exists(path));
  EXPECT_EQ(hash_of(path.string()), hash());
  EXPECT_NE(app().context().notices().history().back().find(path.string()), std::string::npos);
}

TEST_F(Sessions, WhereItCannotBeWrittenTheWindowSaysWhy) {
  app().writer().save(app().context(), "/nowhere/at/all.iemlab");
  settled();
  ASSERT_FALSE(app().context().notices().history().empty());
  EXPECT_NE(app().context().notices().history().back().find("/nowhere/at/all.iemlab"), std::string::npos);
}

TEST_F(Sessions, WhatWasAskedForIsWrittenWhenTheWindowCloses) {
  change_something();
  const auto first = fresh_file("first.iemlab"), second = fresh_file("second.iemlab");
  const std::uint64_t saved = hash();
  app().writer().save(app().context(), first.string());
  driver.window().render(frame);
  app().writer().save(app().context(), "/nowhere/at/all.iemlab");
  app().writer().save(app().context(), second.string());
  testing::internal::CaptureStderr();
  frame.app.reset();
  const std::string said = testing::internal::GetCapturedStderr();
  ASSERT_TRUE(fs::exists(first));
  ASSERT_TRUE(fs::exists(second));
  EXPECT_EQ(hash_of(second.string()), saved);
  EXPECT_TRUE(said.starts_with("iemlab: ")) << said;
  EXPECT_NE(said.find("/nowhere/at/all.iemlab"), std::string::npos) << said;
  EXPECT_EQ(std::ranges::count(said, '\n'), 1) << said;
}

TEST_F(Sessions, ALastSaveThatFailsWhileTheWindowClosesIsSaid) {
  app().writer().save(app().context(), "/nowhere/at/all.iemlab");
  testing::internal::CaptureStderr();
  driver.window().render(frame);  // writing begins
  frame.app.reset();
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("/nowhere/at/all.iemlab"), std::string::npos) << said;
}

TEST_F(Sessions, ALineOfTextCarriesTheRunToAnotherWindow) {
  change_something();
  const std::uint64_t before = hash();
  // The clipboard is the test's own, and lives as long as its steps.
  run([&](ImGuiTestContext& at) {
    at.KeyPress(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_C);
    while (app().writer().working()) at.Yield();
    const char* line = ImGui::GetClipboardText();
    ASSERT_NE(line, nullptr);
    ASSERT_TRUE(is_state_string(line));
    app().engine().restart();
    app().engine().wait_until_idle();
    EXPECT_NE(app().engine().snapshot()->state.hash(), before);
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_V);
    at.Yield(3);
  });
  settled();
  settled();
  EXPECT_EQ(hash(), before);
}

TEST_F(Sessions, PresentingAndBack) {
  const float before = gui::scale();
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiKey_F5);
    at.Yield(3);
  });
  EXPECT_NEAR(gui::scale(), 1.6F * before, 0.02F);
  EXPECT_TRUE(app().context().presenting);
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiKey_F5);
    at.Yield(3);
  });
  EXPECT_EQ(gui::scale(), before);
  EXPECT_FALSE(app().context().presenting);
}

}  // namespace
}  // namespace iem::gui
