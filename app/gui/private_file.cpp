#include "app/gui/private_file.h"

#include <filesystem>

#include "app/export/atomic_file.h"

namespace iem::gui {

void write_privately(const std::string& path, std::string_view text) {
  namespace fs = std::filesystem;
  write_file_atomically(path, text);
  std::error_code ignored;
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, ignored);
}

}  // namespace iem::gui
