#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/unfinished.h"

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
// well be a regular file: a rename would put a file in the link's place, for everybody on the machine. What
// lies in /dev/shm is an ordinary file.
bool is_stream(const std::string& path, const struct stat& there) {
  if (!S_ISREG(there.st_mode)) return true;
  return path.starts_with("/proc/") || (path.starts_with("/dev/") && !path.starts_with("/dev/shm/"));
}

// A descriptor of our own standard output or error if the path stands for it, else of a newly opened file; -1
// with errno set when it cannot be opened. Opening a redirected file a second time would overwrite what was
// printed before.
int open_stream(const std::string& path, const struct stat& there) {
  for (const int own : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat mine {};
    const bool same = ::fstat(own, &mine) == 0 && mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
    if (same) return ::dup(own);
  }
  return ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
}

class Descriptor {
 public:
  explicit Descriptor(int file) : file_(file) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return file_; }
  bool is_open() const { return file_ >= 0; }
  void reset(int file) { close(), file_ = file; }
  bool close() { return file_ < 0 || ::close(std::exchange(file_, -1)) == 0; }

 private:
  int file_;
};

constexpr std::size_t kHeld = 1 << 16;  // bytes collected before one system call writes them

}  // namespace

// Short, so that a name of 255 bytes can be written too.
std::string unforeseeable_name() {
  std::array<unsigned char, 12> bytes;
  if (::getentropy(bytes.data(), bytes.size()) != 0) return {};
  std::string name(kUnfinished);
  for (const unsigned byte : bytes)
    name += "0123456789abcdef"[byte >> 4], name += "0123456789abcdef"[byte & 15];
  return name;
}

