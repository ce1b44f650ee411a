// The activation lab's page: the probe follows the pointer, hypotheses are dragged, and labs can be changed.
#include "core/labs/activation/model/curves.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class Derivation : public AppTest {
 protected:
  Derivation() : AppTest("two_bumps") {}
  ImVec2 at(std::size_t row, double z, double share) {
    const paint::Transform& to_px = *app().derivation().shown(row);
    const double y = to_px.rect().y0 + share * to_px.rect().height();
    return {static_cast<float>(to_px.px_x(z)) * gui::scale(), static_cast<float>(y) * gui::scale()};
  }
  LineNatural natural() {
    const auto snapshot = settled();
    return line_of(*snapshot).unpack(snapshot->state.theta);
  }
};

TEST_F(Derivation, RowsShareTheirPixels) {
  for (std::size_t row = 0; row < 5; ++row) {
    ASSERT_TRUE(app().derivation().shown(row).has_value());
    EXPECT_EQ(app().derivation().shown(row)->rect().x0, app().derivation().shown(0)->rect().x0);
    EXPECT_EQ(app().derivation().shown(row)->rect().x1, app().derivation().shown(0)->rect().x1);
    EXPECT_EQ(app().derivation().shown(row)->x().lo, -4);
  }
}

TEST_F(Derivation, TheProbeFollowsThePointerInEveryRow) {
  for (std::size_t row = 0; row < 5; ++row) {
    const double z = -1.5 + 0.7 * static_cast<double>(row);
    const ImVec2 place = at(row, z, 0.6);
    run([&](ImGuiTestContext& test) {
      test.MouseMoveToPos(place);
      test.Yield(2);
    });
    EXPECT_NEAR(app().context().view().config.real("view.at"), z, 0.02) << row;
  }
}

// Its rows are drawn one after the other, and what follows the pointer in one of them changes the view.
TEST_F(Derivation, AFigureOutlivesAChangeOfTheViewInItsFrame) {
  PanelContext& context = app().context();
  const std::string id = context.lab().derivation()->figure;
  const Figure& before = context.figure(id);
  context.view().touch();
  const Figure& after = context.figure(id);
  EXPECT_NE(&before, &after) << "it was replaced where it stood";
  ASSERT_EQ(before.panels.size(), after.panels.size());
  EXPECT_EQ(before.panels[0].marks.size(), after.panels[0].marks.size());
}

