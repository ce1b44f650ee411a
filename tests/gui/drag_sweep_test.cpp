// A hand on the stage of every lab: whatever can be taken hold of follows the pointer, each drag is one undo
// step, and undoing it leaves the run as it was.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/gui/context/held_element.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

using Kind = ElementId::Kind;

class HandOnTheStage : public AppTest {
 protected:
  using AppTest::AppTest;

  const Panel& panel() { return app().context().stage().panels.front(); }
  ImVec2 at(const ElementId& element) {
    const auto place = place_of(panel(), element);
    return place ? on_stage(place->first, place->second) : ImVec2(-1, -1);
  }
  bool is_held(Kind kind) {
    return std::ranges::any_of(app().context().lab().handles(),
                               [&](const Handle& handle) { return handle.kind == kind; });
  }
  // Of each kind that can be held the first on the stage with nothing else under the pointer.
  std::map<Kind, ElementId> to_drag() {
    std::map<Kind, ElementId> out;
    for (const Mark& mark : panel().marks) {
      ElementId element;
      if (const auto* marker = std::get_if<Marker>(&mark)) element = marker->element;
      if (const auto* ring = std::get_if<RingMark>(&mark)) element = ring->element;
      if (element.kind != Kind::none && is_held(element.kind)) out.try_emplace(element.kind, element);
    }
    return out;
  }
  int drag_everything(const std::string& scene);
  void drag(ImVec2 from, ImVec2 to) {
    run([&](ImGuiTestContext& test) {
      test.MouseMoveToPos(from);
      test.Yield(3);
      test.MouseDown();
      test.MouseMoveToPos({0.5F * (from.x + to.x), 0.5F * (from.y + to.y)});
      test.MouseMoveToPos(to);
      test.Yield(3);
      test.MouseUp();
      test.Yield(2);
    });
  }
};

// Takes hold of one element of each kind on the stage and moves it; how many of them moved the run.
int HandOnTheStage::drag_everything(const std::string& scene) {
  // The point farthest to the right: its ring lies over nothing else.
  const auto shown = settled();
  const Eigen::MatrixXd& points = shown->data().points;
  Eigen::Index pinned = 0;
  if (points.cols() > 0) points.col(0).maxCoeff(&pinned);
  app().context().view().pin_point(static_cast<int>(pinned));
  app().engine().step(2);
  settled();
  int moved = 0;
  for (const auto& [kind, element] : to_drag()) {
    const std::uint64_t before = hash();
    const auto start = settled();
    const auto edits = start->edits.size();
    const ImVec2 from = at(element), to(from.x + 24, from.y - 18);
    drag(from, to);
    const ImVec2 after = at(element);
    const float left = std::hypot(after.x - to.x, after.y - to.y);
    const std::string what = scene + ", kind " + std::to_string(static_cast<int>(kind));
    EXPECT_LT(left, 31) << what << ": it went away from the pointer";    // 30 px: it stayed
    if (hash() == before && settled()->edits.size() == edits) continue;  // of the view, or it cannot be moved
    ++moved;
    EXPECT_TRUE(settled()->can_undo) << what;
    run([](ImGuiTestContext& test) { test.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
    const auto undone = settled();
    EXPECT_EQ(undone->state.hash(), before) << what;
    EXPECT_EQ(undone->can_undo, start->can_undo) << what << ": more than one undo step";
    for (const Parameter& p : start->config().table().all())
      EXPECT_EQ(undone->config().value(p.key), start->config().value(p.key)) << what << ", " << p.key;
  }
  return moved;
}

class DragSweep : public HandOnTheStage, public ::testing::WithParamInterface<const char*> {
 protected:
  DragSweep() : HandOnTheStage(GetParam()) {}
};

INSTANTIATE_TEST_SUITE_P(Labs, DragSweep,
                         ::testing::Values("penguins", "ring", "routing_toy", "labels_clamp", "open_world",
                                           "few_labels", "two_experts", "lines_part", "drag_a_point"));

TEST_P(DragSweep, WhatIsHeldFollowsAndOneUndoBringsItBack) {
  EXPECT_GE(drag_everything(GetParam()), 1) << "nothing was moved";
}

// The small systems one after the other, a scene each and the other game of one of them: how many kinds of
// things each has to take hold of.
TEST_F(HandOnTheStage, MovesWhatEverySmallSystemHas) {
  const std::map<std::string, int> scenes = {{"margins_free", 2},      {"triangle_shares", 2},
                                             {"tunnel_one_factor", 1}, {"tunnel_elimination", 1},
                                             {"knots_run", 1},         {"groups_leave", 2},
                                             {"penalty_by_itself", 1}, {"fixed_point", 2},
                                             {"loss_of_sparsemax", 1}, {"gradient_bounds_softmax", 1},
                                             {"spread_descent", 2}};
  std::set<std::string> seen;
  for (const auto& [scene, kinds] : scenes) {
    app().engine().open(open_scene(scene).run);
    settled();
    EXPECT_EQ(drag_everything(scene), kinds) << scene;
    seen.insert(settled()->config().text("model.toy"));
  }
  EXPECT_EQ(seen.size(), app().context().lab().toys().size()) << "a system that was not tried";
}

}  // namespace
}  // namespace iem::gui
