// Whatever a run has become, its figures are painted: on every canvas, in bounded time and memory, and no
// canvas is asked for anything far from the plot.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "app/export/export.h"
#include "app/paint/bounded_canvas.h"
#include "app/paint/figure_painter.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"
#include "tests/app/command.h"
#include "tests/app/recording_canvas.h"
#include "tests/support/print_lab.h"
#include "tests/support/sanitized.h"
#include "tests/support/scenes.h"
#include "tests/support/small_atlas.h"
#include "tests/support/wild_runs.h"

namespace iem {
namespace {

constexpr std::size_t kMemory = 1u << 30;
// Of the processor: a guard against hanging, not a measure.
constexpr rlim_t kSeconds = test::kSanitized ? 1000 : 100;

bool near(paint::Px p, const paint::PxRect& bounds) { return bounds.contains(p); }  // false for NaN

// The first thing a canvas was asked for that is not finite or far away; empty: there is none.
std::string astray(const paint::RecordingCanvas& canvas, const paint::PxRect& plot) {
  const paint::PxRect bounds = plot.grown(paint::BoundedCanvas::kAround + 32);  // a dash and a rounded half
  for (const auto& curve : canvas.curves)
    for (const paint::Px& p : curve.points)
      if (!near(p, bounds)) return "a line to " + std::to_string(p.x) + ", " + std::to_string(p.y);
  for (const auto& polygon : canvas.polygons)
    for (const paint::Px& p : polygon)
      if (!near(p, bounds)) return "an area to " + std::to_string(p.x) + ", " + std::to_string(p.y);
  for (const auto& disc : canvas.discs)
    if (!near(disc.centre, bounds)) return "a disc";
  for (const paint::PxRect& r : canvas.rects)
    if (!near({r.x0, r.y0}, bounds) || !near({r.x1, r.y1}, bounds)) return "a rectangle";
  return "";
}

// A small page: what is far away on a large one is far away on it.
class Painter {
 public:
  explicit Painter(const test::Folder& folder) : folder_(folder) {
    options_.width_cm = 5;
    options_.dpi = 40;
    options_.density = 0.5;
  }

  void record(const Figure& figure) {
    for (const Panel& panel : figure.panels) {
      const paint::PxRect plot{40, 20, 240, 160};
      paint::RecordingCanvas canvas;
      paint::PaintOptions options;
      options.place_labels = true;
      options.image_density = 0.1;
      const paint::Transform to_px(panel, plot);
      const paint::Theme& theme = paint::theme(paint::ThemeId::light);
      paint::paint_grid(panel, to_px, theme, canvas, options);
      paint::paint_marks(panel, to_px, theme, canvas, options);
      paint::paint_axes(panel, to_px, theme, canvas, options);
      EXPECT_EQ(astray(canvas, plot), "") << where << " " << figure.id;
      for (const auto& curve : canvas.curves)
        EXPECT_LT(paint::cut_into_dashes(curve.points, {5, 4}).size(), 5000u) << where << " " << figure.id;
      ++painted["recorded"];
    }
  }

  // The kinds of file take turns, so that each meets each figure at some rate and step.
  void write(const Figure& figure, const std::string& extension) {
    const std::string file = folder_.at("figure" + extension);
    write_figure(figure, file, options_);
    const auto size = std::filesystem::file_size(file);
    EXPECT_GT(size, 0u) << where << " " << figure.id << extension;
    EXPECT_LT(size, 20'000'000u) << where << " " << figure.id << extension;
    ++painted[extension];
  }

  std::string where;
  std::map<std::string, int> painted;

 private:
  const test::Folder& folder_;
  ExportOptions options_;
};

const std::vector<std::string> kExtensions = {".svg", ".pdf", ".eps", ".png", ".tex", ".csv"};

void paint_all(const std::vector<std::string>& scenes) {
  const test::Folder folder;
  Painter painter(folder);
  std::size_t seen = 0, written = 0;
  for (const std::string& scene : scenes)
    testing::for_each_wild_state(scene, [&](const testing::WildState& state, const Run& run) {
      if (run.setup().data->size() > 1000 && !state.last) return;  // as scenes with fewer tokens
      painter.where =
          scene + " at rate " + std::to_string(state.rate) + ", step " + std::to_string(run.state().step);
      const auto snapshot = take_snapshot(run);
      const Config view = test::with_small_atlas(snapshot->config());
      const Lab& lab = lab_of(run.setup());
      for (const FigureType& type : lab.figures()) {
        if (type.needs.slow && !state.last) continue;  // they look ahead over many steps of their own
        if (!is_offered(type, snapshot->config())) continue;
        const Figure figure = lab.figure(type.id, *snapshot, {view, {}, {}});
        painter.record(figure);
        // Between a run's first and last state one file in twenty; what a canvas is asked for is recorded of
        // all.
        const bool chosen = state.last || seen++ % 20 == 0;
        if (figure.sentence.empty() && chosen)
          painter.write(figure, kExtensions[written++ % kExtensions.size()]);
      }
    });
  EXPECT_GT(painter.painted["recorded"], 100);
  for (const std::string& extension : kExtensions) EXPECT_GT(painter.painted[extension], 20) << extension;
}

// In a process of its own, that may take so much memory and no more.
void confined(const std::function<void()>& work) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const rlimit seconds{kSeconds, kSeconds};
    setrlimit(RLIMIT_CPU, &seconds);
    if (!test::kSanitized) {
      const rlimit limit{kMemory, kMemory};
      setrlimit(RLIMIT_AS, &limit);
    }
    const std::size_t before = testing::resident();
    try {
      work();
      EXPECT_LT(testing::resident(), before + kMemory);
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
    std::fflush(nullptr);
    _exit(::testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status)) << "ended by signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

class WildFigures : public ::testing::TestWithParam<const Lab*> {};
INSTANTIATE_TEST_SUITE_P(Lab, WildFigures, ::testing::ValuesIn(labs()),
                         [](const auto& lab) { return lab.param->id(); });

TEST_P(WildFigures, ArePaintedOnEveryCanvas) {
  const std::vector<std::string> scenes = test::scenes_of_every_kind_of(GetParam()->id());
  ASSERT_GT(scenes.size(), 3u);
  confined([&] { paint_all(scenes); });
}

// A run that began broken, with a point as far away as numbers reach.
TEST(BrokenFigures, ArePaintedOnEveryCanvas) {
  confined([] {
    const test::Folder folder;
    Painter painter(folder);
    const std::string far =
        std::string(IEMLAB_SOURCE_DIR) + "/tests/cases/loss-not-finite-at-step-0/scene.toml";
    for (const char* init : {"explicit", "random", "from_data", "kmeans++"}) {
      Scene scene = load_scene(far);
      scene.config.set("model.init", std::string(init));
      const iem::Run run(std::move(scene), std::make_shared<ThreadPool>(1));
      ASSERT_TRUE(run.divergence()) << init;
      painter.where = init;
      const auto snapshot = take_snapshot(run);
      for (const FigureType& type : lab_of(run.setup()).figures()) {
        const Figure figure = lab_of(run.setup()).figure(type.id, *snapshot, {snapshot->config(), {}, {}});
        painter.record(figure);
        for (const std::string& extension : kExtensions)
          if (figure.sentence.empty()) painter.write(figure, extension);
      }
    }
    EXPECT_GT(painter.painted[".pdf"], 30);
  });
}

}  // namespace
}  // namespace iem
