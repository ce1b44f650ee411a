#include "app/export/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

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

}  // namespace

void write_file_atomically(const std::string& path, std::string_view bytes) {
  // A pipe or device (/dev/stdout) is written through: there is nothing to rename over.
  struct stat there {};
  const bool exists = ::stat(path.c_str(), &there) == 0;
  if (exists && S_ISDIR(there.st_mode)) fail(path, EISDIR);
  if (exists && !S_ISREG(there.st_mode)) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) fail(path, errno);
    const bool ok = write_all(file, bytes);
    const int error = errno;
    ::close(file);
    if (!ok) fail(path, error);
    return;
  }
  // Beside the target, so that the rename stays within one file system; the process id keeps two programs
  // apart.
  const std::string beside = path + ".part" + std::to_string(::getpid());
  const mode_t mode = exists ? there.st_mode & 07777 : 0666;
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (file < 0) fail(path, errno);
  // Synced before the rename: after a power cut the name must not point at an empty file.
  const bool written = write_all(file, bytes) && ::fsync(file) == 0;
  const int write_error = errno;
  const bool closed = ::close(file) == 0;
  if (written && closed && ::rename(beside.c_str(), path.c_str()) == 0) return;
  const int error = written ? errno : write_error;
  ::unlink(beside.c_str());
  fail(path, error);
}

}  // namespace iem
