// Powers of ten stand raised on every kind of paper, and "^" is on none.
#include <gtest/gtest.h>

#include <regex>
#include <string>

#include "app/export/escape.h"
#include "app/export/export.h"
#include "app/export/type.h"
#include "app/export/writers.h"
#include "core/base/power_of_ten.h"
#include "tests/app/command.h"

namespace iem::test {
namespace {

// J - J* over many decades, with words that hold a number.
Figure decades() {
  Figure figure{.id = "convergence",
                .title = "Decades",
                .caption = "Down to 3 \u00D7 10^\u22129.",
                .panels = {},
                .keep = {}};
  Panel panel;
  panel.title = "Decades";
  panel.x = {.label = "step", .lo = 0, .hi = 2};
  panel.y = {.label = "J", .lo = 1e-10, .hi = 1};
  panel.y.scale = Scale::log10;
  Line line{.series = "J", .x = figure.own({0, 1, 2}), .y = figure.own({1, 1e-5, 3e-9})};
  panel.marks.push_back(std::move(line));
  figure.panels.push_back(std::move(panel));
  return figure;
}

int count(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  return static_cast<int>(std::distance(std::sregex_iterator(text.begin(), text.end(), regex), {}));
}

TEST(Raised, InSvgWithRealWords) {
  ExportOptions options;
  options.svg_text = SvgText::real;
  const std::string svg = figure_as_svg(decades(), options);
  const std::string body = svg.substr(svg.find("<text"));
  EXPECT_EQ(count(body, "\\^"), 0);
  EXPECT_GE(count(body, "10<tspan dy=\"-[0-9.]+\" font-size=\"[0-9.]+\">\u2212[0-9]+</tspan>"), 3);
  EXPECT_EQ(count(body, "<tspan dy=\"[0-9.]+\">\\.</tspan>"), 1) << "the caption goes on below";
}

TEST(Raised, InTex) {
  const std::string tex = figure_as_tex(decades(), {});
  EXPECT_GE(count(tex, "\\{10\\$\\^\\{-[0-9]+\\}\\$\\}"), 2);
  EXPECT_EQ(count(tex, "\\\\\\^"), 0) << tex;
  EXPECT_EQ(tex_escaped("3 \u00D7 10^\u22129, x^2"), "3 $\\times $ 10$^{-9}$, x\\^{}2");
}

// Glyphs of an exponent are smaller and stand above the line, and no glyph is that of "^".
TEST(Raised, InLetters) {
  using paint::shape_text;
  for (const bool bold : {false, true}) {
    const auto raised = shape_text("10^\u22126 m", bold), flat = shape_text("10\u22126 m", bold);
    ASSERT_EQ(raised.glyphs.size(), flat.glyphs.size());
    EXPECT_LT(raised.width, flat.width);
    for (std::size_t i = 0; i < raised.glyphs.size(); ++i) {
      const bool up = i == 2 || i == 3;
      EXPECT_EQ(raised.glyphs[i].glyph, flat.glyphs[i].glyph);
      EXPECT_EQ(raised.glyphs[i].size, up ? kRaisedSize : 1);
      EXPECT_NEAR(raised.glyphs[i].y, up ? -kRise : 0, 1e-6);
    }
    EXPECT_EQ(raised.glyphs[4].cluster, std::string("10^\u22126").size());
  }
}

// Tables are for programs.
TEST(Raised, NotInTables) {
  const std::string csv = figure_as_csv(decades());
  EXPECT_NE(csv.find("3e-09"), std::string::npos) << csv;
  EXPECT_EQ(csv.find("10^"), std::string::npos);
}

}  // namespace
}  // namespace iem::test
