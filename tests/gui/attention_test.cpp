// The attention lab's page: pin a query, point at a cell, take hold of keys and values.
#include "imgui_internal.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class AttentionPage : public AppTest {
 protected:
  AttentionPage() : AppTest("routing_toy") {}
  Tensor block(const char* name) {
    const auto snapshot = settled();
    for (NamedTensor& named : snapshot->model().natural(snapshot->state.theta))
      if (named.name == name) return named.tensor;
    ADD_FAILURE() << name;
    return {};
  }
  ImVec2 row_on_stage(const char* name, std::size_t row) {
    const Tensor tensor = block(name);
    return on_stage(tensor.data[2 * row], tensor.data[2 * row + 1]);
  }
  // A place in the map under the title "Routing", as shares of its window.
  static ImVec2 in_map(float across, float down) {
    const ImGuiWindow* window = ImGui::FindWindowByName("Routing###loss");
    IM_ASSERT(window != nullptr);
    return {window->Pos.x + across * window->Size.x, window->Pos.y + down * window->Size.y};
  }
};

TEST_F(AttentionPage, AClickOnAQueryPinsItAndASecondOneLetsGo) {
  const ImVec2 query = row_on_stage("queries", 2);
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(query);
    at.MouseClick();
    at.Yield(2);
  });
  EXPECT_EQ(app().desk().view().pinned_point(*settled()), 2);
  run([](ImGuiTestContext& at) {
    at.MouseClick();
    at.Yield(2);
  });
  EXPECT_EQ(app().desk().view().pinned_point(*settled()), -1);
}

TEST_F(AttentionPage, ACellPointsAtItsQueryAndKeyEverywhereUntilThePointerLeaves) {
  run([](ImGuiTestContext& at) {
    at.MouseMoveToPos(in_map(0.5F, 0.6F));
    at.Yield(3);
  });
  const ElementId hovered = app().desk().view().hovered;
  ASSERT_EQ(hovered.kind, ElementId::Kind::score);
  EXPECT_LT(hovered.index, 4 * 5);
  EXPECT_EQ(app().desk().view().shown_point(*settled()), hovered.index / 5);
  run([](ImGuiTestContext& at) {
    at.MouseClick();
    at.Yield(2);
  });
  EXPECT_EQ(app().desk().view().pinned_point(*settled()), hovered.index / 5);
  run([](ImGuiTestContext& at) {
    at.MouseMoveToPos({640, 20});
    at.Yield(3);
  });
  EXPECT_EQ(app().desk().view().hovered.kind, ElementId::Kind::none);
}

TEST_F(AttentionPage, KeysAndTipsOfValuesAreDraggedAndUndone) {
  const std::uint64_t before = hash();
  const auto drag = [&](ImVec2 from, ImVec2 to) {
    run([&](ImGuiTestContext& at) {
      at.MouseMoveToPos(from);
      at.Yield(2);
      at.MouseDown();
      at.MouseMoveToPos({0.5F * (from.x + to.x), 0.5F * (from.y + to.y)});
      at.MouseMoveToPos(to);
      at.Yield(3);
      at.MouseUp();
      at.Yield(2);
    });
  };
  const ImVec2 key = row_on_stage("keys", 3), moved(key.x + 30, key.y - 40);
  const Tensor values = block("values");
  drag(key, moved);
  EXPECT_NEAR(row_on_stage("keys", 3).x, moved.x, 1.5);
  EXPECT_NEAR(row_on_stage("keys", 3).y, moved.y, 1.5);
  EXPECT_EQ(block("values"), values) << "a value goes with its key";

  const Tensor keys = block("keys");
  const double x = keys.data[6] + values.data[6], y = keys.data[7] + values.data[7];
  const ImVec2 tip = on_stage(x, y);
  drag(tip, {tip.x + 35, tip.y + 25});
  EXPECT_EQ(block("keys"), keys);
  EXPECT_GT(block("values").data[6], values.data[6]);
  EXPECT_LT(block("values").data[7], values.data[7]);
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    at.Yield(2);
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    at.Yield(2);
  });
  EXPECT_EQ(hash(), before);
}

class ChainPage : public AppTest {
 protected:
  ChainPage() : AppTest("sticky_markov_em_like") {}
};

TEST_F(ChainPage, DrawsStepsAndPinsWithTwoThousandTokens) {
  app().engine().step(2);
  EXPECT_EQ(step(), 2);
  app().desk().view().pin_point(1500);
  driver.window().render(frame);
  EXPECT_EQ(app().desk().phases().front().values.size(), 2000u);
  EXPECT_EQ(app().desk().figure("attention").panels.size(), 1u);
}

}  // namespace
}  // namespace iem::gui
