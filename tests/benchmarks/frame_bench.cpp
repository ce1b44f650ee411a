// A frame of the whole window at 1280 x 800 with 16 prototypes while the run plays: every frame shows a new
// state. Drawn without a display; on a machine without a graphics card by mesa's software renderer.
#include <benchmark/benchmark.h>

#include <chrono>
#include <memory>
#include <string>

#include "app/gui/app.h"
#include "app/gui/window.h"
#include "core/scene/scene.h"

namespace iem::gui {
namespace {

Run sixteen_prototypes(const std::string& field) {
  Scene scene = parse_scene(
      "format = 1\nlab = \"mixture\"\n[data]\nsource = \"blobs\"\ncount = 2000\nclusters = "
      "16\n[model]\ncomponents = 16\n",
      "bench.toml");
  scene.config.set("view.field", field);
  return {std::move(scene), std::make_shared<ThreadPool>(1)};
}

void frame(benchmark::State& state, const char* field) {
  WindowOptions options;
  options.headless = true;
  options.remember = false;
  Window window(options);
  App app(window, sixteen_prototypes(field));
  window.render_until_stable(app);
  for (auto _ : state) {
    app.engine().step(1);
    app.engine().wait_until_idle();
    const auto begin = std::chrono::steady_clock::now();
    window.render(app);
    state.SetIterationTime(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
}

BENCHMARK_CAPTURE(frame, with_field, "responsibility")->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, without_field, "off")->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace iem::gui