// What will become the file, in the same folder so that the rename stays within one file system. Functions
// that return false leave the reason in errno.
class AtomicFile::Draft {
 public:
  Draft(const std::filesystem::path& target, mode_t mode)
      : folder_(::open(target.has_parent_path() ? target.parent_path().c_str() : ".",
                       O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
        leaf_(target.filename().string()),
        parent_(target.has_parent_path() ? target.parent_path().string() : ".") {
    if (folder_.is_open() && !open_nameless(mode)) open_named(mode);
  }
  ~Draft() {
    if (!name_.empty()) ::unlinkat(folder_.get(), name_.c_str(), 0);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  bool is_open() const { return file_.is_open(); }
  void set_mode(mode_t mode) {
    static_cast<void>(::fchmod(file_.get(), mode));
  }  // some file systems have none

  bool write(std::string_view bytes) { return write_all(file_.get(), bytes); }

  // Synced before the rename: after a power cut the name must not point at an empty file.
  bool make_ready() { return ::fsync(file_.get()) == 0 && (!name_.empty() || give_name()); }
  bool put_in_place() {
    if (::renameat(folder_.get(), name_.c_str(), folder_.get(), leaf_.c_str()) != 0) return false;
    name_.clear();
    return file_.close();
  }

 private:
  // Without a name there is nothing that a killed program could leave behind. Linux alone has this, not on
  // every file system, and it takes /proc to give the file its name later.
  bool open_nameless([[maybe_unused]] mode_t mode) {
#ifdef __linux__
    file_.reset(::openat(folder_.get(), ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, mode));
    if (file_.is_open() && ::access(own_path().c_str(), F_OK) != 0) file_.close();
#endif
    return file_.is_open();
  }

  void open_named(mode_t mode) {
    try_names([&](const char* name) {
      file_.reset(::openat(folder_.get(), name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
      return file_.is_open();
    });
  }

  bool give_name() {
    return try_names([&](const char* name) {
      return ::linkat(AT_FDCWD, own_path().c_str(), folder_.get(), name, AT_SYMLINK_FOLLOW) == 0;
    });
  }

  // `take` fails with EEXIST when somebody has the name already.
  template <class Take>
  bool try_names(Take take) {
    for (int tries = 0; tries < 8; ++tries) {
      const std::string name = unforeseeable_name();
      if (name.empty()) return false;
      noted_ = Unfinished(parent_ + "/" + name);
      if (take(name.c_str())) return name_ = name, true;
      const int error = errno;
      noted_.forget();
      if (error != EEXIST) return errno = error, false;
    }
    return false;
  }

  std::string own_path() const { return "/proc/self/fd/" + std::to_string(file_.get()); }

  Descriptor folder_, file_{-1};
  std::string leaf_, name_;  // in the folder; name_ is empty while the file has none
  std::string parent_;       // the folder
  Unfinished noted_;
};

void require_writable(const std::string& path) {
  struct stat there {};
  const bool exists = ::stat(path.c_str(), &there) == 0;
  if (!exists && errno != ENOENT) fail(path, errno);
  if (exists && S_ISDIR(there.st_mode)) fail(path, EISDIR);
  if (exists && ::access(path.c_str(), W_OK) != 0) fail(path, errno);
  if (exists && is_stream(path, there)) return;
  const std::string parent = std::filesystem::path(written_file(path)).parent_path().string();
  if (::access(parent.empty() ? "." : parent.c_str(), W_OK | X_OK) != 0) fail(path, errno);
}

AtomicFile::AtomicFile(const std::string& path, FileAccess access) : path_(path) {
  struct stat there {};
  const bool exists = ::stat(path.c_str(), &there) == 0;
  if (exists && S_ISDIR(there.st_mode)) fail(path, EISDIR);
  if (exists && is_stream(path, there)) {
    std::fflush(nullptr);  // what was printed before comes first
    stream_ = open_stream(path, there);
    if (stream_ < 0) fail(path, errno);
    return;
  }
  const bool owner_only = access == FileAccess::owner_only;
  const mode_t mode = owner_only ? 0600 : exists ? there.st_mode & 0777 : 0666;
  draft_ = std::make_unique<Draft>(written_file(path), mode);
  if (!draft_->is_open()) fail(path, errno);
  if (exists && !owner_only) draft_->set_mode(mode);  // the umask is for new files
}

AtomicFile::~AtomicFile() {
  if (stream_ >= 0) ::close(stream_);
}

void AtomicFile::write(std::string_view bytes) {
  if (held_.size() + bytes.size() < kHeld) {
    held_ += bytes;
    return;
  }
  put(held_);
  held_.clear();
  put(bytes);
}

void AtomicFile::put(std::string_view bytes) {
  if (!(draft_ ? draft_->write(bytes) : write_all(stream_, bytes))) fail(path_, errno);
}

void AtomicFile::make_ready() {
  put(held_);
  held_.clear();
  if (draft_ && !draft_->make_ready()) fail(path_, errno);
}

void AtomicFile::put_in_place() {
  if (draft_ && !draft_->put_in_place()) fail(path_, errno);
  if (!draft_ && ::close(std::exchange(stream_, -1)) != 0) fail(path_, errno);
  draft_.reset();
}

void AtomicFile::commit() {
  make_ready();
  put_in_place();
}

void commit_together(std::span<AtomicFile* const> files) {
  for (AtomicFile* file : files) file->make_ready();
  std::vector<std::string> fresh;
  try {
    for (AtomicFile* file : files) {
      std::error_code unknown;
      const bool is_new = !std::filesystem::exists(file->path_, unknown);
      file->put_in_place();
      if (is_new) fresh.push_back(file->path_);
    }
  } catch (...) {
    for (const std::string& path : fresh) {
      std::error_code ignored;
      std::filesystem::remove(path, ignored);
    }
    throw;
  }
}

bool is_written_through(const std::string& path) {
  struct stat there {};
  return ::stat(path.c_str(), &there) == 0 && is_stream(path, there);
}

void write_file_atomically(const std::string& path, std::string_view bytes, FileAccess access) {
  AtomicFile file(path, access);
  file.write(bytes);
  file.commit();
}

std::string written_file(const std::string& path) {
  std::filesystem::path at = path;
  std::error_code error;
  for (int links = 0; links < 40 && std::filesystem::is_symlink(at, error); ++links) {
    const std::filesystem::path next = std::filesystem::read_symlink(at, error);
    if (error) break;
    at = at.parent_path() / next;  // `next` alone when it is absolute
  }
  return at.string();
}

}  // namespace iem
