// Only what has changed is drawn, and the picture is the one that drawing everything gives.
#include "app/gui/gl/changing_frame.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "app/gui/gl/frame_damage.h"
#include "app/gui/gl/software_gl.h"
#include "imgui_internal.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

// Draws each frame twice: in part, and whole.
class ChangingFrames : public AppTest {
 protected:
  ChangingFrames() : AppTest("three_blobs", 1000, 640) {
    ImGuiContextHook hook;
    hook.Type = ImGuiContextHookType_RenderPost;
    hook.UserData = this;
    hook.Callback = [](ImGuiContext*, ImGuiContextHook* self) {
      static_cast<ChangingFrames*>(self->UserData)->compare();
    };
    hook_ = ImGui::AddContextHook(ImGui::GetCurrentContext(), &hook);
  }
  ~ChangingFrames() override { ImGui::RemoveContextHook(ImGui::GetCurrentContext(), hook_); }
  void SetUp() override {
    if (!draws_on_processor()) GTEST_SKIP() << "a graphics card draws every frame whole";
  }

  void compare() {
    driver.window().show_changed();
    const std::vector<std::uint8_t> part = driver.window().read_pixels().rgba;
    drawn_ = driver.window().pixels_drawn();
    driver.window().show_whole();
    const std::vector<std::uint8_t> whole = driver.window().read_pixels().rgba;
    ++compared_;
    total_ += drawn_;
    if (part == whole) return;
    std::size_t at = 0, others = 0;
    for (std::size_t i = part.size(); i-- > 0;)
      if (part[i] != whole[i]) at = i / 4, ++others;
    ADD_FAILURE() << doing_ << ": frame " << compared_ << " differs in " << others << " bytes, first at ("
                  << at % 1000 << ", " << at / 1000 << ")";
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i) driver.window().render(frame);
  }
  // The share of the window that each of the frames since `begin` drew.
  double share_since(int begin, std::int64_t total) const {
    return static_cast<double>(total_ - total) / (1000. * 640) / (compared_ - begin);
  }

  std::string doing_ = "begin";
  int compared_ = 0;
  std::int64_t drawn_ = 0, total_ = 0;  // pixels
  ImGuiID hook_ = 0;
};

TEST_F(ChangingFrames, AreThoseThatAreDrawnWhole) {
  settled();
  frames(4);
  EXPECT_EQ(drawn_, 0) << "a window in which nothing happens";
  doing_ = "play";
  app().engine().play(60);
  frames(12);
  app().engine().pause();
  settled();
  doing_ = "pointer";
  const ImVec2 mean = prototype(0);
  const int begin = compared_;
  const std::int64_t total = total_;
  run([&](ImGuiTestContext& at) {
    for (const ImVec2 place : {ImVec2(60, 20), ImVec2(120, 200), ImVec2(450, 300), mean, ImVec2(900, 500)})
      at.MouseMoveToPos(place);
  });
  EXPECT_LT(share_since(begin, total), 0.2) << "little changes under a pointer that moves";
  doing_ = "menus, cards and keys";
  for (const char* action :
       {"run.compare", "view.theme", "view.checks", "window.larger", "help.keys", "palette.open"}) {
    EXPECT_TRUE(app().actions().run(action)) << action;
    frames(4);
  }
  run([&](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_Escape), at.KeyPress(ImGuiKey_Tab); });
  doing_ = "another lab";
  for (const char* scene : {"silu_gate", "penguins", "sticky_markov_em_like"}) {
    app().open(scene);
    settled();
    frames(2);
    app().engine().step(1);
    settled();
  }
  doing_ = "presenting";
  app().actions().run("view.present");
  frames(4);
  app().actions().run("present.lens");
  run([&](ImGuiTestContext& at) { at.MouseMoveToPos({400, 300}), at.MouseMoveToPos({430, 320}); });
  EXPECT_GT(compared_, 80);
}

