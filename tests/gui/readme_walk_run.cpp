// The first five steps of the README: look, play, turn gradient descent into EM, look closer, doubt it.
#include <cmath>

#include "app/gui/controls/speeds.h"
#include "tests/gui/readme_walk.h"

namespace iem::gui {

void ReadmeWalk::opens_on_penguins() {
  const auto s = settled();
  EXPECT_EQ(s->data().size(), 342);
  EXPECT_EQ(s->data().names.at(0), "bill length");
  EXPECT_EQ(s->data().names.at(1), "flipper length");
  EXPECT_EQ(count<Marker>([](const Marker& m) { return m.element.kind == ElementId::Kind::prototype; }), 3);
  for (const double sigmas : {1.0, 2.0})
    EXPECT_EQ(count<Ellipse>([&](const Ellipse& e) { return e.sigmas == sigmas; }), 3) << sigmas;
}

void ReadmeWalk::field_is_responsibility() {
  EXPECT_EQ(count<FieldMark>([](const FieldMark&) { return true; }), 1);
  EXPECT_EQ(app().stage().title(), "Responsibility field");
}

void ReadmeWalk::space_plays() {
  press(ImGuiKey_Space);
  wait([&] { return app().engine().snapshot()->playing; });
  press(ImGuiKey_Space);
  EXPECT_FALSE(settled()->playing);
  EXPECT_EQ(speeds()[static_cast<std::size_t>(speed_at_first())].steps_per_second, 4);
  bool slower = false, faster = false, adapts = false;
  for (const Speed& speed : speeds()) {
    slower = slower || (speed.kind == Speed::Kind::steady && speed.steps_per_second < 4);
    faster = faster || (speed.kind == Speed::Kind::steady && speed.steps_per_second > 4);
    adapts = adapts || speed.kind == Speed::Kind::adaptive;
  }
  EXPECT_TRUE(slower && faster && adapts);
  press(ImGuiKey_Home);
}

void ReadmeWalk::steps_both_ways() {
  const std::uint64_t start = hash();
  press(ImGuiKey_RightArrow);
  EXPECT_EQ(step(), 1);
  press(ImGuiKey_LeftArrow);
  EXPECT_EQ(step(), 0);
  EXPECT_EQ(hash(), start);
}

void ReadmeWalk::bar_goes_anywhere() {
  app().engine().seek(30);
  const std::uint64_t there = hash();
  const auto to = [&](float share) {
    run([&](ImGuiTestContext& at) {
      const ImRect bar = at.ItemInfo("##transport/##scrub").RectFull;
      at.MouseMoveToPos({bar.Min.x + 8 + share * (bar.GetWidth() - 16), bar.GetCenter().y});
      at.MouseDown();
      at.Yield(2);
      at.MouseUp();
    });
  };
  to(0.25F);
  EXPECT_EQ(step(), 10);
  to(0.75F);
  EXPECT_EQ(step(), 30);
  EXPECT_EQ(hash(), there);
}

void ReadmeWalk::starts_again() {
  press(ImGuiKey_Home);
  const std::uint64_t start = hash(), data = settled()->data().hash;
  app().engine().step(3);
  click("##transport/transport.restart");
  EXPECT_EQ(hash(), start);
  app().engine().step(3);
  press(ImGuiKey_R);
  EXPECT_EQ(hash(), start);
  press(ImGuiKey_S);
  EXPECT_NE(hash(), start);
  EXPECT_EQ(settled()->data().hash, data);
  open("three_blobs");
  const std::uint64_t drawn = settled()->data().hash;
  press(ImGuiMod_Shift | ImGuiKey_R);
  EXPECT_NE(settled()->data().hash, drawn);
  open("penguins");
  EXPECT_EQ(settled()->data().hash, data);
}

void ReadmeWalk::arrows_and_twins() {
  EXPECT_EQ(arrows("gradient "), 3);
  EXPECT_EQ(
      count<Arrow>([](const Arrow& a) { return a.series.starts_with("em ") && a.dash == Dash::dashed; }), 3);
  EXPECT_EQ(count<Marker>([](const Marker& m) { return m.series == "em target" && m.hollow; }), 3);
}

void ReadmeWalk::blend_to_em() {
  click_control("##optimizer.method/GD to EM");
  const auto blend = [&](double value) {
    run([&](ImGuiTestContext& at) {
      at.SetRef(at.WindowInfo(kWalkControls).ID);
      at.ItemDoubleClick("##optimizer.blend");
      at.KeyCharsReplaceEnter(std::to_string(value).c_str());
    });
    EXPECT_EQ(settled()->config().real("optimizer.blend"), value);
  };
  blend(0);
  const double far = short_of_the_twin();
  blend(0.5);
  EXPECT_LT(short_of_the_twin(), far);
  EXPECT_EQ(arrows("gradient "), 3) << "the gradient step, pale";
  // By the knob at the tip of an arrow, too.
  const auto knob = [&] {
    for (const Mark& mark : stage_panel().marks)
      if (const auto* m = std::get_if<Marker>(&mark); m && m->element.kind == ElementId::Kind::target)
        return on_stage(m->x, m->y);
    return ImVec2(-1, -1);
  };
  const ImVec2 from = knob(), to = on_stage(settled()->em_target[0], settled()->em_target[1]);
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(from);
    at.Yield(2);
    at.MouseDown();
    at.MouseMoveToPos({0.5F * (from.x + to.x), 0.5F * (from.y + to.y)});
    at.Yield(2);
    at.MouseUp();
  });
  EXPECT_GT(settled()->config().real("optimizer.blend"), 0.6);
  blend(1);
  EXPECT_EQ(short_of_the_twin(), 0);
  EXPECT_EQ(count<Marker>([](const Marker& m) { return m.series == "next" && m.arrived; }), 3);
}

