// Play moves the world, never the layout: while a run plays, every item of the window stays where it is.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/run/snapshot.h"
#include "imgui_internal.h"
#include "imgui_te_internal.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

using Places = std::map<ImGuiID, ImRect>;

// Where all items of the window's panels are now.
Places places_of(ImGuiTestContext& at) {
  std::vector<ImGuiID> windows;  // gathering takes frames, in which the list of windows may change
  for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
    const bool counts =
        window->WasActive && !window->Hidden && (window->Flags & ImGuiWindowFlags_Tooltip) == 0;
    const bool is_child = window->ParentWindow != nullptr &&
                          window->ParentWindow->DockNodeAsHost == nullptr &&
                          (window->Flags & ImGuiWindowFlags_ChildWindow) != 0;
    if (counts && !is_child) windows.push_back(window->ID);  // a child is gathered with its parent
  }
  Places out;
  for (const ImGuiID window : windows) {
    ImGuiTestItemList items;
    at.GatherItems(&items, ImGuiTestRef(window), -1);
    for (const ImGuiTestItemInfo& item : items)
      if (item.RectFull.GetWidth() > 0) out[item.ID] = item.RectFull;
  }
  return out;
}

class StillLayout : public AppTest {
 protected:
  // What has moved while the scene plays to each of these steps.
  void plays_without_moving(const std::string& scene, std::int64_t last) {
    app().open(scene);
    settled();
    settled();
    ASSERT_EQ(settled()->setup->scene.name, scene);
    app().engine().play(60);
    Places before;
    run([&](ImGuiTestContext& at) { before = places_of(at); });
    ASSERT_GT(before.size(), 25U) << scene;
    for (std::int64_t step = last / 4; step <= last; step += last / 4) {
      ASSERT_TRUE(drawn_until([&] {
        const auto now = app().engine().snapshot();
        return now->state.step >= step || !now->playing;
      })) << scene;
      if (!app().engine().snapshot()->playing) break;
      Places now;
      run([&](ImGuiTestContext& at) { now = places_of(at); });
      if (!app().engine().snapshot()->playing) break;  // it has come to its end meanwhile
      for (const auto& [id, was] : before) {
        const auto found = now.find(id);
        if (found == now.end()) continue;
        ++compared_;
        const ImRect is = found->second;
        EXPECT_TRUE(was.Min.x == is.Min.x && was.Min.y == is.Min.y && was.Max.x == is.Max.x &&
                    was.Max.y == is.Max.y)
            << scene << ", step " << app().engine().snapshot()->state.step << ": from " << was.Min.x << " "
            << was.Min.y << " " << was.Max.x << " " << was.Max.y << " to " << is.Min.x << " " << is.Min.y
            << " " << is.Max.x << " " << is.Max.y;
      }
    }
    app().engine().pause();
    settled();
  }
  std::size_t compared_ = 0;
};

TEST_F(StillLayout, StaysWhileARunPlays) {
  for (const char* scene : {"penguins", "old_faithful", "no_optimum", "routing_toy", "lines_part",
                            "two_bumps", "singularity", "groups_leave", "two_blobs"})
    plays_without_moving(scene, 48);
  EXPECT_GT(compared_, 500U);
}

// The bar keeps its length from scene to scene of a lab, whether J is written beside it or not.
TEST_F(StillLayout, TheTransportIsAsWideWithoutAnObjective) {
  const auto bar = [&](const char* scene) {
    app().open(scene);
    settled();
    ImRect rect;
    run([&](ImGuiTestContext& at) { rect = at.ItemInfo("##transport/##scrub").RectFull; });
    EXPECT_EQ(settled()->setup->scene.name, scene);
    return rect;
  };
  const ImRect without = bar("tanh");
  EXPECT_FALSE(settled()->evaluation.has_loss);
  const ImRect with = bar("two_bumps");
  EXPECT_TRUE(settled()->evaluation.has_loss);
  EXPECT_EQ(without.Min.x, with.Min.x);
  EXPECT_EQ(without.Max.x, with.Max.x);
}

}  // namespace
}  // namespace iem::gui