// Triangles at random: what differs lies in the rectangles, which do not lie across one another.
TEST(FrameDamage, HoldsEveryTriangleThatDiffers) {
  constexpr PixelRect kWindow = {0, 0, 640, 420};
  std::mt19937 random(7);
  const auto below = [&](int most) { return static_cast<float>(random() % static_cast<unsigned>(most)); };
  const auto put_triangle = [&](ImDrawVert* corners) {
    const float x = below(600), y = below(400);
    corners[0] = {{x, y}, {0, 0}, 1};
    corners[1] = {{x + 1 + below(40), y}, {0, 0}, 1};
    corners[2] = {{x, y + 1 + below(30)}, {0, 0}, 1};
  };
  int partial = 0;
  for (int trial = 0; trial < 400; ++trial) {
    FrameCopy before;
    before.width = kWindow.x1, before.height = kWindow.y1;
    before.corners.resize(540);
    for (std::size_t i = 0; i < 540; i += 3) put_triangle(before.corners.data() + i);
    for (std::size_t list = 0; list < 3; ++list) {
      before.lists.push_back({std::to_string(list), 3 * list, 3 * list + 3});
      for (std::size_t command = 3 * list; command < 3 * list + 3; ++command)
        before.commands.push_back({kWindow, 0, "", 1, 0, 60 * command, 60 * command + 60});
    }
    const auto box = [](const FrameCopy& frame, std::size_t at) {
      return box_of_triangle(frame.corners.data() + at);
    };
    for (std::size_t i = 0; i < 540; i += 3) before.boxes.push_back(box(before, i));
    FrameCopy now = before;
    std::vector<PixelRect> differing;
    for (int change = 0; change < 1 + trial % 6; ++change) {
      const std::size_t at = 3 * (random() % 180);
      put_triangle(now.corners.data() + at);
      now.boxes[at / 3] = box(now, at);
    }
    for (std::size_t i = 0; i < 180; ++i)
      if (now.boxes[i] != before.boxes[i])
        differing.push_back(before.boxes[i]), differing.push_back(now.boxes[i]);
    const std::vector<PixelRect> rects = damage_between(before, now);
    std::int64_t area = 0;
    for (std::size_t i = 0; i < rects.size(); ++i) {
      area += rects[i].area();
      for (std::size_t k = i + 1; k < rects.size(); ++k) EXPECT_TRUE(common(rects[i], rects[k]).empty());
    }
    EXPECT_LE(rects.size(), 12u);
    partial += area < kWindow.area() / 2;
    for (const PixelRect& each : differing) {
      const PixelRect seen = common(each, kWindow);
      std::int64_t held = 0;
      for (const PixelRect& rect : rects) held += common(rect, seen).area();
      EXPECT_EQ(held, seen.area());
    }
  }
  EXPECT_GT(partial, 300);
}

TEST(FrameDamage, IsEverythingInAWindowOfAnotherSizeOrOrder) {
  FrameCopy before;
  before.width = 64, before.height = 32;
  for (std::size_t list = 0; list < 3; ++list) {
    before.lists.push_back({std::to_string(list), list, list + 1});
    before.commands.push_back({{0, 0, 8, 8}, 1 + list, "", 0, 0, 0, 0});
  }
  FrameCopy now = before;
  EXPECT_TRUE(damage_between(before, now).empty());
  std::swap(now.lists[0], now.lists[2]);
  EXPECT_EQ(damage_between(before, now), (std::vector<PixelRect>{{0, 0, 64, 32}}));
  now = before;
  now.width = 65;
  EXPECT_EQ(damage_between(before, now), (std::vector<PixelRect>{{0, 0, 65, 32}}));
  now = before;
  now.lists.erase(now.lists.begin() + 1);  // what it covered is seen again
  EXPECT_EQ(damage_between(before, now), (std::vector<PixelRect>{{0, 0, 16, 16}}));
}

}  // namespace
}  // namespace iem::gui
