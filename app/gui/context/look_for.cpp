#include "app/gui/context/look_for.h"

#include <algorithm>
#include <utility>

#include "app/gui/context/panel_context.h"
#include "core/expression/evaluator.h"
#include "core/expression/words.h"
#include "core/session/scene_file.h"

namespace iem::gui {
namespace {

const std::string kOnScreen;  // the name under which the sentence of the run on screen is kept

std::string words_with_numbers(const Scene& scene, const std::shared_ptr<std::atomic<bool>>& stop) {
  Evaluator evaluator(Run(scene, std::make_shared<ThreadPool>(1)), [stop] { return stop->load(); });
  return filled(scene.look_for, evaluator);
}

bool learns(const Model& model) { return std::ranges::any_of(model.layout().blocks(), &Block::learned); }

bool differs(const Config& opened, const Config& now, const char* key) {
  const bool known = opened.table().find(key) != nullptr && now.table().find(key) != nullptr;
  return known && opened.value(key) != now.value(key);
}

// Whether the points are of another kind than when the scene was opened. How many there are, their noise and
// the seed are left alone, as rules and rates are: a sentence often says what to make of them.
bool has_other_points(const Config& opened, const Config& now) {
  return differs(opened, now, "data.source") || differs(opened, now, "data.path");
}

// Whether the window compares with something else, or the model has another number of components, than then.
bool asks_something_else(const Config& opened, const Snapshot& now, const Config* view) {
  return differs(opened, view != nullptr ? *view : now.config(), "view.overlay") ||
         differs(opened, now.config(), "model.components");
}

}  // namespace

LookFor::~LookFor() { stop(); }

void LookFor::stop() {
  if (stop_) stop_->store(true);
}

LookFor::Sentence& LookFor::sentence(const std::string& name, std::shared_ptr<const Setup> setup,
                                     const std::string& words) {
  const auto found = sentences_.find(name);
  const bool is_there = found != sentences_.end() && found->second.setup == setup;
  Sentence& out = is_there ? found->second : sentences_[name];
  if (!is_there) out = {std::move(setup), words, awaited(words), !has_numbers(words)};
  if (!out.has_all) wanted_ = name, is_wanted_ = true;
  return out;
}

const std::string& LookFor::of_shown(const Snapshot& snapshot, const Config* view) {
  static const std::string kNothing;
  if (snapshot.opening && learns(*snapshot.opening->setup->model) && !learns(snapshot.model()))
    return kNothing;
  const std::shared_ptr<const Setup>& setup = snapshot.opening ? snapshot.opening->setup : snapshot.setup;
  const Scene& scene = setup->scene;
  if (has_other_points(scene.config, snapshot.config())) return kNothing;
  if (has_numbers(scene.look_for) && asks_something_else(scene.config, snapshot, view)) return kNothing;
  return sentence(kOnScreen, setup, scene.look_for).text;
}

const std::string& LookFor::of_window(const PanelContext& context) {
  return of_shown(context.snapshot(), &context.view().config);
}

const std::string& LookFor::of_builtin(const std::string& name, const std::string& words) {
  return sentence(name, nullptr, words).text;
}

void LookFor::follow() {
  if (job_.ready()) {
    const Outcome<std::string> came = job_.take();
    const auto found = sentences_.find(running_);
    // A result that was stopped half way or belongs to another scene is dropped; it will be asked for again
    // if needed.
    if (found != sentences_.end() && found->second.setup == running_setup_ && !stop_->load()) {
      // Points that cannot be read again leave the sentence as it is written.
      found->second.text = came.value ? *came.value : found->second.words;
      found->second.has_all = true;
    }
  }
  if (!std::exchange(is_wanted_, false)) return;
  const Sentence& wanted = sentences_[wanted_];
  if (job_.running()) {
    if (running_ != wanted_ || running_setup_ != wanted.setup) stop();
    return;
  }
  if (wanted.has_all) return;
  running_ = wanted_, running_setup_ = wanted.setup;
  stop_ = std::make_shared<std::atomic<bool>>(false);
  job_.start([stop = stop_, setup = wanted.setup, name = wanted_] {
    return words_with_numbers(setup ? setup->scene : load_scene(name), stop);
  });
}

}  // namespace iem::gui
