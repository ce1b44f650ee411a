// Presenting: what a class sees, what keys do then, the tools on the stage and the presenter's notes.
#include <algorithm>
#include <fstream>

#include "app/export/export.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/present_text.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/settings.h"
#include "core/lesson/lessons.h"
#include "core/lesson/read_lesson.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

namespace iem::gui {
namespace {

constexpr const char* kClass = R"(---
title: A class
minutes: 45
---
# Shares
```iemlab
scene = "penguins"
step = 8
show = ["stage", "loss", "responsibilities", "strip", "step"]
```
Words that the students read at home.

? ask = "Where will prototype 2 go next?", where = "prototype 2"
! It goes up. The rest is told in the notes.
> Let them vote first; J is {loss} by then.

# Votes
```iemlab
show = ["stage", "loss"]
```
? ask = "Which falls?", choice = ["J", "L"], answer = "J"
! J falls.
)";

class Presenting : public AppTest {
 protected:
  explicit Presenting(const std::string& scene = "penguins", int width = 1280, int height = 720)
      : AppTest(scene, width, height) {}
  Presenter& presenter() { return app().presenter(); }
  void act(const char* id) {
    EXPECT_EQ(app().actions().disabled(id), "") << id;
    app().actions().run(id);
    settled();
    settled();  // a new layout comes a frame later
  }
  void begin_class() {
    app().lessons().hasten(1000);
    app().open_lesson(read_lesson(kClass, "class.md"));
    settled();
    act("view.present");
  }
  std::vector<DrawnText> read() {
    driver.window().render(frame);
    return drawn_words();
  }
  static bool has(const std::vector<DrawnText>& all, std::string words) {
    std::erase(words, ' ');  // blanks are not drawn
    return std::ranges::any_of(
        all, [&](const DrawnText& each) { return each.words.find(words) != std::string::npos; });
  }
  bool reads(const std::string& words) { return has(read(), words); }
  void point_at(ImVec2 place) {
    ImGui::GetIO().AddMousePosEvent(place.x, place.y);
    driver.window().render(frame);
  }
  paint::Image picture() {
    driver.window().render(frame);
    return driver.window().read_pixels();
  }
};

TEST_F(Presenting, ShowsTheMomentAloneAndLarger) {
  begin_class();
  EXPECT_NEAR(gui::scale(), 1.6, 1e-6);
  EXPECT_EQ(settings().user_scale, 1) << "nothing is remembered of it";
  const std::vector<DrawnText> all = read();
  EXPECT_TRUE(has(all, "Shares"));
  EXPECT_TRUE(has(all, "Where will prototype"));
  EXPECT_TRUE(has(all, "of 2")) << "the page";
  EXPECT_TRUE(has(all, "step 8"));
  EXPECT_FALSE(has(all, "Words that the students")) << "the teacher says these";
  EXPECT_FALSE(has(all, "Let them vote")) << "the notes are not for the class";
  EXPECT_FALSE(has(all, std::string(text::kExport))) << "no buttons";
  act("view.present");
  EXPECT_EQ(gui::scale(), 1);
  EXPECT_TRUE(reads("Words that the students"));
}

TEST_F(Presenting, TheStageReachesToItsEdges) {
  act("view.present");
  const auto to_px = *app().stage().shown();
  EXPECT_LE(to_px.rect().x0, 1);
  EXPECT_NEAR(to_px.rect().y0, kPresentHead, 2);
}

TEST_F(Presenting, PageDownRevealsAndGoesOnAndEscapeEndsIt) {
  begin_class();
  const auto press = [&](ImGuiKey key) {
    run([&](ImGuiTestContext& at) { at.KeyPress(key); });
    settled();
  };
  press(ImGuiKey_PageDown);
  EXPECT_TRUE(app().lessons().revealed());
  EXPECT_TRUE(reads("It goes up."));
  EXPECT_FALSE(reads("The rest is told")) << "one sentence";
  press(ImGuiKey_PageDown);
  EXPECT_EQ(app().lessons().index(), 1u);
  EXPECT_TRUE(reads("Which falls?"));
  EXPECT_TRUE(reads("J"));
  press(ImGuiKey_PageUp);
  EXPECT_EQ(app().lessons().index(), 0u);
  press(ImGuiKey_Escape);
  EXPECT_FALSE(presenter().on());
  EXPECT_TRUE(app().lessons().is_open()) << "presenting ends first";
  press(ImGuiKey_Escape);
  EXPECT_FALSE(app().lessons().is_open());
}

TEST_F(Presenting, KeysThatDestroyAreOff) {
  act("transport.forward");
  act("view.present");
  const std::uint64_t before = hash();
  for (const char* id : {"transport.restart", "transport.reseed", "transport.new_start", "edit.undo",
                         "edit.redo", "edit.reset_settings", "data.redraw", "data.paint", "data.paste",
                         "scene.next", "session.last", "layout.reset"})
    EXPECT_EQ(app().actions().disabled(id), word(text::present::kOff)) << id;
  run([&](ImGuiTestContext& at) {
    for (const ImGuiKeyChord key : {ImGuiKeyChord(ImGuiKey_R), ImGuiKeyChord(ImGuiKey_N),
                                    ImGuiKeyChord(ImGuiKey_B), ImGuiMod_Ctrl | ImGuiKey_Z})
      at.KeyPress(key);
  });
  EXPECT_EQ(hash(), before);
  act("transport.forward");
  EXPECT_NE(hash(), before) << "to step is what it is for";
}

TEST_F(Presenting, OfAllActionsThoseAreOffThatCostSomething) {
  act("view.present");
  std::size_t off = 0, begin = 0;
  for (const Action& action : app().actions().all()) {
    const std::string area = action.id.substr(0, action.id.find('.'));
    const bool costs = action.begins_run || action.off_while_presenting || area == "edit" || area == "data" ||
                       area == "scene" || area == "run" || area == "lab" || area == "layout";
    EXPECT_EQ(app().actions().disabled(action.id) == word(text::present::kOff), costs) << action.id;
    off += static_cast<std::size_t>(costs), begin += static_cast<std::size_t>(action.begins_run);
  }
  EXPECT_GT(off, 20U);
  EXPECT_EQ(begin, 3U);
  for (const char* id : {"lesson.move_page_up", "lesson.move_page_down", "lesson.remove_page",
                         "lesson.update_moment", "session.last"})
    EXPECT_EQ(app().actions().disabled(id), word(text::present::kOff)) << id;
}

TEST_F(Presenting, ToolsAreThereOnlyThen) {
  for (const char* id : {"present.pen", "present.spotlight", "present.lens", "present.notes", "present.wipe"})
    EXPECT_NE(app().actions().disabled(id), "") << id;
}

TEST_F(Presenting, ThePenDrawsMovesNothingAndIsExported) {
  act("view.present");
  const std::uint64_t before = hash();
  act("present.pen");
  const ImVec2 from = prototype(1);
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(from);
    at.MouseDown();
    at.MouseMoveToPos({from.x + 90, from.y - 60});
    at.MouseUp();
  });
  EXPECT_EQ(hash(), before);
  ASSERT_FALSE(app().context().strokes.empty());
  const std::string stage = app().context().stage().id;
  const std::string file = fresh_file("pen.csv");
  write_figure(figure_to_export(app().context(), stage), file);
  std::ifstream in(file);
  const std::string csv((std::istreambuf_iterator<char>(in)), {});
  EXPECT_NE(csv.find("pen"), std::string::npos);
  act("present.wipe");
  EXPECT_TRUE(app().context().strokes.empty());
}

