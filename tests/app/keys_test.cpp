// Keys of plots on screen, where names do not stand on the curves.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/paint/figure_painter.h"
#include "app/paint/labels.h"
#include "tests/app/recording_canvas.h"

namespace iem::paint {
namespace {

// A plot over steps with level curves.
Panel level_curves(Figure& figure, const std::vector<double>& heights, const std::vector<Ink>& inks) {
  Panel panel;
  panel.x = {"", "", 0, 10, Scale::linear, true, false, 5};
  panel.y = {"", "", 0, 1, Scale::linear, true, false, 5};
  panel.x.quantity = Quantity::step;
  for (std::size_t i = 0; i < heights.size(); ++i) {
    Line line;
    line.x = figure.own({0, 10}), line.y = figure.own({heights[i], heights[i]});
    line.label = "prototype " + std::to_string(inks[i].index), line.name_at_end = true, line.ink = inks[i];
    panel.marks.push_back(line);
  }
  return panel;
}

// Of curves that are too close for their names to stand on them none stays without: all are named in a key.
TEST(Keys, NameCurvesThatHaveNoRoomForTheirNames) {
  const PxRect edges{10, 20, 270, 100};
  const auto painted_shares = [&](const std::vector<double>& heights) {
    Figure figure;
    std::vector<Ink> inks;
    for (std::size_t i = 0; i < heights.size(); ++i) inks.push_back({Role::line, static_cast<int>(i) + 1});
    const Panel panel = level_curves(figure, heights, inks);
    RecordingCanvas canvas;
    paint_marks(panel, Transform(panel, edges), theme(ThemeId::light), canvas, {});
    EXPECT_EQ(canvas.words.size(), heights.size());
    const LabelPlacer curves(panel, Transform(panel, edges));
    for (const auto& word : canvas.words) EXPECT_TRUE(curves.is_free(word.rect)) << word.text;
    return canvas.curves.size();
  };
  EXPECT_EQ(painted_shares({0.1, 0.4, 0.75}), 3u) << "each on its curve";
  EXPECT_EQ(painted_shares({0.15, 0.25, 0.35}), 6u) << "three curves and three samples";
}

// The first run is drawn last, above the others, and stands first all the same.
TEST(Keys, HaveRunsInTheirOrder) {
  Figure figure;
  const Panel panel =
      level_curves(figure, {0.30, 0.33, 0.36}, {{Role::lane, 1}, {Role::lane, 2}, {Role::lane, 0}});
  RecordingCanvas canvas;
  paint_marks(panel, Transform(panel, {10, 20, 270, 100}), theme(ThemeId::light), canvas, {});
  ASSERT_EQ(canvas.words.size(), 3u);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(canvas.words[static_cast<std::size_t>(i)].text, "prototype " + std::to_string(i));
}

}  // namespace
}  // namespace iem::paint
