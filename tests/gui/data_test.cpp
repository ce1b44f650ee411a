// Data in the window: painted, erased, pasted, dropped, drawn again; every one of them can be undone.
#include <algorithm>
#include <fstream>
#include <vector>

#include "app/gui/look/text.h"
#include "core/session/session.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class Data : public AppTest {
 protected:
  void stroke(ImVec2 from, ImVec2 to, ImGuiMouseButton button) {
    run([&](ImGuiTestContext& at) {
      at.MouseMoveToPos(from);
      at.Yield(2);
      at.MouseDown(button);
      at.Yield(2);
      at.MouseMoveToPos({0.5F * (from.x + to.x), 0.5F * (from.y + to.y)});
      at.Yield(2);
      at.MouseMoveToPos(to);
      at.Yield(2);
      at.MouseUp(button);
      at.Yield(2);
    });
  }
  void press(ImGuiKeyChord chord) {
    run([chord](ImGuiTestContext& at) { at.KeyPress(chord); });
  }
  // A corner of the stage where no point lies.
  ImVec2 corner() {
    const paint::PxRect rect = app().stage().shown()->rect();
    const float s = gui::scale();
    return {static_cast<float>(rect.x0 + 50) * s, static_cast<float>(rect.y1 - 50) * s};
  }
};

TEST_F(Data, PaintedPointsAreTheScenesOwnAndOneUndoTakesAStrokeBack) {
  const auto before = settled();
  press(ImGuiKey_B);
  const ImVec2 from = corner();
  stroke(from, {from.x + 60, from.y}, ImGuiMouseButton_Left);
  const auto after = settled();
  EXPECT_GT(after->data().size(), before->data().size());
  EXPECT_EQ(after->config().text("data.source"), "inline");
  // The old points come first and are where they were; the new ones lie under the brush.
  EXPECT_EQ(after->data().points.topRows(before->data().size()), before->data().points);
  for (Eigen::Index i = before->data().size(); i < after->data().size(); ++i) {
    const ImVec2 p = on_stage(after->data().points(i, 0), after->data().points(i, 1));
    EXPECT_LE(std::abs(p.y - from.y), 27);
  }
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(settled()->data().hash, before->data().hash);
  EXPECT_EQ(settled()->config().text("data.source"), before->config().text("data.source"));
  EXPECT_FALSE(settled()->can_undo);
  press(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z);
  EXPECT_EQ(settled()->data().hash, after->data().hash);
}

TEST_F(Data, TheRightButtonErasesAndThePinnedPointStaysTheSame) {
  const auto before = settled();
  const Eigen::Index last = before->data().size() - 1;
  // Far enough from the first point that the brush leaves it alone.
  Eigen::Index target = 0;
  double furthest = 0;
  for (Eigen::Index i = 0; i < last; ++i) {
    const double d = (before->data().points.row(i) - before->data().points.row(last)).norm();
    if (d > furthest) furthest = d, target = i;
  }
  app().context().view().pin_point(static_cast<int>(last));
  const Eigen::RowVector2d pinned = before->data().points.row(last);
  press(ImGuiKey_B);
  const ImVec2 at_point = on_stage(before->data().points(target, 0), before->data().points(target, 1));
  stroke(at_point, {at_point.x + 5, at_point.y}, ImGuiMouseButton_Right);
  const auto after = settled();
  EXPECT_LT(after->data().size(), before->data().size());
  const int now = app().context().view().pinned_point(*after);
  ASSERT_GE(now, 0);
  EXPECT_EQ(after->data().points.row(now), pinned);
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(settled()->data().hash, before->data().hash);
  EXPECT_EQ(app().context().view().pinned_point(*settled()), static_cast<int>(last)) << "and stays there";
}

// Between two frames the pointer goes far, and the brush with it.
TEST_F(Data, AFastStrokeLeavesNoGaps) {
  const auto before = settled();
  press(ImGuiKey_B);
  const paint::Transform to_px = *app().stage().shown();
  const paint::PxRect rect = to_px.rect();
  const double y = to_px.y_at(rect.y1 - 50), x0 = to_px.x_at(rect.x0 + 60), x1 = to_px.x_at(rect.x1 - 60);
  const auto in_one_frame = [&](ImGuiMouseButton button) {
    const ImVec2 from = on_stage(x0, y), to = on_stage(x1, y);
    run([&](ImGuiTestContext& at) {
      at.MouseMoveToPos(from);
      at.Yield(2);
      at.MouseDown(button);
      at.Yield(2);
      at.MouseTeleportToPos(to);
      at.MouseUp(button);
      at.Yield(2);
    });
    return settled();
  };
  // The longest way along the stroke without a new point.
  const auto widest_gap = [&](const Snapshot& s) {
    std::vector<double> along = {to_px.px_x(x0), to_px.px_x(x1)};
    for (Eigen::Index i = before->data().size(); i < s.data().size(); ++i)
      along.push_back(to_px.px_x(s.data().points(i, 0)));
    std::ranges::sort(along);
    double gap = 0;
    for (std::size_t i = 1; i < along.size(); ++i) gap = std::max(gap, along[i] - along[i - 1]);
    return gap;
  };
  const auto painted = in_one_frame(ImGuiMouseButton_Left);
  EXPECT_LT(widest_gap(*painted), 52) << "wider than the brush";
  EXPECT_LT(painted->data().size() - before->data().size(), 400);
  EXPECT_LT(in_one_frame(ImGuiMouseButton_Right)->data().size(), before->data().size() + 10);
}

