// The window without a mouse: chords in slow frames, one Tab order, panels by F6, a hand on the stage.
#include <algorithm>
#include <map>
#include <vector>

#include "app/gui/look/key_text.h"
#include "app/gui/look/text.h"
#include "imgui_internal.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

struct KeyEvent {
  ImGuiKey key;
  bool down;
};

class KeyboardTest : public AppTest {
 protected:
  explicit KeyboardTest(const std::string& scene = "three_blobs") : AppTest(scene) {}

  static void send(std::initializer_list<KeyEvent> events) {
    for (const KeyEvent& event : events) ImGui::GetIO().AddKeyEvent(event.key, event.down);
  }
  void frames(int count = 1) {
    for (int i = 0; i < count; ++i) driver.window().render(frame);
  }
  // Pressed and released; what the engine makes of it is seen after settled().
  void press(ImGuiKey key, ImGuiKey modifier = ImGuiKey_None) {
    ImGuiIO& io = ImGui::GetIO();
    if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, true);
    io.AddKeyEvent(key, true);
    frames();
    io.AddKeyEvent(key, false);
    if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, false);
    frames(2);
    while (app().focus().working()) frames();
  }
  const ImGuiContext& gui() { return *ImGui::GetCurrentContext(); }
  const std::string& phase() {
    shown_phase_ = app().context().view().chosen_phase();
    return shown_phase_;
  }

 private:
  std::string shown_phase_;
};

class Keyboard : public KeyboardTest {};

// A frame that takes half a second finds a whole chord in its queue, the modifier already released.
TEST_F(Keyboard, AChordIsItselfHoweverLateTheFrame) {
  send({{ImGuiMod_Ctrl, true}, {ImGuiKey_P, true}, {ImGuiKey_P, false}, {ImGuiMod_Ctrl, false}});
  frames(6);
  EXPECT_TRUE(app().palette().is_open());
  press(ImGuiKey_Escape);
  ASSERT_FALSE(app().palette().is_open());

  send({{ImGuiMod_Shift, true}});
  frames(2);
  send({{ImGuiKey_RightArrow, true}, {ImGuiMod_Shift, false}, {ImGuiKey_RightArrow, false}});
  frames(6);
  EXPECT_EQ(step(), 0) << "Shift was down when Right was pressed";
  EXPECT_FALSE(phase().empty());
  app().context().view().choose_phase({});

  send({{ImGuiKey_RightArrow, true},
        {ImGuiMod_Shift, true},
        {ImGuiKey_RightArrow, false},
        {ImGuiMod_Shift, false}});
  frames(6);
  EXPECT_EQ(step(), 1) << "Shift came after it";
  EXPECT_TRUE(phase().empty());
}

// What is typed behind a shortcut is meant for what it opens, though no frame has been drawn yet.
TEST_F(Keyboard, LettersBehindAChordGoWhereTheyAreMeant) {
  send({{ImGuiMod_Ctrl, true}, {ImGuiKey_P, true}, {ImGuiKey_P, false}, {ImGuiMod_Ctrl, false}});
  ImGuiIO& io = ImGui::GetIO();
  for (const auto& [key, letter] : std::vector<std::pair<ImGuiKey, char>>{
           {ImGuiKey_B, 'b'}, {ImGuiKey_R, 'r'}, {ImGuiKey_U, 'u'}, {ImGuiKey_S, 's'}, {ImGuiKey_H, 'h'}}) {
    io.AddKeyEvent(key, true);
    io.AddInputCharacter(static_cast<unsigned>(letter));
    io.AddKeyEvent(key, false);
  }
  frames(20);
  EXPECT_TRUE(app().palette().is_open());
  EXPECT_EQ(app().palette().typed(), "brush");
  EXPECT_FALSE(app().context().view().painting);
}

struct TabStop {
  ImGuiID window, id;
  std::string panel;
  bool operator==(const TabStop& other) const { return window == other.window && id == other.id; }
};

