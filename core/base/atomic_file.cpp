#include "core/base/atomic_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/system/file_draft.h"
#include "core/system/files.h"

namespace iem {
namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw InputError(std::string("cannot be written: ") + std::strerror(error), {path, 0, 0}, ErrorKind::io);
}

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

AtomicFile::AtomicFile(const std::string& path, FileAccess access) : path_(path) {
  const auto there = file_status(path);
  if (there && there->kind == FileKind::folder) fail(path, EISDIR);
  if (there && is_stream(path, *there)) {
    std::fflush(nullptr);  // what was printed before comes first
    stream_ = open_stream(path, *there);
    if (stream_ < 0) fail(path, errno);
    return;
  }
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
  if (draft_ && !draft_->make_ready()) fail(path_, errno);
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
  const auto there = file_status(path);
  return there && is_stream(path, *there);
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
