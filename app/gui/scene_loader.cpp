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
  loading_ = asked_.number;
  job_.start(asked_.open);
}

void SceneLoader::ask(Wish wish) {
  wish.number = asked_.number + 1;
  asked_ = std::move(wish);
  if (!job_.running()) start();
}

void SceneLoader::ask(std::string name) {
  ask(Wish{name, [name] { return open_scene(name); }});
}

void SceneLoader::ask(std::string name, std::function<Run()> open) {
  ask(Wish{name, [name, open = std::move(open)] { return OpenedScene{open(), name, {}}; }});
}

std::optional<Outcome<OpenedScene>> SceneLoader::take() {
  if (!job_.ready()) return std::nullopt;
  Outcome<OpenedScene> outcome = job_.take();
  if (loading_ == asked_.number) return outcome;
  start();  // nobody waits for that one any more
  return std::nullopt;
}

}  // namespace iem::gui
