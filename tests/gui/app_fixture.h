// The whole program without a display: a scene in its window, driven by clicks and keys.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "app/gui/look/style.h"
#include "app/gui/sessions/scene_loader.h"
#include "app/gui/shell/app.h"
#include "tests/gui/driver.h"
#include "tests/support/folder.h"
#include "tests/support/sanitized.h"

namespace iem::gui {

// The app needs its window, and the driver makes one for its frame.
class AppFrame : public Frame {
 public:
  void draw() override {
    if (app) app->draw();
  }
  void drop(const std::vector<std::string>& paths) override { app->drop(paths); }
  bool restless() const override { return app && app->restless(); }
  std::unique_ptr<App> app;
};

class AppTest : public testing::Test {
 protected:
  explicit AppTest(const std::string& scene = "three_blobs", int width = 1280, int height = 800,
                   double scale = 1)
      : driver(frame, headless_options(width, height, scale)) {
    frame.app = std::make_unique<App>(driver.window(), open_scene(scene).run);
    for (int i = 0; i < 6; ++i) driver.window().render(frame);
  }
  ~AppTest() override { frame.app.reset(); }

  App& app() { return *frame.app; }
  void run(const std::function<void(ImGuiTestContext&)>& steps) { EXPECT_EQ(driver.run(steps), ""); }
  // A frame. Where many have been drawn for one thing it is made on another thread, or takes its time: frames
  // that follow at once would only take the processor from it.
  void draw_in_turn(int drawn) {
    constexpr int kAtOnce = 20;
    driver.window().render(frame);
    if (drawn >= kAtOnce) std::this_thread::sleep_for(std::chrono::milliseconds(4));
  }
  // Everything asked for is done and drawn.
  std::shared_ptr<const Snapshot> settled() {
    // What a frame takes in may be work for the engine, and what that publishes for another frame.
    for (int quiet = 0, drawn = 0; quiet < 2; ++drawn) {
      app().engine().wait_until_idle();
      draw_in_turn(drawn);
      quiet = frame.restless() ? 0 : quiet + 1;
    }
    app().engine().wait_until_idle();
    return app().engine().snapshot();
  }
  // Frames until it is so; a frame takes a millisecond or a hundred, and the engine keeps its own time. False
  // after half a minute, where it hangs; five under a sanitizer.
  bool drawn_until(const std::function<bool()>& is_so) {
    const auto begin = std::chrono::steady_clock::now();
    const auto patience = std::chrono::seconds(test::kSanitized ? 300 : 30);
    for (int drawn = 0; !is_so(); ++drawn) {
      if (std::chrono::steady_clock::now() - begin > patience) return false;
      draw_in_turn(drawn);
    }
    return true;
  }
  std::uint64_t hash() { return settled()->state.hash(); }
  std::int64_t step() { return settled()->state.step; }
  // A place of the stage on screen.
  ImVec2 on_stage(double x, double y) {
    const paint::Px p = (*app().stage().shown())(x, y);
    return {static_cast<float>(p.x) * gui::scale(), static_cast<float>(p.y) * gui::scale()};
  }
  ImVec2 prototype(int j) {
    const auto theta = settled()->state.theta;
    return on_stage(theta[2 * j], theta[2 * j + 1]);
  }

  AppFrame frame;
  Driver driver;
};

using test::fresh_file;

}  // namespace iem::gui