class TabOrder : public KeyboardTest {
 protected:
  TabStop here() { return {gui().NavWindow->ID, gui().NavId, app().focus().focused()}; }
  // The ring shows: something around the focused widget differs from what was there without it.
  bool is_seen(const paint::Image& before) {
    const paint::Image now = driver.window().read_pixels();
    const ImRect rect = ImGui::WindowRectRelToAbs(gui().NavWindow, gui().NavWindow->NavRectRel[0]);
    const float out = px(11);
    for (int y = std::max(0, static_cast<int>(rect.Min.y - out));
         y < std::min<int>(now.height, static_cast<int>(rect.Max.y + out)); ++y)
      for (int x = std::max(0, static_cast<int>(rect.Min.x - out));
           x < std::min<int>(now.width, static_cast<int>(rect.Max.x + out)); ++x) {
        const auto at = 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(now.width) +
                             static_cast<std::size_t>(x));
        if (now.rgba[at] != before.rgba[at]) return true;
      }
    return false;
  }
};

TEST_F(TabOrder, GoesThroughTheWholeWindowAndComesBack) {
  std::vector<TabStop> stops;
  std::vector<std::string> panels;
  for (int i = 0; i < 200; ++i) {
    const paint::Image before = driver.window().read_pixels();
    press(ImGuiKey_Tab);
    if (gui().ActiveId != 0) press(ImGuiKey_Escape);  // a field has begun to be typed in
    const TabStop stop = here();
    if (!stops.empty() && stop == stops.front()) break;
    ASSERT_EQ(std::ranges::find(stops, stop), stops.end()) << "a trap in " << stop.panel << " after " << i;
    EXPECT_TRUE(is_seen(before)) << stop.panel << ", stop " << i << ": nothing shows where the keyboard is";
    stops.push_back(stop);
    if (panels.empty() || panels.back() != stop.panel) panels.push_back(stop.panel);
  }
  EXPECT_EQ(panels,
            (std::vector<std::string>{"Top bar", "Controls", "Stage", "Loss", "Identity", "Pinned point",
                                      "Derived activation", "Phases of one update", "Time"}));
  EXPECT_GT(stops.size(), 40U);
  EXPECT_LT(stops.size(), 200U) << "it never came back";
  // And the same way back.
  press(ImGuiKey_Tab, ImGuiMod_Shift);
  EXPECT_EQ(here(), stops.back());
  press(ImGuiKey_Tab, ImGuiMod_Shift);
  EXPECT_EQ(here(), stops[stops.size() - 2]);
  EXPECT_EQ(step(), 0) << "moving about changes nothing";
}

TEST_F(Keyboard, F6GoesFromPanelToPanelAndSaysWhere) {
  std::vector<std::string> names;
  for (int i = 0; i < 10; ++i) {
    press(ImGuiKey_F6);
    names.push_back(app().focus().focused());
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{"Top bar", "Controls", "Stage", "Loss", "Identity", "Pinned point",
                                      "Derived activation", "Phases of one update", "Time", "Top bar"}));
  press(ImGuiKey_F6, ImGuiMod_Shift);
  EXPECT_EQ(app().focus().focused(), "Time");
  press(ImGuiKey_Tab, ImGuiMod_Ctrl);
  EXPECT_EQ(app().focus().focused(), "Top bar");
  EXPECT_EQ(gui().NavWindowingTarget, nullptr) << "ImGui's list of windows";
  press(ImGuiKey_Escape);
  EXPECT_EQ(app().focus().focused(), "");
  press(ImGuiKey_RightArrow);
  EXPECT_EQ(step(), 1) << "arrows belong to time again";
}

// Where panels are tabs, F6 brings them to the front.
TEST(NarrowKeyboard, F6BringsATabToTheFront) {
  AppFrame frame;
  Driver driver(frame, headless_options(1024, 720));
  frame.app = std::make_unique<App>(driver.window(), open_scene("three_blobs").run);
  const auto draw = [&](int count) {
    for (int i = 0; i < count; ++i) driver.window().render(frame);
  };
  draw(8);
  int shown = 0;
  for (int i = 0; i < 7; ++i) {
    ImGui::GetIO().AddKeyEvent(ImGuiKey_F6, true);
    draw(1);
    ImGui::GetIO().AddKeyEvent(ImGuiKey_F6, false);
    draw(6);
    const ImGuiWindow* window = ImGui::GetCurrentContext()->NavWindow->RootWindow;
    EXPECT_FALSE(window->Hidden) << frame.app->focus().focused();
    shown += window->DockNode != nullptr && window->DockNode->Windows.Size > 1 ? 1 : 0;
  }
  EXPECT_EQ(shown, 4);
  frame.app.reset();
}