// With its point the pin goes, and comes back with it.
TEST_F(Data, AnErasedPinComesBackWithItsPoint) {
  const auto before = settled();
  app().context().view().pin_point(7);
  press(ImGuiKey_B);
  const ImVec2 at_point = on_stage(before->data().points(7, 0), before->data().points(7, 1));
  stroke(at_point, {at_point.x + 3, at_point.y}, ImGuiMouseButton_Right);
  EXPECT_EQ(app().context().view().pinned_point(*settled()), -1);
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(app().context().view().pinned_point(*settled()), 7);
}

TEST_F(Data, PaintedClassesAreLabels) {
  press(ImGuiKey_B);
  run([](ImGuiTestContext& at) { at.ItemClick("Stage###stage/##class2"); });
  const auto before = settled();
  stroke(corner(), {corner().x + 30, corner().y}, ImGuiMouseButton_Left);
  const auto after = settled();
  ASSERT_TRUE(after->data().has_labels());
  const Eigen::Index n = before->data().size();
  for (Eigen::Index i = n; i < after->data().size(); ++i) EXPECT_EQ(after->data().labels[i], 2);
  if (before->data().has_labels()) {
    EXPECT_EQ(after->data().labels.head(n), before->data().labels);
  }
}

TEST_F(Data, PaintingWhileItRunsReplays) {
  press(ImGuiKey_B);
  app().engine().play(20);
  stroke(corner(), {corner().x + 80, corner().y - 20}, ImGuiMouseButton_Left);
  app().engine().pause();
  const auto after = settled();
  EXPECT_EQ(after->config().text("data.source"), "inline");
  EXPECT_TRUE(after->can_undo);
  ASSERT_FALSE(after->edits.empty());
  // The same edits on a fresh run arrive at the same bits.
  iem::Run again = open_scene("three_blobs").run;
  for (const Edit& edit : after->edits) {
    again.seek(edit.step);
    again.apply(edit);
  }
  again.seek(after->state.step);
  EXPECT_EQ(again.state().hash(), after->state.hash());
}

TEST_F(Data, AStrokeEndsWithTheRunItBeganOn) {
  press(ImGuiKey_B);
  const auto before = settled()->opening;
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(corner());
    at.Yield(2);
    at.MouseDown();
    at.Yield(2);
    app().engine().open(open_scene("three_blobs").run);
    for (int frame = 0; frame < 2000 && app().context().snapshot().opening == before; ++frame) at.Yield();
    at.MouseUp();
    at.Yield(2);
  });
  ASSERT_NE(settled()->opening, before);
  press(ImGuiKey_B);
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos({corner().x + 60, corner().y});
    at.Yield(3);
  });
  EXPECT_TRUE(app().context().view().painting);
  EXPECT_TRUE(settled()->edits.empty()) << "points of the run before";
}

TEST_F(Data, BrushAndPanAndZoomDoNotDisturbEachOther) {
  press(ImGuiKey_B);
  const double x0 = app().stage().shown()->x().lo;
  const std::uint64_t before = settled()->data().hash;
  stroke(corner(), {corner().x + 70, corner().y}, ImGuiMouseButton_Middle);
  EXPECT_LT(app().stage().shown()->x().lo, x0 - 1e-3);
  EXPECT_EQ(settled()->data().hash, before);
  run([](ImGuiTestContext& at) { at.ItemClick("Stage###stage/##painted"); });
  EXPECT_FALSE(app().context().view().painting);
}

TEST_F(Data, NumbersFromTheClipboardAreANewRun) {
  app().engine().step(4);
  const auto before = settled();
  run([](ImGuiTestContext& at) {
    ImGui::SetClipboardText("100\t7\n101\t8\n140\t9\n150\t3\n");
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_V);
    at.Yield(3);
  });
  const auto after = settled();
  ASSERT_EQ(after->data().size(), 4);
  EXPECT_EQ(after->data().points(2, 0), 140);
  EXPECT_EQ(after->state.step, 0);
  settled();
  EXPECT_LT(app().stage().shown()->x().lo, 100) << "the stage looks where the points are";
  EXPECT_GT(app().stage().shown()->x().hi, 150);
  EXPECT_LT(app().stage().shown()->x().hi, 250);
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(settled()->state.hash(), before->state.hash());
  EXPECT_EQ(settled()->data().hash, before->data().hash);
}

TEST_F(Data, WordsInTheClipboardAreRefusedInOneLine) {
  const std::uint64_t before = hash();
  run([](ImGuiTestContext& at) {
    ImGui::SetClipboardText("1,2\n3,four\n");
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_V);
    at.Yield(2);
  });
  EXPECT_EQ(hash(), before);
  ASSERT_FALSE(app().context().notices().history().empty());
  EXPECT_NE(app().context().notices().history().back().find("clipboard:2:"), std::string::npos);
}

TEST_F(Data, ADroppedTableIsOneUndoStep) {
  const auto before = settled();
  const auto path = fresh_file("dropped.csv");
  std::ofstream(path) << "a,b\n0,1\n1,2\n2,4\n3,1\n4,0\n";
  app().drop({path.string()});
  EXPECT_EQ(settled()->data().size(), 5);
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(settled()->data().hash, before->data().hash);
  EXPECT_FALSE(settled()->can_undo);
}

TEST_F(Data, DrawingAgainKeepsThePrototypes) {
  app().engine().step(3);
  const auto before = settled();
  press(ImGuiKey_N);
  const auto after = settled();
  EXPECT_NE(after->data().hash, before->data().hash);
  EXPECT_EQ(after->data().size(), before->data().size());
  EXPECT_EQ(after->state.theta, before->state.theta);
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(settled()->data().hash, before->data().hash);
}

}  // namespace
}  // namespace iem::gui
