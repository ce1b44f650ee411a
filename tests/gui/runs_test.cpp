// Several runs in the window: the strip under the top bar, the menu of a row, the stages side by side.
#include <algorithm>
#include <set>

#include "app/gui/context/run_work.h"
#include "app/gui/controls/row_menu.h"
#include "app/gui/controls/run_strip.h"
#include "app/gui/look/text.h"
#include "core/labs/kit/run_rows.h"
#include "core/labs/kit/seen_draws.h"
#include "core/session/scene_file.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

namespace iem::gui {
namespace {

class Runs : public AppTest {
 protected:
  std::uint64_t hash_of(std::size_t lane) { return settled()->lanes.at(lane).state.hash(); }
};

TEST_F(Runs, TheStripIsThereWithTheSecondAndGoesWithIt) {
  EXPECT_EQ(ImGui::FindWindowByName("##runs"), nullptr);
  app().engine().add_run({{}, {{"optimizer.method", std::string("em"), 0}}});
  run([](ImGuiTestContext& at) { at.Yield(2); });
  ASSERT_EQ(settled()->lanes.size(), 1u);
  const ImGuiWindow* strip = ImGui::FindWindowByName("##runs");
  ASSERT_NE(strip, nullptr);
  EXPECT_TRUE(strip->Active);
  EXPECT_FLOAT_EQ(strip->Size.y, kRunStripHeight);
  // The eye hides it on every figure, and it stays in the strip.
  run([](ImGuiTestContext& at) { at.ItemClick("##runs/$$1/##show"); });
  EXPECT_FALSE(settled()->lanes[0].shown);
  run([](ImGuiTestContext& at) { at.ItemClick("##runs/$$1/##show"); });
  EXPECT_TRUE(settled()->lanes[0].shown);
  run([](ImGuiTestContext& at) { at.ItemClick("##runs/$$1/##remove"); });
  EXPECT_TRUE(settled()->lanes.empty());
  run([](ImGuiTestContext& at) { at.Yield(2); });
  EXPECT_FALSE(ImGui::FindWindowByName("##runs")->Active);
}

// Beside its name a run does not say it again.
TEST_F(Runs, SayWhatDiffersBesideTheirNames) {
  Snapshot s = *settled();
  s.lanes.resize(2);
  s.lanes[0].label = "Adam", s.lanes[0].differs = "Adam, learning rate 0.1";
  s.lanes[1].label = "slow", s.lanes[1].differs = "Adam, learning rate 0.1";
  EXPECT_EQ(run_rows(s)[1].differs, "learning rate 0.1");
  EXPECT_EQ(run_rows(s)[2].differs, "Adam, learning rate 0.1");
}

TEST_F(Runs, TakeTheirPlotsWithThemByUndoAsByDismissing) {
  const auto plots = [&] { return app().context().view().config.list("view.plots"); };
  const auto compare = [&] {
    ASSERT_TRUE(app().actions().run("run.compare"));
    settled();
    ASSERT_FALSE(settled()->lanes.empty());
  };
  const std::vector<std::string> before = plots();
  compare();
  const std::vector<std::string> during = plots();
  ASSERT_NE(std::ranges::find(during, "runs"), during.end());
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  settled();
  ASSERT_TRUE(settled()->lanes.empty());
  EXPECT_EQ(plots(), before);
  compare();
  EXPECT_EQ(plots(), during);
  app().actions().run("run.dismiss");
  settled();
  EXPECT_EQ(plots(), before);
  // Plots that were chosen meanwhile stay.
  compare();
  std::vector<std::string> own = plots();
  std::swap(own[0], own[1]);
  app().context().set("view.plots", own);
  app().engine().undo();
  settled();
  EXPECT_EQ(plots(), own);
}

// They begin where this one began, which takes a while where it has come far.
TEST_F(Runs, SayThatTheyAreComingWhereTheWayIsLong) {
  const auto& said = app().context().notices().history();
  app().engine().seek(10);
  settled();
  app().actions().run("run.compare");
  settled();
  EXPECT_TRUE(said.empty() || !said.back().starts_with(text::kRunsComing));
  app().actions().run("run.dismiss");
  app().engine().seek(5000);
  settled();
  app().actions().run("run.compare");
  ASSERT_FALSE(said.empty());
  EXPECT_EQ(said.back(), std::string(text::kRunsComing) + "5000.");
  EXPECT_GE(settled()->lanes.size(), 3U);
}

// As the button does, which takes away what it has called up.
TEST_F(Runs, KComparesAndDismissesThemAgain) {
  const auto press_k = [&] { run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_K); }); };
  press_k();
  EXPECT_GE(settled()->lanes.size(), 3U);
  press_k();
  EXPECT_TRUE(settled()->lanes.empty());
  press_k();
  EXPECT_GE(settled()->lanes.size(), 3U);
}

