// The attention lab's page: pin a query, point at a cell, take hold of keys and values.
#include <algorithm>
#include <variant>

#include "app/gui/look/style.h"
#include "app/gui/plots/figure_view.h"
#include "imgui_internal.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class AttentionPage : public AppTest {
 protected:
  explicit AttentionPage(const char* scene = "routing_toy") : AppTest(scene) {}
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
  void drag(ImVec2 from, ImVec2 to) {
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
  EXPECT_EQ(app().context().view().pinned_point(*settled()), 2);
  run([](ImGuiTestContext& at) {
    at.MouseClick();
    at.Yield(2);
  });
  EXPECT_EQ(app().context().view().pinned_point(*settled()), -1);
}

TEST_F(AttentionPage, ACellPointsAtItsQueryAndKeyEverywhereUntilThePointerLeaves) {
  run([](ImGuiTestContext& at) {
    at.MouseMoveToPos(in_map(0.5F, 0.6F));
    at.Yield(3);
  });
  const ElementId hovered = app().context().view().hovered;
  ASSERT_EQ(hovered.kind, ElementId::Kind::score);
  EXPECT_LT(hovered.index, 4 * 5);
  EXPECT_EQ(app().context().view().shown_point(app().context().snapshot()), hovered.index / 5);
  run([](ImGuiTestContext& at) {
    at.MouseClick();
    at.Yield(2);
  });
  EXPECT_EQ(app().context().view().pinned_point(*settled()), hovered.index / 5);
  run([](ImGuiTestContext& at) {
    at.MouseMoveToPos({640, 20});
    at.Yield(3);
  });
  EXPECT_EQ(app().context().view().hovered.kind, ElementId::Kind::none);
}

TEST_F(AttentionPage, KeysAndTipsOfValuesAreDraggedAndUndone) {
  const std::uint64_t before = hash();
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

class RetrievalPage : public AttentionPage {
 protected:
  RetrievalPage() : AttentionPage("retrieval") {}
};

TEST_F(RetrievalPage, AValueIsAPlaceAndIsDraggedThere) {
  const ImVec2 from = row_on_stage("keys", 1);
  drag(from, {from.x + 90, from.y + 10});  // the value stays where its key was
  EXPECT_NEAR(row_on_stage("values", 1).x, from.x, 1.5);
  const Tensor keys = block("keys");
  const ImVec2 to(from.x - 60, from.y + 25);
  drag(row_on_stage("values", 1), to);
  EXPECT_EQ(block("keys"), keys);
  EXPECT_NEAR(row_on_stage("values", 1).x, to.x, 1.5);
  EXPECT_NEAR(row_on_stage("values", 1).y, to.y, 1.5);
}

class ChainPage : public AppTest {
 protected:
  ChainPage() : AppTest("sticky_markov_em_like") {}
};

// Panels ask for shares of a height, whatever the number: both matrices have room in the column.
TEST_F(ChainPage, ShowsTheTrueAndTheLearnedMatrixBesideTheStage) {
  driver.window().render(frame);
  EXPECT_EQ(FigureView::panels_shown(app().context().figure("transition"), 118 * scale()), 2u);
}

TEST_F(ChainPage, DrawsStepsAndPinsWithTwoThousandTokens) {
  app().engine().step(2);
  EXPECT_EQ(step(), 2);
  app().context().view().pin_point(1500);
  driver.window().render(frame);
  EXPECT_EQ(app().context().phases().front().values.size(), 2000u);
  EXPECT_EQ(app().context().figure("attention").panels.size(), 1u);
}

// The stage draws tokens where their keys are: at one it shows what its query attends to, a click pins it,
// and from then on the pointer says which key of the pinned query is meant.
TEST_F(ChainPage, ATokenIsAQueryUntilOneIsPinnedAndAKeyThen) {
  const auto token = [&](int i) {
    const Figure stage = app().context().figure("stage");
    for (const Mark& mark : stage.panels.front().marks)
      if (const auto* dots = std::get_if<Scatter>(&mark); dots && dots->x.size() == 2000)
        return on_stage(dots->x[static_cast<std::size_t>(i)], dots->y[static_cast<std::size_t>(i)]);
    ADD_FAILURE() << "no tokens";
    return ImVec2();
  };
  const auto point_at = [&](int i) {
    const ImVec2 place = token(i);
    run([&](ImGuiTestContext& at) {
      at.MouseMoveToPos(place);
      at.Yield(2);
    });
    return app().context().view().hovered;
  };
  const ImVec2 before = token(290);
  const ElementId first = point_at(1200);
  ASSERT_EQ(first.kind, ElementId::Kind::token);
  const Snapshot& now = app().context().snapshot();
  EXPECT_EQ(app().context().view().shown_point(now), first.index);
  EXPECT_EQ(token(290).x, before.x) << "nothing moves under the pointer";
  run([](ImGuiTestContext& at) {
    at.MouseClick();
    at.Yield(2);
  });
  EXPECT_EQ(app().context().view().pinned_point(now), first.index);
  const ElementId second = point_at(40);
  ASSERT_EQ(second.kind, ElementId::Kind::token);
  ASSERT_NE(second.index, first.index);
  EXPECT_EQ(app().context().view().shown_point(now), first.index);
  const Figure stage = app().context().figure("stage");
  EXPECT_TRUE(std::ranges::any_of(stage.panels.front().marks, [](const Mark& mark) {
    const auto* marker = std::get_if<Marker>(&mark);
    return marker && marker->series == "hovered";
  }));
}

}  // namespace
}  // namespace iem::gui
