// The folder of kept sessions, ${XDG_STATE_HOME:-~/.local/state}/iemlab. Each window writes its own files
// there and holds a claim (FileClaim) as long as it runs. The sessions that no running window claims can be
// continued: those of windows that were closed and, looking the same, those of windows that crashed.
//
//   window-ID.lock        claimed by the window ID
//   ID-1.iemlab           its first run, ID-2 the next one that was opened in it, ...
//   ID-1.seen.iemlab      the same after somebody has dismissed it
//   *.iemlab              anything else is a session that nobody claims
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "app/gui/platform/file_claim.h"

namespace iem::gui {

struct KeptSession {
  std::string path, title;
  std::int64_t step = 0;
  std::filesystem::file_time_type when;
  bool seen = false;     // dismissed: not offered again, but still there
  bool own = false;      // of this window
  bool crashed = false;  // of a window that ended without closing, and not dismissed since
};

// The folder; empty when the environment names none.
std::string state_folder();

class KeptSessions {
 public:
  static constexpr std::size_t kMost = 10;

  // Makes the folder if need be, for its owner only, and claims a place in it. Throws InputError (kind io).
  explicit KeptSessions(const std::string& folder);

  // Whether a window that kept sessions here has ended without closing and left a session that has not been
  // dismissed since.
  bool crashed() const;
  // A file for another run of this window.
  std::string next_file();
  // The sessions that can be continued, the latest first, without `writing`.
  std::vector<KeptSession> list(const std::string& writing) const;
  // Removes the oldest sessions when there are more than kMost, and files that a killed window has left half
  // written.
  void prune(const std::string& writing) const;
  // Marks a session as dismissed. Returns its new path.
  std::string mark_seen(const std::string& path) const;
  // Makes a session that is opened again the latest, offered like any other. Returns its new path.
  std::string mark_used(const std::string& path) const;

 private:
  std::filesystem::path folder_;
  std::string id_;
  FileClaim claim_;
  int files_ = 0;
  std::set<std::string> crashed_;  // the windows that had ended without closing when this one began
};

}  // namespace iem::gui
