// The last two steps of the README: break it, compare.
#include <cmath>

#include "app/gui/context/run_work.h"
#include "core/labs/kit/seen_draws.h"
#include "tests/gui/readme_walk.h"

namespace iem::gui {

void ReadmeWalk::collapse_widens() {
  open("collapse");
  EXPECT_FALSE(settled()->config().flag("model.volume_term"));
  const auto width = [&] { return settled()->model().natural(settled()->state.theta)[1].tensor.data[0]; };
  double before = width();
  for (const int steps : {50, 100, 200}) {
    app().engine().seek(steps);
    EXPECT_GT(width(), before) << steps;
    before = width();
  }
}

void ReadmeWalk::faithful_is_spread() {
  open("old_faithful");
  const auto& points = settled()->data().points;
  const auto deviation = [&](int c) {
    return std::sqrt((points.col(c).array() - points.col(c).mean()).square().mean());
  };
  EXPECT_EQ(std::lround(deviation(1) / deviation(0)), 12);
}

void ReadmeWalk::em_does_not_care() {
  app().context().set("optimizer.method", std::string("em"));
  app().engine().seek(30);
  const double em = settled()->evaluation.loss;
  press(ImGuiKey_Home);
  app().context().set("optimizer.method", std::string("gd"));
  app().engine().seek(30);
  EXPECT_LT(em, settled()->evaluation.loss - 0.01);
  open("penguins");
}

void ReadmeWalk::compares() {
  press(ImGuiKey_K);
  const auto s = settled();
  std::vector<std::string> rules = {s->config().text("optimizer.method")};
  for (const ComparedRun& run : s->lanes) rules.push_back(run.setup->config().text("optimizer.method"));
  EXPECT_EQ(rules, (std::vector<std::string>{"gd", "em", "natural", "adam"}));
  app().engine().seek(5);
  EXPECT_EQ(settled()->lanes.at(0).state.step, 5) << "on one clock";
}

void ReadmeWalk::strip_works() {
  const std::uint64_t other = settled()->lanes.at(0).state.hash();
  click("##runs/$$1/##run");
  EXPECT_EQ(hash(), other);
  click("##runs/$$1/##show");
  EXPECT_FALSE(settled()->lanes.at(0).shown);
  click("##runs/$$1/##show");
  click("##runs/multiples");
  EXPECT_EQ(app().context().view().config.text("view.runs"), "multiples");
  click("##runs/multiples");
}

void ReadmeWalk::excess_and_runs() {
  for (const char* figure : {"excess", "runs"}) {
    const auto& all = app().context().lab().figures();
    ASSERT_NE(std::ranges::find(all, figure, &FigureType::id), all.end()) << figure;
    const Figure& made = app().context().figure(figure);
    settled();
    EXPECT_TRUE(made.sentence.empty()) << made.sentence;
  }
}

void ReadmeWalk::other_values() {
  const std::size_t before = settled()->lanes.size();
  run([](ImGuiTestContext& at) {
    at.SetRef(at.WindowInfo(kWalkControls).ID);
    at.MouseMove("##model.temperature");
    at.Yield(2);
    at.ItemClick("##row.model.temperature");
    at.Yield(2);
    const ImVec2 menu = ImGui::GetCurrentContext()->OpenPopupStack.back().Window->Pos;
    at.MouseMoveToPos({menu.x + 30, menu.y + 18});
    at.MouseClick();
    at.Yield(2);
  });
  EXPECT_EQ(settled()->lanes.size(), before + 1);
}

void ReadmeWalk::axes_turn_logarithmic() {
  run([](ImGuiTestContext& at) {
    const ImRect cell = at.WindowInfo("//Loss###loss").Window->Rect();
    at.MouseMoveToPos({cell.Min.x + 30, cell.GetCenter().y});
    at.Yield(2);
    at.MouseClick();
    at.Yield(2);
  });
  EXPECT_FALSE(app().context().view().log_axes.empty());
  app().context().view().log_axes.clear();
}

void ReadmeWalk::adds_and_best_rates() {
  while (settled()->lanes.size() > 1) app().engine().remove_run(2);  // two are enough to begin again
  const std::size_t before = settled()->lanes.size();
  run([](ImGuiTestContext& at) {
    at.ItemClick("##runs/##add_run");
    at.Yield(2);
    at.ItemClick("//$FOCUSED/The same again/##item");
  });
  EXPECT_EQ(settled()->lanes.size(), before + 1);
  run([](ImGuiTestContext& at) {
    at.ItemClick("##runs/##add_run");
    at.Yield(2);
    at.ItemClick("//$FOCUSED/Best rate of each/##item");
  });
  wait([&] { return !app().context().run_work->working(); });
  EXPECT_EQ(step(), 0);
  EXPECT_TRUE(app().context().notices().history().back().starts_with("Best of 13 rates"));
}

void ReadmeWalk::many_seeds() {
  app().actions().run("run.dismiss");
  press(ImGuiKey_K);
  settled();
  app().engine().seek(4);
  app().context().run_work->draw(app().context(), DrawOf::start, 5);
  wait([&] { return app().context().view().draws != nullptr && !app().context().run_work->working(); });
  int bands = 0;
  for (const Mark& mark : app().context().figure("loss").panels.at(0).marks)
    bands += std::holds_alternative<iem::Band>(mark) ? 1 : 0;
  EXPECT_GE(bands, 1);
  click("##runs/draws");
  run([](ImGuiTestContext& at) {
    at.Yield(4);
    at.ItemClick("//Stage###stage/##begin.2");
  });
  EXPECT_EQ(step(), 0);
  app().actions().run("run.dismiss");
  app().context().view().draws = nullptr;
  app().context().view().touch();
  settled();  // the stage has its title again, and the menu behind it its place
}

void ReadmeWalk::every_plot_has_a_menu() {
  for (const char* figure : {"Landscape", "Bound", "Convergence", "Simplex"}) {
    run([&](ImGuiTestContext& at) {
      at.ItemClick("//Stage###stage/##figures");
      at.Yield(2);
      at.ItemClick(("//$FOCUSED/" + std::string(figure) + "/##item").c_str());
    });
    const std::string& id = app().context().view().config.text("view.centre");
    settled();
    EXPECT_FALSE(app().context().figure(id).panels.empty()) << figure;
  }
  app().context().set("view.centre", std::string("stage"));
  settled();
  for (const char* cell : {"//###loss/##figures", "//###identity/##figures",
                           "//###responsibilities/##figures", "//###activation/##figures"})
    run([&](ImGuiTestContext& at) { EXPECT_TRUE(at.ItemExists(cell)) << cell; });
}

}  // namespace iem::gui
