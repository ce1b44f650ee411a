#include "core/system/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace iem {
namespace {

FileStatus status_from(const struct stat& there) {
  const FileKind kind = S_ISREG(there.st_mode)   ? FileKind::regular
                        : S_ISDIR(there.st_mode) ? FileKind::folder
                                                 : FileKind::other;
  return {kind, static_cast<std::uint64_t>(there.st_dev), static_cast<std::uint64_t>(there.st_ino),
          static_cast<std::uint64_t>(there.st_size), static_cast<unsigned>(there.st_mode & 0777)};
}

std::optional<FileStatus> status_of_open(int file) {
  struct stat there {};
  if (::fstat(file, &there) != 0) return {};
  return status_from(there);
}

}  // namespace

std::optional<FileStatus> file_status(const std::string& path) {
  struct stat there {};
  if (::stat(path.c_str(), &there) != 0) return {};
  return status_from(there);
}

bool may_write(const std::string& path) { return ::access(path.c_str(), W_OK) == 0; }
bool may_make_files_in(const std::string& folder) { return ::access(folder.c_str(), W_OK | X_OK) == 0; }

// /dev/stdout and its like are written through. They are links to whatever the shell has put there, which may
// well be a regular file: a rename would put a file in the link's place, for everybody on the machine. What
// lies in /dev/shm is an ordinary file.
bool is_stream(const std::string& path, const FileStatus& there) {
  if (there.kind != FileKind::regular) return true;
  return path.starts_with("/proc/") || (path.starts_with("/dev/") && !path.starts_with("/dev/shm/"));
}

// Opening a redirected file a second time would overwrite what was printed before.
int open_stream(const std::string& path, const FileStatus& there) {
  for (const int own : {STDOUT_FILENO, STDERR_FILENO})
    if (const auto mine = status_of_open(own); mine && mine->is_same_file(there)) return ::dup(own);
  return ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
}

int make_new_file(const std::string& path) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
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

bool sync_file(int file) { return ::fsync(file) == 0; }

bool close_file(int file) { return ::close(file) == 0; }

bool swap_folders([[maybe_unused]] const std::string& one, [[maybe_unused]] const std::string& other) {
#ifdef RENAME_EXCHANGE
  return ::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
#else
  errno = EINVAL;
  return false;
#endif
}

void remove_file_now(const char* name) noexcept { ::unlink(name); }
void remove_folder_now(const char* name) noexcept { ::rmdir(name); }

bool random_bytes(void* buffer, std::size_t size) { return ::getentropy(buffer, size) == 0; }

ReadableFile::ReadableFile(const std::string& path)
    : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
ReadableFile::~ReadableFile() {
  if (file_ >= 0) ::close(file_);
}

std::optional<FileStatus> ReadableFile::status() const { return status_of_open(file_); }

std::ptrdiff_t ReadableFile::read(char* buffer, std::size_t size) {
  while (true) {
    const ssize_t count = ::read(file_, buffer, size);
    if (count >= 0 || errno != EINTR) return count;
  }
}

}  // namespace iem