// Draws keep the strip; a run alone in it cannot be dismissed, and has no button for that.
TEST_F(Runs, OneAloneHasNoButtons) {
  app().context().run_work->draw(app().context(), DrawOf::start, 3);
  ASSERT_TRUE(drawn_until(
      [&] { return app().context().view().draws != nullptr && !app().context().run_work->working(); }));
  settled();
  const auto is_there = [&] {
    bool there = false;
    run([&](ImGuiTestContext& at) {
      at.Yield(2);
      there = at.ItemInfo("##runs/$$0/##remove", ImGuiTestOpFlags_NoError).ID != 0;
    });
    return there;
  };
  EXPECT_FALSE(is_there());
  app().engine().add_run({{}, {{"optimizer.method", std::string("em"), 0}}});
  settled();
  EXPECT_TRUE(is_there());
}

TEST_F(Runs, BringTheirPlotsBackByRedoAndHaveThemInEachLab) {
  const auto plots = [&] { return app().context().view().config.list("view.plots"); };
  const std::vector<std::string> before = plots();
  ASSERT_TRUE(app().actions().run("run.compare"));
  ASSERT_FALSE(settled()->lanes.empty());
  const std::vector<std::string> during = plots();
  app().engine().undo();
  settled();
  ASSERT_EQ(plots(), before);
  app().engine().redo();
  ASSERT_FALSE(settled()->lanes.empty());
  EXPECT_EQ(plots(), during);
  // In another lab they are others.
  app().engine().open(open_scene("routing_toy").run);
  settled();
  const std::vector<std::string> there = plots();
  ASSERT_TRUE(app().actions().run("run.compare"));
  settled();
  app().engine().show_lab("mixture");
  settled();
  EXPECT_EQ(plots(), during);
  ASSERT_TRUE(app().actions().run("run.dismiss"));
  settled();
  EXPECT_EQ(plots(), before);
  app().engine().show_lab("attention");
  settled();
  ASSERT_TRUE(app().actions().run("run.dismiss"));
  settled();
  EXPECT_EQ(plots(), there);
}

TEST_F(Runs, AClickMakesOneTheFirstAndUndoBringsTheOrderBack) {
  app().engine().add_run({{}, {{"optimizer.method", std::string("em"), 0}}});
  app().engine().step(3);
  run([](ImGuiTestContext& at) { at.Yield(2); });
  const std::uint64_t first = hash(), other = hash_of(0);
  ASSERT_NE(first, other);
  run([](ImGuiTestContext& at) { at.ItemClick("##runs/$$1/##run"); });
  EXPECT_EQ(hash(), other);
  EXPECT_EQ(hash_of(0), first);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_EQ(hash(), first);
}

TEST_F(Runs, TheMenuOfARowSetsAnotherValueBesideTheRun) {
  run([](ImGuiTestContext& at) {
    at.SetRef(at.WindowInfo("//Controls###controls/##controls").ID);
    at.MouseMove("##model.temperature");
    at.Yield(2);
    at.ItemClick("##row.model.temperature");
    at.Yield(2);
    const auto& popups = ImGui::GetCurrentContext()->OpenPopupStack;
    ASSERT_FALSE(popups.empty());
    ASSERT_NE(popups.back().Window, nullptr);
    const ImVec2 menu = popups.back().Window->Pos;
    at.MouseMoveToPos({menu.x + 30, menu.y + 18});
    at.MouseClick();
    at.Yield(2);
  });
  const auto s = settled();
  ASSERT_EQ(s->lanes.size(), 1u);
  EXPECT_NE(s->lanes[0].setup->config().real("model.temperature"), s->config().real("model.temperature"));
  EXPECT_EQ(s->lanes[0].setup->config().text("optimizer.method"), s->config().text("optimizer.method"));
}

// Of every key of every lab: legal, and another than the present value.
TEST_F(Runs, ValuesToCompareAreLegalAndOthers) {
  int offered = 0;
  const auto s = settled();
  for (const Parameter& p : s->config().table().all()) {
    const std::vector<Value> values = values_to_compare(s->config(), p, s->model());
    if (p.effect == Effect::view) EXPECT_TRUE(values.empty()) << p.key;
    for (const Value& value : values) {
      Config config = s->config();
      EXPECT_NO_THROW(config.set(p.key, value)) << p.key;
      EXPECT_FALSE(config.value(p.key) == s->config().value(p.key)) << p.key;
      ++offered;
    }
  }
  EXPECT_GT(offered, 20);
}

