// Nothing is lost: the session of a running window is written every few seconds to
// ${XDG_STATE_HOME:-~/.local/state}/iemlab/, and what a crash has left behind can be opened at the next
// start.
#pragma once

#include <cstdint>
#include <string>

#include "app/gui/desk.h"
#include "app/gui/job.h"

namespace iem::gui {

// The folder of kept sessions; empty when neither XDG_STATE_HOME nor HOME is set.
std::string state_folder();

class SessionKeeper {
 public:
  explicit SessionKeeper(Engine& engine) : engine_(engine) {}
  ~SessionKeeper();
  SessionKeeper(const SessionKeeper&) = delete;
  SessionKeeper& operator=(const SessionKeeper&) = delete;

  // Keeps from now on, in `folder`. True when a program that kept there has ended without saying so; its
  // session is then the last one.
  bool keep_in(const std::string& folder);
  // The session before this one; empty when there is none.
  std::string last() const;

  void save(Desk& desk, std::string path);  // as a .iemlab file
  void copy_line(Desk& desk);               // as one line of text, into the clipboard
  // Once a frame: what is done, and the next time to keep.
  void follow(Desk& desk);
  bool working() const { return job_.running(); }

 private:
  struct Written {
    std::string path;   // "": kept
    std::string error;  // "": none
    std::string line;
  };
  void write(Desk& desk, std::string path, bool quiet);
  std::string own_file() const;

  Engine& engine_;
  std::string folder_;
  Job<Written> job_;
  bool quiet_ = false, line_ = false;
  double kept_at_ = 0;  // seconds
  std::uint64_t kept_serial_ = 0;
};

}  // namespace iem::gui
