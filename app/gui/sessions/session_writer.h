// Sessions the user asks for: saved as a file, or copied as one line of text or as a link. Each is of the run
// and the view at the moment it was asked for; the window waits neither for a step nor for the one before.
#pragma once

#include <deque>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/gui/context/panel_context.h"
#include "app/gui/platform/job.h"

namespace iem::gui {

// The file a session of this name is saved as: ".iemlab" is added to a name without an extension.
std::string session_file(const std::string& name);

class SessionWriter {
 public:
  ~SessionWriter();  // writes what has been asked for and is not written yet
  // Saves, replacing an existing file: the caller has asked the user.
  void save(PanelContext& context, std::string path);
  void copy_line(PanelContext& context);  // into the clipboard
  void copy_link(PanelContext& context);  // likewise, as the address that opens it (link_to)
  // Called once a frame: reports finished work and begins the next.
  void follow(PanelContext& context);
  // How the last file has ended, returned once; what could not be written is said by the caller.
  struct Ended {
    std::string path, error;  // empty: it was written
  };
  std::optional<Ended> take_ended() { return std::exchange(ended_, std::nullopt); }
  bool working() const { return job_.running() || !asked_.empty(); }

 private:
  struct Asked {
    std::string path;  // empty: as a line
    bool as_link = false;
    std::shared_future<Run> run;
    Config view;
    LessonRecord lesson;
  };
  struct Written {
    std::string path, line;
    bool is_link = false;
    std::string doubt = {};  // of the run (Run::doubt)
  };
  void ask(PanelContext& context, std::string path, bool as_link = false);
  static Written write(const Asked& asked);
  void say(PanelContext& context, const Outcome<Written>& done);

  std::deque<Asked> asked_;
  std::string writing_;  // the file; empty: a line
  std::optional<Ended> ended_;
  Job<Written> job_;
};

}  // namespace iem::gui
