#include "app/gui/platform/file_claim.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/error.h"

namespace iem::gui {
namespace {

// Whether the opened file still has this name: between opening and locking another program may have removed
// it and made a new one.
bool is_still_there(int file, const std::string& path) {
  struct stat open {
  }, named{};
  return ::fstat(file, &open) == 0 && ::stat(path.c_str(), &named) == 0 && open.st_dev == named.st_dev &&
         open.st_ino == named.st_ino;
}

bool lock(int file) { return ::flock(file, LOCK_EX | LOCK_NB) == 0; }

}  // namespace

bool FileClaim::make(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST) return false;
  if (file < 0)
    throw InputError(std::string("cannot be written: ") + std::strerror(errno), {path, 0, 0}, ErrorKind::io);
  const bool locked = lock(file);
  const int why = errno;
  if (!locked && why != EWOULDBLOCK) {  // file systems without locks: no other name would do
    ::unlink(path.c_str());
    ::close(file);
    throw InputError(std::string("cannot be locked: ") + std::strerror(why), {path, 0, 0}, ErrorKind::io);
  }
  if (!locked || !is_still_there(file, path)) {
    ::close(file);
    return false;
  }
  path_ = path;
  file_ = file;
  return true;
}

FileClaim::~FileClaim() {
  if (file_ < 0) return;
  ::unlink(path_.c_str());  // before the lock is released, so that it never seems ownerless
  ::close(file_);
}

bool is_claimed(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0) return errno != ENOENT;
  const bool free = lock(file);
  ::close(file);
  return !free;
}

bool take_unclaimed(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0) return false;
  const bool taken = lock(file) && is_still_there(file, path) && ::unlink(path.c_str()) == 0;
  ::close(file);
  return taken;
}

}  // namespace iem::gui
