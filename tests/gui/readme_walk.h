// What the sentences of the README's five minutes say to do, and what is looked for then, one function each.
#pragma once

#include <chrono>
#include <cmath>
#include <string>
#include <thread>

#include "tests/gui/app_fixture.h"

namespace iem::gui {

inline constexpr const char* kWalkControls = "//Controls###controls/##controls";

class ReadmeWalk : public AppTest {
 protected:
  ReadmeWalk() : AppTest("penguins") {}  // what the window opens on

  void press(ImGuiKeyChord chord) {
    run([&](ImGuiTestContext& at) { at.KeyPress(chord); });
  }
  void click(const std::string& item) {
    run([&](ImGuiTestContext& at) { at.ItemClick(item.c_str()); });
  }
  void click_control(const std::string& item) {
    run([&](ImGuiTestContext& at) {
      at.SetRef(at.WindowInfo(kWalkControls).ID);
      at.ItemClick(item.c_str());
    });
  }
  void open(const std::string& scene) {
    run([](ImGuiTestContext& at) { at.ItemClick("##top/##scene"); });
    run([&](ImGuiTestContext& at) {
      at.SetRef(at.WindowInfo("//##scenes.card/##list").ID);
      at.ItemClick(("##scene." + scene).c_str());
    });
    settled();
    EXPECT_EQ(settled()->setup->scene.name, scene);
  }
  const Panel& stage_panel() {
    settled();
    return app().context().stage().panels.at(0);
  }
  template <class M, class Is>
  int count(const Is& is) {
    int out = 0;
    for (const Mark& mark : stage_panel().marks)
      if (const auto* m = std::get_if<M>(&mark)) out += is(*m) ? 1 : 0;
    return out;
  }
  int arrows(const std::string& series) {
    return count<Arrow>([&](const Arrow& a) { return a.series.starts_with(series); });
  }
  // How far the tip of the solid arrow of prototype 0 is from its hollow twin.
  double short_of_the_twin() {
    settled();
    const Snapshot& s = app().context().snapshot();
    double far = std::nan("");
    for (const Mark& mark : stage_panel().marks)
      if (const auto* a = std::get_if<Arrow>(&mark); a != nullptr && a->series == "step 1")
        far = std::hypot(a->x1 - s.em_target[0], a->y1 - s.em_target[1]);
    return far;
  }
  // Frame by frame, with time between them for the threads that are waited for.
  template <class Done>
  void wait(const Done& done) {
    for (int i = 0; i < 6000 && !done(); ++i) {
      driver.window().render(frame);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_TRUE(done());
  }

 public:
  void opens_on_penguins();
  void field_is_responsibility();
  void space_plays();
  void steps_both_ways();
  void bar_goes_anywhere();
  void starts_again();
  void arrows_and_twins();
  void blend_to_em();
  void preconditioner();
  void short_arrows();
  void phases_by_keys();
  void phases_are_seen();
  void line_of_numbers();
  void phases_play();
  void phases_are_left();
  void meter_says();
  void meter_is_small();
  void collapse_widens();
  void faithful_is_spread();
  void em_does_not_care();
  void compares();
  void strip_works();
  void excess_and_runs();
  void other_values();
  void axes_turn_logarithmic();
  void adds_and_best_rates();
  void many_seeds();
  void every_plot_has_a_menu();
};

}  // namespace iem::gui