// What is held says which keys move it, as long as it is held.
TEST_F(Keyboard, TheNoticeOfAHeldPrototypeEndsWithIt) {
  const auto says = [&] {
    int lines = 0;
    for (const std::string& line : app().context().notices().history())
      if (line.ends_with(text::kMoveKeys)) lines += app().context().notices().showing(line) ? 1 : 0;
    return lines > 0;
  };
  EXPECT_FALSE(says());
  press(ImGuiKey_P);
  ASSERT_TRUE(app().key_hand().chooses());
  EXPECT_TRUE(says());
  press(ImGuiKey_Escape);
  ASSERT_FALSE(app().key_hand().chooses());
  EXPECT_FALSE(says());
}

TEST_F(Keyboard, AKeyThatCannotActSaysWhy) {
  const auto last = [&] {
    const auto& said = app().context().notices().history();
    return said.empty() ? std::string() : said.back();
  };
  for (const auto& [key, mods, id] : {std::tuple{ImGuiKey_M, ImGuiMod_Ctrl, "lesson.add_moment"},
                                      std::tuple{ImGuiKey_Z, ImGuiMod_Ctrl, "edit.undo"},
                                      std::tuple{ImGuiKey_Home, ImGuiKey_None, "transport.start"}}) {
    const std::string why = app().actions().disabled(id);
    ASSERT_FALSE(why.empty()) << id;
    EXPECT_NE(last(), why);
    press(key, mods);
    EXPECT_EQ(last(), why);
  }
  const std::string before = last();
  press(ImGuiKey_Escape);  // it leaves a lesson, and closes much else
  EXPECT_EQ(last(), before);
}

TEST_F(Keyboard, PHoldsAPrototypeAndArrowsMoveIt) {
  const std::uint64_t before = hash();
  const auto theta = settled()->state.theta;
  press(ImGuiKey_P);
  ASSERT_EQ(app().key_hand().chosen(), (ElementId{ElementId::Kind::prototype, 0}));
  for (int i = 0; i < 3; ++i) press(ImGuiKey_RightArrow);
  press(ImGuiKey_UpArrow);
  const auto moved = settled()->state.theta;
  EXPECT_GT(moved[0], theta[0]);
  EXPECT_GT(moved[1], theta[1]);
  const double stride = (moved[0] - theta[0]) / 3;
  press(ImGuiKey_RightArrow, ImGuiMod_Shift);
  EXPECT_NEAR(settled()->state.theta[0] - moved[0], stride / 8, 1e-9);
  EXPECT_EQ(step(), 0) << "time stands still";
  press(ImGuiKey_Z, ImGuiMod_Ctrl);
  EXPECT_EQ(hash(), before) << "all of it is one undo step";
  EXPECT_FALSE(settled()->can_undo);
  // On to the next ones, and back.
  std::vector<ElementId> seen = {app().key_hand().chosen()};
  while (!app().key_hand().walks() && seen.size() < 60) {
    press(ImGuiKey_P);
    seen.push_back(app().key_hand().chosen());
  }
  std::map<ElementId::Kind, int> kinds;
  for (const ElementId& each : seen) ++kinds[each.kind];
  EXPECT_EQ(kinds[ElementId::Kind::prototype], 3);
  EXPECT_GT(kinds[ElementId::Kind::ellipse], 3) << "the handles of each";
  EXPECT_EQ(kinds[ElementId::Kind::point], 1);
  press(ImGuiKey_P, ImGuiMod_Shift);
  EXPECT_FALSE(app().key_hand().walks());
  press(ImGuiKey_Escape);
  EXPECT_FALSE(app().key_hand().chooses());
  press(ImGuiKey_RightArrow);
  EXPECT_EQ(step(), 1);
}

