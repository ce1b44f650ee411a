// What a page lights up, and what steps back.
#include <algorithm>
#include <cmath>

#include "core/lesson/read_lesson.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

std::string lit_page(const std::string& highlight) {
  return "# Lit\n```iemlab\nscene = \"three_blobs\"\nshow = [\"stage\", \"loss\", \"usage\", \"strip\", "
         "\"step\", "
         "\"meter\"]\ncontrols = [\"model.temperature\", \"step\"]\n" +
         (highlight.empty() ? std::string() : "highlight = [" + highlight + "]\n") + "```\nWords.\n";
}

class Lit : public AppTest {
 protected:
  paint::Image picture(const std::string& highlight) {
    app().lessons().hasten(1000);
    app().open_lesson(read_lesson(lit_page(highlight), "lit.md"));
    settled();
    run([](ImGuiTestContext& at) { at.MouseTeleportToPos({4, 400}); });
    settled();
    driver.window().render(frame);
    return driver.window().read_pixels();
  }
  // The share of pixels within [min, max] that differ.
  static double differing(const paint::Image& a, const paint::Image& b, ImVec2 min, ImVec2 max) {
    int all = 0, other = 0;
    for (int y = static_cast<int>(min.y); y < static_cast<int>(max.y); ++y)
      for (int x = static_cast<int>(min.x); x < static_cast<int>(max.x); ++x) {
        const std::size_t at = 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(a.width) +
                                    static_cast<std::size_t>(x));
        ++all;
        other +=
            std::abs(a.rgba[at] - b.rgba[at]) > 3 || std::abs(a.rgba[at + 1] - b.rgba[at + 1]) > 3 ? 1 : 0;
      }
    return static_cast<double>(other) / all;
  }
  static ImVec2 size_of(const char* name, bool upper) {
    const ImGuiWindow* window = ImGui::FindWindowByName(name);
    return upper ? window->Pos : ImVec2(window->Pos.x + window->Size.x, window->Pos.y + window->Size.y);
  }
};

TEST_F(Lit, AnElementStandsInAHoleOfTheVeil) {
  const paint::Image plain = picture("");
  const ImVec2 at = prototype(1);
  const paint::Image lit = picture("\"prototype 2\"");
  EXPECT_EQ(differing(plain, lit, {at.x - 60, at.y - 60}, {at.x + 60, at.y + 60}), 0);
  const ImVec2 min = size_of("Stage###stage", true), max = size_of("Stage###stage", false);
  EXPECT_GT(differing(plain, lit, {min.x + 40, min.y + 60}, {max.x - 20, max.y - 30}), 0.3);
  const ImVec2 plot = size_of("Loss###loss", true), end = size_of("Loss###loss", false);
  EXPECT_EQ(differing(plain, lit, plot, end), 0) << "the column has nothing to do with it";
}

TEST_F(Lit, OfFiguresTheOthersStepBack) {
  const paint::Image plain = picture(""), lit = picture("\"loss\"");
  const std::vector<std::string>& plots = app().context().view().config.list("view.plots");
  ASSERT_EQ(plots.front(), "loss");
  const ImVec2 min = size_of("Stage###stage", true), max = size_of("Stage###stage", false);
  EXPECT_EQ(differing(plain, lit, {min.x, min.y + 3}, max), 0) << "the stage stays";
  const float right = max.x + 20;
  // The first cell is as it was, below its accent edge; of the second only paper is left as it was.
  EXPECT_LT(differing(plain, lit, {right, min.y + 40}, {1270, min.y + 120}), 0.02);
  EXPECT_GT(differing(plain, lit, {right, min.y + 300}, {1270, max.y - 20}), 0.02);
}

TEST_F(Lit, PanelsKeysAndFormulasAreMarked) {
  const paint::Image plain = picture("");
  const auto window = [&](const char* name, const std::string& highlight) {
    return differing(plain, picture(highlight), size_of(name, true), size_of(name, false));
  };
  EXPECT_GT(window("##phases", "\"strip\""), 0);
  EXPECT_GT(window("##transport", "\"step\""), 0);
  EXPECT_GT(window("##transport", "\"meter\""), 0);
  EXPECT_GT(window("##phases", "\"formula r_j\""), 0);
  const Reduced& reduced = app().context().reduced();
  EXPECT_TRUE(reduced.highlights_formula("\\sum_i r_{ij}", "mixture"));
  EXPECT_FALSE(reduced.highlights_formula("J", "mixture"));
  const paint::Image key = picture("\"model.temperature\"");
  EXPECT_GT(differing(plain, key, {20, 100}, {340, 500}), 0.01);
}

}  // namespace
}  // namespace iem::gui
