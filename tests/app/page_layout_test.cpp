// The page at the two tested widths: nothing overlaps, nothing is too small, nothing falls off.
#include "app/export/page_layout.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "tests/app/drawn_page.h"
#include "tests/app/sample_figures.h"

namespace iem::paint {
namespace {

class PageLayout : public testing::TestWithParam<double> {};

TEST_P(PageLayout, WordsDoNotOverlapAndStayOnThePage) {
  for (const Figure& figure : sample_figures()) {
    const Drawn d = drawn(figure, GetParam());
    for (std::size_t i = 0; i < d.canvas.words.size(); ++i) {
      const auto& a = d.canvas.words[i];
      EXPECT_GE(a.rect.x0, -0.5) << figure.id << ": " << a.text;
      EXPECT_LE(a.rect.x1, d.page.width_px + 0.5) << figure.id << ": " << a.text;
      EXPECT_GE(a.rect.y0, 0) << figure.id << ": " << a.text;
      EXPECT_LE(a.rect.y1, d.page.height_px) << figure.id << ": " << a.text;
      for (std::size_t j = 0; j < i; ++j) {
        // Extents include room for letters the words may not have: a pixel of that may be shared.
        EXPECT_FALSE(a.rect.grown(-1).overlaps(d.canvas.words[j].rect.grown(-1)))
            << figure.id << ": " << a.text << " | " << d.canvas.words[j].text;
      }
    }
  }
}

TEST_P(PageLayout, TypeIsNeverUnder7Points) {
  for (const Figure& figure : sample_figures()) {
    for (const auto& word : drawn(figure, GetParam()).canvas.words) {
      EXPECT_GE(word.style.size_px * kPointsPerPx, 7 - 1e-9) << figure.id << ": " << word.text;
    }
  }
}

// Columns of a data base have names of any length; what is behind them is still read.
TEST_P(PageLayout, LongNamesOfAxesStayOnThePage) {
  Figure figure = sample_loss();
  Axis &x = figure.panels.at(0).x, &y = figure.panels.at(0).y;
  x.label = "a very long name of a column that was exported by some data base with all of its words, length";
  y.label = x.label + ", " + x.label + ", standardised and then some more of it", y.unit = "mm";
  const Drawn d = drawn(figure, GetParam());
  int cut = 0;
  for (const auto& word : d.canvas.words) {
    EXPECT_GE(word.rect.x0, -0.5) << word.text;
    EXPECT_LE(word.rect.x1, d.page.width_px + 0.5) << word.text;
    if (word.text.find("\u2026") == std::string::npos) continue;
    ++cut;
    EXPECT_TRUE(word.text.starts_with("a very long")) << word.text;
    EXPECT_TRUE(word.text.ends_with(" length") || word.text.ends_with("of it (mm)")) << word.text;
  }
  EXPECT_GE(cut, 1);
}

INSTANTIATE_TEST_SUITE_P(ColumnAndPage, PageLayout, testing::Values(8.5, 17.0));

TEST(PageLayout, TheHeightAskedForIsTheHeightGiven) {
  const Drawn d = drawn(sample_loss(), 17, 9);
  EXPECT_NEAR(d.page.height_px / kPxPerCm, 9, 1e-6);
  EXPECT_LT(d.page.cells[0].plot.y1, d.page.height_px);
}

TEST(PageLayout, PanelsShareTheirPixelsAndOneAxis) {
  const Drawn d = drawn(sample_activation(), 17);
  ASSERT_EQ(d.page.cells.size(), 5u);
  int axes = 0;
  for (const Page::Cell& cell : d.page.cells) {
    EXPECT_EQ(cell.plot.x0, d.page.cells[0].plot.x0);
    EXPECT_EQ(cell.plot.x1, d.page.cells[0].plot.x1);
    axes += cell.panel.x.ticks ? 1 : 0;
  }
  EXPECT_EQ(axes, 1);
  EXPECT_TRUE(d.page.cells.back().panel.x.ticks);
}

TEST(PageLayout, AnEqualAspectPanelIsNotDistortedNorItsRangeWidened) {
  const Drawn d = drawn(sample_stage(), 17);
  const Transform t(d.page.cells[0].panel, d.page.cells[0].plot);
  EXPECT_NEAR(t.px_x(1) - t.px_x(0), t.px_y(0) - t.px_y(1), 1e-6);
  EXPECT_NEAR(t.x().lo, -2.4, 0.05);
  EXPECT_NEAR(t.y().hi, 2.4, 0.05);
}

// On a wide page the rows of a table stood so far apart that they were hard to follow.
TEST_P(PageLayout, RowsOfATableAreAsFarApartOnEveryPage) {
  Figure figure;
  Panel panel;
  panel.title = "Runs";
  panel.grid = panel.x.ticks = panel.y.ticks = false;
  panel.y.lo = -3.5, panel.y.hi = 1.5;
  for (int row = -3; row <= 1; ++row)
    panel.marks.push_back(Text{.x = 0, .y = static_cast<double>(row), .text = "row"});
  figure.panels = {panel};
  const Drawn d = drawn(figure, GetParam());
  ASSERT_EQ(d.page.cells.size(), 1U);
  EXPECT_NEAR(d.page.cells[0].plot.height(), 5 * 22, 1);
}

TEST(PageLayout, CaptionsWrapAndKeepTheirFormulas) {
  RecordingCanvas canvas;
  int lines = 0;
  const TextStyle style{12, false, Anchor::left, {}};
  const auto words =
      set_lines("one two three $x^2$, four five six seven eight nine ten", 120, 17, style, canvas, lines);
  EXPECT_GE(lines, 3);
  std::string all;
  for (const auto& w : words) {
    const double width =
        w.tex ? canvas.measure_formula(w.text, style).width : canvas.measure_text(w.text, style).width;
    EXPECT_LE(w.at.x + width, 120.5) << w.text;
    all += (w.tex ? "$" + w.text + "$" : w.text) + "|";
  }
  EXPECT_NE(all.find("$x^2$|,"), std::string::npos) << all;  // the comma touches its formula
}

TEST(PageLayout, AFigureWithoutPanelsIsAnEmptyPage) {
  const Drawn d = drawn(Figure{}, 8.5);
  EXPECT_GT(d.page.height_px, 0);
  EXPECT_TRUE(d.canvas.words.empty());
}

}  // namespace
}  // namespace iem::paint
