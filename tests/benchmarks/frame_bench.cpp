// A frame of the whole window at 1280 x 800 with 16 prototypes while the run plays: every frame shows a new
// state. Drawn without a display; on a machine without a graphics card by mesa's software renderer.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "app/gui/gl/field_renderer.h"
#include "app/gui/shell/app.h"
#include "app/gui/shell/window.h"
#include "core/base/executor.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"

namespace iem::gui {
namespace {

// The scene the program opens with, or two thousand points around as many centres.
Run sixteen_prototypes(int points, const std::string& field) {
  Scene scene = points == 0
                    ? load_scene("penguins")
                    : parse_scene("format = 1\nlab = \"mixture\"\n[data]\nsource = \"blobs\"\ncount = " +
                                      std::to_string(points) + "\nclusters = 16\n",
                                  "bench.toml");
  if (points == 0) scene.config.set("model.init", "kmeans++");
  scene.config.set("model.components", 16);
  scene.config.set("view.field", field);
  return {std::move(scene), std::make_shared<ThreadPool>(1)};
}

// No display, nothing remembered, and threads that let it draw first, as those beside a window do.
WindowOptions window_of_its_own() {
  use_executor(threads_behind());
  WindowOptions options;
  options.headless = true;
  options.remember = false;
  return options;
}

// One step a frame, of several runs where there are rules to compare.
void frame_of(benchmark::State& state, Run run, bool compared = false) {
  Window window(window_of_its_own());
  App app(window, std::move(run));
  window.render_until_stable(app);
  if (compared) {
    app.actions().run("run.compare");
    app.engine().wait_until_idle();
    window.render_until_stable(app);
    state.counters["runs"] = 1 + static_cast<double>(app.engine().snapshot()->lanes.size());
  }
  for (auto _ : state) {
    app.engine().step(1);
    app.engine().wait_until_idle();
    const auto begin = std::chrono::steady_clock::now();
    window.render(app);
    window.show();
    state.SetIterationTime(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
}

void frame(benchmark::State& state, int points, const char* field) {
  frame_of(state, sixteen_prototypes(points, field));
}

// A built-in scene as it is: how much slower than the scene the program opens with.
void scene_frame(benchmark::State& state, const char* scene) {
  frame_of(state, Run(load_scene(scene), std::make_shared<ThreadPool>(1)));
}
// Of a run that rests, as under a pointer that moves.
void resting_frame(benchmark::State& state) {
  Window window(window_of_its_own());
  App app(window, Run(load_scene("penguins"), std::make_shared<ThreadPool>(1)));
  window.render_until_stable(app);
  for (auto _ : state) {
    window.render(app);
    window.show();
  }
}
// The same in a window that is shown, where the rasteriser draws a frame while the next one is made: the time
// from frame to frame, without what it takes to bring them to a display.
void flowing_frame(benchmark::State& state, bool compared) {
  Window window(window_of_its_own());
  draw_fields_at_once();
  App app(window, Run(load_scene("penguins"), std::make_shared<ThreadPool>(1)));
  window.render_until_stable(app);
  if (compared) app.actions().run("run.compare");
  app.engine().wait_until_idle();
  window.render_until_stable(app);
  for (auto _ : state) {
    state.PauseTiming();
    app.engine().step(1);
    app.engine().wait_until_idle();
    state.ResumeTiming();
    window.render(app);
    window.show_behind();
  }
}
BENCHMARK_CAPTURE(flowing_frame, penguins, false)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(flowing_frame, compared, true)->UseRealTime()->Unit(benchmark::kMillisecond);

BENCHMARK(resting_frame)->UseRealTime()->Unit(benchmark::kMillisecond);
void compared_frame(benchmark::State& state) {
  frame_of(state, Run(load_scene("penguins"), std::make_shared<ThreadPool>(1)), true);
}
BENCHMARK(compared_frame)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(scene_frame, penguins, "penguins")->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(scene_frame, digits, "digits_whiten")->UseManualTime()->Unit(benchmark::kMillisecond);

// Very many points and an engine that steps as fast as it can meanwhile: the window waits for neither.
void frame_while_working(benchmark::State& state, int points) {
  Window window(window_of_its_own());
  App app(window, sixteen_prototypes(points, "responsibility"));
  for (int i = 0; i < 8; ++i) {
    window.render(app);
    window.show();
  }
  app.engine().play(Engine::kAsFastAsPossible);
  double slowest = 0;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    window.render(app);
    window.show();
    slowest =
        std::max(slowest, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  app.engine().pause();
  app.engine().wait_until_idle();
  state.counters["slowest_ms"] = 1e3 * slowest;
  state.counters["steps_per_frame"] =
      static_cast<double>(app.engine().snapshot()->state.step) / static_cast<double>(state.iterations());
}
BENCHMARK_CAPTURE(frame_while_working, a_hundred_thousand_points, 100'000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame_while_working, a_million_points, 1'000'000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// Two thousand queries and keys: maps of four million entries, of a state that is new in every frame; and
// then frames of an engine that steps as fast as it can.
void attention_frame(benchmark::State& state, bool playing) {
  Window window(window_of_its_own());
  App app(window, Run(load_scene("sticky_markov_em_like"), std::make_shared<ThreadPool>(1)));
  window.render_until_stable(app);
  if (playing) app.engine().play(Engine::kAsFastAsPossible);
  double slowest = 0;
  for (auto _ : state) {
    if (!playing) {
      app.engine().step(1);
      app.engine().wait_until_idle();
    }
    const auto begin = std::chrono::steady_clock::now();
    window.render(app);
    window.show();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    state.SetIterationTime(seconds);
    slowest = std::max(slowest, seconds);
  }
  app.engine().pause();
  app.engine().wait_until_idle();
  state.counters["slowest_ms"] = 1e3 * slowest;
  state.counters["steps"] = static_cast<double>(app.engine().snapshot()->state.step);
}
BENCHMARK_CAPTURE(attention_frame, two_thousand_keys_step_by_step, false)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(attention_frame, two_thousand_keys_playing, true)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

BENCHMARK_CAPTURE(frame, penguins_with_field, 0, "responsibility")
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, penguins_without_field, 0, "off")->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, blobs_with_field, 2000, "responsibility")
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, blobs_without_field, 2000, "off")->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace iem::gui
