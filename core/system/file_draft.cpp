#include "core/system/file_draft.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "core/system/files.h"
#include "core/system/unfinished.h"

namespace iem {
namespace {

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

}  // namespace

class FileDraft::Parts {
 public:
  Parts(const std::filesystem::path& target, mode_t mode)
      : folder_(::open(target.has_parent_path() ? target.parent_path().c_str() : ".",
                       O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
        leaf_(target.filename().string()),
        parent_(target.has_parent_path() ? target.parent_path().string() : ".") {
    if (folder_.is_open() && !open_nameless(mode)) open_named(mode);
  }
  ~Parts() {
    if (!name_.empty()) ::unlinkat(folder_.get(), name_.c_str(), 0);
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  bool is_open() const { return file_.is_open(); }
  int file() const { return file_.get(); }

  // Synced before the rename, if it is: after a power cut the name must not point at an empty file.
  bool make_ready(bool synced) {
    return (!synced || ::fsync(file_.get()) == 0) && (!name_.empty() || give_name());
  }
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

FileDraft::FileDraft(const std::string& target, unsigned mode)
    : parts_(std::make_unique<Parts>(target, static_cast<mode_t>(mode))) {}
FileDraft::~FileDraft() = default;

bool FileDraft::is_open() const { return parts_->is_open(); }
void FileDraft::set_mode(unsigned mode) {
  static_cast<void>(::fchmod(parts_->file(), static_cast<mode_t>(mode)));  // some file systems have none
}
bool FileDraft::write(std::string_view bytes) { return write_all(parts_->file(), bytes); }
bool FileDraft::make_ready(bool synced) { return parts_->make_ready(synced); }
bool FileDraft::put_in_place() { return parts_->put_in_place(); }

}  // namespace iem
