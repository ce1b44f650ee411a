// The card of scenes: groups, search, pictures, and the way from one scene to the next.
#include "app/gui/controls/scene_browser.h"

#include <set>

#include "app/gui/sessions/scene_list.h"
#include "core/session/scene_file.h"
#include "core/session/scene_groups.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class Browsing : public AppTest {
 protected:
  void open_browser() {
    run([](ImGuiTestContext& at) { at.ItemClick("##top/##scene"); });
    ASSERT_TRUE(app().browser().is_open());
  }
  std::string shown() {
    settled();
    settled();
    return settled()->setup->scene.name;
  }
};

TEST(ScenesByGroup, HaveEveryBuiltInSceneOnceTheEasyOnesFirst) {
  std::multiset<std::string> names;
  std::ptrdiff_t group = 0;
  for (const SceneEntry* scene : scenes_by_group()) {
    names.insert(scene->name);
    const auto at = std::ranges::find(scene_groups(), scene->group, &SceneGroup::id) - scene_groups().begin();
    EXPECT_GE(at, group) << scene->name;
    group = at;
  }
  const std::vector<std::string> all = builtin_scenes();
  EXPECT_EQ(names, (std::multiset<std::string>(all.begin(), all.end())));
  EXPECT_EQ(scenes_by_group().front()->name, "penguins");
}

// Who looks at a lab for the first time sees what it is about, not what comes first in the order of names.
TEST(FirstScenes, ShowWhatALabIsAbout) {
  const auto first = [](const char* lab) { return first_scene_of(lab)->name; };
  EXPECT_EQ(first("mixture"), "penguins");
  EXPECT_EQ(first("activation"), "two_bumps");
  EXPECT_EQ(first("attention"), "routing_toy");
  EXPECT_EQ(first("classifier"), "labels_clamp");
  EXPECT_EQ(first("layer"), "lines_part");
  EXPECT_EQ(first("neighbours"), "margins_compare");
  for (const char* lab : {"classifier", "layer", "neighbours"})
    EXPECT_EQ(first_scene_of(lab)->level, "introductory") << lab;
  EXPECT_EQ(first_scene_of("no such lab"), nullptr);
}

TEST_F(Browsing, AnotherLabOpensItsFirstScene) {
  run([](ImGuiTestContext& at) { at.ItemClick("##top/classifier"); });
  EXPECT_EQ(shown(), "labels_clamp");
}

TEST(ScenesByGroup, AreARingInBothDirections) {
  std::string name = "penguins";
  std::set<std::string> seen;
  while (seen.insert(name).second) {
    const std::string next = scene_beside(name, 1).name;
    EXPECT_EQ(scene_beside(next, -1).name, name);
    name = next;
  }
  EXPECT_EQ(seen.size(), builtin_scenes().size());
}

TEST_F(Browsing, ASceneIsOpenedFromItsCard) {
  open_browser();
  run([](ImGuiTestContext& at) {
    at.SetRef(at.WindowInfo("//##scenes.card/##list").ID);
    at.ItemClick("##scene.old_faithful");
  });
  EXPECT_EQ(shown(), "old_faithful");
  EXPECT_FALSE(app().browser().is_open());
}

TEST_F(Browsing, IsSearchedAndEnterOpensTheFirst) {
  const auto search = [](ImGuiTestContext& at, const char* words) {
    at.KeyPress(ImGuiKey_G);
    at.Yield(4);
    at.KeyChars(words);
    at.Yield(2);
  };
  run([&](ImGuiTestContext& at) { search(at, "activations laplace"); });
  ASSERT_FALSE(app().browser().listed().empty());
  for (const SceneEntry* scene : app().browser().listed()) EXPECT_EQ(scene->lab, "activation") << scene->name;
  run([&](ImGuiTestContext& at) {
    at.KeyPress(ImGuiKey_Escape);
    at.KeyPress(ImGuiKey_Escape);
    at.Yield(2);
    search(at, "old faithful");
    at.KeyPress(ImGuiKey_Enter);
  });
  EXPECT_EQ(shown(), "old_faithful");
}

TEST_F(Browsing, KeysGoToTheNextSceneAndBack) {
  const std::string here = shown(), next = scene_beside(here, 1).name;
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_PageDown); });
  EXPECT_EQ(shown(), next);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_PageUp); });
  EXPECT_EQ(shown(), here);
}

// Only what is seen is made, none of it by the window's own thread.
TEST_F(Browsing, PicturesComeForWhatIsSeen) {
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_G); });
  ASSERT_TRUE(app().browser().is_open());
  settled();
  const std::size_t made = app().browser().thumbnails().made();
  EXPECT_GE(made, 4U);
  EXPECT_LT(made, builtin_scenes().size() / 2);
}

TEST(Thumbnails, AreKeptInOneSize) {
  Thumbnails pictures;
  const auto made = [&](const std::string& scene, int width, int height) {
    const paint::Image* image = nullptr;
    for (int tries = 0; tries < 30'000 && image == nullptr; ++tries) {  // a hang guard
      pictures.follow();
      image = pictures.of(scene, width, height, paint::ThemeId::light);
      if (image == nullptr) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return image != nullptr && image->width == width && image->height == height;
  };
  EXPECT_TRUE(made("two_blobs", 80, 60));
  EXPECT_TRUE(made("penguins", 80, 60));
  EXPECT_EQ(pictures.made(), 2U);
  for (int width = 81; width < 84; ++width) EXPECT_TRUE(made("penguins", width, 60));
  EXPECT_EQ(pictures.made(), 2U);
}

TEST(Thumbnails, ShowTheFirstStepThatTheSceneNames) {
  EXPECT_EQ(interesting_step(parse_scene("format = 1\nlab = \"mixture\"\n", "a.toml")), 12);
  EXPECT_EQ(interesting_step(parse_scene(
                "format = 1\nlab = \"mixture\"\nconditions = [\"loss@30 < loss@20\"]\n", "a.toml")),
            20);
  EXPECT_EQ(
      interesting_step(parse_scene("format = 1\nlab = \"mixture\"\nlook_for = \"{loss@500}\"\n", "a.toml")),
      40);
}

}  // namespace
}  // namespace iem::gui
