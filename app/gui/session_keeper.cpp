#include "app/gui/session_keeper.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <utility>

#include "app/export/atomic_file.h"
#include "app/gui/text.h"
#include "core/base/error.h"
#include "core/scene/session.h"
#include "core/scene/state_string.h"
#include "imgui.h"

namespace iem::gui {
namespace {

namespace fs = std::filesystem;

constexpr double kKeepEvery_s = 10;
constexpr const char* kPrefix = "running-";
constexpr const char* kLast = "last.iemlab";

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

bool is_running(long pid) { return kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM; }

// The process a file of a running program belongs to; 0: it is none.
long owner_of(const fs::path& file) {
  const std::string name = file.stem().string();
  if (!name.starts_with(kPrefix) || file.extension() != ".iemlab") return 0;
  return std::strtol(name.c_str() + std::string(kPrefix).size(), nullptr, 10);
}

}  // namespace

std::string state_folder() {
  if (const std::string xdg = variable("XDG_STATE_HOME"); !xdg.empty()) return xdg + "/iemlab";
  const std::string home = variable("HOME");
  return home.empty() ? std::string() : home + "/.local/state/iemlab";
}

SessionKeeper::~SessionKeeper() {
  if (folder_.empty()) return;
  if (job_.running()) job_.take();
  std::error_code ignored;
  if (fs::exists(own_file(), ignored)) fs::rename(own_file(), fs::path(folder_) / kLast, ignored);
}

std::string SessionKeeper::own_file() const {
  return (fs::path(folder_) / (kPrefix + std::to_string(getpid()) + ".iemlab")).string();
}

bool SessionKeeper::keep_in(const std::string& folder) {
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  folder_ = folder;
  bool crashed = false;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    const long pid = owner_of(entry.path());
    if (pid == 0 || is_running(pid)) continue;
    fs::rename(entry.path(), fs::path(folder) / kLast, ignored);
    crashed = true;
  }
  return crashed;
}

std::string SessionKeeper::last() const {
  std::error_code ignored;
  const fs::path path = fs::path(folder_) / kLast;
  return !folder_.empty() && fs::exists(path, ignored) ? path.string() : std::string();
}

// A copy of the run is taken on the engine's thread, which costs little, and written on another.
void SessionKeeper::write(Desk& desk, std::string path, bool quiet) {
  if (job_.running()) job_.take();
  quiet_ = quiet;
  line_ = path.empty();
  auto copy = std::make_shared<std::promise<Run>>();
  engine_.look([copy](const Run& run) { copy->set_value(run); });
  job_.start([copy, path = std::move(path), view = desk.view().config]() -> Written {
    const Run run = copy->get_future().get();
    try {
      if (path.empty()) return {{}, {}, write_state_string(run, view)};
      write_file_atomically(path, save_session(run, view));
    } catch (const std::exception& error) {
      return {path, error.what(), {}};
    }
    return {path, {}, {}};
  });
}

void SessionKeeper::save(Desk& desk, std::string path) {
  if (fs::path(path).extension().empty()) path += ".iemlab";
  write(desk, std::move(path), false);
}

void SessionKeeper::copy_line(Desk& desk) { write(desk, {}, false); }

void SessionKeeper::follow(Desk& desk) {
  if (job_.ready()) {
    const Written done = job_.take();
    if (!done.error.empty()) {
      if (!quiet_) desk.notices().say(done.error, Notices::Tone::warn);
    } else if (line_) {
      ImGui::SetClipboardText(done.line.c_str());
      desk.notices().say(std::string(done.line.empty() ? text::kLineTooLong : text::kLineCopied));
    } else if (!quiet_) {
      desk.notices().say(std::string(text::kSaved) + " " + done.path, Notices::Tone::good);
    }
  }
  const double now = ImGui::GetTime();
  if (folder_.empty() || job_.running() || kept_serial_ == desk.snapshot().serial) return;
  if (kept_at_ > 0 && now - kept_at_ < kKeepEvery_s) return;
  kept_at_ = now;
  kept_serial_ = desk.snapshot().serial;
  write(desk, own_file(), true);
}

}  // namespace iem::gui
