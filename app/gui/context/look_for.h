// The sentence of a scene that says what to look for, with its numbers. They are computed on another thread
// (by runs from the scene's start, independent of the run on screen); until they are known a placeholder
// stands for each.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "app/gui/platform/job.h"
#include "core/run/snapshot.h"

namespace iem::gui {

class PanelContext;

class LookFor {
 public:
  ~LookFor();

  // The sentence of the scene, as opened, of the snapshot's run. Empty where what it says is no longer seen:
  // where nothing learns any more, where the points are others, or where its numbers would stand beside those
  // of another question. `view` has the keys of the view that are in use, if they are not the snapshot's.
  const std::string& of_shown(const Snapshot& snapshot, const Config* view = nullptr);
  const std::string& of_window(const PanelContext& context);  // that of what it shows
  // The sentence of a built-in scene, which is `words` as written.
  const std::string& of_builtin(const std::string& name, const std::string& words);

  // Takes finished results and starts what was asked for last; called once a frame.
  void follow();
  bool working() const { return job_.running(); }

 private:
  struct Sentence {
    std::shared_ptr<const Setup> setup;  // whose it is; null: of the built-in scene of this name
    std::string words, text;             // as written; with what is known of its numbers
    bool has_all = false;
  };
  using Stop = std::shared_ptr<std::atomic<bool>>;
  Sentence& sentence(const std::string& name, std::shared_ptr<const Setup> setup, const std::string& words);
  void stop();

  std::map<std::string, Sentence> sentences_;  // by the scene's name; the one on screen has none
  std::string wanted_, running_;
  std::shared_ptr<const Setup> running_setup_;
  bool is_wanted_ = false;
  Job<std::string> job_;
  Stop stop_;
};

}  // namespace iem::gui
