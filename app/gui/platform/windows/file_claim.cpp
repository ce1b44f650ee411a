// The owner holds the file open and lets nobody else write to it; the system closes it when the program ends,
// in whatever way.
#include "app/gui/platform/file_claim.h"

#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <cstdint>
#include <cstring>

#include "core/base/error.h"
#include "core/system/windows/wide_text.h"

namespace iem::gui {
namespace {

constexpr DWORD kAccess = GENERIC_WRITE | DELETE, kShared = FILE_SHARE_READ | FILE_SHARE_DELETE;

HANDLE open(const std::string& path, DWORD how) {
  return CreateFileW(wide_text(path).c_str(), kAccess, kShared, nullptr, how, FILE_ATTRIBUTE_NORMAL, nullptr);
}

// So that it never seems ownerless.
bool remove_when_closed(HANDLE file) {
  FILE_DISPOSITION_INFO information{};
  information.DeleteFile = TRUE;
  return SetFileInformationByHandle(file, FileDispositionInfo, &information, sizeof information) != 0;
}

}  // namespace

bool FileClaim::make(const std::string& path) {
  HANDLE file = open(path, CREATE_NEW);
  if (file == INVALID_HANDLE_VALUE) {
    if (GetLastError() == ERROR_FILE_EXISTS) return false;
    throw InputError(std::string("cannot be written: ") + std::strerror(errno_of_last_error()), {path, 0, 0},
                     ErrorKind::io);
  }
  path_ = path;
  file_ = _open_osfhandle(reinterpret_cast<std::intptr_t>(file), _O_WRONLY | _O_NOINHERIT);
  return true;
}

FileClaim::~FileClaim() {
  if (file_ < 0) return;
  remove_when_closed(reinterpret_cast<HANDLE>(_get_osfhandle(file_)));
  _close(file_);
}

bool is_claimed(const std::string& path) {
  HANDLE file = open(path, OPEN_EXISTING);
  if (file == INVALID_HANDLE_VALUE) {
    const DWORD error = GetLastError();
    return error != ERROR_FILE_NOT_FOUND && error != ERROR_PATH_NOT_FOUND;
  }
  CloseHandle(file);
  return false;
}

bool take_unclaimed(const std::string& path) {
  HANDLE file = open(path, OPEN_EXISTING);
  if (file == INVALID_HANDLE_VALUE) return false;
  const bool taken = remove_when_closed(file);
  CloseHandle(file);
  return taken;
}

}  // namespace iem::gui
