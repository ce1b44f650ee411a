#include "app/gui/sessions/kept_sessions.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <utility>

#include "app/gui/platform/home_folder.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/session/session_head.h"

namespace iem::gui {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSession = ".iemlab", kSeen = ".seen.iemlab";
constexpr std::string_view kClaim = "window-", kClaimEnd = ".lock";

std::string random_id() {
  std::random_device device;
  return hex((std::uint64_t{device()} << 32) | device());
}

// The id of the window that wrote a file: the part before the last '-'; empty: none.
std::string owner_of(const std::string& name) {
  const std::size_t dash = name.rfind('-');
  return dash == std::string::npos ? std::string() : name.substr(0, dash);
}

fs::path claim_file(const fs::path& folder, const std::string& id) {
  return folder / (std::string(kClaim) + id + std::string(kClaimEnd));
}

// The names in the folder; none when it cannot be read.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    names.push_back(at->path().filename().string());
  return names;
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder, error))
    throw InputError("is not a folder that sessions can be kept in", {folder.string(), 0, 0}, ErrorKind::io);
  fs::permissions(folder, fs::perms::owner_all, error);
}

}  // namespace

std::string state_folder() {
  const std::string base = base_folder(OwnFiles::state);
  return base.empty() ? base : base + "/iemlab";
}

KeptSessions::KeptSessions(const std::string& folder) : folder_(folder) {
  make_folder(folder_);
  do {
    id_ = random_id();
  } while (!claim_.make(claim_file(folder_, id_).string()));
  // Claims without a holder belong to windows that crashed.
  for (const std::string& name : names_in(folder_)) {
    if (!name.starts_with(kClaim) || !name.ends_with(kClaimEnd)) continue;
    if (take_unclaimed((folder_ / name).string()))
      crashed_.insert(name.substr(kClaim.size(), name.size() - kClaim.size() - kClaimEnd.size()));
  }
}

bool KeptSessions::crashed() const { return std::ranges::any_of(list({}), &KeptSession::crashed); }

std::string KeptSessions::next_file() {
  return (folder_ / (id_ + "-" + std::to_string(++files_) + std::string(kSession))).string();
}

std::vector<KeptSession> KeptSessions::list(const std::string& writing) const {
  std::vector<KeptSession> sessions;
  for (const std::string& name : names_in(folder_)) {
    const std::string path = (folder_ / name).string(), owner = owner_of(name);
    const bool own = owner == id_;
    if (!name.ends_with(kSession) || path == writing) continue;
    if (!own && !owner.empty() && is_claimed(claim_file(folder_, owner).string())) continue;
    std::error_code error;
    const auto when = fs::last_write_time(path, error);
    if (error || !fs::is_regular_file(path, error)) continue;
    const bool seen = name.ends_with(kSeen);
    KeptSession session{.path = path,
                        .title = name,
                        .when = when,
                        .seen = seen,
                        .own = own,
                        .crashed = !seen && crashed_.contains(owner)};
    // One that cannot be read is listed too: opening it says why.
    if (const auto head = read_session_head(path)) session.title = head->title, session.step = head->step;
    sessions.push_back(std::move(session));
  }
  std::ranges::sort(sessions, [](const KeptSession& a, const KeptSession& b) {
    return a.when != b.when ? a.when > b.when : a.path > b.path;
  });
  return sessions;
}

void KeptSessions::prune(const std::string& writing) const {
  std::error_code ignored;
  const std::vector<KeptSession> sessions = list(writing);
  for (std::size_t i = kMost; i < sessions.size(); ++i) fs::remove(sessions[i].path, ignored);
  // Writing never takes an hour, so an older unfinished file was left by a crash.
  const auto hour_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  for (const std::string& name : names_in(folder_))
    if (name.starts_with(kUnfinished) && fs::last_write_time(folder_ / name, ignored) < hour_ago)
      fs::remove(folder_ / name, ignored);
}

std::string KeptSessions::mark_seen(const std::string& path) const {
  if (path.ends_with(kSeen) || fs::path(path).parent_path() != folder_) return path;
  const std::string seen = path.substr(0, path.size() - kSession.size()) + std::string(kSeen);
  std::error_code error;
  fs::rename(path, seen, error);
  return error ? path : seen;
}

std::string KeptSessions::mark_used(const std::string& path) const {
  if (fs::path(path).parent_path() != folder_) return path;
  std::error_code error;
  std::string used = path;
  if (path.ends_with(kSeen)) {
    used = path.substr(0, path.size() - kSeen.size()) + std::string(kSession);
    fs::rename(path, used, error);
    if (error) used = path;
  }
  fs::last_write_time(used, fs::file_time_type::clock::now(), error);
  return used;
}

}  // namespace iem::gui
