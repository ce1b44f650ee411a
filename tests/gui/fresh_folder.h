// A folder of the running test's own, empty.
#pragma once

#include <filesystem>
#include <string>

#include "tests/support/folder.h"

namespace iem::gui {

inline std::filesystem::path fresh_folder(const std::string& name) {
  const std::filesystem::path path = test::fresh_file(name);
  std::filesystem::create_directories(path);
  return path;
}

}  // namespace iem::gui
