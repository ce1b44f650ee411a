// Everything around the picture: themes, scenes, export, palette, layout.
#include <fstream>
#include <map>

#include "app/gui/look/text.h"
#include "core/base/embedded.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "iem_version.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class WholeWindow : public AppTest {};

class Narrow : public AppTest {
 protected:
  Narrow() : AppTest("three_blobs", 1024, 720) {}
};

TEST_F(WholeWindow, ThemeButtonTurnsItDarkAndBack) {
  run([](ImGuiTestContext& at) { at.ItemClick("##top/##theme"); });
  EXPECT_EQ(current_look().theme, paint::ThemeId::dark);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_T); });
  EXPECT_EQ(current_look().theme, paint::ThemeId::light);
}

TEST_F(WholeWindow, CtrlPlusScalesEverything) {
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Equal); });
  EXPECT_GT(gui::scale(), 1.05F);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_0); });
  EXPECT_EQ(gui::scale(), 1.0F);
}

TEST_F(WholeWindow, ExportsTheStageAsSvg) {
  const auto path = fresh_file("stage.svg");
  run([&](ImGuiTestContext& at) {
    at.ItemClick("##top/##export");
    at.SetRef("##export.card");
    at.ItemClick("##path");
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_A);
    at.KeyChars(path.c_str());
    at.KeyPress(ImGuiKey_Enter);
    at.ItemClick("##save");
  });
  settled();
  ASSERT_TRUE(std::filesystem::exists(path));
  std::ifstream in(path);
  const std::string svg((std::istreambuf_iterator<char>(in)), {});
  EXPECT_NE(svg.find("<svg"), std::string::npos);
  EXPECT_NE(app().context().notices().history().back().find(path.string()), std::string::npos);
}

// Every figure that leaves the window carries the run it shows, in every format that can.
TEST_F(WholeWindow, AnExportedFigureReopensItsRun) {
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_RightArrow); });
  settled();
  const auto snapshot = app().context().shared_snapshot();
  ASSERT_GT(snapshot->state.step, 0);
  run([](ImGuiTestContext& at) { at.ItemClick("##top/##export"); });
  for (const std::string name : {"carries.png", "carries.tex", "carries.csv"}) {
    fresh_file(name + ".json");
    const auto path = fresh_file(name);
    run([&](ImGuiTestContext& at) {
      const std::string format = name.substr(name.rfind('.') + 1);
      const std::map<std::string, std::string> labels = {
          {"svg", "SVG"}, {"pdf", "PDF"}, {"png", "PNG"}, {"tex", "TeX"}, {"csv", "CSV"}};
      at.ItemClick(("##export.card/##format/" + labels.at(format)).c_str());
      at.ItemInput("##export.card/##path");
      at.KeyCharsReplace(path.c_str());
      at.KeyPress(ImGuiKey_Enter);
      at.ItemClick("##export.card/##save");
    });
    settled();
    ASSERT_TRUE(std::filesystem::exists(path)) << name;
    // A table is described beside it.
    const std::string carrier = path.string() + (name.ends_with(".csv") ? ".json" : "");
    const LoadedSession again = load_replay(carrier, std::make_shared<ThreadPool>(1), {});
    EXPECT_EQ(again.run.state().step, snapshot->state.step) << name;
    EXPECT_EQ(again.run.state().hash(), snapshot->state.hash()) << name;
  }
}

TEST_F(WholeWindow, AnExportAsksBeforeItReplacesAFile) {
  const auto path = fresh_file("there.svg");
  std::ofstream(path) << "old";
  const auto save = [&](bool choose) {
    run([&](ImGuiTestContext& at) {
      if (choose) {
        at.ItemClick("##top/##export");
        at.ItemInput("##export.card/##path");
        at.KeyCharsReplace(path.c_str());
        at.KeyPress(ImGuiKey_Enter);
      }
      at.ItemClick("##export.card/##save");
    });
    settled();
  };
  save(true);
  EXPECT_EQ(std::filesystem::file_size(path), 3U) << "it was only asked";
  save(false);
  EXPECT_GT(std::filesystem::file_size(path), 100U);
}

