// Nothing that was done is lost by looking elsewhere: another lab, another scene, other data, a file.
#include <algorithm>
#include <fstream>

#include "app/gui/look/text.h"
#include "core/labs/registry.h"
#include "core/lesson/lessons.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/fresh_folder.h"

namespace iem::gui {
namespace {

namespace fs = std::filesystem;

class LostWork : public AppTest {
 protected:
  LostWork() : AppTest("penguins") {}
  void press(ImGuiKeyChord chord) {
    run([chord](ImGuiTestContext& at) {
      at.KeyPress(chord);
      at.Yield(3);
    });
    settled();
    settled();
  }
  void click(const std::string& item) {
    run([&](ImGuiTestContext& at) {
      at.ItemClick(item.c_str());
      at.Yield(3);
    });
    settled();
    settled();
  }
  std::string said() {
    std::string all;
    for (const std::string& line : app().context().notices().history()) all += line + "\n";
    return all;
  }
  void work() {
    app().engine().step(4);
    app().context().set("optimizer.learning_rate", 0.123);
    app().engine().step(2);
    settled();
  }
};

TEST_F(LostWork, AnotherLabAndBackShowsTheRunAsItWasLeft) {
  work();
  app().context().set("view.field", std::string("entropy"));
  const auto before = settled();
  ASSERT_EQ(before->state.step, 6);
  int visited = 0;
  for (const Lab* lab : labs()) {
    if (lab->id() == "mixture") continue;
    click("##top/" + lab->id());
    EXPECT_EQ(app().context().lab().id(), lab->id());
    click("##top/mixture");
    const auto after = settled();
    EXPECT_EQ(after->state.hash(), before->state.hash()) << lab->id();
    EXPECT_EQ(after->last_step(), before->last_step()) << lab->id();
    EXPECT_EQ(after->edits.size(), before->edits.size()) << lab->id();
    EXPECT_EQ(app().context().view().config.text("view.field"), "entropy") << lab->id();
    EXPECT_TRUE(app().context().is_changed("optimizer.learning_rate")) << lab->id();
    ++visited;
  }
  EXPECT_GE(visited, 2);
}

TEST_F(LostWork, ALabThatIsShownForTheFirstTimeIsDrawnWholeWithoutAnybodyMovingTheMouse) {
  app().open("tanh");
  app().engine().wait_until_idle();
  while (app().context().lab().id() != "activation") driver.window().render(frame);
  while (frame.restless()) driver.window().render(frame);
  const ImGuiWindow* centre = ImGui::FindWindowByName("Derivation###derivation");
  ASSERT_NE(centre, nullptr);
  EXPECT_TRUE(centre->Active && !centre->Hidden);
  EXPECT_GT(centre->Size.x, 600);
  EXPECT_GT(app().derivation().shown(0)->rect().width(), 200);
}

TEST_F(LostWork, ChoosingASceneIsUndoneAndDoneAgain) {
  work();
  const auto before = settled();
  app().open("old_faithful");
  settled();
  settled();
  ASSERT_EQ(app().context().snapshot().setup->scene.name, "old_faithful");
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(settled()->state.hash(), before->state.hash());
  EXPECT_EQ(settled()->last_step(), before->last_step());
  EXPECT_EQ(app().context().snapshot().setup->scene.name, "penguins");
  EXPECT_TRUE(app().context().is_changed("optimizer.learning_rate"));
  press(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z);
  EXPECT_EQ(app().context().snapshot().setup->scene.name, "old_faithful");
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  press(ImGuiMod_Ctrl | ImGuiKey_Z);  // and what was done before it
  EXPECT_NE(settled()->config().real("optimizer.learning_rate"), 0.123);
}

TEST_F(LostWork, ChoosingALabIsUndone) {
  work();
  const std::uint64_t before = hash();
  click("##top/activation");
  app().engine().step(3);
  const std::uint64_t there = hash();
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(hash(), before);
  EXPECT_EQ(app().context().lab().id(), "mixture");
  press(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z);
  EXPECT_EQ(app().context().lab().id(), "activation");
  EXPECT_EQ(hash(), there);
}

TEST_F(LostWork, TheDerivationAlongTheProbeDoesNotCostTheRunItCameFrom) {
  work();
  const std::uint64_t before = hash();
  app().actions().run("lab.along_probe");
  settled();
  settled();
  ASSERT_EQ(app().context().lab().id(), "activation");
  click("##top/mixture");
  EXPECT_EQ(hash(), before);
}

// The points may be a large file: the window does not read it.
TEST_F(LostWork, ABridgeIsCrossedBehindTheWindowAndOneUndoLeadsBack) {
  work();
  const std::uint64_t before = hash();
  const auto bridge = std::ranges::find(bridges(), "along_probe", &Bridge::id);
  ASSERT_NE(bridge, bridges().end());
  const std::string words = (*bridge)->cross(app().context().snapshot(), app().context().view().view()).said;
  ASSERT_TRUE(app().actions().run("lab.along_probe"));
  EXPECT_TRUE(app().loader().working());
  settled();
  settled();
  ASSERT_EQ(app().context().lab().id(), "activation");
  const auto& heard = app().context().notices().history();
  EXPECT_EQ(std::ranges::count(heard, words), 1) << words;
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(hash(), before);
  EXPECT_EQ(app().context().lab().id(), "mixture");
}

TEST_F(LostWork, WithoutADialogCtrlSDoesNotOverwriteWithoutAsking) {
  const fs::path folder = fresh_folder("ctrl_s"), was = fs::current_path();
  fs::current_path(folder);
  const std::string precious = "the session of yesterday";
  std::ofstream(folder / "session.iemlab") << precious;
  work();
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  press(ImGuiKey_Enter);
  std::string kept;
  std::getline(std::ifstream(folder / "session.iemlab"), kept);
  fs::current_path(was);
  EXPECT_EQ(kept, precious);
}

TEST_F(LostWork, ASaveThatFailsKeepsTheCardAndIsNoPlaceToSuggest) {
  const fs::path folder = fresh_folder("failed_save"), gone = folder / "gone" / "mine.iemlab";
  work();
  const auto shown = [&] {
    std::string path;
    run([&](ImGuiTestContext& at) {
      at.ItemInput("##save.card/##path");
      if (const ImGuiInputTextState* typed = ImGui::GetInputTextState(at.GetID("##save.card/##path")))
        path = typed->TextA.Data != nullptr ? typed->TextA.Data : "";
      at.KeyPress(ImGuiKey_Escape);
      at.Yield(2);
    });
    return path;
  };
  const auto enter = [&](const fs::path& path) {
    run([&](ImGuiTestContext& at) {
      at.ItemInput("##save.card/##path");
      at.KeyCharsReplace(path.string().c_str());
      at.ItemClick("##save.card/##save");
      at.Yield(2);
    });
    settled();
    driver.window().render(frame);
  };
  const auto card = [] {
    const ImGuiWindow* window = ImGui::FindWindowByName("##save.card");
    return window != nullptr && window->Active;
  };
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  enter(gone);
  EXPECT_TRUE(card()) << "the name can be mended";
  EXPECT_EQ(shown().find(gone.string()), 0u);
  settled();
  EXPECT_FALSE(card()) << "one Escape is enough, also in its text field";
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  EXPECT_EQ(shown().find((folder / "gone").string()), std::string::npos);
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  enter(folder / "mine.iemlab");
  EXPECT_FALSE(card());
  EXPECT_TRUE(fs::exists(folder / "mine.iemlab"));
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  EXPECT_EQ(shown().find(folder.string()), 0u);
}

TEST_F(LostWork, TheSaveCardAsksBeforeItReplacesAFile) {
  const fs::path file = fresh_folder("save") / "mine.iemlab";
  std::ofstream(file) << "old";
  work();
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  const auto enter = [&](const std::string& path) {
    run([&](ImGuiTestContext& at) {
      at.ItemInput("##save.card/##path");
      at.KeyCharsReplace(path.c_str());
      at.ItemClick("##save.card/##save");
      at.Yield(2);
    });
    settled();
  };
  enter(file.string());
  EXPECT_EQ(fs::file_size(file), 3U) << "it was only asked";
  run([](ImGuiTestContext& at) { at.ItemClick("##save.card/##save"); });
  settled();
  EXPECT_EQ(open_scene(file.string()).run.state().hash(), hash());
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  enter((file.parent_path() / "other").string());  // gets its extension, and is asked about with it
  EXPECT_TRUE(fs::exists(file.parent_path() / "other.iemlab"));
  app().engine().step(1);
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  const auto before = fs::last_write_time(file.parent_path() / "other.iemlab");
  enter((file.parent_path() / "other").string());
  EXPECT_EQ(fs::last_write_time(file.parent_path() / "other.iemlab"), before);
}

// The name that it suggests is that of the run it was opened for.
TEST_F(LostWork, TheSaveCardGoesWithItsRun) {
  const auto is_open = [] {
    const ImGuiWindow* card = ImGui::FindWindowByName("##save.card");
    return card != nullptr && card->Active;
  };
  int left = 0;
  for (const auto& leave : std::initializer_list<std::function<void()>>{
           [&] { app().engine().open(open_scene("old_faithful").run); }, [&] { app().engine().undo(); }}) {
    press(ImGuiMod_Ctrl | ImGuiKey_S);
    ASSERT_TRUE(is_open());
    leave();
    settled();
    driver.window().render(frame);
    EXPECT_FALSE(is_open());
    ++left;
  }
  EXPECT_EQ(left, 2);
}

TEST_F(LostWork, TheOpenCardStaysWithItsTextSelectedAfterAnError) {
  const fs::path folder = fresh_folder("open");
  std::ofstream(folder / "mine.csv") << "1,2\n3,4\n5,7\n8,1\n";
  run([&](ImGuiTestContext& at) {
    const auto enter = [&](const std::string& path) {
      at.KeyChars(path.c_str());
      at.KeyPress(ImGuiKey_Enter);
      at.Yield(2);
      while (app().restless()) at.Yield();
      at.Yield(3);
    };
    const auto is_open = [] {
      const ImGuiWindow* card = ImGui::FindWindowByName("##open.card");
      return card != nullptr && card->WasActive;
    };
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_O);
    at.Yield(3);
    enter("/nowhere/at/all.toml");
    IM_CHECK(is_open());
    enter((folder / "mine.csv").string());  // what is typed now replaces the old path
    IM_CHECK(!is_open());
  });
  settled();
  EXPECT_EQ(settled()->setup->scene.title, "mine.csv");
  EXPECT_EQ(settled()->data().size(), 4);
}

// As a link or a teacher gives it.
TEST_F(LostWork, TheOpenCardTakesTheAddressOfALesson) {
  run([&](ImGuiTestContext& at) {
    const auto enter = [&](const std::string& address) {
      at.KeyChars(address.c_str());
      at.KeyPress(ImGuiKey_Enter);
      at.Yield(3);
    };
    const auto is_open = [] {
      const ImGuiWindow* card = ImGui::FindWindowByName("##open.card");
      return card != nullptr && card->WasActive;
    };
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_O);
    at.Yield(3);
    enter("lesson/no_such_lesson");
    IM_CHECK(is_open());
    IM_CHECK(!app().lessons().is_open());
    enter("lesson/" + iem::lessons().front().id);  // what is typed now replaces the old address
    IM_CHECK(!is_open());
    IM_CHECK(app().lessons().is_open());
  });
  settled();
}

