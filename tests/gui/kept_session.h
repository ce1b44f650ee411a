// A window that keeps its sessions in a folder of the test, by a clock of the test.
#pragma once

#include <atomic>
#include <fstream>

#include "core/session/session.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/fresh_folder.h"

namespace iem::gui {

namespace fs = std::filesystem;

inline std::vector<fs::path> sessions_in(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".iemlab") out.push_back(entry.path());
  return out;
}

inline void put_session(const fs::path& path, int step, std::chrono::seconds age) {
  iem::Run run = open_scene("penguins").run;
  run.seek(step);
  std::ofstream(path) << save_session(run, run.origin().config);
  fs::last_write_time(path, fs::file_time_type::clock::now() - age);
}

class Kept : public AppTest {
 protected:
  Kept() : AppTest("penguins"), folder(fresh_folder("state")) {}
  ~Kept() override { frame.app.reset(); }
  void keep() {
    app().keep_sessions(folder.string(), [this] { return clock.load(); });
    settled();
  }
  void quiet(double seconds) {
    settled();
    app().keeper()->wait_until_idle();
    clock = clock + seconds;
    app().keeper()->wait_until_idle();
    settled();
  }
  void continue_by_key() {
    run([](ImGuiTestContext& at) {
      at.KeyPress(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_O);
      at.Yield(3);
    });
    settled();
    settled();
  }
  void close_window() { frame.app.reset(); }
  void open_window(const std::string& scene = "penguins") {
    frame.app = std::make_unique<App>(driver.window(), open_scene(scene).run);
    keep();
  }
  std::size_t times_said(const std::string& words) {
    std::size_t times = 0;
    for (const std::string& line : app().context().notices().history())
      times += line.find(words) != std::string::npos;
    return times;
  }
  static std::uint64_t hash_of(const fs::path& session) {
    return open_scene(session.string()).run.state().hash();
  }

  fs::path folder;
  std::atomic<double> clock = 1000;
};

}  // namespace iem::gui