TEST_F(Keyboard, ArrowsGoFromPointToPoint) {
  press(ImGuiKey_P, ImGuiMod_Shift);  // from behind: points come last
  ASSERT_TRUE(app().key_hand().walks());
  const auto place = [&] {
    const auto snapshot = settled();
    const int pinned = app().context().view().pinned_point(*snapshot);
    EXPECT_GE(pinned, 0);
    return Eigen::Vector2d(snapshot->data().points.row(std::max(0, pinned)));
  };
  int moved = 0;
  for (const auto& [key, axis, sign] :
       std::vector<std::tuple<ImGuiKey, int, double>>{{ImGuiKey_RightArrow, 0, 1},
                                                      {ImGuiKey_UpArrow, 1, 1},
                                                      {ImGuiKey_LeftArrow, 0, -1},
                                                      {ImGuiKey_DownArrow, 1, -1}}) {
    const Eigen::Vector2d from = place();
    press(key);
    const Eigen::Vector2d way = place() - from;
    if (way.norm() == 0) continue;  // there is none farther on
    EXPECT_GT(sign * way[axis], 0);
    ++moved;
  }
  EXPECT_GE(moved, 3);
  EXPECT_EQ(step(), 0);
  EXPECT_FALSE(settled()->can_undo) << "looking is no edit";
}

// P works from anywhere in the window, and a pointer that moves has the stage again.
TEST_F(Keyboard, AHandOnTheStageEndsWithTheNextOne) {
  for (int i = 0; i < 3; ++i) press(ImGuiKey_F6);
  press(ImGuiKey_P);
  EXPECT_TRUE(app().key_hand().chooses());
  EXPECT_FALSE(keyboard_is_taken());
  run([&](ImGuiTestContext& at) { at.MouseMoveToPos(on_stage(0, 0)); });
  EXPECT_FALSE(app().key_hand().chooses());
}

class KeyHandSweep : public KeyboardTest, public testing::WithParamInterface<const char*> {
 protected:
  KeyHandSweep() : KeyboardTest(GetParam()) {}
};

INSTANTIATE_TEST_SUITE_P(Labs, KeyHandSweep,
                         testing::Values("penguins", "routing_toy", "open_world", "lines_part",
                                         "drag_a_point", "two_bumps"));

// Whatever a lab lets a hand move, keys move: each is one undo step.
TEST_P(KeyHandSweep, WhatAHandCanMoveKeysCan) {
  std::map<ElementId::Kind, bool> moved;
  for (int i = 0; i < 24 && moved.size() < 4; ++i) {
    press(ImGuiKey_P);
    if (!app().key_hand().chooses() || app().key_hand().walks()) break;
    const ElementId::Kind kind = app().key_hand().chosen().kind;
    if (moved[kind]) continue;
    const auto start = settled();
    const std::uint64_t before = start->state.hash();
    press(ImGuiKey_RightArrow);
    press(ImGuiKey_DownArrow);
    if (settled()->edits.size() == start->edits.size() && hash() == before) continue;  // of the view
    moved[kind] = true;
    press(ImGuiKey_Z, ImGuiMod_Ctrl);
    EXPECT_EQ(hash(), before) << GetParam() << ", kind " << static_cast<int>(kind);
    EXPECT_EQ(settled()->can_undo, start->can_undo) << "more than one undo step";
  }
  EXPECT_GE(std::ranges::count_if(moved, [](const auto& each) { return each.second; }), 1) << GetParam();
}

// The list of keys has them all.
TEST_F(Keyboard, EveryKeyIsInAGroupOfTheList) {
  int listed = 0;
  for (const Action& action : app().actions().all()) {
    if (action.keys.empty()) continue;
    const std::string room = action.id.substr(0, action.id.find('.'));
    const auto groups = std::ranges::count_if(text::kKeyGroups, [&](const text::KeyGroup& group) {
      return (" " + std::string(group.rooms) + " ").find(" " + room + " ") != std::string::npos;
    });
    EXPECT_EQ(groups, 1) << action.id;
    ++listed;
  }
  EXPECT_GT(listed, 40);
  std::map<ImGuiKeyChord, std::string> taken;
  for (const Action& action : app().actions().all())
    for (const ImGuiKeyChord chord : action.chords)
      EXPECT_TRUE(taken.emplace(chord, action.id).second) << action.id << " and " << taken[chord];
}

TEST_F(Keyboard, EscapeClosesTheInspector) {
  press(ImGuiKey_I);
  ASSERT_TRUE(app().inspector().is_open());
  press(ImGuiKey_Escape);
  EXPECT_FALSE(app().inspector().is_open());
}

}  // namespace
}  // namespace iem::gui
