// Sessions: saved, copied as a line and pasted back, and kept for the case of a crash.
#include "core/scene/session.h"

#include <fstream>

#include "app/gui/text.h"
#include "core/scene/state_string.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

namespace fs = std::filesystem;

class Sessions : public AppTest {
 protected:
  void change_something() {
    app().engine().step(3);
    app().desk().set("optimizer.learning_rate", 0.123);
    app().engine().step(4);
    settled();
  }
  // A folder of its own, empty.
  static std::string folder(const std::string& name) { return fresh_file(name).string(); }
  static std::uint64_t hash_of(const std::string& session) { return open_scene(session).run.state().hash(); }
};

TEST_F(Sessions, ASavedSessionIsTheRun) {
  change_something();
  const auto path = fresh_file("saved.iemlab");
  app().keeper().save(app().desk(), path.string());
  settled();
  ASSERT_TRUE(fs::exists(path));
  EXPECT_EQ(hash_of(path.string()), hash());
  EXPECT_NE(app().desk().notices().history().back().find(path.string()), std::string::npos);
}

TEST_F(Sessions, WhereItCannotBeWrittenTheWindowSaysWhy) {
  app().keeper().save(app().desk(), "/nowhere/at/all.iemlab");
  settled();
  ASSERT_FALSE(app().desk().notices().history().empty());
  EXPECT_NE(app().desk().notices().history().back().find("/nowhere/at/all.iemlab"), std::string::npos);
}

TEST_F(Sessions, ALineOfTextCarriesTheRunToAnotherWindow) {
  change_something();
  const std::uint64_t before = hash();
  // The clipboard is the test's own, and lives as long as its steps.
  run([&](ImGuiTestContext& at) {
    at.KeyPress(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_C);
    for (int frames = 0; frames < 500 && app().keeper().working(); ++frames) at.Yield();
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

TEST_F(Sessions, WhatACrashLeavesBehindCanBeOpened) {
  const std::string place = folder("crashed");
  fs::create_directories(place);
  change_something();
  const std::uint64_t before = hash();
  // As a program that is no longer running has left it: process numbers end below this one.
  app().keeper().save(app().desk(), place + "/running-999999999.iemlab");
  settled();
  app().engine().restart();
  settled();
  app().keep_sessions(place);
  EXPECT_NE(app().desk().notices().history().back().find("unexpectedly"), std::string::npos);
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_O);
    at.Yield(3);
  });
  settled();
  settled();
  EXPECT_EQ(hash(), before);
}

TEST_F(Sessions, ARunningWindowKeepsItsSessionAndALeftOneIsTheLast) {
  const std::string place = folder("kept");
  change_something();
  const std::uint64_t before = hash();
  app().keep_sessions(place);
  EXPECT_EQ(app().keeper().last(), "");
  settled();
  settled();
  frame.app.reset();
  const fs::path last = fs::path(place) / "last.iemlab";
  ASSERT_TRUE(fs::exists(last));
  EXPECT_EQ(hash_of(last.string()), before);
}

TEST_F(Sessions, PresentingAndBack) {
  const float before = gui::scale();
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiKey_F5);
    at.Yield(3);
  });
  EXPECT_NEAR(gui::scale(), 1.6F * before, 0.02F);
  EXPECT_TRUE(app().desk().view().only_stage);
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiKey_F5);
    at.Yield(3);
  });
  EXPECT_EQ(gui::scale(), before);
  EXPECT_FALSE(app().desk().view().only_stage);
}

}  // namespace
}  // namespace iem::gui