TEST_F(Presenting, WhatIsExportedKeepsThePenAsItWas) {
  Strokes& strokes = app().context().strokes;
  strokes.draw_to(1, 2), strokes.draw_to(3, 4);
  const std::string stage = app().context().stage().id;
  const Figure figure = figure_to_export(app().context(), stage);
  const Figure again = figure_to_export(app().context(), stage);
  const auto* pen = std::get_if<Line>(&figure.panels.front().marks.back());
  const auto* other = std::get_if<Line>(&again.panels.front().marks.back());
  ASSERT_TRUE(pen && other && pen->series == "pen" && other->series == "pen");
  ASSERT_NE(pen->x.data(), other->x.data()) << "they are numbers of the window, not of the figure";
  ASSERT_NE(pen->y.data(), other->y.data());
  for (int i = 0; i < 1000; ++i) strokes.draw_to(i, i);
  strokes.wipe();
  EXPECT_EQ(std::vector(pen->x.begin(), pen->x.end()), (std::vector<double>{1, 3}));
  EXPECT_EQ(std::vector(pen->y.begin(), pen->y.end()), (std::vector<double>{2, 4}));
}

TEST(PenStrokes, FadeAfterAWhileAndStayWhileHeld) {
  Strokes strokes;
  strokes.draw_to(0, 0), strokes.draw_to(1, 1);
  strokes.fade(100, false);
  EXPECT_FALSE(strokes.fading(100)) << "it is still being drawn";
  strokes.lift(100);
  strokes.fade(105, false);
  EXPECT_FALSE(strokes.fading(105)) << "nothing need be drawn again yet";
  EXPECT_TRUE(strokes.fading(108.5));
  Panel whole;
  strokes.add_to(whole);
  ASSERT_EQ(whole.marks.size(), 1u);
  EXPECT_EQ(std::get<Line>(whole.marks[0]).ink.alpha, 1);
  strokes.fade(109, false);
  Panel fading;
  strokes.add_to(fading);
  EXPECT_LT(std::get<Line>(fading.marks.at(0)).ink.alpha, 1);
  strokes.fade(200, true);
  EXPECT_FALSE(strokes.empty()) << "an export is being prepared";
  strokes.fade(220, false);
  EXPECT_TRUE(strokes.empty());
}