TEST_F(Derivation, AHypothesisIsDraggedAndUndoBringsItBack) {
  const std::uint64_t before = hash();
  const double m = natural().places[0], y = 0.07;
  const ImVec2 from = at(0, m, y), to = at(0, m + 1, y);
  run([&](ImGuiTestContext& test) {
    test.MouseMoveToPos(from);
    test.Yield(2);
    test.MouseDown();
    test.MouseMoveToPos(to);
    test.Yield(3);
    test.MouseUp();
    test.Yield(2);
  });
  EXPECT_NEAR(natural().places[0], m + 1, 0.03);
  EXPECT_EQ(settled()->config().real("model.m"), 0.6);  // restart begins where the scene says
  run([](ImGuiTestContext& test) { test.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_EQ(hash(), before);
}

TEST_F(Derivation, TheSliderShowsWhatIsLearned) {
  app().engine().seek(20);
  const auto snapshot = settled();
  const double m = std::get<double>(app().context().value("model.m"));
  EXPECT_EQ(m, line_of(*snapshot).unpack(snapshot->state.theta).places[0]);
  EXPECT_NE(m, 0.6);
  EXPECT_FALSE(app().context().is_changed("model.m"));
  app().context().set("model.m", 2.0);
  EXPECT_EQ(natural().places[0], 2.0);
  EXPECT_TRUE(app().context().is_changed("model.m"));
}

// Left paints points on the line, right erases them, whichever height the brush has; each stroke is undone.
TEST_F(Derivation, PointsArePaintedOnTheLine) {
  app().open("tanh");
  settled();
  for (int i = 0; i < 6; ++i) driver.window().render(frame);
  ASSERT_EQ(settled()->data().size(), 0);
  run([](ImGuiTestContext& test) { test.ItemClick("//Derivation###derivation/##paint"); });
  ASSERT_TRUE(app().context().view().painting);
  driver.window().render(frame);
  const auto stroke = [&](double z, double share, ImGuiMouseButton button) {
    const ImVec2 place = at(0, z, share);
    run([&](ImGuiTestContext& test) {
      test.MouseMoveToPos(place);
      test.Yield(2);
      test.MouseDown(button);
      test.Yield(3);
      test.MouseMoveToPos({place.x + 8, place.y});
      test.Yield(2);
      test.MouseUp(button);
      test.Yield(2);
    });
    return settled();
  };
  const auto first = stroke(-2, 0.5, ImGuiMouseButton_Left);
  ASSERT_GT(first->data().size(), 0);
  EXPECT_EQ(first->data().dimension(), 1);
  EXPECT_EQ(first->config().text("data.source"), "inline");
  EXPECT_TRUE(first->evaluation.has_loss);
  const double reach = 40 * 8.0 / app().derivation().shown(0)->rect().width();
  for (const double z : first->data().points.col(0)) EXPECT_NEAR(z, -2, reach);
  const auto second = stroke(2, 0.3, ImGuiMouseButton_Left);
  EXPECT_GT(second->data().points.col(0).maxCoeff(), 1);
  // At any height of the plot.
  const auto third = stroke(2, 0.9, ImGuiMouseButton_Right);
  EXPECT_LT(third->data().size(), second->data().size());
  EXPECT_LT(third->data().points.col(0).minCoeff(), -1);
  run([](ImGuiTestContext& test) { test.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_EQ(settled()->data().hash, second->data().hash);
  run([](ImGuiTestContext& test) {
    test.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
    test.Yield(2);
    test.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z);
  });
  EXPECT_EQ(settled()->data().size(), 0);
  EXPECT_EQ(settled()->config().text("data.source"), "none");
  // Nothing was dragged meanwhile.
  EXPECT_EQ(natural().places[0], 1);
}

TEST_F(Derivation, TheLastPaintedPointMayGo) {
  app().open("tanh");
  settled();
  run([](ImGuiTestContext& test) { test.KeyPress(ImGuiKey_B); });
  driver.window().render(frame);
  const ImVec2 place = at(0, 1, 0.5);
  run([&](ImGuiTestContext& test) {
    test.MouseMoveToPos(place);
    test.Yield(2);
    test.MouseClick(ImGuiMouseButton_Left);
    test.Yield(2);
  });
  EXPECT_GT(settled()->data().size(), 0);
  run([&](ImGuiTestContext& test) {
    test.MouseMoveToPos(place);
    test.MouseDown(ImGuiMouseButton_Right);
    test.Yield(4);
    test.MouseUp(ImGuiMouseButton_Right);
    test.Yield(2);
  });
  EXPECT_EQ(settled()->data().size(), 0);
  EXPECT_EQ(settled()->config().text("data.source"), "none");
}

// The inspector: numbers at z wherever the pointer is, of the hypothesis it is over, of the one that was
// clicked.
TEST_F(Derivation, TheInspectorFollowsTheProbeAndTheHypotheses) {
  app().engine().seek(3);
  settled();
  run([](ImGuiTestContext& test) { test.ItemClick("//Derivation###derivation/##inspect"); });
  ASSERT_TRUE(app().inspector().is_open());
  const ImVec2 somewhere = at(2, -1.5, 0.5), hypothesis = at(0, natural().places[0], 0.07);
  run([&](ImGuiTestContext& test) {
    test.MouseMoveToPos(somewhere);
    test.Yield(3);
  });
  EXPECT_EQ(app().inspector().shown().title.substr(0, 4), "z = ");
  EXPECT_EQ(app().inspector().shown().table.size(), 5u);
  const auto before = hash();
  run([&](ImGuiTestContext& test) {
    test.MouseMoveToPos(hypothesis);
    test.Yield(3);
    EXPECT_EQ(app().inspector().shown().title, "Hypothesis +1");
    test.MouseClick();
    test.Yield(2);
    test.MouseMoveToPos(somewhere);
    test.Yield(3);
  });
  EXPECT_EQ(app().inspector().shown().title, "Hypothesis +1") << "it was clicked";
  EXPECT_EQ(hash(), before) << "a click moves nothing";
  EXPECT_FALSE(settled()->can_undo);
}

// From the plane: the button beside the mixture's curve opens it here, taken apart.
TEST_F(Derivation, AMixtureOpensHereAlongItsProbeLine) {
  app().open("three_blobs");
  settled();
  app().engine().seek(8);
  const auto mixture = settled();
  for (int i = 0; i < 6; ++i) driver.window().render(frame);
  run([](ImGuiTestContext& test) { test.ItemClick("//Derived activation###activation/##along_probe"); });
  const auto line = settled();
  ASSERT_EQ(line->setup->problem().id(), "activation");
  EXPECT_EQ(line->config().text("model.hypotheses"), "prototypes");
  EXPECT_EQ(line_of(*line).options().count, static_cast<int>(mixture->evaluation.statistics.rows()));
  EXPECT_FALSE(line->config().tensor("model.widths").data.empty());
  for (int i = 0; i < 6; ++i) driver.window().render(frame);
  ASSERT_TRUE(app().derivation().shown(4).has_value());
}

TEST_F(Derivation, LabsCanBeChangedToAndFro) {
  for (const char* scene : {"three_blobs", "silu_gate", "soft_quantiser", "penguins", "relu_cold"}) {
    app().open(scene);
    settled();
    for (int i = 0; i < 6; ++i) driver.window().render(frame);
    EXPECT_EQ(settled()->setup->scene.name, scene);
  }
}

}  // namespace
}  // namespace iem::gui
