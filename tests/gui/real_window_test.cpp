// The program as it is started, on a display without a monitor: two windows of a presenter, their keys and
// their end. Everything else about the window is tested without a display.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/folder.h"

namespace iem::gui {
namespace {

using namespace std::chrono_literals;

// A child process with its standard output; it ends with this.
class Started {
 public:
  explicit Started(const std::vector<std::string>& words) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      close(ends[0]), close(ends[1]);
      std::vector<char*> arguments;
      for (const std::string& each : words) arguments.push_back(const_cast<char*>(each.c_str()));
      arguments.push_back(nullptr);
      execvp(arguments[0], arguments.data());
      _exit(127);
    }
    close(ends[1]);
    out_ = ends[0];
  }
  ~Started() {
    if (!ended_) kill(pid_, SIGKILL), wait();
    close(out_);
  }
  Started(const Started&) = delete;
  Started& operator=(const Started&) = delete;

  // The first line that it writes; empty where none comes within ten seconds.
  std::string line() const {
    std::string all;
    char c = 0;
    for (pollfd ready{out_, POLLIN, 0}; poll(&ready, 1, 10'000) > 0 && read(out_, &c, 1) == 1 && c != '\n';)
      all += c;
    return all;
  }
  void ask_to_end() const { kill(pid_, SIGTERM); }
  bool runs() {
    int status = 0;
    if (!ended_ && waitpid(pid_, &status, WNOHANG) == pid_) ended_ = true, code_ = WEXITSTATUS(status);
    return !ended_;
  }
  int code() const { return code_; }

 private:
  void wait() {
    int status = 0;
    waitpid(pid_, &status, 0);
    ended_ = true;
  }
  pid_t pid_ = -1;
  int out_ = -1, code_ = -1;
  bool ended_ = false;
};

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " > /dev/null 2>&1").c_str()) == 0;
}

// What a command prints.
std::string said(const std::string& command) {
  std::string out;
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return out;
  std::array<char, 256> piece{};
  while (fgets(piece.data(), piece.size(), pipe) != nullptr) out += piece.data();
  pclose(pipe);
  return out;
}

class RealWindow : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_program("Xvfb") || !has_program("xdotool")) GTEST_SKIP() << "there is no Xvfb or no xdotool";
  }
  static bool until(const std::function<bool()>& is_so) {
    for (int tries = 0; tries < 300; ++tries, std::this_thread::sleep_for(100ms))
      if (is_so()) return true;
    return false;
  }
  // The window whose title begins so; empty: there is none.
  static std::string window(const std::string& title) {
    return said("xdotool search --onlyvisible --name '^" + title + "' | head -1");
  }
  static std::string title_of(const std::string& title) {
    return said("xdotool search --onlyvisible --name '^" + title + "' getwindowname %1");
  }
  static void press(const std::string& window_title, const std::string& keys) {
    said("xdotool search --onlyvisible --name '^" + window_title + "' windowfocus --sync key " + keys);
  }
};

TEST_F(RealWindow, APresenterHasNotesInASecondWindowWhoseKeysTurnPages) {
  Started display({"Xvfb", "-displayfd", "1", "-screen", "0", "1280x720x24", "-nolisten", "tcp"});
  const std::string number = display.line();
  ASSERT_NE(number, "");
  setenv("DISPLAY", (":" + number).c_str(), 1);
  Started program({IEMLAB_BINARY, "lesson", "two_arrows"});
  const std::string main = "Implicit EM Lab$", notes = "Implicit EM Lab: notes";
  ASSERT_TRUE(until([&] { return !window(main).empty() || !program.runs(); }));
  ASSERT_TRUE(program.runs());
  press(main, "F5");
  // The notes come with the keys, whenever the lesson's first page is there.
  ASSERT_TRUE(until([&] {
    if (window(notes).empty()) press(main, "ctrl+F5"), std::this_thread::sleep_for(500ms);
    return !window(notes).empty();
  }));
  ASSERT_TRUE(until([&] { return title_of(notes).find("page 1 of") != std::string::npos; }))
      << title_of(notes);
  ASSERT_TRUE(until([&] {
    press(notes, "Next");
    std::this_thread::sleep_for(300ms);
    return title_of(notes).find("page 2 of") != std::string::npos;
  })) << title_of(notes);
  press(notes, "Escape");
  EXPECT_TRUE(until([&] { return window(notes).empty(); }));
  ASSERT_TRUE(program.runs()) << "only the notes are closed";
  program.ask_to_end();
  ASSERT_TRUE(until([&] { return !program.runs(); }));
  EXPECT_EQ(program.code(), 0);
}

}  // namespace
}  // namespace iem::gui
