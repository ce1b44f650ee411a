#include "tests/support/folder.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>

namespace iem::test {
namespace fs = std::filesystem;

Folder::Folder() {
  const ::testing::TestInfo* test = ::testing::UnitTest::GetInstance()->current_test_info();
  std::string name = test == nullptr ? "tests" : std::string(test->test_suite_name()) + "." + test->name();
  std::ranges::replace(name, '/', '_');
  path_ = (fs::temp_directory_path() / (name + "-XXXXXX")).string();
  if (!mkdtemp(path_.data())) throw std::runtime_error("no temporary folder " + path_);
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
  fs::create_directories(fs::path(at(name)).parent_path());
  std::ofstream(at(name), std::ios::binary) << text;
  return at(name);
}

std::string Folder::read(const std::string& name) const { return file_text(at(name)); }

bool Folder::has(const std::string& name) const { return fs::exists(at(name)); }

std::vector<std::string> Folder::files() const {
  std::vector<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(path_))
    if (entry.is_regular_file()) out.push_back(fs::relative(entry.path(), path_).string());
  std::sort(out.begin(), out.end());
  return out;
}

fs::path fresh_file(const std::string& name) {
  const fs::path path = fs::temp_directory_path() / name;
  fs::remove_all(path);
  return path;
}

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string out;
  std::array<char, 1 << 16> part;
  while (in.read(part.data(), part.size()) || in.gcount() > 0)
    out.append(part.data(), static_cast<std::size_t>(in.gcount()));
  return out;
}

}  // namespace iem::test
