// Hovering a curve over steps reads that curve off, whichever figure it belongs to and wherever it stands.
#include <cmath>
#include <set>
#include <utility>

#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"
#include "core/figure/read_out.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class Plots : public AppTest {
 protected:
  explicit Plots(const std::string& scene = "three_blobs") : AppTest(scene) {}

  // The pointer on a window of the column (or the middle) at a share of its width and height.
  std::string said_at(const char* window, float x, float y) {
    run([&](ImGuiTestContext& at) {
      const ImRect rect = at.WindowInfo(window).Window->Rect();
      at.MouseMoveToPos({rect.Min.x + x * rect.GetWidth(), rect.Min.y + y * rect.GetHeight()});
      at.Yield(3);
    });
    return app().plots().said();
  }

  // The curve that is said, which must be one of the figure's own, with its own value at that step.
  std::string curve_of(const std::string& said, const std::string& figure) {
    const Figure& shown = app().context().figure(figure);
    if (!said.starts_with("step ")) return "nothing is read off";
    const double step = std::stod(said.substr(5));
    for (const CurveValue& own : read_out(shown.panels.front(), step))
      if (said ==
          "step " + format_whole(std::llround(step)) + "   " + own.name + " = " + format_number(own.y, 6))
        return own.name;
    return "no value of its own: " + said;
  }

  // Which figures, from the top, and which curves each has.
  using Curves = std::vector<std::pair<std::string, std::set<std::string>>>;
  void hover_all(const Curves& plots) {
    app().engine().step(12);
    app().engine().seek(5);
    std::vector<std::string> ids;
    for (const auto& [id, curves] : plots) ids.push_back(id);
    app().context().set("view.plots", ids);
    settled();
    for (int i = 0; i < 10; ++i) driver.window().render(frame);
    const char* windows[] = {"//###loss", "//###identity", "//###responsibilities", "//###activation"};
    for (std::size_t cell = 0; cell < plots.size(); ++cell)
      for (const float x : {0.35F, 0.6F}) {
        const std::string curve = curve_of(said_at(windows[cell], x, 0.5F), plots[cell].first);
        EXPECT_TRUE(plots[cell].second.contains(curve)) << plots[cell].first << ": " << curve;
      }
  }
};

class AttentionPlots : public Plots {
 protected:
  AttentionPlots() : Plots("next_symbol") {}
};

TEST_F(Plots, OfAMixtureSayTheirOwnValues) {
  hover_all({{"usage", {"prototype 1", "prototype 2", "prototype 3"}},
             {"entropy", {"entropy"}},
             {"convergence", {"J - J*", "predicted"}},
             {"loss", {"loss"}}});
}

TEST_F(AttentionPlots, SayTheirOwnValues) {
  hover_all({{"loss", {"loss", "entropy of the chain"}},
             {"entropy", {"entropy", "entropy of the chain"}},
             {"timescales", {"value drift", "routing drift"}}});
}

TEST_F(Plots, SayTheSameInTheMiddleOfTheWindow) {
  app().engine().step(12);
  app().context().set("view.centre", std::string("usage"));
  settled();
  for (int i = 0; i < 4; ++i) driver.window().render(frame);
  const std::string curve = curve_of(said_at("//Stage###stage", 0.5F, 0.6F), "usage");
  EXPECT_TRUE(curve.starts_with("prototype ")) << curve;
}

}  // namespace
}  // namespace iem::gui
