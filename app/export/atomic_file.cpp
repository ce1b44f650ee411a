#include "app/export/atomic_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/base/error.h"

namespace iem {
namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw InputError(std::string("cannot be written: ") + std::strerror(error), {path, 0, 0}, ErrorKind::io);
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// /dev/stdout and its like are written through. They are links to whatever the shell has put there, which may
// well be a regular file: a rename would put a file in the link's place, for everybody on the machine.
bool is_stream(const std::string& path, const struct stat& there) {
  return !S_ISREG(there.st_mode) || path.starts_with("/dev/") || path.starts_with("/proc/");
}

// Our own standard output or error if that is what the path stands for, else a newly opened file; -1: errno.
// Opening a redirected file once more would write over what was printed before.
int open_stream(const std::string& path, const struct stat& there) {
  for (const int own : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat mine {};
    const bool same = ::fstat(own, &mine) == 0 && mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
    if (same) return ::dup(own);
  }
  return ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
}

// Where a link leads, so that the link stays one, also when nothing is there yet; other paths as they are.
std::string target_of(const std::string& path) {
  std::filesystem::path at = path;
  std::error_code error;
  for (int links = 0; links < 40 && std::filesystem::is_symlink(at, error); ++links) {
    const std::filesystem::path next = std::filesystem::read_symlink(at, error);
    if (error) break;
    at = at.parent_path() / next;  // `next` alone when it is absolute
  }
  return at.string();
}

std::string folder_of(const std::string& target) {
  const std::string parent = std::filesystem::path(target).parent_path().string();
  return parent.empty() ? "." : parent;
}

// A name beside the target that nobody can guess, and short: the target's own may be as long as names can be.
std::string hidden_name(const std::string& target) {
  std::uint64_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != sizeof number)
    number = static_cast<std::uint64_t>(::getpid());
  char name[40];
  std::snprintf(name, sizeof name, "/.iemlab-%016llx.part", static_cast<unsigned long long>(number));
  return folder_of(target) + name;
}

std::string own_path(int file) { return "/proc/self/fd/" + std::to_string(file); }

// Names of files under way, where a signal handler can read them: written before `used` is set.
struct Unfinished {
  std::atomic<bool> taken = false, used = false;
  char name[PATH_MAX];
};
std::array<Unfinished, 16> unfinished;

int note_unfinished(const std::string& name) {
  if (name.size() >= PATH_MAX) return -1;
  for (std::size_t i = 0; i < unfinished.size(); ++i) {
    if (unfinished[i].taken.exchange(true)) continue;
    std::memcpy(unfinished[i].name, name.c_str(), name.size() + 1);
    unfinished[i].used = true;
    return static_cast<int>(i);
  }
  return -1;
}

void forget_unfinished(int slot) {
  if (slot < 0) return;
  unfinished[static_cast<std::size_t>(slot)].used = false;
  unfinished[static_cast<std::size_t>(slot)].taken = false;
}

constexpr std::size_t kHeld = 1 << 16;  // bytes a system call is worth

}  // namespace

void remove_unfinished_files() noexcept {
  for (const Unfinished& file : unfinished)
    if (file.used) ::unlink(file.name);
}

void require_writable(const std::string& path) {
  struct stat there {};
  const bool exists = ::stat(path.c_str(), &there) == 0;
  if (!exists && errno != ENOENT) fail(path, errno);
  if (exists && S_ISDIR(there.st_mode)) fail(path, EISDIR);
  if (exists && ::access(path.c_str(), W_OK) != 0) fail(path, errno);
  if (exists && is_stream(path, there)) return;
  if (::access(folder_of(target_of(path)).c_str(), W_OK | X_OK) != 0) fail(path, errno);
}

AtomicFile::AtomicFile(const std::string& path) : path_(path) {
  struct stat there {};
  const bool exists = ::stat(path.c_str(), &there) == 0;
  if (exists && S_ISDIR(there.st_mode)) fail(path, EISDIR);
  if (exists && is_stream(path, there)) {
    std::fflush(nullptr);  // what was printed before comes first
    file_ = open_stream(path, there);
  } else {
    target_ = target_of(path);
    open_beside(exists ? there.st_mode & 07777 : 0666);
  }
  if (file_ < 0) give_up(errno);
}

AtomicFile::~AtomicFile() { drop(); }

// Beside the target, so that the rename stays within one file system. Without a name where the file system
// can: then nothing is left of it even when the program is killed.
void AtomicFile::open_beside(mode_t mode) {
#ifdef O_TMPFILE
  file_ = ::open(folder_of(target_).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
  if (file_ >= 0 && ::access(own_path(file_).c_str(), F_OK) == 0) return;
  if (file_ >= 0) ::close(file_);  // no /proc: it could not be given a name
#endif
  const std::string name = hidden_name(target_);
  slot_ = note_unfinished(name);
  file_ = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
  if (file_ >= 0) beside_ = name;
}

void AtomicFile::name_it() {
  const std::string name = hidden_name(target_);
  slot_ = note_unfinished(name);
  if (::linkat(AT_FDCWD, own_path(file_).c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0)
    give_up(errno);
  beside_ = name;
}

void AtomicFile::write(std::string_view bytes) {
  held_ += bytes;
  if (held_.size() >= kHeld) flush();
}

void AtomicFile::flush() {
  if (!write_all(file_, held_)) give_up(errno);
  held_.clear();
}

void AtomicFile::commit() {
  flush();
  if (!target_.empty()) {
    // Synced before the rename: after a power cut the name must not point at an empty file.
    if (::fsync(file_) != 0) give_up(errno);
    if (beside_.empty()) name_it();
  }
  if (::close(std::exchange(file_, -1)) != 0) give_up(errno);
  if (target_.empty()) return;
  if (::rename(beside_.c_str(), target_.c_str()) != 0) give_up(errno);
  beside_.clear();
  forget_unfinished(std::exchange(slot_, -1));
}

void AtomicFile::give_up(int error) {
  drop();
  fail(path_, error);
}

void AtomicFile::drop() {
  if (file_ >= 0) ::close(std::exchange(file_, -1));
  if (!beside_.empty()) ::unlink(beside_.c_str());
  beside_.clear();
  forget_unfinished(std::exchange(slot_, -1));
}

void write_file_atomically(const std::string& path, std::string_view bytes) {
  AtomicFile file(path);
  file.write(bytes);
  file.commit();
}

}  // namespace iem
