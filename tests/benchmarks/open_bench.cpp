// Opening a session of a thousand steps of the attention lab's chain, which takes seconds to step again: from
// the command until the window has drawn the state at its end, which the file carries, and until the replay
// behind the window has come to the same. On a run of penguins, the way a session is opened over another.
#include <benchmark/benchmark.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "app/gui/shell/app.h"
#include "app/gui/shell/window.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"

namespace iem::gui {
namespace {

using Clock = std::chrono::steady_clock;
double since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

void open_session(benchmark::State& state) {
  constexpr std::int64_t kSteps = 1000;
  const std::string path = "open_bench.iemlab";  // where one stands
  Run made(load_scene("sticky_markov_em_like"), std::make_shared<ThreadPool>(0));
  made.seek(kSteps);
  std::ofstream(path) << save_session(made, made.origin().config);
  WindowOptions options;
  options.headless = true;
  options.remember = false;
  Window window(options);
  double verified = 0;
  for (auto _ : state) {
    App app(window, Run(load_scene("penguins"), std::make_shared<ThreadPool>(0)));
    window.render_until_stable(app);
    const auto frame = [&] {
      window.render(app);
      window.show();
    };
    const auto begin = Clock::now();
    app.open(path);
    while (app.engine().snapshot()->state.step != kSteps) frame();
    frame();
    state.SetIterationTime(since(begin));
    while (app.verifier().working()) frame();
    verified = since(begin);
  }
  std::filesystem::remove(path);
  state.counters["verified_s"] = verified;
}
BENCHMARK(open_session)->UseManualTime()->Iterations(3)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace iem::gui
