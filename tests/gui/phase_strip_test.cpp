// The strip of one update: its phases on the stage, the line above it, and what it leaves out.
#include <cmath>

#include "app/gui/controls/speeds.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

namespace iem::gui {
namespace {

class PhasesOnStage : public AppTest {
 protected:
  PhasesOnStage() : AppTest("penguins") {}
  std::string chosen() { return app().context().view().chosen_phase(); }
  // How many marks of the stage are of a series.
  int marks(const std::string& series) {
    int count = 0;
    for (const Mark& mark : app().context().stage().panels[0].marks)
      if (const auto* arrow = std::get_if<Arrow>(&mark)) count += arrow->series.starts_with(series) ? 1 : 0;
    return count;
  }
  void press(ImGuiKeyChord chord) {
    run([&](ImGuiTestContext& at) { at.KeyPress(chord); });
  }
};

TEST_F(PhasesOnStage, EachIsSeenWhenItsPlaceInTheStripIsPressed) {
  EXPECT_EQ(chosen(), "");
  for (const Phase& phase : std::vector<Phase>(app().context().phases())) {
    run([&](ImGuiTestContext& at) { at.ItemClick(("##phases/##phase." + phase.id).c_str()); });
    settled();
    EXPECT_EQ(chosen(), phase.id);
    if (!phase.is_single) EXPECT_GT(marks(phase.id), 0) << phase.id;
    EXPECT_EQ(app().context().stage().panels[0].title_tex, phase.symbol);
    const Band& line = app().layout().phase_line();
    EXPECT_GT(line.max.y, line.min.y) << "there is a line of numbers";
  }
  const std::string last = chosen();
  run([&](ImGuiTestContext& at) { at.ItemClick(("##phases/##phase." + last).c_str()); });
  settled();
  EXPECT_EQ(chosen(), "") << "pressed again the stage stands as it is";
  const Band& line = app().layout().phase_line();
  EXPECT_EQ(line.max.y, line.min.y);
}

TEST_F(PhasesOnStage, KeysWalkThroughOneStepAndTheNext) {
  const auto count = static_cast<int>(app().context().phases().size());
  ASSERT_EQ(count, 7);
  for (int i = 0; i < count; ++i) {
    press(ImGuiMod_Shift | ImGuiKey_RightArrow);
    EXPECT_EQ(step(), 0);
    EXPECT_EQ(chosen(), app().context().phases()[static_cast<std::size_t>(i)].id);
  }
  press(ImGuiMod_Shift | ImGuiKey_RightArrow);
  EXPECT_EQ(step(), 1);
  EXPECT_EQ(chosen(), "distances");
  press(ImGuiMod_Shift | ImGuiKey_LeftArrow);
  EXPECT_EQ(step(), 0);
  EXPECT_EQ(chosen(), "update");
  press(ImGuiMod_Shift | ImGuiKey_LeftArrow);
  EXPECT_EQ(chosen(), "pull");
}

TEST_F(PhasesOnStage, AreLeftByEscapeOnceNothingElseIsClosedByIt) {
  press(ImGuiMod_Shift | ImGuiKey_RightArrow);
  ASSERT_EQ(chosen(), "distances");
  press(ImGuiKey_C);
  settled();
  press(ImGuiKey_Escape);
  EXPECT_EQ(chosen(), "distances") << "a card was open";
  press(ImGuiKey_I);
  ASSERT_TRUE(app().inspector().is_open());
  press(ImGuiKey_Escape);
  EXPECT_FALSE(app().inspector().is_open());
  EXPECT_EQ(chosen(), "distances");
  press(ImGuiKey_P);
  ASSERT_TRUE(app().key_hand().chooses());
  press(ImGuiKey_Escape);
  EXPECT_FALSE(app().key_hand().chooses());
  EXPECT_EQ(chosen(), "distances");
  settled();
  press(ImGuiKey_Escape);
  EXPECT_EQ(chosen(), "");
}

// Where nobody has pinned a point one is, so that there is something to see.
TEST_F(PhasesOnStage, PinAPointWhereNoneIs) {
  app().context().view().pin_point(-1);
  settled();
  press(ImGuiMod_Shift | ImGuiKey_RightArrow);
  settled();
  EXPECT_EQ(chosen(), "distances");
  EXPECT_GE(app().context().view().pinned_point(app().context().snapshot()), 0);
  EXPECT_EQ(marks("distances thread"), 3);
}

// From one phase to the next the marks are on their way, and end where the phase has them.
TEST_F(PhasesOnStage, AreReachedOnAWay) {
  app().phase_strip().walk().choose(app().context(), 0);
  double least = 1, most = -1;
  int frames = 0;
  for (; frames < 2000 && (frames == 0 || !std::isnan(app().context().view().phase)); ++frames) {
    driver.window().render(frame);
    const double at = app().context().view().phase;
    if (std::isnan(at)) continue;
    least = std::min(least, at), most = std::max(most, at);
  }
  EXPECT_LT(frames, 2000);
  EXPECT_LT(least, 0);
  EXPECT_GT(least, -1);
  EXPECT_LE(most, 0);
  EXPECT_TRUE(std::isnan(app().context().view().phase));
}

// Of a run that plays phases a step takes as many of them as an update has.
TEST_F(PhasesOnStage, PlayAtASpeedOfTheirOwn) {
  app().actions().run("transport.speed_phases");
  app().actions().run("transport.play");
  EXPECT_TRUE(app().context().walks);
  const double begin = ImGui::GetTime(), wanted = 3 * PhaseWalk::kPhaseSeconds;
  int passed = 0;
  std::string before = chosen();
  for (int i = 0; i < 20000 && ImGui::GetTime() < begin + wanted; ++i) {
    driver.window().render(frame);
    passed += chosen() != before ? 1 : 0;
    before = chosen();
  }
  EXPECT_NEAR(passed, 3, 1);
  EXPECT_FALSE(app().engine().snapshot()->playing);
  app().actions().run("transport.play");
  EXPECT_FALSE(app().context().walks);
  EXPECT_EQ(step(), 0);
}

TEST_F(PhasesOnStage, StopPlayingWhereTheyAreLeft) {
  app().actions().run("transport.speed_phases");
  app().actions().run("transport.play");
  ASSERT_TRUE(drawn_until([&] { return !chosen().empty(); }));
  app().actions().run("transport.phase_leave");
  EXPECT_FALSE(app().context().walks);
  settled();
  EXPECT_EQ(chosen(), "");
}

// At walking pace a step is a movement of what is seen, never of the state.
TEST_F(PhasesOnStage, LeaveStepsToMoveAtWalkingPace) {
  const auto seen = [&] {
    for (const Mark& mark : app().context().stage().panels[0].marks)
      if (const auto* m = std::get_if<Marker>(&mark))
        if (m->element == ElementId{ElementId::Kind::prototype, 0}) return m->x;
    return std::nan("");
  };
  const double start = settled()->state.theta[0];
  app().actions().run("transport.speed_3");  // 2 steps a second
  app().actions().run("transport.play");
  bool between = false;
  for (int i = 0; i < 20000 && !between; ++i) {
    driver.window().render(frame);
    const Snapshot& now = app().context().snapshot();
    const double x = seen(), there = now.state.theta[0];
    between = now.state.step > 0 && x != there && x != start;
  }
  EXPECT_TRUE(between);
  app().actions().run("transport.play");
  const auto stopped = settled();
  EXPECT_EQ(seen(), stopped->state.theta[0]) << "and then it is where it is";
}

class ManyUnits : public AppTest {
 protected:
  ManyUnits() : AppTest("digits_whiten") {}
};

TEST_F(ManyUnits, TheWheelGoesThroughWhatTheStripLeavesOut) {
  app().context().view().pin_point(3);
  settled();
  const auto wheel = [&](float by) {
    run([&](ImGuiTestContext& at) {
      at.MouseMove("##phases/##phase.responsibilities");
      at.Yield(2);
      at.MouseWheelY(by);
      at.Yield(3);
    });
  };
  EXPECT_EQ(app().phase_strip().first(), 0);
  wheel(-3);
  EXPECT_EQ(app().phase_strip().first(), 3);
  wheel(-500);
  const auto units = static_cast<int>(app().context().responsibilities().size());
  EXPECT_GT(app().phase_strip().first(), units / 2);
  EXPECT_LT(app().phase_strip().first(), units);
  wheel(500);
  EXPECT_EQ(app().phase_strip().first(), 0);
  wheel(-2);
  app().context().view().pin_point(4);  // another point begins with its largest
  settled();
  EXPECT_EQ(app().phase_strip().first(), 0);
}

// The numbers that a phase of the strip shows, in their order.
class NumbersOfPhases : public AppTest {
 protected:
  explicit NumbersOfPhases(const char* scene = "penguins") : AppTest(scene) {}
  std::vector<DrawnText> places(const std::string& phase) {
    ImRect place;
    run([&](ImGuiTestContext& at) { place = at.ItemInfo(("##phases/##phase." + phase).c_str()).RectFull; });
    std::vector<DrawnText> out;
    for (const DrawnText& each : drawn_words()) {
      const bool is_value = each.y0 > place.Min.y + px(38) && each.y1 <= place.Max.y;  // below the label
      if (each.window.find("phases") != std::string::npos && is_value && each.x0 >= place.Min.x &&
          each.x0 < place.Max.x)
        out.push_back(each);
    }
    return out;
  }
  std::vector<std::string> numbers(const std::string& phase) {
    std::vector<std::string> out;
    for (const DrawnText& each : places(phase)) out.push_back(each.words);
    return out;
  }
};

// At step 0 exponentials have four zeros behind the point, and a prototype was left out for them.
TEST_F(NumbersOfPhases, AreOfEveryPrototypeAtEveryStep) {
  for (const int steps : {0, 1, 49}) {
    if (steps > 0) app().engine().step(steps);
    settled();
    for (const char* phase : {"distances", "exponentials", "responsibilities", "gradient", "pull", "update"})
      EXPECT_EQ(numbers(phase).size(), 3u) << phase << " at step " << step();
  }
}

TEST_F(NumbersOfPhases, OfTheGradientAreThoseOfResponsibilitiesWithAMinus) {
  for (const int steps : {0, 1, 49}) {
    if (steps > 0) app().engine().step(steps);
    settled();
    const std::vector<std::string> r = numbers("responsibilities"), gradient = numbers("gradient");
    ASSERT_EQ(r.size(), 3u);
    ASSERT_EQ(gradient.size(), 3u);
    for (std::size_t j = 0; j < r.size(); ++j) EXPECT_EQ(gradient[j], "−" + r[j]) << "at step " << step();
  }
}

class NumbersNearZero : public NumbersOfPhases {
 protected:
  NumbersNearZero() : NumbersOfPhases("regime_nobody_knows") {}
};

// One of ten to the minus sixteenth is longer than its column: the shape of the next stood on its exponent.
TEST_F(NumbersNearZero, EndBeforeTheNextShape) {
  app().engine().step(60);
  settled();
  const std::vector<DrawnText> gradient = places("gradient");
  std::size_t numbers = 1;
  for (std::size_t j = 1; j < gradient.size(); ++j) {
    const float apart = gradient[j].x0 - gradient[j - 1].x1;
    if (apart < px(2)) continue;  // a number and its exponent
    EXPECT_GT(apart, px(10.5F)) << gradient[j - 1].words;
    ++numbers;
  }
  EXPECT_EQ(numbers, 3u);
}

class NarrowStrip : public AppTest {
 protected:
  NarrowStrip() : AppTest("routing_toy", 1024, 720) {}
};

// An error of ten to the minus sixth has long numbers; the next phase begins behind them.
TEST_F(NarrowStrip, AVectorEndsBeforeTheNextPhase) {
  app().engine().apply({"optimizer.method", std::string("value_m_step")});
  settled();
  app().engine().step(5);
  settled();
  std::vector<DrawnText> numbers;
  for (const DrawnText& each : drawn_words())
    if (each.window.find("phases") != std::string::npos && each.y0 > 642) numbers.push_back(each);
  ASSERT_GT(numbers.size(), 4u);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      EXPECT_FALSE(numbers[i].x0 < numbers[k].x1 && numbers[k].x0 < numbers[i].x1 &&
                   numbers[i].y0 < numbers[k].y1 && numbers[k].y0 < numbers[i].y1)
          << numbers[k].words << " and " << numbers[i].words;
}

}  // namespace
}  // namespace iem::gui