// How much of the window is nearly in the colour of what went wrong: letters have soft edges.
std::size_t words_of_trouble(Window& window) {
  constexpr int kNear = 48;
  const ImU32 bad = colour(theme().bad);
  const auto near = [bad](std::uint8_t value, unsigned shift) {
    return std::abs(static_cast<int>(value) - static_cast<int>(bad >> shift & 255U)) <= kNear;
  };
  const paint::Image all = window.read_pixels();
  std::size_t count = 0;
  for (std::size_t i = 0; i + 3 < all.rgba.size(); i += 4)
    if (near(all.rgba[i], 0) && near(all.rgba[i + 1], 8) && near(all.rgba[i + 2], 16)) ++count;
  return count;
}

TEST_F(WholeWindow, AnExportThatCannotBeWrittenSaysWhy) {
  const auto save_as = [&](const std::string& path) {
    run([&](ImGuiTestContext& at) {
      at.SetRef("##export.card");
      at.ItemClick("##path");
      at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_A);
      at.KeyChars(path.c_str());
      at.KeyPress(ImGuiKey_Enter);
      at.ItemClick("##save");
    });
    settled();
    driver.window().render(frame);
  };
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_E); });
  const auto fine = fresh_file("fine.svg");
  save_as(fine.string());
  EXPECT_TRUE(std::filesystem::exists(fine));
  const std::size_t before = words_of_trouble(driver.window());
  save_as("/nowhere/at/all.svg");
  EXPECT_FALSE(std::filesystem::exists("/nowhere"));
  EXPECT_GT(words_of_trouble(driver.window()), before + 20) << "the card says nothing";
}

TEST_F(WholeWindow, AWrongFileIsRefusedInOneLineAndNothingChanges) {
  const auto path = fresh_file("wrong.toml");
  std::ofstream(path) << "format = 1\nlab = \"mixture\"\n[model]\ncomponentss = 3\n";
  const std::uint64_t before = hash();
  app().drop({path.string()});
  settled();
  EXPECT_EQ(hash(), before);
  ASSERT_FALSE(app().context().notices().history().empty());
  EXPECT_NE(app().context().notices().history().back().find("wrong.toml:4:"), std::string::npos);
}

TEST_F(WholeWindow, ADroppedTableBecomesTheData) {
  const auto path = fresh_file("points.csv");
  std::ofstream(path) << "a,b\n0,1\n1,2\n2,4\n3,1\n4,0\n";
  app().drop({path.string()});
  EXPECT_EQ(settled()->data().size(), 5);
}

TEST_F(WholeWindow, PaletteFindsAnActionByAFewLetters) {
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_P);
    at.Yield(2);
    at.KeyChars("onestep");
    at.KeyPress(ImGuiKey_Enter);
  });
  EXPECT_EQ(step(), 1);
}

TEST_F(WholeWindow, AnyFigureStandsInAnyCellAndInTheMiddle) {
  const auto plots = [&] { return app().context().view().config.list("view.plots"); };
  run([](ImGuiTestContext& at) {
    at.ItemClick("//Loss###loss/##figures");
    at.Yield(2);
    at.ItemClick("//$FOCUSED/Convergence/##item");
  });
  EXPECT_EQ(plots(), (std::vector<std::string>{"convergence", "identity", "responsibilities", "activation"}));
  // One that stands elsewhere changes places.
  run([](ImGuiTestContext& at) {
    at.ItemClick("//Loss###loss/##figures");
    at.Yield(2);
    at.ItemClick("//$FOCUSED/Identity/##item");
  });
  EXPECT_EQ(plots(), (std::vector<std::string>{"identity", "convergence", "responsibilities", "activation"}));
  run([](ImGuiTestContext& at) {
    at.ItemClick("//Loss###loss/##figures");
    at.Yield(2);
    at.ItemClick("//$FOCUSED/Show in the middle/##item");
  });
  EXPECT_EQ(app().context().view().config.text("view.centre"), "identity");
  run([](ImGuiTestContext& at) { at.ItemClick("//Stage###stage/##stage"); });
  EXPECT_EQ(app().context().view().config.text("view.centre"), "stage");
}

TEST_F(WholeWindow, ASlowFigureComesWithoutTheWindowWaiting) {
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_P);
    at.Yield(2);
    at.KeyChars("figurelandscape");
    at.KeyPress(ImGuiKey_Enter);
  });
  EXPECT_EQ(app().context().view().config.text("view.centre"), "landscape");
  app().engine().step(3);
  const auto snapshot = settled();
  // What stands there in the end is the picture of this very state.
  const Figure fresh = app().context().lab().figure("landscape", *snapshot, app().context().view().view());
  const Figure& shown = app().context().figure("landscape");
  ASSERT_EQ(shown.panels.size(), fresh.panels.size());
  EXPECT_EQ(shown.caption, fresh.caption);
  EXPECT_TRUE(shown.sentence.empty());
}

