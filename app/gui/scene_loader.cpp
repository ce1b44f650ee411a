#include "app/gui/scene_loader.h"

#include <memory>
#include <utility>

namespace iem::gui {

OpenedScene open_scene(const std::string& name, const ReplayWatch& watch) {
  // A pool of its own: the running engine uses the other one.
  auto pool = std::make_shared<ThreadPool>();
  if (!is_replay(name)) return {Run(load_scene(name), std::move(pool)), name, {}};
  std::int64_t end = 0;
  LoadedSession session = load_replay(name, std::move(pool), [&](std::int64_t step, std::int64_t last) {
    end = last;
    return !watch || watch(step, last);
  });
  if (session.stopped)
    session.parted = "The replay was stopped at step " + std::to_string(session.run.state().step) + " of " +
                     std::to_string(end) + ".";
  return {std::move(session.run), name, std::move(session.parted), session.stopped};
}

void SceneLoader::start() {
  forgotten_ = false;
  progress_ = std::make_shared<ReplayProgress>();
  job_.start([name = asked_, progress = progress_] {
    return open_scene(name,
                      [&](std::int64_t step, std::int64_t last) { return progress->reach(step, last); });
  });
}

void SceneLoader::ask(std::string name) {
  asked_ = std::move(name);
  forgotten_ = job_.running();
  if (forgotten_)
    abandon();
  else
    start();
}

std::optional<OpenedScene> SceneLoader::take() {
  if (!job_.ready()) return std::nullopt;
  if (forgotten_) {
    try {
      job_.take();
    } catch (const std::exception&) {
      // nobody waits for it any more
    }
    start();
    return std::nullopt;
  }
  return job_.take();
}

}  // namespace iem::gui
