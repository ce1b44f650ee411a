// Letters on paper: outlines in SVG, and those that the font does not have.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "app/export/missing_letters.h"
#include "app/export/type.h"
#include "app/export/writers.h"
#include "tests/app/sample_figures.h"

namespace iem {
namespace {

// Programs that do not honour a font inside a picture set its text in one of their own, wider or narrower.
TEST(Letters, OfAnSvgAreOutlinesWithTheirText) {
  for (const Figure& figure : sample_figures()) {
    const std::string svg = figure_as_svg(figure, {});
    EXPECT_EQ(svg.find("<text"), std::string::npos) << figure.id;
    EXPECT_EQ(svg.find("@font-face"), std::string::npos) << figure.id;
  }
  const std::string svg = figure_as_svg(sample_loss(), {});
  EXPECT_NE(svg.find("aria-label=\"GD\" d=\"M"), std::string::npos);
  EXPECT_NE(svg.find("aria-label=\"\\lambda = 0.35\""), std::string::npos);
}

// A letter drawn as an outline is as wide as the same letter set.
TEST(Letters, AsOutlinesFillTheRoomOfTheirText) {
  for (const bool bold : {false, true})
    for (const std::string words : {"Hamburg", "0123.5", "J \u2212 \u03BA"}) {
      const paint::FormulaOutline outline = paint::text_outline(words, bold);
      double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
      for (std::size_t i = 0; i + 1 < outline.points.size(); i += 2) {
        left = std::min(left, double{outline.points[i]}), right = std::max(right, double{outline.points[i]});
        top = std::min(top, double{outline.points[i + 1]}),
        bottom = std::max(bottom, double{outline.points[i + 1]});
      }
      EXPECT_NEAR(left, 0.06, 0.06) << words;
      EXPECT_NEAR(right, outline.width - 0.04, 0.06) << words;
      EXPECT_NEAR(top, -0.72, 0.06) << words;  // capitals and figures: 0.711 em
      EXPECT_GE(bottom, -0.02) << words;
    }
}

TEST(Letters, ThatTheFontLacksAreNamed) {
  EXPECT_EQ(paint::missing_letters("A\u6F22\u5B57 b\u6F22 \u03BA", false), "\u6F22\u5B57");
  Figure figure = sample_loss();
  EXPECT_EQ(missing_letters(figure), "");
  figure.panels.at(0).x.label = "step \u6B65";
  EXPECT_EQ(missing_letters(figure), "\u6B65");
  EXPECT_EQ(missing_letters_warning(""), "");
  EXPECT_NE(missing_letters_warning("\u6B65").find("\u6B65"), std::string::npos);
}

}  // namespace
}  // namespace iem
