#include "app/gui/sessions/scene_loader.h"

#include "core/session/scene_file.h"

#include <memory>
#include <utility>

namespace iem::gui {

namespace {

using LoadReplay = LoadedSession(const std::string&, std::shared_ptr<ThreadPool>, const ReplayWatch&);

OpenedScene opened_by(LoadReplay load, const std::string& name, const ReplayWatch& watch) {
  // A pool of its own: the running engine uses the other one.
  auto pool = std::make_shared<ThreadPool>();
  if (!is_replay(name)) return {Run(load_scene(name), std::move(pool)), name, {}};
  std::int64_t end = 0;
  LoadedSession session = load(name, std::move(pool), [&](std::int64_t step, std::int64_t last) {
    end = last;
    return !watch || watch(step, last);
  });
  if (session.stopped)
    session.parted = "The replay was stopped at step " + std::to_string(session.run.state().step) + " of " +
                     std::to_string(end) + ".";
  if (session.parted.empty()) session.parted = std::move(session.note);
  return {std::move(session.run), name, std::move(session.parted), session.stopped,
          std::move(session.replay)};
}

}  // namespace

OpenedScene open_scene(const std::string& name, const ReplayWatch& watch) {
  return opened_by(load_replay, name, watch);
}

OpenedScene show_scene(const std::string& name, const ReplayWatch& watch) {
  return opened_by(show_replay, name, watch);
}

void SceneLoader::start() {
  loading_ = asked_.number;
  progress_ = std::make_shared<ReplayProgress>();
  job_.start([open = asked_.open, progress = progress_] {
    return open([progress](std::int64_t step, std::int64_t last) { return progress->reach(step, last); });
  });
}

void SceneLoader::ask(Wish wish) {
  wish.number = asked_.number + 1;
  asked_ = std::move(wish);
  if (job_.running())
    abandon();
  else
    start();
}

void SceneLoader::ask(std::string name) {
  ask(Wish{name, [name](const ReplayWatch& watch) { return show_scene(name, watch); }});
}

void SceneLoader::ask(std::string name, std::function<OpenedScene()> open) {
  ask(Wish{std::move(name), [open = std::move(open)](const ReplayWatch&) { return open(); }});
}

std::optional<Outcome<OpenedScene>> SceneLoader::take() {
  if (!job_.ready()) return std::nullopt;
  Outcome<OpenedScene> outcome = job_.take();
  if (loading_ == asked_.number) return outcome;
  start();  // nobody waits for that one any more
  return std::nullopt;
}

}  // namespace iem::gui
