#include "app/gui/scene_loader.h"

#include <memory>
#include <utility>

#include "core/scene/session.h"

namespace iem::gui {

OpenedScene open_scene(const std::string& name) {
  // A pool of its own: the running engine uses the other one.
  auto pool = std::make_shared<ThreadPool>();
  if (!is_replay(name)) return {Run(load_scene(name), std::move(pool)), name, {}};
  LoadedSession session = load_replay(name, std::move(pool));
  return {std::move(session.run), name, std::move(session.parted)};
}

void SceneLoader::start() {
  loading_ = asked_;
  job_.start([name = asked_] { return open_scene(name); });
}

void SceneLoader::ask(std::string name) {
  asked_ = std::move(name);
  if (!job_.running()) start();
}

std::optional<OpenedScene> SceneLoader::take() {
  if (!job_.ready()) return std::nullopt;
  if (loading_ != asked_) {
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