// How much two pictures differ within a square, in parts of all its pixels.
double differing(const paint::Image& a, const paint::Image& b, ImVec2 centre, int half) {
  int count = 0, all = 0;
  for (int y = static_cast<int>(centre.y) - half; y < static_cast<int>(centre.y) + half; ++y)
    for (int x = static_cast<int>(centre.x) - half; x < static_cast<int>(centre.x) + half; ++x, ++all) {
      const auto at = static_cast<std::size_t>(4 * (y * a.width + x));
      count += std::abs(a.rgba[at] - b.rgba[at]) + std::abs(a.rgba[at + 1] - b.rgba[at + 1]) > 8;
    }
  return static_cast<double>(count) / all;
}

TEST_F(Presenting, TheSpotlightLeavesWhatIsPointedAt) {
  act("view.present");
  const ImVec2 lit(300, 320), aside(660, 480);
  point_at(lit);
  const paint::Image before = picture();
  act("present.spotlight");
  const paint::Image after = picture();
  EXPECT_LT(differing(before, after, lit, 40), 0.02);
  EXPECT_GT(differing(before, after, aside, 40), 0.5);
}

TEST_F(Presenting, TheLensEnlargesWhatIsPointedAt) {
  act("view.present");
  const ImVec2 lit(300, 320), aside(700, 200);
  point_at(lit);
  const paint::Image before = picture();
  act("present.lens");
  const paint::Image after = picture();
  EXPECT_GT(differing(before, after, lit, 60), 0.05);
  EXPECT_EQ(differing(before, after, aside, 40), 0);
}

TEST_F(Presenting, NotesAreAPanelThatTheLecturerAsksFor) {
  begin_class();
  act("present.notes");
  const std::vector<DrawnText> all = read();
  EXPECT_TRUE(has(all, "Let them vote"));
  EXPECT_TRUE(has(all, "0 of 45 minutes"));
  EXPECT_TRUE(has(all, "Page Down reveals"));
  EXPECT_EQ(presenter().notes().markdown.find("{loss}"), std::string::npos) << "numbers are filled in";
  EXPECT_TRUE(has(all, "Words that the students")) << "what they read is there to be said";
  const paint::Image page = notes_picture(presenter().notes(), 880, 620, 1, theme());
  EXPECT_EQ(page.rgba.size(), 4u * 880 * 620);
  EXPECT_GT(std::ranges::count_if(page.rgba, [](auto byte) { return byte < 90; }), 1000)
      << "there is ink on it";
  EXPECT_NE(app().actions().disabled("present.notes_window"), "") << "there is no display here";
}

