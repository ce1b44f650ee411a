// The list of checks: each as mathematics, in a sentence, and how it was computed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/platform/job.h"
#include "core/check/check.h"

namespace iem::gui {

// The identities on the present state. While the list is open, the newest state is checked, on another
// thread, as soon as the check before is done. It stays open while the user works.
class ChecksCard {
 public:
  void toggle() { open_ = !open_; }
  void draw(ImVec2 anchor);
  // Takes finished results and starts the next check; called once a frame.
  void follow(PanelContext& context);
  bool is_open() const { return open_; }
  bool working() const { return job_.running(); }
  const std::vector<CheckResult>& results() const { return done_.results; }
  std::int64_t step() const { return done_.step; }  // of the state they are about

 private:
  bool open_ = false;
  struct Checked {
    std::uint64_t serial = 0;
    std::int64_t step = 0;
    std::vector<CheckResult> results;
    std::string doubt = {};  // Snapshot::doubt of it
  };
  std::uint64_t asked_ = 0;  // serial of the snapshot that is being checked
  Checked done_;
  std::string error_;
  Job<Checked> job_;
};

}  // namespace iem::gui
