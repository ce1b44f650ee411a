// Hands on the stage: drag, pin, zoom; the state follows and undo brings it back.
#include "core/figure/ellipse_handles.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class Stage : public AppTest {
 protected:
  void drag(ImVec2 from, ImVec2 to, ImGuiMouseButton button = ImGuiMouseButton_Left) {
    run([&](ImGuiTestContext& at) {
      at.MouseMoveToPos(from);
      at.Yield(2);
      at.MouseDown(button);
      at.MouseMoveToPos({0.5F * (from.x + to.x), 0.5F * (from.y + to.y)});
      at.MouseMoveToPos(to);
      at.Yield(3);
      at.MouseUp(button);
      at.Yield(2);
    });
  }
};

TEST_F(Stage, DraggingAPrototypeMovesItAndUndoBringsItBack) {
  const std::uint64_t before = hash();
  const ImVec2 from = prototype(1), to(from.x + 60, from.y - 40);
  drag(from, to);
  const ImVec2 after = prototype(1);
  EXPECT_NEAR(after.x, to.x, 1.5);
  EXPECT_NEAR(after.y, to.y, 1.5);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_EQ(hash(), before);
  EXPECT_FALSE(settled()->can_undo);
}

// A scene that was asked for may come at any time.
TEST_F(Stage, ADragEndsWithTheRunItBeganOn) {
  const ImVec2 from = prototype(1);
  const auto before = settled()->opening;
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(from);
    at.Yield(2);
    at.MouseDown();
    at.MouseMoveToPos({from.x + 20, from.y});
    app().engine().open(open_scene("three_blobs").run);
    for (int frame = 0; frame < 2000 && app().context().snapshot().opening == before; ++frame) at.Yield();
    at.MouseMoveToPos({from.x + 60, from.y - 40});
    at.Yield(3);
    at.MouseUp();
    at.Yield(2);
  });
  ASSERT_NE(settled()->opening, before);
  EXPECT_TRUE(settled()->edits.empty());
}

TEST_F(Stage, APrototypeIsDraggedWhileItRuns) {
  const ElementId first{ElementId::Kind::prototype, 0};
  app().engine().play(10);
  run([&](ImGuiTestContext& at) {
    // The run steps by the clock and frames take what they take: follow the prototype until it is under the
    // pointer, as a hand does.
    for (int tries = 0; tries < 200 && app().context().view().hovered != first; ++tries) {
      const Theta theta = app().engine().snapshot()->state.theta;
      at.MouseMoveToPos(on_stage(theta[0], theta[1]));
      at.Yield();
    }
    EXPECT_EQ(app().context().view().hovered, first);
    const ImVec2 from = ImGui::GetIO().MousePos;
    at.MouseDown();
    at.MouseMoveToPos({from.x + 15, from.y + 45});
    at.MouseMoveToPos({from.x + 30, from.y + 90});
    at.Yield(3);
    EXPECT_TRUE(app().engine().snapshot()->playing);
    at.MouseUp();
    at.Yield(2);
  });
  app().engine().pause();
  const auto snapshot = settled();
  ASSERT_FALSE(snapshot->edits.empty());
  for (const Edit& edit : snapshot->edits) EXPECT_EQ(edit.key, "state.means");
  EXPECT_TRUE(snapshot->can_undo);
}

// The end of an axis of prototype 2's ellipse, away from everything else; it shows when the prototype is
// hovered.
TEST_F(Stage, HandlesReshapeTheEllipseAndOneUndoTakesADragBack) {
  const std::uint64_t before = hash();
  const auto s = settled();
  const Tensor sigma = s->model().natural(s->state.theta)[1].tensor;
  const EllipseFrame ellipse =
      ellipse_frame({sigma.data[4], sigma.data[5], sigma.data[7]}, 1, 1, EllipseFreedom::free);
  const ImVec2 centre = prototype(1);
  const auto [dx, dy] = handle_offset(ellipse, 1);
  const ImVec2 from = on_stage(s->state.theta[2] + dx, s->state.theta[3] + dy);
  const ImVec2 to(from.x + 0.5F * (from.x - centre.x), from.y + 0.5F * (from.y - centre.y));
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(centre);
    at.Yield(2);
    EXPECT_EQ(app().context().view().shaped, 1);
  });
  drag(from, to);
  const Tensor wider = settled()->model().natural(settled()->state.theta)[1].tensor;
  const Eigen2 was = eigen({sigma.data[4], sigma.data[5], sigma.data[7]});
  const Eigen2 is = eigen({wider.data[4], wider.data[5], wider.data[7]});
  EXPECT_NEAR(is.large * is.small, 2.25 * was.large * was.small, 0.1 * was.large * was.small);
  EXPECT_EQ(wider.data[0], sigma.data[0]);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_EQ(hash(), before);
  EXPECT_FALSE(settled()->can_undo);
}

