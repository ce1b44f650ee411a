// The widgets as a person uses them: by mouse and by keyboard.
#include "app/gui/widgets/widgets.h"

#include <gtest/gtest.h>

#include <cmath>

#include "app/gui/look/style.h"
#include "imgui_internal.h"
#include "tests/gui/driver.h"
#include "tests/gui/gallery.h"

namespace iem::gui {
namespace {

class Widgets : public testing::Test {
 protected:
  Gallery gallery;
  GalleryState& state = gallery.state;
  Driver driver{gallery, headless_options(640, 960)};

  void run(const std::function<void(ImGuiTestContext&)>& steps) {
    EXPECT_EQ(driver.run([&](ImGuiTestContext& at) {
      at.SetRef("Gallery");
      steps(at);
    }),
              "");
  }
};

TEST_F(Widgets, ToggleTurnsByMouse) {
  run([](ImGuiTestContext& at) { at.ItemClick("##model.volume"); });
  EXPECT_FALSE(state.volume);
}

// The knob of a value beyond the track stands at the end that it is beyond.
TEST(Track, HoldsHugeAndTinyValuesAtTheirOwnEnd) {
  const Range logarithmic{.slider_min = 1e-4, .slider_max = 10, .logarithmic = true};
  const Range even{.slider_min = 0, .slider_max = 0.5};
  for (const Range& range : {logarithmic, even}) {
    EXPECT_EQ(share_of_track(range, 1e308), 1);
    EXPECT_EQ(share_of_track(range, 0), 0);
    EXPECT_EQ(share_of_track(range, -1e308), 0);
  }
  EXPECT_NEAR(share_of_track(logarithmic, 1e-2), 0.4, 1e-12);
  EXPECT_NEAR(share_of_track(even, 0.125), 0.25, 1e-12);
}

TEST_F(Widgets, ToggleThatDoesNotApplyStays) {
  run([](ImGuiTestContext& at) { at.ItemClick("##off"); });
  EXPECT_FALSE(state.causal);
}

TEST_F(Widgets, ChoiceOpensAListAndTakesFromIt) {
  run([](ImGuiTestContext& at) {
    at.ItemClick("##model.energy");
    at.ItemClick("//$FOCUSED/laplace/##item");
  });
  EXPECT_EQ(state.energy, 1);
}

TEST_F(Widgets, ChoiceByKeyboard) {
  run([](ImGuiTestContext& at) {
    at.NavMoveTo("##model.energy");
    at.NavActivate();
    at.Yield(2);
    at.KeyPress(ImGuiKey_DownArrow);
    at.KeyPress(ImGuiKey_DownArrow);
    at.KeyPress(ImGuiKey_Enter);
  });
  EXPECT_EQ(state.energy, 2);
}

TEST_F(Widgets, SegmentsSelect) {
  run([](ImGuiTestContext& at) { at.ItemClick("##optimizer.method/EM"); });
  EXPECT_EQ(state.rule, 2);
  run([](ImGuiTestContext& at) { at.ItemClick("##tied/hard"); });
  EXPECT_EQ(state.tied, 0) << "an option with a reason cannot be chosen";
}

TEST_F(Widgets, StepperSteps) {
  run([](ImGuiTestContext& at) {
    at.ItemClick("##model.components/plus");
    at.ItemClick("##model.components/plus");
    at.ItemClick("##model.components/minus");
  });
  EXPECT_EQ(state.prototypes, 4);
}

TEST_F(Widgets, StepperTakesTypedNumbersWithinItsRange) {
  run([](ImGuiTestContext& at) {
    at.ItemDoubleClick("##model.components/value");
    at.KeyCharsReplaceEnter("12");
  });
  EXPECT_EQ(state.prototypes, 12);
  run([](ImGuiTestContext& at) {
    at.ItemDoubleClick("##model.components/value");
    at.KeyCharsReplaceEnter("0");
  });
  EXPECT_EQ(state.prototypes, 12);
}

TEST_F(Widgets, ScrubFollowsTheMouse) {
  run([](ImGuiTestContext& at) {
    const ImRect row = at.ItemInfo("##optimizer.blend").RectFull;
    at.MouseMoveToPos({row.Min.x + 0.25F * row.GetWidth(), row.Min.y + px(28)});
    at.MouseDown();
    at.Yield(2);
    at.MouseMoveToPos({row.Min.x + 0.5F * row.GetWidth(), row.Min.y + px(28)});
    at.MouseUp();
  });
  EXPECT_NEAR(state.blend, 0.5, 0.003);
  EXPECT_EQ(state.activated, 1);
  EXPECT_EQ(state.released, 1);
}

TEST_F(Widgets, ScrubGivesRoundNumbers) {
  run([](ImGuiTestContext& at) {
    const ImRect row = at.ItemInfo("##optimizer.blend").RectFull;
    at.MouseMoveToPos({row.Min.x + 0.3333F * row.GetWidth(), row.Min.y + px(28)});
    at.MouseClick();
  });
  EXPECT_DOUBLE_EQ(state.blend, std::round(state.blend * 1000) / 1000);
}

TEST_F(Widgets, ScrubIsNotMovedByAClickOnItsLabel) {
  run([](ImGuiTestContext& at) {
    const ImRect row = at.ItemInfo("##optimizer.blend").RectFull;
    at.MouseMoveToPos({row.Min.x + px(10), row.Min.y + px(10)});
    at.MouseClick();
  });
  EXPECT_EQ(state.blend, 0.35);
}

TEST_F(Widgets, ScrubTakesTypedValuesBeyondTheSlider) {
  run([](ImGuiTestContext& at) {
    at.ItemDoubleClick("##model.temperature");
    at.KeyCharsReplaceEnter("250");
  });
  EXPECT_EQ(state.temperature, 250);
}

TEST_F(Widgets, ScrubRefusesWhatIsNotLegal) {
  run([](ImGuiTestContext& at) {
    at.ItemDoubleClick("##model.temperature");
    at.KeyCharsReplaceEnter("-2");
    at.ItemDoubleClick("##model.temperature");
    at.KeyCharsReplaceEnter("warm");
  });
  EXPECT_EQ(state.temperature, 1);
}

TEST_F(Widgets, EscapeKeepsTheValue) {
  state.temperature = 0.1 + 0.2;
  run([](ImGuiTestContext& at) {
    at.ItemDoubleClick("##model.temperature");
    at.KeyCharsReplace("7");
    at.KeyPress(ImGuiKey_Escape);
  });
  EXPECT_EQ(state.temperature, 0.1 + 0.2) << "to the last bit";
}

TEST_F(Widgets, EnterWithoutAChangeKeepsAllBits) {
  state.temperature = 0.1 + 0.2;
  run([](ImGuiTestContext& at) {
    at.ItemDoubleClick("##model.temperature");
    at.KeyPress(ImGuiKey_Enter);
  });
  EXPECT_EQ(state.temperature, 0.1 + 0.2);
}

TEST_F(Widgets, ScrubByKeyboard) {
  run([](ImGuiTestContext& at) {
    at.NavMoveTo("##optimizer.blend");
    at.NavActivate();
    at.Yield(2);
    at.KeyPress(ImGuiKey_RightArrow);
    at.KeyPress(ImGuiKey_RightArrow);
    at.KeyPress(ImGuiKey_Enter);
  });
  EXPECT_GT(state.blend, 0.35);
  EXPECT_LT(state.blend, 0.42);
}

TEST_F(Widgets, RightClickAsksForTheDefault) {
  run([](ImGuiTestContext& at) {
    at.ItemClick("##optimizer.blend", ImGuiMouseButton_Right);
    at.ItemClick("##model.energy", ImGuiMouseButton_Right);
  });
  EXPECT_EQ(state.resets, 2);
  EXPECT_EQ(state.blend, 0.35);
}

TEST_F(Widgets, CopyTakesAllDigits) {
  state.temperature = 0.1 + 0.2;
  run([](ImGuiTestContext& at) {
    at.MouseMove("##model.temperature");
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_C);
    IM_CHECK_STR_EQ(ImGui::GetClipboardText(), "0.30000000000000004");
  });
}

TEST_F(Widgets, FoldOpens) {
  run([](ImGuiTestContext& at) { at.ItemClick("##schedule"); });
  EXPECT_TRUE(state.fold_a);
}

TEST_F(Widgets, TextIsTyped) {
  run([](ImGuiTestContext& at) {
    at.ItemClick("##name");
    at.KeyCharsReplaceEnter("four blobs");
  });
  EXPECT_EQ(state.name, "four blobs");
  EXPECT_EQ(state.released, 1);
}

TEST_F(Widgets, FolderButtonAsksToBrowse) {
  run([](ImGuiTestContext& at) { at.ItemClick("##path/browse"); });
  EXPECT_EQ(state.browsed, 1);
}

TEST_F(Widgets, ArrowsBelongToTheTransportUntilTab) {
  ImGuiIO& io = ImGui::GetIO();
  const auto press = [&](ImGuiKey key) {
    io.AddKeyEvent(key, true);
    driver.window().render(gallery);
    io.AddKeyEvent(key, false);
    driver.window().render(gallery);
  };
  press(ImGuiKey_DownArrow);
  EXPECT_FALSE(keyboard_is_taken());
  for (int i = 0; i < 12; ++i) press(ImGuiKey_Tab);
  EXPECT_TRUE(keyboard_is_taken());
  press(ImGuiKey_Escape);
  press(ImGuiKey_Escape);
  EXPECT_FALSE(keyboard_is_taken());
}

TEST_F(Widgets, TabReachesEveryKindAndSpaceWorksThem) {
  ImGuiIO& io = ImGui::GetIO();
  const ImGuiID volume = ImGui::FindWindowByName("Gallery")->GetID("##model.volume");
  for (int i = 0; i < 60 && ImGui::GetCurrentContext()->NavId != volume; ++i) {
    io.AddKeyEvent(ImGuiKey_Tab, true);
    driver.window().render(gallery);
    io.AddKeyEvent(ImGuiKey_Tab, false);
    driver.window().render(gallery);
  }
  ASSERT_EQ(ImGui::GetCurrentContext()->NavId, volume);
  io.AddKeyEvent(ImGuiKey_Space, true);
  driver.window().render(gallery);
  io.AddKeyEvent(ImGuiKey_Space, false);
  driver.window().render(gallery);
  EXPECT_FALSE(state.volume);
}

TEST(TypedNumber, ReadsWhatPeopleType) {
  double v = 0;
  EXPECT_TRUE(parse_number("0.5", v) && v == 0.5);
  EXPECT_TRUE(parse_number(" .5 ", v) && v == 0.5);
  EXPECT_TRUE(parse_number("0,5", v) && v == 0.5);
  EXPECT_TRUE(parse_number("−2", v) && v == -2);
  EXPECT_TRUE(parse_number("+1e-3", v) && v == 1e-3);
  EXPECT_TRUE(parse_number("1/4", v) && v == 0.25);
  for (const char* wrong : {"", "-", "one", "1/0", "nan", "inf", "1e999", "1 2x"})
    EXPECT_FALSE(parse_number(wrong, v)) << wrong;
}

TEST(ShownValue, KeepsDigitsInTheirPlace) {
  EXPECT_EQ(format_value(1), "1.000");
  EXPECT_EQ(format_value(0.35), "0.350");
  EXPECT_EQ(format_value(0.7), "0.700");
  EXPECT_EQ(format_value(0.05), "0.050");
  EXPECT_EQ(format_value(0.0123), "0.0123");
  EXPECT_EQ(format_value(12.5), "12.50");
  EXPECT_EQ(format_value(114.9), "114.9");
  EXPECT_EQ(format_value(1250), "1250");
  EXPECT_EQ(format_value(-0.5), "−0.500");
  EXPECT_EQ(format_value(0), "0.000");
}

TEST(LegalRange, SaysWhatIsLegal) {
  EXPECT_EQ(describe({.min = 0, .min_open = true}), "above 0");
  EXPECT_EQ(describe({.min = 1, .max = 64}), "from 1 to 64");
  EXPECT_EQ(describe({}), "");
}

}  // namespace
}  // namespace iem::gui
