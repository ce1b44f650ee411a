#include "core/base/atomic_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <deque>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/system/file_draft.h"
#include "core/system/files.h"
#include "core/system/unfinished.h"

namespace iem {
namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw InputError(std::string("cannot be written: ") + std::strerror(error), {path, 0, 0}, ErrorKind::io);
}

// What stands at the place of a file before that is put there: a second name keeps it, or there is nothing.
class OldFile {
 public:
  explicit OldFile(std::string target) : target_(std::move(target)) {
    if (const auto there = file_status(target_); there || errno != ENOENT) {
      is_new_ = false;
      keep();
    }
  }
  ~OldFile() { remove(aside_); }
  OldFile(const OldFile&) = delete;
  OldFile& operator=(const OldFile&) = delete;

  void is_replaced() { is_replaced_ = true; }
  void bring_back() {
    if (!is_replaced_) return;
    std::error_code stays;
    if (is_new_) remove(target_);
    if (!aside_.empty()) std::filesystem::rename(aside_, target_, stays);
  }

 private:
  void keep() {
    const std::string name = unforeseeable_name();
    if (name.empty()) return;
    std::string aside = (std::filesystem::path(target_).parent_path() / name).string();
    std::error_code cannot;
    noted_ = Unfinished(aside);
    std::filesystem::create_hard_link(target_, aside, cannot);
    if (cannot)
      noted_.forget();
    else
      aside_ = std::move(aside);
  }
  static void remove(const std::string& path) {
    std::error_code stays;
    if (!path.empty()) std::filesystem::remove(path, stays);
  }

  std::string target_, aside_;  // aside_: empty where there is none
  bool is_new_ = true, is_replaced_ = false;
  Unfinished noted_;
};

constexpr std::size_t kHeld = 1 << 16;  // bytes collected before one system call writes them

}  // namespace

void require_writable(const std::string& path) {
  const auto there = file_status(path);
  if (!there && errno != ENOENT) fail(path, errno);
  if (there && there->kind == FileKind::folder) fail(path, EISDIR);
  if (there && !may_write(path)) fail(path, errno);
  if (there && is_stream(path, *there)) return;
  const std::string parent = std::filesystem::path(written_file(path)).parent_path().string();
  if (!may_make_files_in(parent.empty() ? "." : parent)) fail(path, errno);
}

AtomicFile::AtomicFile(const std::string& path, FileAccess access, FileSync sync) : path_(path), sync_(sync) {
  const auto there = file_status(path);
  if (there && there->kind == FileKind::folder) fail(path, EISDIR);
  if (there && is_stream(path, *there)) {
    std::fflush(nullptr);  // what was printed before comes first
    stream_ = open_stream(path, *there);
    if (stream_ < 0) fail(path, errno);
    return;
  }
  if (there && !may_write(path)) fail(path, errno);  // a rename would not ask the file
  const bool owner_only = access == FileAccess::owner_only;
  const unsigned mode = owner_only ? 0600 : there ? there->mode : 0666;
  draft_ = std::make_unique<FileDraft>(written_file(path), mode);
  if (!draft_->is_open()) fail(path, errno);
  if (there && !owner_only) draft_->set_mode(mode);  // the umask is for new files
}

AtomicFile::~AtomicFile() {
  if (stream_ >= 0) close_file(stream_);
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
  if (draft_ && !draft_->make_ready(sync_ == FileSync::synced)) fail(path_, errno);
}

void AtomicFile::put_in_place() {
  if (draft_ && !draft_->put_in_place()) fail(path_, errno);
  if (!draft_ && !close_file(std::exchange(stream_, -1))) fail(path_, errno);
  draft_.reset();
}

void AtomicFile::commit() {
  make_ready();
  put_in_place();
}

void commit_together(std::span<AtomicFile* const> files) {
  for (AtomicFile* file : files) file->make_ready();
  std::deque<OldFile> old;
  try {
    for (AtomicFile* file : files) {
      if (!file->draft_) {
        file->put_in_place();
        continue;
      }
      old.emplace_back(written_file(file->path_));
      file->put_in_place();
      old.back().is_replaced();
    }
  } catch (...) {
    for (auto each = old.rbegin(); each != old.rend(); ++each) each->bring_back();
    throw;
  }
}

bool is_written_through(const std::string& path) {
  const auto there = file_status(path);
  return there && is_stream(path, *there);
}

void write_file_atomically(const std::string& path, std::string_view bytes, FileAccess access,
                           FileSync sync) {
  AtomicFile file(path, access, sync);
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
