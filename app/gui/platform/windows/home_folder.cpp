#include <windows.h>
// These need the one above.
#include <shlobj.h>

#include <cstdlib>
#include <filesystem>

#include "app/gui/platform/home_folder.h"
#include "core/system/windows/wide_text.h"

namespace iem::gui {
namespace {

std::string absolute_path(const wchar_t* variable) {
  const wchar_t* value = _wgetenv(variable);
  return value != nullptr && std::filesystem::path(value).is_absolute() ? utf8_text(value) : std::string();
}

}  // namespace

std::string base_folder(OwnFiles files) {
  const bool settings = files == OwnFiles::settings;
  std::string folder = absolute_path(settings ? L"XDG_CONFIG_HOME" : L"XDG_STATE_HOME");
  return folder.empty() ? absolute_path(settings ? L"APPDATA" : L"LOCALAPPDATA") : folder;
}

std::string home_folder() {
  wchar_t* documents = nullptr;
  const bool found = SHGetKnownFolderPath(FOLDERID_Documents, 0, nullptr, &documents) == S_OK;
  std::string out = found ? utf8_text(documents) : absolute_path(L"USERPROFILE");
  CoTaskMemFree(documents);
  return out;
}

}  // namespace iem::gui