TEST_F(Runs, StandSideBySideOnSharedAxesWithOnePin) {
  app().engine().add_run({{}, {{"optimizer.method", std::string("em"), 0}}});
  app().engine().step(2);
  app().context().set("view.runs", std::string("multiples"));
  run([](ImGuiTestContext& at) { at.Yield(4); });
  const auto s = settled();
  ASSERT_NE(s->lanes.at(0).whole, nullptr);
  EXPECT_EQ(s->lanes[0].whole->state.hash(), s->lanes[0].state.hash());
  app().context().set("view.runs", std::string("overlay"));
  run([](ImGuiTestContext& at) { at.Yield(4); });
  EXPECT_EQ(settled()->lanes.at(0).whole, nullptr);  // nobody asks for it any more
}

// Ctrl+P, or the strip: the work is done elsewhere, and its bands stand in every plot over steps.
TEST_F(Runs, TwentyStartsAreBandsAndPicturesAndAClickBeginsWithOne) {
  app().engine().add_run({{}, {{"optimizer.method", std::string("em"), 0}}});
  app().engine().step(4);
  run([](ImGuiTestContext& at) { at.Yield(2); });
  ASSERT_TRUE(app().actions().run("run.draw"));
  run([&](ImGuiTestContext& at) {
    for (int frame = 0; frame < 20'000 && app().context().view().draws == nullptr; ++frame) at.Yield();
  });
  ASSERT_NE(app().context().view().draws, nullptr);
  EXPECT_EQ(app().context().view().draws->count(), 20u);
  int bands = 0;
  for (const Mark& mark : app().context().figure("loss").panels.at(0).marks)
    bands += std::holds_alternative<iem::Band>(mark) ? 1 : 0;
  EXPECT_EQ(bands, 2);
  const auto* ends = app().context().view().draws->ends(*settled());
  ASSERT_NE(ends, nullptr);
  const std::vector<Edit> third = ends->at(2).settings;
  run([](ImGuiTestContext& at) {
    at.ItemClick("##runs/draws");
    at.Yield(4);
    at.ItemClick("//Stage###stage/##begin.2");
  });
  const auto s = settled();
  EXPECT_EQ(s->state.step, 0);
  ASSERT_FALSE(third.empty());
  for (const Edit& setting : third) EXPECT_EQ(s->config().value(setting.key), setting.value) << setting.key;
  EXPECT_EQ(app().context().view().config.text("view.runs"), "overlay");
}

// A scene says how often its runs are drawn, and what is drawn in the window is said in what is saved.
TEST_F(Runs, AreDrawnAsOftenAsTheSceneSays) {
  const std::string text =
      "format = 1\nlab = \"mixture\"\n[data]\nsource = \"blobs\"\ncount = 60\n"
      "[schedule]\nstop_steps = 9\n[[compare]]\nset = { optimizer.method = \"em\" }\nseeds = 3\n";
  app().engine().open(iem::Run(parse_scene(text, "drawn.toml"), std::make_shared<ThreadPool>(1)));
  run([&](ImGuiTestContext& at) {
    for (int frame = 0; frame < 20'000 && app().context().view().draws == nullptr; ++frame) at.Yield();
  });
  ASSERT_NE(app().context().view().draws, nullptr);
  EXPECT_EQ(app().context().view().draws->count(), 3u);
  app().context().run_work->draw(app().context(), DrawOf::start, 5);
  run([&](ImGuiTestContext& at) {
    for (int frame = 0; frame < 20'000 && app().context().view().draws->count() != 5; ++frame) at.Yield();
  });
  int said = 0;
  app().engine().look([&](const iem::Run& first) { said = first.origin().compare.at(0).seeds; });
  settled();
  EXPECT_EQ(said, 5);
}

TEST_F(Runs, OneClickFindsTheBestRateOfEachAndSaysThem) {
  app().engine().add_run({{}, {{"optimizer.method", std::string("adam"), 0}}});
  app().engine().step(2);
  run([](ImGuiTestContext& at) { at.Yield(2); });
  ASSERT_TRUE(app().actions().run("run.best_rates"));
  run([&](ImGuiTestContext& at) {
    for (int frame = 0; frame < 20'000 && app().context().notices().history().empty(); ++frame) at.Yield();
  });
  ASSERT_FALSE(app().context().notices().history().empty());
  const auto s = settled();
  EXPECT_EQ(s->state.step, 0);
  const std::string said = app().context().notices().history().back();
  EXPECT_EQ(said.find("Best of 13 rates after "), 0u) << said;
  EXPECT_NE(said.find("Adam "), std::string::npos) << said;
}

// A menu whose button is at the rim of the window is inside of it, and so are its items.
TEST_F(Runs, MenusAtTheRimAreWhole) {
  app().open("four_rules");
  settled();
  run([](ImGuiTestContext& at) {
    at.ItemClick("##runs/##draws");
    at.Yield(3);
    const auto& popups = ImGui::GetCurrentContext()->OpenPopupStack;
    ASSERT_FALSE(popups.empty());
    const ImGuiWindow& menu = *popups.back().Window;
    EXPECT_GT(menu.Size.y, 60);
    EXPECT_GE(menu.Pos.x, 0);
    EXPECT_LE(menu.Pos.x + menu.Size.x, ImGui::GetIO().DisplaySize.x);
    EXPECT_TRUE(menu.InnerClipRect.Contains(menu.DC.CursorStartPos));
    EXPECT_LE(std::abs(menu.InnerClipRect.GetWidth() - menu.Size.x), 16);
  });
}

// A scene may try each rate for a billion steps; the window is not kept from closing by them.
TEST_F(Runs, TheSearchForRatesStopsWhenItIsToldTo) {
  app().context().set("schedule.stop_steps", std::int64_t{1'000'000'000});
  settled();
  const std::size_t said = app().context().notices().history().size();
  ASSERT_TRUE(app().actions().run("run.best_rates"));
  RunWork& work = *app().context().run_work;
  ASSERT_TRUE(work.working());
  for (int frame = 0; frame < 5; ++frame) draw_in_turn(frame);
  EXPECT_TRUE(work.working());
  work.stop();
  EXPECT_TRUE(drawn_until([&] { return !work.working(); }));
  EXPECT_EQ(app().context().notices().history().size(), said);
}

TEST_F(Runs, DrawingThemStopsInTheMidstOfADraw) {
  app().context().set("schedule.stop_steps", std::int64_t{1'000'000'000});
  settled();
  ASSERT_TRUE(app().actions().run("run.draw"));
  RunWork& work = *app().context().run_work;
  for (int frame = 0; frame < 5; ++frame) draw_in_turn(frame);
  EXPECT_TRUE(work.working());
  work.stop();
  EXPECT_TRUE(drawn_until([&] { return !work.working(); }));
  EXPECT_EQ(app().context().view().draws, nullptr);
}

class CrowdedRuns : public AppTest {
 protected:
  CrowdedRuns() : AppTest("four_rules", 1280, 800, 2) {}
  // The runs that have room in the strip.
  std::vector<int> shown() {
    std::vector<int> out;
    run([&](ImGuiTestContext& at) {
      at.Yield(2);
      for (int i = 0; i < 4; ++i)
        if (at.ItemExists(("##runs/$$" + std::to_string(i) + "/##run").c_str())) out.push_back(i);
    });
    return out;
  }
};

// No run is left out without a word: the strip says which are shown, and turns to the others.
TEST_F(CrowdedRuns, SayHowManyThereAreAndTurnToTheOthers) {
  ASSERT_EQ(settled()->lanes.size(), 3U);
  const std::vector<int> first = shown();
  ASSERT_LT(first.size(), 4U);
  ASSERT_FALSE(first.empty());
  EXPECT_EQ(first.front(), 0);
  std::set<int> seen(first.begin(), first.end());
  for (int turn = 0; turn < 4; ++turn) {
    run([](ImGuiTestContext& at) { at.ItemClick("##runs/##more_runs"); });
    const std::vector<int> now = shown();
    EXPECT_EQ(now.size(), first.size());
    seen.insert(now.begin(), now.end());
  }
  EXPECT_EQ(seen.size(), 4U);
}

class TwoStarts : public AppTest {
 protected:
  TwoStarts() : AppTest("knots_compare") {}
};

// Beside two runs the strip has room, and what differs was cut off all the same.
TEST_F(TwoStarts, SayAllThatDiffers) {
  settled();
  ASSERT_FALSE(app().context().snapshot().lanes.empty());
  const std::string differs = app().context().snapshot().lanes[0].differs;
  bool whole = false;
  for (const DrawnText& each : drawn_words()) {
    if (each.window.find("runs") == std::string::npos) continue;
    EXPECT_EQ(each.words.find("…"), std::string::npos) << each.words;
    std::string letters = each.words, wanted = differs;
    std::erase(letters, ' '), std::erase(wanted, ' ');
    whole = whole || letters.find(wanted) != std::string::npos;
  }
  EXPECT_TRUE(whole) << differs;
}

}  // namespace
}  // namespace iem::gui