TEST_F(Stage, TheKnobTurnsTheEllipseWhileItRuns) {
  app().context().view().pinned = {ElementId::Kind::prototype, 0};
  app().engine().play(5);
  ImVec2 from;
  run([&](ImGuiTestContext& at) {
    const ElementId knob{ElementId::Kind::ellipse, kAxisHandles};
    for (int tries = 0; tries < 200 && app().context().view().hovered != knob; ++tries) {
      const auto now = app().engine().snapshot();
      const Theta& theta = now->state.theta;
      const std::vector<double> c = now->model().natural(theta)[1].tensor.data;
      const auto [dx, dy] =
          handle_offset(ellipse_frame({c[0], c[1], c[3]}, 1, 1, EllipseFreedom::free), kAxisHandles);
      at.MouseMoveToPos(on_stage(theta[0] + dx, theta[1] + dy));
      at.Yield();
    }
    EXPECT_EQ(app().context().view().hovered, knob);
    from = ImGui::GetIO().MousePos;
    at.MouseDown();
    at.MouseMoveToPos({from.x + 40, from.y + 40});
    at.Yield(3);
    EXPECT_TRUE(app().engine().snapshot()->playing);
    at.MouseUp();
    at.Yield(2);
  });
  app().engine().pause();
  ASSERT_FALSE(settled()->edits.empty());
  for (const Edit& edit : settled()->edits) EXPECT_EQ(edit.key, "state.covariances");
}

TEST_F(Stage, AClickPinsAPointAndASecondClickUnpins) {
  const auto& points = settled()->data().points;
  const ImVec2 at_point = on_stage(points(5, 0), points(5, 1));
  const auto click = [&] {
    run([&](ImGuiTestContext& at) {
      at.MouseMoveToPos(at_point);
      at.Yield(2);
      at.MouseClick();
      at.Yield(2);
    });
  };
  click();
  const int pinned = app().context().view().pinned_point(*settled());
  EXPECT_GE(pinned, 0);
  click();
  EXPECT_EQ(app().context().view().pinned_point(*settled()), -1);
}

TEST_F(Stage, WheelZoomsAtThePointerAndFBringsEverythingBack) {
  const double before = app().stage().shown()->x().hi - app().stage().shown()->x().lo;
  const ImVec2 middle = on_stage(0, 0);
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(middle);
    for (int notch = 0; notch < 3; ++notch) {  // a frame's wheel counts once, whatever its size
      at.MouseWheelY(1);
      at.Yield(2);
    }
  });
  EXPECT_LT(app().stage().shown()->x().hi - app().stage().shown()->x().lo, 0.9 * before);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_F); });
  EXPECT_NEAR(app().stage().shown()->x().hi - app().stage().shown()->x().lo, before, 1e-6 * before);
}

TEST_F(Stage, RightDragPans) {
  const double before = app().stage().shown()->x().lo;
  const ImVec2 from = on_stage(0, 0);
  drag(from, {from.x + 80, from.y}, ImGuiMouseButton_Right);
  EXPECT_LT(app().stage().shown()->x().lo, before - 1e-3);
}

TEST_F(Stage, ProbeEndsAreDragged) {
  const Tensor before = app().context().view().config.tensor("view.probe");
  ASSERT_EQ(before.data.size(), 4U);
  const ImVec2 from = on_stage(before.data[0], before.data[1]);
  drag(from, {from.x + 40, from.y - 30});
  EXPECT_NE(app().context().view().config.tensor("view.probe").data[0], before.data[0]);
  EXPECT_EQ(app().context().view().config.tensor("view.probe").data[2], before.data[2]);
}

TEST_F(Stage, TheKnobBetweenTheTipsIsTheBlend) {
  app().context().set("optimizer.method", std::string("gd_to_em"));
  app().context().set("optimizer.blend", 0.3);
  const auto s = settled();
  // The prototype whose two tips are furthest apart.
  int j = 0;
  double longest = 0;
  for (int k = 0; k < 3; ++k) {
    const double length = (s->em_target.segment(2 * k, 2) - s->gradient_target.segment(2 * k, 2)).norm();
    if (length > longest) longest = length, j = k;
  }
  // It stands where it is drawn, three tenths of the way from the tip of the gradient step, which may be
  // drawn longer than it is.
  const ElementId knob{ElementId::Kind::target, j};
  const auto& marks = app().context().stage().panels.front().marks;
  const auto is_knob = [&](const Mark& mark) {
    const auto* marker = std::get_if<Marker>(&mark);
    return marker != nullptr && marker->element == knob;
  };
  const auto& drawn = std::get<Marker>(*std::ranges::find_if(marks, is_knob));
  const ImVec2 at = on_stage(drawn.x, drawn.y), em = on_stage(s->em_target[2 * j], s->em_target[2 * j + 1]);
  const ImVec2 tip((at.x - 0.3F * em.x) / 0.7F, (at.y - 0.3F * em.y) / 0.7F);
  drag(at, {tip.x + 0.8F * (em.x - tip.x), tip.y + 0.8F * (em.y - tip.y)});
  EXPECT_NEAR(settled()->config().real("optimizer.blend"), 0.8, 0.08);
}

}  // namespace
}  // namespace iem::gui
