// The desktop's own dialogs run as another program: here as a script in the place of zenity. Which programs
// there are is looked up once, so each of these tests uses its dialogs in a process of its own.
#include "app/gui/platform/file_dialog.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

#include "app/gui/look/text.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/fresh_folder.h"

namespace iem::gui {
namespace {

namespace fs = std::filesystem;

// The folder of the script.
fs::path put_in_place_of_zenity(const std::string& script) {
  fs::path folder = fresh_folder("programs");
  const fs::path zenity = folder / "zenity";
  std::ofstream(zenity) << "#!/bin/sh\n" << script << "\n";
  fs::permissions(zenity, fs::perms::owner_all);
  const char* path = std::getenv("PATH");
  setenv("PATH", (folder.string() + ":" + (path ? path : "")).c_str(), 1);
  return folder;
}

// Until the dialog is answered.
std::string taken(FileDialog& dialog, const std::string& purpose) {
  std::string path;
  for (int tries = 0; tries < 3000; ++tries) {  // a hang guard
    path = dialog.take(purpose);
    if (!path.empty() || !dialog.is_open()) break;
    usleep(10'000);
  }
  return path;
}

int ask_after_an_answer_that_nobody_took() {
  put_in_place_of_zenity("echo \"${2#--filename=}\"");  // answers with what is suggested
  FileDialog dialog;
  dialog.ask_save("figure", "/first.svg");
  taken(dialog, "somebody else");
  dialog.ask_save("session", "/second.iemlab");
  return taken(dialog, "session") == "/second.iemlab" ? 0 : 1;
}

int end_with_a_dialog_open() {
  const fs::path folder = put_in_place_of_zenity("sleep 5; touch \"$0.answered\"");
  {
    FileDialog dialog;
    dialog.ask_save("session", "/any.iemlab");
    if (!dialog.is_open()) return 1;
  }
  return fs::exists(folder / "zenity.answered") ? 1 : 0;
}

// In the place of zenity in the process of a test: answers once there is an answer. A base before AppTest,
// whose first frame may look for the dialogs that there are.
struct WithDialogs {
  WithDialogs() {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    if (testing::internal::InDeathTestChild())
      folder = put_in_place_of_zenity(
          "for i in $(seq 3000); do\n[ -e \"$0.answer\" ] && exec cat \"$0.answer\"\nsleep 0.02\ndone");
  }
  fs::path folder;
};

class DialogOfARun : WithDialogs, public AppTest {
 protected:
  DialogOfARun() : AppTest("penguins") {}
  bool answered(const std::string& path) {
    std::ofstream(folder / "answer") << path << "\n";
    fs::rename(folder / "answer", folder / "zenity.answer");
    return drawn_until([] { return !file_dialog().is_open(); });
  }
  bool is_said(std::string_view words) {
    const auto& history = app().context().notices().history();
    return std::ranges::find(history, words) != history.end();
  }
  // Each returns 0, or where it went wrong.
  int save_the_run_that_was_asked_for() {
    const std::string path = (folder / "mine.iemlab").string();
    app().actions().run("session.save");
    if (!file_dialog().is_open()) return 1;
    if (!answered(path)) return 2;
    settled();
    return fs::exists(path) ? 0 : 3;
  }
  int answer_when_another_run_is_shown() {
    const std::string path = (folder / "mine.iemlab").string();
    app().actions().run("session.save");
    if (!file_dialog().is_open()) return 1;
    app().open("old_faithful");
    if (!drawn_until([&] { return app().context().snapshot().setup->scene.name == "old_faithful"; }))
      return 2;
    if (!answered(path)) return 3;
    settled();
    if (fs::exists(path)) return 4;
    return is_said(text::kSavedNothing) ? 0 : 5;
  }
  int ask_twice() {
    app().actions().run("session.save");
    if (is_said(text::kDialogIsOpen)) return 1;
    int asked = 0;
    for (const char* action : {"scene.open", "session.save", "lesson.new"}) {
      app().context().notices().take_back(std::string(text::kDialogIsOpen));
      app().actions().run(action);
      if (!app().context().notices().showing(std::string(text::kDialogIsOpen))) return 2 + asked;
      ++asked;
    }
    return answered("") ? 0 : 9;
  }
};

TEST_F(DialogOfARun, IsAnsweredForTheRunItWasAskedFor) {
  EXPECT_EXIT(std::_Exit(save_the_run_that_was_asked_for()), testing::ExitedWithCode(0), "");
}

TEST_F(DialogOfARun, IsNoAnswerForAnother) {
  EXPECT_EXIT(std::_Exit(answer_when_another_run_is_shown()), testing::ExitedWithCode(0), "");
}

TEST_F(DialogOfARun, IsTheOnlyOneAndTheWindowSaysSo) {
  EXPECT_EXIT(std::_Exit(ask_twice()), testing::ExitedWithCode(0), "");
}

class FileDialogs : public testing::Test {
 protected:
  FileDialogs() { testing::FLAGS_gtest_death_test_style = "threadsafe"; }
};

TEST_F(FileDialogs, AnAnswerThatNobodyTookIsNoAnswerToOthers) {
  EXPECT_EXIT(std::exit(ask_after_an_answer_that_nobody_took()), testing::ExitedWithCode(0), "");
}

TEST_F(FileDialogs, AreNotWaitedForAtTheEnd) {
  EXPECT_EXIT(std::exit(end_with_a_dialog_open()), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace iem::gui