TEST_F(LostWork, ATableWithoutAnExtensionIsRefusedWithANotice) {
  const fs::path folder = fresh_folder("tables");
  int refused = 0;
  for (const char* name : {"points", "points.", ".csv", "points.xlsx", "points.csv.gz"}) {
    std::ofstream(folder / name) << "1,2\n3,4\n5,6\n";
    const std::uint64_t before = hash();
    const std::size_t notices = app().context().notices().history().size();
    app().open_table((folder / name).string());
    settled();
    EXPECT_EQ(hash(), before) << name;
    EXPECT_GT(app().context().notices().history().size(), notices) << name;
    ++refused;
  }
  EXPECT_EQ(refused, 5);
}

TEST_F(LostWork, PastedPointsAreShownAndTheSceneNoLongerClaimsTheOldOne) {
  const std::string old = app().context().snapshot().setup->scene.title;
  work();
  const std::uint64_t before = hash();
  run([](ImGuiTestContext& at) {
    ImGui::SetClipboardText("-30,1\n-29,2\n30,40\n31,38\n29,41\n0,12\n");
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_V);
    at.Yield(3);
  });
  settled();
  settled();
  const auto after = settled();
  ASSERT_EQ(after->data().size(), 6);
  const paint::Transform& shown = *app().stage().shown();
  int visible = 0;
  for (Eigen::Index i = 0; i < 6; ++i) {
    const double x = after->data().points(i, 0), y = after->data().points(i, 1);
    visible += x >= shown.x().lo && x <= shown.x().hi && y >= shown.y().lo && y <= shown.y().hi;
  }
  EXPECT_EQ(visible, 6);
  const Scene& scene = after->setup->scene;
  EXPECT_NE(scene.title, old);
  EXPECT_EQ(scene.description.find("enguin"), std::string::npos);
  EXPECT_EQ(scene.look_for.find("enguin"), std::string::npos);
  EXPECT_EQ(app().context().figure("stage").caption.find("enguin"), std::string::npos);
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(hash(), before);
  EXPECT_EQ(settled()->setup->scene.title, old);
}

TEST_F(LostWork, AnOpenedTableNamesTheSceneAndItsErrorsNameFileAndLine) {
  const fs::path folder = fresh_folder("named");
  std::ofstream(folder / "mine.csv") << "a,b\n1,2\n3,4\n5,7\n8,1\n";
  std::ofstream(folder / "bad.csv") << "a,b\n1,2\n3,foo\n5,7\n";
  app().drop({(folder / "mine.csv").string()});
  settled();
  settled();
  EXPECT_EQ(settled()->setup->scene.title, "mine.csv");
  const std::uint64_t before = hash();
  app().drop({(folder / "bad.csv").string()});
  settled();
  settled();
  EXPECT_EQ(hash(), before);
  EXPECT_NE(said().find("bad.csv:3:"), std::string::npos) << said();
}

}  // namespace
}  // namespace iem::gui
