#include "app/export/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

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

void write_stream(const std::string& path, const struct stat& there, std::string_view bytes) {
  std::fflush(nullptr);  // what was printed before comes first
  const int file = open_stream(path, there);
  if (file < 0) fail(path, errno);
  const bool ok = write_all(file, bytes);
  const int error = errno;
  ::close(file);
  if (!ok) fail(path, error);
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

}  // namespace

void require_writable(const std::string& path) {
  struct stat there {};
  const bool exists = ::stat(path.c_str(), &there) == 0;
  if (!exists && errno != ENOENT) fail(path, errno);
  if (exists && S_ISDIR(there.st_mode)) fail(path, EISDIR);
  if (exists && ::access(path.c_str(), W_OK) != 0) fail(path, errno);
  if (exists && is_stream(path, there)) return;
  const std::string parent = std::filesystem::path(target_of(path)).parent_path().string();
  if (::access(parent.empty() ? "." : parent.c_str(), W_OK | X_OK) != 0) fail(path, errno);
}

void write_file_atomically(const std::string& path, std::string_view bytes) {
  struct stat there {};
  const bool exists = ::stat(path.c_str(), &there) == 0;
  if (exists && S_ISDIR(there.st_mode)) fail(path, EISDIR);
  if (exists && is_stream(path, there)) return write_stream(path, there, bytes);
  // Beside the target, so that the rename stays within one file system; the process id keeps two programs
  // apart.
  const std::string target = target_of(path);
  const std::string beside = target + ".part" + std::to_string(::getpid());
  const mode_t mode = exists ? there.st_mode & 07777 : 0666;
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (file < 0) fail(path, errno);
  // Synced before the rename: after a power cut the name must not point at an empty file.
  const bool written = write_all(file, bytes) && ::fsync(file) == 0;
  const int write_error = errno;
  const bool closed = ::close(file) == 0;
  if (written && closed && ::rename(beside.c_str(), target.c_str()) == 0) return;
  const int error = written ? errno : write_error;
  ::unlink(beside.c_str());
  fail(path, error);
}

}  // namespace iem
