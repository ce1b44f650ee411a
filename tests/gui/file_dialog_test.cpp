// The desktop's own dialogs run as another program: here as a script in the place of zenity. Which programs
// there are is looked up once, so each of these tests uses its dialogs in a process of its own.
#include "app/gui/platform/file_dialog.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>

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
