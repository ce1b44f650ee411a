#include "core/base/atomic_folder.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/system/files.h"

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
  if (const auto there = file_status(target)) {
    if (there->kind != FileKind::folder) refuse_by_system(path, ENOTDIR);
    std::error_code error;
    for (fs::directory_iterator it(target, error), end; !error && it != end; it.increment(error))
      if (!is_numbered(it->path().filename().string()) || !it->is_regular_file())
        refuse(path, "other files are in this folder, such as " + it->path().filename().string());
    if (error) refuse(path, error.message());
  } else if (errno != ENOENT) {
    refuse_by_system(path, errno);
  }
  if (!may_make_files_in(parent_of(target))) refuse_by_system(path, errno);
}

std::error_code replace_folder(const std::string& draft, const std::string& target) {
  const std::string name = unforeseeable_name();
  if (name.empty()) return {errno, std::generic_category()};
  const std::string aside = parent_of(target) + "/" + name;
  std::error_code error, stays;
  fs::rename(target, aside, error);
  if (error) return error;
  fs::rename(draft, target, error);
  if (error)
    fs::rename(aside, target, stays);
  else
    remove_numbered(aside);
  return error;
}

AtomicFolder::AtomicFolder(const std::string& path) : path_(path), target_(folder_at(path)) {
  require_writable_folder(path);
  const std::string name = unforeseeable_name();
  if (name.empty()) refuse_by_system(path, errno);
  draft_ = parent_of(target_) + "/" + name;
  std::error_code error;
  if (!fs::create_directory(draft_, error)) refuse(path, error.message());
  noted_ = Unfinished(draft_);
  noted_.holds(0);
}

AtomicFolder::~AtomicFolder() {
  if (!draft_.empty()) remove_numbered(draft_);
}

void AtomicFolder::add(std::string_view bytes) {
  noted_.holds(++count_);
  const std::string name = draft_ + "/" + numbered_name(count_).text;
  const int file = make_new_file(name);
  if (file < 0) refuse_by_system(path_, errno);
  const bool all = write_all(file, bytes) && sync_file(file);
  const int error = errno;
  if (!close_file(file) || !all) refuse_by_system(path_, all ? errno : error);
}

void AtomicFolder::commit() {
  require_writable_folder(path_);
  // What is there changes places with the new one, in one go, where the system and the file system can.
  const bool swapped = swap_folders(draft_, target_);
  const bool never = !swapped && (errno == EINVAL || errno == ENOSYS);
  std::error_code error;
  if (swapped)
    remove_numbered(draft_);
  else if (never && fs::exists(target_, error))
    error = replace_folder(draft_, target_);
  else
    fs::rename(draft_, target_, error);
  if (error) refuse(path_, error.message());
  noted_.forget();
  draft_.clear();
}

}  // namespace iem