void ReadmeWalk::preconditioner() {
  const std::string tex = app().context().lab().formula(Group::learning, settled()->config());
  EXPECT_NE(tex.find("\\frac{N}{N_{j}}"), std::string::npos) << tex;
  EXPECT_NE(tex.find("\\Sigma_{j}"), std::string::npos) << tex;
}

void ReadmeWalk::short_arrows() {
  click_control("##optimizer.method/GD");
  app().engine().seek(6);
  bool said = false;
  for (const Mark& mark : stage_panel().marks)
    if (const auto* legend = std::get_if<Legend>(&mark))
      for (const auto& [sign, words] : legend->entries) said = said || words.starts_with("steps ");
  EXPECT_TRUE(said);
  press(ImGuiKey_Home);
}

void ReadmeWalk::phases_by_keys() {
  const std::vector<Phase> phases = app().context().phases();
  for (const Phase& phase : phases) {
    press(ImGuiMod_Shift | ImGuiKey_RightArrow);
    EXPECT_EQ(app().context().view().chosen_phase(), phase.id);
  }
  press(ImGuiMod_Shift | ImGuiKey_LeftArrow);
  EXPECT_EQ(app().context().view().chosen_phase(), phases[phases.size() - 2].id);
  click("##phases/##phase.distances");
  EXPECT_EQ(app().context().view().chosen_phase(), "distances");
  EXPECT_EQ(step(), 0);
}

void ReadmeWalk::phases_are_seen() {
  EXPECT_EQ(arrows("distances thread"), 3);
  EXPECT_GE(count<Text>([](const Text& t) { return !t.text.empty(); }), 3) << "with the distance on each";
  const auto go = [&](const std::string& phase) {
    click("##phases/##phase." + phase);
    settled();
    EXPECT_EQ(app().context().view().chosen_phase(), phase);
  };
  // A bar as it is seen, in pixels.
  const auto bar = [&](const std::string& series) {
    for (const Mark& mark : stage_panel().marks)
      if (const auto* a = std::get_if<Arrow>(&mark); a != nullptr && a->series == series) {
        const ImVec2 from = on_stage(a->x0, a->y0), to = on_stage(a->x1, a->y1);
        return Eigen::Vector2d(to.x - from.x, to.y - from.y);
      }
    ADD_FAILURE() << "no bar " << series;
    return Eigen::Vector2d(0, 0);
  };
  go("exponentials");
  const std::vector<double> values = app().context().phases()[1].values;
  ASSERT_EQ(values.size(), 3U);
  const Eigen::Vector2d first = bar("exponentials 1"), second = bar("exponentials 2");
  EXPECT_NEAR(first.norm() / second.norm(), values[0] / values[1], 0.05 * values[0] / values[1]);
  go("normaliser");
  EXPECT_EQ(arrows("normaliser stack"), 3);
  go("responsibilities");
  EXPECT_EQ(count<RingMark>([](const RingMark& ring) { return ring.filled == 1; }), 1);
  go("gradient");
  EXPECT_LT(bar("gradient 1").dot(first), 0) << "the sign has turned";
  go("pull");
  EXPECT_GT(arrows("pull"), 10);
  go("update");
  EXPECT_EQ(arrows("update"), 3);
}

void ReadmeWalk::line_of_numbers() {
  const Band& line = app().layout().phase_line();
  EXPECT_GT(line.max.y, line.min.y);
  EXPECT_LE(line.max.y, app().layout().phases().min.y);
  click("##phases/##phase.update");
}

void ReadmeWalk::phases_play() {
  run([](ImGuiTestContext& at) {
    at.ItemClick("##transport/##speed");
    at.Yield(2);
  });
  press(ImGuiKey_Escape);
  app().actions().run("transport.speed_phases");
  app().actions().run("transport.play");
  EXPECT_TRUE(app().context().walks);
  wait([&] { return app().context().view().chosen_phase() == "normaliser"; });
  app().actions().run("transport.play");
  app().actions().run("transport.speed_4");
  app().actions().run("transport.phase_leave");
}

void ReadmeWalk::phases_are_left() {
  const auto chosen = [&] { return app().context().view().chosen_phase(); };
  press(ImGuiMod_Shift | ImGuiKey_RightArrow);
  EXPECT_EQ(chosen(), "distances");
  press(ImGuiKey_Escape);
  EXPECT_EQ(chosen(), "");
  click("##phases/##phase.pull");
  EXPECT_EQ(chosen(), "pull");
  click("##phases/##phase.pull");
  EXPECT_EQ(chosen(), "");
}

void ReadmeWalk::meter_says() {
  run([](ImGuiTestContext& at) {
    const ImRect meter = at.ItemInfo("##transport/##meter").RectFull;
    EXPECT_GT(meter.Min.x, 1000);
    EXPECT_GT(meter.Min.y, 740);
  });
  EXPECT_EQ(app().context().lab().identity_text().meter, "\\max|\\partial L/\\partial d+r|");
}

void ReadmeWalk::meter_is_small() {
  const double error = settled()->identity.largest_difference;
  EXPECT_GT(error, 0);
  EXPECT_LT(error, 1e-15);
}

}  // namespace iem::gui
