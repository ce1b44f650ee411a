// Where tests write. Every process of tests has a folder of its own as its TMPDIR and as the home of settings
// and sessions (own_home.cpp), so that two of them never meet; a test makes what it needs in there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace iem::test {

// An empty folder of this test's own, removed with everything in it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::string& path() const { return path_; }
  std::string at(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, const std::string& text) const;  // its path
  std::string read(const std::string& name) const;
  bool has(const std::string& name) const;
  std::vector<std::string> files() const;  // names, sorted

 private:
  std::string path_;
};

// A file that is not there yet, in the folder of this process. When a test fails, it can be looked at.
std::filesystem::path fresh_file(const std::string& name);

std::string file_text(const std::string& path);

}  // namespace iem::test
