// A folder of the running test's own, empty.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace iem::gui {

inline std::filesystem::path fresh_folder(const std::string& name) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                     (std::string("iemlab_") + test->test_suite_name() + "_" + test->name()) /
                                     name;
  std::filesystem::remove_all(path);
  std::filesystem::create_directories(path);
  return path;
}

}  // namespace iem::gui
