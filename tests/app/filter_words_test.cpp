// Words and numbers of the filters of digits: whatever the size none lies on another, and the numbers below
// the tiles stay as long as there is room for them.
#include <gtest/gtest.h>

#include <string>

#include "app/paint/figure_painter.h"
#include "core/labs/kit/lab.h"
#include "core/session/scene_file.h"
#include "tests/app/recording_canvas.h"

namespace iem::paint {
namespace {

std::shared_ptr<const Snapshot> filters(const std::string& phase) {
  Scene scene = load_scene("digits_part");
  scene.config.set("view.phase", phase);
  iem::Run run(scene, std::make_shared<ThreadPool>(1));
  run.seek(3);
  return take_snapshot(run);
}

RecordingCanvas painted_filters(const Snapshot& snapshot, double side) {
  const Lab& lab = lab_of(*snapshot.setup);
  const Figure figure = lab.figure("stage", snapshot, {snapshot.config(), {}, {}});
  RecordingCanvas canvas;
  const PxRect plot{0, 0, side, side};
  paint_marks(figure.panels.at(0), Transform(figure.panels.at(0), plot), theme(ThemeId::light), canvas);
  return canvas;
}

TEST(FilterWords, LieOnNoOther) {
  for (const char* phase : {"none", "normaliser"}) {
    const auto snapshot = filters(phase);
    std::size_t seen = 0;
    for (double side = 150; side < 1200; side *= 1.03) {
      const RecordingCanvas canvas = painted_filters(*snapshot, side);
      seen += canvas.words.size();
      for (std::size_t i = 0; i < canvas.words.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
          EXPECT_FALSE(canvas.words[i].rect.overlaps(canvas.words[j].rect))
              << canvas.words[i].text << " on " << canvas.words[j].text << " at " << side << " px";
    }
    EXPECT_GT(seen, 500U);
  }
}

// The smallest stage that a window of 1024 x 720 has, where tiles are some 42 pixels wide.
TEST(FilterWords, NameTheTilesInASmallWindow) {
  const RecordingCanvas canvas = painted_filters(*filters("none"), 312);
  for (const char* unit : {"1", "7", "24", "25"})
    EXPECT_TRUE(std::ranges::any_of(canvas.words, [&](const auto& word) { return word.text == unit; }))
        << unit;
}

}  // namespace
}  // namespace iem::paint
