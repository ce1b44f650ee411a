#include <fcntl.h>
#include <io.h>
#include <windows.h>
// These need the one above.
#include <bcrypt.h>

#include <cerrno>
#include <cwchar>
#include <filesystem>

#include "core/system/files.h"
#include "core/system/unfinished.h"
#include "core/system/windows/handle.h"
#include "core/system/windows/wide_text.h"

namespace iem {
namespace {

constexpr DWORD kShared = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

// A folder, too, is opened only with this flag.
HANDLE open_there(const std::string& path, DWORD access) {
  return CreateFileW(wide_text(path).c_str(), access, kShared, nullptr, OPEN_EXISTING,
                     FILE_FLAG_BACKUP_SEMANTICS, nullptr);
}

std::optional<FileStatus> status_from(HANDLE handle) {
  if (GetFileType(handle) != FILE_TYPE_DISK)
    return FileStatus{FileKind::other, ~std::uint64_t{0}, 0, 0, 0666};
  BY_HANDLE_FILE_INFORMATION there{};
  if (!GetFileInformationByHandle(handle, &there)) {
    failed_by_last_error();
    return {};
  }
  const auto joined = [](DWORD high, DWORD low) { return (std::uint64_t{high} << 32) | low; };
  const bool is_folder = (there.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
  const bool read_only = (there.dwFileAttributes & FILE_ATTRIBUTE_READONLY) != 0;
  return FileStatus{is_folder ? FileKind::folder : FileKind::regular, there.dwVolumeSerialNumber,
                    joined(there.nFileIndexHigh, there.nFileIndexLow),
                    joined(there.nFileSizeHigh, there.nFileSizeLow), read_only ? 0444U : 0666U};
}

// The names that other systems have for what the program prints; a name of Windows never begins so.
int own_stream(const std::string& path) { return path == "/dev/stdout" ? 1 : path == "/dev/stderr" ? 2 : -1; }

HANDLE handle_of(int file) { return reinterpret_cast<HANDLE>(_get_osfhandle(file)); }

// The C library's number for a handle, which then belongs to it; -1 with errno set.
int number_of(HANDLE handle, int flags) {
  if (handle == INVALID_HANDLE_VALUE) {
    failed_by_last_error();
    return -1;
  }
  const int file = _open_osfhandle(reinterpret_cast<std::intptr_t>(handle), flags | _O_BINARY | _O_NOINHERIT);
  if (file < 0) CloseHandle(handle);
  return file;
}

bool move(const std::filesystem::path& from, const std::filesystem::path& to) {
  return MoveFileExW(from.c_str(), to.c_str(), 0) || failed_by_last_error();
}

}  // namespace

std::optional<FileStatus> file_status(const std::string& path) {
  if (const int own = own_stream(path); own > 0) {
    const HANDLE handle = handle_of(own);
    if (handle == INVALID_HANDLE_VALUE) return errno = ENOENT, std::nullopt;
    return status_from(handle);
  }
  const OwnedHandle file(open_there(path, FILE_READ_ATTRIBUTES));
  if (file.is_open()) return status_from(file.get());
  failed_by_last_error();
  return {};
}

bool may_write(const std::string& path) {
  if (own_stream(path) > 0) return true;
  const OwnedHandle file(open_there(path, GENERIC_WRITE));
  return file.is_open() || failed_by_last_error();
}

bool may_make_files_in(const std::string& folder) {
  const OwnedHandle there(open_there(folder, FILE_ADD_FILE));
  if (!there.is_open()) return failed_by_last_error();
  const auto status = status_from(there.get());
  if (status && status->kind == FileKind::folder) return true;
  if (status) errno = ENOTDIR;
  return false;
}

bool is_stream(const std::string& path, const FileStatus& there) {
  return there.kind != FileKind::regular || own_stream(path) > 0;
}

int open_stream(const std::string& path, const FileStatus& /*there*/) {
  if (const int own = own_stream(path); own > 0) return _dup(own);
  return number_of(open_there(path, GENERIC_WRITE), _O_WRONLY);
}

int make_new_file(const std::string& path) {
  return number_of(CreateFileW(wide_text(path).c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                               nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr),
                   _O_WRONLY);
}

// Not by the C library, which takes the end of a pipe for an invalid argument.
bool write_all(int file, std::string_view bytes) { return write_to_handle(handle_of(file), bytes); }

bool sync_file(int file) { return _commit(file) == 0; }

bool close_file(int file) { return _close(file) == 0; }

// In three steps: Windows has nothing that does it in one. A program that is killed between them leaves the
// folder that was there under another name.
bool swap_folders(const std::string& one, const std::string& other) {
  const std::string name = unforeseeable_name();
  if (name.empty()) return false;
  const std::filesystem::path aside = std::filesystem::path(wide_text(other)).parent_path() / name;
  if (!move(wide_text(other), aside)) return false;
  if (!move(wide_text(one), wide_text(other))) {
    const int error = errno;
    move(aside, wide_text(other));
    return errno = error, false;
  }
  return move(aside, wide_text(one));
}

void remove_file_now(const char* name) noexcept {
  wchar_t text[kLongestName];
  if (MultiByteToWideChar(CP_UTF8, 0, name, -1, text, kLongestName) > 0) DeleteFileW(text);
}

void remove_folder_now(const char* name) noexcept {
  wchar_t text[kLongestName];
  if (MultiByteToWideChar(CP_UTF8, 0, name, -1, text, kLongestName) > 0) RemoveDirectoryW(text);
}

bool random_bytes(void* buffer, std::size_t size) {
  const auto status = BCryptGenRandom(nullptr, static_cast<PUCHAR>(buffer), static_cast<ULONG>(size),
                                      BCRYPT_USE_SYSTEM_PREFERRED_RNG);
  if (status == 0) return true;
  errno = EIO;
  return false;
}

ReadableFile::ReadableFile(const std::string& path)
    : file_(number_of(open_there(path, GENERIC_READ), _O_RDONLY)) {}
ReadableFile::~ReadableFile() {
  if (file_ >= 0) _close(file_);
}

std::optional<FileStatus> ReadableFile::status() const { return status_from(handle_of(file_)); }

std::ptrdiff_t ReadableFile::read(char* buffer, std::size_t size) {
  return _read(file_, buffer, static_cast<unsigned>(size));
}

}  // namespace iem
