// The small cards: the list of checks, keys and mouse, and opening a scene by its path.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/gui/desk.h"
#include "app/gui/job.h"
#include "core/check/check.h"

namespace iem::gui {

// The identities of the specification on the state as it was when the list was opened.
class ChecksCard {
 public:
  void open(Desk& desk);
  void draw(ImVec2 anchor);
  void collect();
  bool is_open() const { return open_; }
  bool working() const { return job_.running(); }
  const std::vector<CheckResult>& results() const { return results_; }

 private:
  bool open_ = false;
  std::int64_t step_ = 0;
  std::vector<CheckResult> results_;
  std::string error_;
  Job<std::vector<CheckResult>> job_;
};

class HelpCard {
 public:
  void toggle() { open_ = !open_; }
  bool is_open() const { return open_; }
  void draw(Desk& desk);

 private:
  bool open_ = false;
};

// Where there is no desktop dialog: a path, typed.
class OpenCard {
 public:
  void open();
  bool is_open() const { return open_; }
  void draw();
  std::string take() { return std::exchange(chosen_, {}); }

 private:
  bool open_ = false, appearing_ = false;
  std::string path_, chosen_;
};

}  // namespace iem::gui