// Two lines of its smallest size do not hold this question.
TEST_F(Presenting, ALongSentenceIsCutBehindAWord) {
  std::string page = kClass;
  const std::string ask = "Where will prototype 2 go next?";
  std::string longer = "Where will";
  for (int i = 0; i < 40; ++i) longer += " prototype two and the others";
  page.replace(page.find(ask), ask.size(), longer + " go?");
  app().open_lesson(read_lesson(page, "class.md"));
  settled();
  act("view.present");
  std::vector<DrawnText> head;
  for (const DrawnText& each : read())
    if (each.y1 <= kPresentHead * gui::scale()) head.push_back(each);
  EXPECT_TRUE(has(head, "Where will"));
  EXPECT_TRUE(has(head, "…"));
}

class PresentedKey : public Presenting {
 protected:
  PresentedKey() : Presenting("labels_clamp") {}
};

// Where numbers of an axis were, the first of them lost its minus at the edge of the window.
TEST_F(PresentedKey, StandsBelowAStageWithoutNumbers) {
  const Panel& stage = app().context().stage().panels.front();
  std::vector<std::string> signs;
  for (const Mark& mark : stage.marks)
    if (const auto* legend = std::get_if<Legend>(&mark))
      for (const auto& entry : legend->entries) signs.push_back(entry.second);
  ASSERT_GT(signs.size(), 1u);
  act("view.present");
  const paint::PxRect plot = app().stage().shown()->rect();
  const auto scaled = [](double style) { return static_cast<float>(style) * gui::scale(); };
  std::vector<DrawnText> below;
  for (const DrawnText& each : read())
    if (each.y0 >= scaled(plot.y1) && each.x1 <= scaled(plot.x1) && !each.window.starts_with("##phases"))
      below.push_back(each);
  for (const std::string& sign : signs) EXPECT_TRUE(has(below, sign)) << sign;
  for (const DrawnText& each : below) EXPECT_GT(each.x0, gui::px(8)) << each.words;
}

class PresentedUnits : public Presenting {
 protected:
  PresentedUnits() : Presenting("digits_part") {}
};

// Twenty-five units would fill the window and show their filters as large as a thumb's nail.
TEST_F(PresentedUnits, LeaveTheStageMostOfTheWindow) {
  act("view.present");
  const Band& strip = app().layout().phases();
  EXPECT_GT(strip.max.y, strip.min.y);
  EXPECT_LE(strip.max.y - strip.min.y, 720 / 3);
}

class PresentedAtlas : public Presenting {
 protected:
  PresentedAtlas() : Presenting("starts_em") {}
};

// On the map it lay over the name of an optimum.
TEST_F(PresentedAtlas, HasItsKeyBelowTheMap) {
  app().context().set("view.atlas_size", std::int64_t{32});
  settled();
  act("view.present");
  const auto map = app().plots().map_shown();
  ASSERT_TRUE(map);
  const float bottom = static_cast<float>(map->rect().y1) * gui::scale();
  int ends = 0;
  for (const DrawnText& each : read()) {
    const bool of_key = each.words.find(":J=") != std::string::npos;
    if (of_key) EXPECT_GT(each.y0, bottom) << each.words;
    ends += of_key ? 1 : 0;
  }
  EXPECT_GT(ends, 1);
}

// Scenes with one to sixteen prototypes, queries, classes.
class PresentedScene : public Presenting, public testing::WithParamInterface<const char*> {
 protected:
  PresentedScene() : Presenting(GetParam()) {}
};

TEST_P(PresentedScene, LeavesNoPrototypeOfItsPhasesOut) {
  app().actions().run("transport.forward");  // where the lab has steps
  act("view.present");
  const std::vector<DrawnText> all = read();
  for (const DrawnText& each : all)
    if (each.window.starts_with("##phases")) EXPECT_NE(each.words.substr(0, 1), "+") << each.words;
}

INSTANTIATE_TEST_SUITE_P(Scenes, PresentedScene,
                         testing::Values("penguins", "annealing", "tanh", "routing_toy", "old_faithful"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace iem::gui
