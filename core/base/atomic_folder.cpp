#include "core/base/atomic_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/base/error.h"

namespace iem {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw InputError("cannot be written: " + why, {path, 0, 0}, ErrorKind::io);
}
[[noreturn]] void refuse_by_system(const std::string& path, int error) { refuse(path, std::strerror(error)); }

// The folder that the path leads to, without links and without a slash at its end.
std::string folder_at(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return written_file(path);
}

std::string parent_of(const std::string& folder) {
  const std::string parent = fs::path(folder).parent_path().string();
  return parent.empty() ? "." : parent;
}

// Whether two folders have changed places; else errno says why not.
bool change_places([[maybe_unused]] const std::string& one, [[maybe_unused]] const std::string& other) {
#ifdef RENAME_EXCHANGE
  return ::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
#else
  errno = EINVAL;  // as of a file system that cannot
  return false;
#endif
}

bool is_numbered(const std::string& name) {
  const std::string_view begin = "frame-", end = ".png";
  if (!name.starts_with(begin) || !name.ends_with(end) || name.size() <= begin.size() + end.size())
    return false;
  const std::string digits = name.substr(begin.size(), name.size() - begin.size() - end.size());
  return digits.size() >= 4 && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

// Removes the numbered files of a folder, and the folder if nothing else is in it.
void remove_numbered(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (is_numbered(it->path().filename().string())) files.push_back(it->path());
  for (const fs::path& file : files) fs::remove(file, error);
  fs::remove(folder, error);
}

}  // namespace

void require_writable_folder(const std::string& path) {
  const std::string target = folder_at(path);
  struct stat there {};
  if (::stat(target.c_str(), &there) == 0) {
    if (!S_ISDIR(there.st_mode)) refuse_by_system(path, ENOTDIR);
    std::error_code error;
    for (fs::directory_iterator it(target, error), end; !error && it != end; it.increment(error))
      if (!is_numbered(it->path().filename().string()) || !it->is_regular_file())
        refuse(path, "other files are in this folder, such as " + it->path().filename().string());
    if (error) refuse(path, error.message());
  } else if (errno != ENOENT) {
    refuse_by_system(path, errno);
  }
  if (::access(parent_of(target).c_str(), W_OK | X_OK) != 0) refuse_by_system(path, errno);
}

AtomicFolder::AtomicFolder(const std::string& path) : path_(path), target_(folder_at(path)) {
  require_writable_folder(path);
  const std::string name = unforeseeable_name();
  if (name.empty()) refuse_by_system(path, errno);
  draft_ = parent_of(target_) + "/" + name;
  if (::mkdir(draft_.c_str(), 0777) != 0) refuse_by_system(path, errno);
  noted_ = Unfinished(draft_);
  noted_.holds(0);
}

AtomicFolder::~AtomicFolder() {
  if (!draft_.empty()) remove_numbered(draft_);
}

void AtomicFolder::add(std::string_view bytes) {
  noted_.holds(++count_);
  const std::string name = draft_ + "/" + numbered_name(count_).text;
  std::FILE* file = std::fopen(name.c_str(), "wbxe");
  if (!file) refuse_by_system(path_, errno);
  const bool all = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const int error = errno;
  if (std::fclose(file) != 0 || !all) refuse_by_system(path_, all ? errno : error);
}

void AtomicFolder::commit() {
  require_writable_folder(path_);
  // What is there changes places with the new one, in one go. Where that cannot be done, an empty folder is
  // still replaced in one go.
  if (change_places(draft_, target_)) {
    remove_numbered(draft_);
  } else {
    if (errno == EINVAL) {
      std::error_code error;
      std::vector<fs::path> files;
      for (fs::directory_iterator it(target_, error), end; !error && it != end; it.increment(error))
        files.push_back(it->path());
      for (const fs::path& file : files) fs::remove(file, error);
    }
    if (std::rename(draft_.c_str(), target_.c_str()) != 0) refuse_by_system(path_, errno);
  }
  noted_.forget();
  draft_.clear();
}

}  // namespace iem
