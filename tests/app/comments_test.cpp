// What comments and tests say of the tree, against the tree.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <regex>

#include "tests/app/command.h"

namespace iem::test {
namespace {

namespace fs = std::filesystem;
const fs::path kSources = IEMLAB_SOURCE_DIR;

std::vector<fs::path> sources_in(const std::vector<std::string>& rooms) {
  std::vector<fs::path> out;
  for (const std::string& room : rooms)
    for (const auto& entry : fs::recursive_directory_iterator(kSources / room)) {
      const std::string ending = entry.path().extension().string();
      if (ending == ".h" || ending == ".cpp") out.push_back(entry.path());
    }
  return out;
}

// The comment of a line, without what a string or an #include says.
std::string comment_of(const std::string& line) {
  bool quoted = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
      continue;
    }
    if (line[i] == '"') quoted = !quoted;
    if (!quoted && line[i] == '/' && line[i + 1] == '/') return line.substr(i + 2);
  }
  return "";
}

// "kernel/pass.h" may be named from the root, from the room, or from the folder of the file that names it.
bool resolves(const std::string& name, const fs::path& file) {
  for (const fs::path& from :
       {kSources, kSources / "core", kSources / "app", kSources / "docs", kSources / "assets",
        kSources / "shaders", kSources / "tests/golden", file.parent_path()})
    if (fs::exists(from / name)) return true;
  return false;
}

TEST(comments, name_only_files_that_exist) {
  static const std::regex named("[A-Za-z0-9_./-]*[A-Za-z0-9_]\\.(h|cpp|md|toml|cmake|frag|vert|json)\\b");
  std::size_t checked = 0;
  for (const fs::path& file : sources_in({"core", "app"})) {
    std::size_t number = 0;
    for (const std::string& line : lines_of(file_text(file.string()))) {
      ++number;
      const std::string comment = comment_of(line);
      for (std::sregex_iterator it(comment.begin(), comment.end(), named), end; it != end; ++it, ++checked)
        // A path that goes on from a variable or begins at the root is a user's, not ours.
        EXPECT_TRUE(it->str().front() == '/' || resolves(it->str(), file))
            << file.string() << ":" << number << ": " << it->str();
    }
  }
  EXPECT_GT(checked, 40u);
}

// The header that declares a type.
std::string header_of(const std::string& type, const std::vector<fs::path>& files) {
  const std::regex declares("(^|\n)(class|struct) " + type + "( final)?( : [^{;]*)? \\{");
  for (const fs::path& file : files)
    if (const std::string text = file_text(file.string()); std::regex_search(text, declares)) return text;
  return "";
}

// What comments speak of as Type::name is declared where the type is.
TEST(comments, name_only_members_that_exist) {
  static const std::regex named(
      "\\b(Lab|Model|Run|Engine|Snapshot|Evaluation|Figure|Config|OptimizerState)::([a-z_]+)");
  const std::vector<fs::path> files = sources_in({"core", "app"});
  std::map<std::string, std::string> headers;
  std::size_t checked = 0;
  for (const fs::path& file : files)
    for (const std::string& line : lines_of(file_text(file.string()))) {
      const std::string comment = comment_of(line);
      for (std::sregex_iterator it(comment.begin(), comment.end(), named), end; it != end; ++it, ++checked) {
        const std::string type = (*it)[1].str();
        if (!headers.contains(type)) headers[type] = header_of(type, files);
        EXPECT_FALSE(headers[type].empty()) << type;
        const std::regex declared("[ &*>]" + (*it)[2].str() + "(\\(|;| =|, )");
        EXPECT_TRUE(std::regex_search(headers[type], declared)) << file.string() << ": " << it->str();
      }
    }
  EXPECT_GT(checked, 5u);
}

// Two processes of tests, of one tree or of two, never write to the same place: folders come from
// tests/support/.
TEST(tests, write_only_into_folders_of_their_own) {
  static const std::regex fixed("temp_directory_path|\"/tmp|mkdtemp|tmpnam|TempDir\\(");
  std::size_t read = 0;
  for (const fs::path& file : sources_in({"tests"})) {
    if (file.parent_path().filename() == "support" || file.filename() == "comments_test.cpp") continue;
    EXPECT_FALSE(std::regex_search(file_text(file.string()), fixed))
        << file << " makes a folder by itself; use tests/support/folder.h";
    ++read;
  }
  EXPECT_GT(read, 100u);
}

TEST(tests, have_a_temporary_folder_and_settings_of_their_own) {
  for (const char* name :
       {"TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"}) {
    const char* value = std::getenv(name);
    ASSERT_NE(value, nullptr) << name;
    EXPECT_NE(std::string(value).find("iemlab-tests-"), std::string::npos) << name << " is " << value;
    EXPECT_TRUE(fs::is_directory(value)) << value;
  }
}

}  // namespace
}  // namespace iem::test