TEST_F(WholeWindow, CompareCallsOtherRulesUpAndDismissesThem) {
  run([](ImGuiTestContext& at) { at.ItemClick("##top/##compare"); });
  ASSERT_EQ(settled()->lanes.size(), 3u);
  app().engine().seek(60);  // they go with the run
  EXPECT_EQ(settled()->lanes[0].history.size(), 61);
  EXPECT_EQ(step(), 60);
  run([](ImGuiTestContext& at) { at.ItemClick("##top/##compare"); });
  EXPECT_TRUE(settled()->lanes.empty());
}

TEST_F(WholeWindow, TheSceneSaysWhatToLookFor) {
  run([](ImGuiTestContext& at) { at.ItemClick("##top/##lesson"); });
  EXPECT_TRUE(app().lesson().is_open());
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_L); });
  EXPECT_FALSE(app().lesson().is_open());
}

TEST_F(WholeWindow, OnlyTheStageAndBack) {
  const double width = app().stage().shown()->rect().width();
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiKey_E);
    at.Yield(3);
  });
  EXPECT_GT(app().stage().shown()->rect().width(), width + 400);
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiKey_E);
    at.Yield(3);
  });
  EXPECT_NEAR(app().stage().shown()->rect().width(), width, 1);
}

TEST_F(WholeWindow, ColumnsHaveTheirWidths) {
  run([](ImGuiTestContext& at) {
    EXPECT_NEAR(at.WindowInfo("//Controls###controls").Window->Size.x, 288, 1);
    EXPECT_NEAR(at.WindowInfo("//Loss###loss").Window->Size.x, 336, 1);
    EXPECT_NEAR(at.WindowInfo("//Loss###loss").Window->Size.y,
                at.WindowInfo("//Derived activation###activation").Window->Size.y, 2);
  });
}

TEST_F(WholeWindow, AboutListsEveryPartWithItsLicence) {
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiKey_F1);
    at.ItemClick("##help.card/##about");
    IM_CHECK(at.WindowInfo("##about.card").Window != nullptr);
    at.SetRef(at.WindowInfo("##about.card/##parts").Window->ID);
    at.ItemClick("GLFW");
    at.SetRef("");
    at.KeyPress(ImGuiKey_Escape);
  });
  for (const ThirdPartyPart& part : kThirdParty)
    EXPECT_GT(embedded_text(std::string(part.licence_file)).size(), 100u) << part.name;
}

TEST_F(Narrow, PlotsBecomeTabs) {
  run([](ImGuiTestContext& at) {
    const ImGuiWindow* loss = at.WindowInfo("//Loss###loss").Window;
    const ImGuiWindow* identity = at.WindowInfo("//Identity###identity").Window;
    EXPECT_EQ(loss->DockId, identity->DockId);
    EXPECT_NE(loss->DockId, 0U);
  });
}

TEST_F(WholeWindow, ActionIdsAreKnownAndEachHasWords) {
  for (const Action& action : app().actions().all()) {
    EXPECT_FALSE(action.label.empty()) << action.id;
    EXPECT_TRUE(action.run) << action.id;
    EXPECT_EQ(action.keys.empty(), action.chords.empty()) << action.id;
  }
}

TEST_F(WholeWindow, ShortcutsAreSaidAsKeyboardsSayThem) {
  const auto keys = [&](const char* id) { return app().actions().find(id)->keys; };
  EXPECT_EQ(keys("transport.play"), "Space");
  EXPECT_EQ(keys("transport.phase_forward"), "Shift+Right");
  EXPECT_EQ(keys("transport.speed_1"), "1");
  EXPECT_EQ(keys("edit.redo"), "Ctrl+Shift+Z");
  EXPECT_EQ(keys("data.larger_brush"), "]");
  EXPECT_EQ(keys("window.larger"), "Ctrl+Plus");
  EXPECT_EQ(keys("help.keys"), "?");
  EXPECT_EQ(keys("view.present"), "F5");
}

}  // namespace
}  // namespace iem::gui
