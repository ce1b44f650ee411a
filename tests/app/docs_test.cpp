// docs/architecture.md and docs/extending.md against the tree; manual page and completions against --help.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "tests/app/command.h"

namespace iem::test {
namespace {

namespace fs = std::filesystem;
const std::string kSource = IEMLAB_SOURCE_DIR;

// Everything on a page that looks like a path into the tree.
std::set<std::string> paths_on(const std::string& page) {
  static const std::regex path("\\b(core|app|shaders|assets|tests|cmake|docs)/[A-Za-z0-9_./]*");
  const std::string text = file_text(kSource + "/" + page);
  std::set<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), path), end; it != end; ++it) {
    std::string found = it->str();
    while (found.ends_with('.')) found.pop_back();
    out.insert(found);
  }
  return out;
}

TEST(architecture, names_only_what_exists) {
  const auto paths = paths_on("docs/architecture.md");
  EXPECT_GT(paths.size(), 20u);
  for (const std::string& path : paths) EXPECT_TRUE(fs::exists(kSource + "/" + path)) << path;
}

TEST(architecture, names_every_folder_of_core_and_app) {
  const auto paths = paths_on("docs/architecture.md");
  for (const char* room : {"core", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(kSource + "/" + room))
      if (entry.is_directory()) {
        const std::string folder = fs::relative(entry.path(), kSource).string() + "/";
        EXPECT_TRUE(paths.contains(folder)) << folder << " has no sentence in docs/architecture.md";
      }
}

TEST(architecture, core_includes_nothing_of_app) {
  static const std::regex include("#include [<\"](app/|imgui|implot|GLFW|glad|cairo)");
  for (const auto& entry : fs::recursive_directory_iterator(kSource + "/core"))
    if (entry.is_regular_file()) {
      EXPECT_FALSE(std::regex_search(file_text(entry.path().string()), include)) << entry.path();
    }
}

// The files that docs/extending.md tells its reader to write are not there; all others are.
TEST(extending, points_at_what_exists_but_for_its_examples) {
  const std::set<std::string> examples = {"core/energy/log_cosh.h",       "core/energy/log_cosh.cpp",
                                          "core/optimize/sign_descent.h", "core/optimize/sign_descent.cpp",
                                          "core/data/cross_source.h",     "core/data/cross_source.cpp",
                                          "core/labs/centre/lab.cpp"};
  for (const std::string& path : paths_on("docs/extending.md"))
    EXPECT_EQ(fs::exists(kSource + "/" + path), !examples.contains(path)) << path;
}

// --long options in a text.
std::set<std::string> options_in(std::string text) {
  text = std::regex_replace(text, std::regex("\\\\-"), "-");  // as troff writes it
  static const std::regex option("--[a-z][a-z-]*");
  std::set<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), option), end; it != end; ++it) out.insert(it->str());
  return out;
}

const std::vector<std::string> kCommands = {"run", "check", "sweep", "screenshot", "list"};

std::set<std::string> options_of_the_program() {
  const Folder folder;
  std::set<std::string> out = options_in(iemlab(folder, {"--help"}).out);
  for (const std::string& command : kCommands) out.merge(options_in(iemlab(folder, {command, "--help"}).out));
  return out;
}

std::string missing(const std::set<std::string>& from, const std::set<std::string>& wanted) {
  std::string out;
  for (const std::string& option : wanted)
    if (!from.contains(option)) out += option + " ";
  return out;
}

TEST(packaging, the_manual_page_names_every_option_and_no_other) {
  const auto real = options_of_the_program(),
             told = options_in(file_text(kSource + "/assets/packaging/iemlab.1"));
  EXPECT_EQ(missing(told, real), "") << "not in the manual page";
  EXPECT_EQ(missing(real, told), "") << "not in the program";
}

TEST(packaging, bash_and_zsh_complete_every_option_and_no_other) {
  const auto real = options_of_the_program();
  for (const char* file : {"iemlab.bash", "_iemlab"}) {
    const auto told = options_in(file_text(kSource + "/assets/packaging/" + file));
    std::string lacks = missing(told, real);
    // zsh offers --output by its short name only, as most people type it.
    lacks = std::regex_replace(lacks, std::regex("--(output|version) "), "");
    EXPECT_EQ(lacks, "") << "not in " << file;
    EXPECT_EQ(missing(real, told), "") << file << " has more than the program";
  }
}

TEST(packaging, fish_completes_every_option) {
  const std::string text = file_text(kSource + "/assets/packaging/iemlab.fish");
  for (const std::string& option : options_of_the_program()) {
    if (option == "--output") continue;
    const std::regex word("(^|[ \n])" + option.substr(2) + "([ \n]|$)");
    EXPECT_TRUE(std::regex_search(text, word)) << option;
  }
}

// What completes after `iemlab COMMAND --`, by bash itself.
TEST(packaging, bash_offers_each_command_its_own_options) {
  const Folder folder;
  for (const std::string& command : kCommands) {
    const Outcome offered =
        shell(folder, "source '" + kSource + "/assets/packaging/iemlab.bash'; COMP_WORDS=(iemlab " + command +
                          " penguins --); COMP_CWORD=3; _iemlab 2> /dev/null; echo \"${COMPREPLY[@]}\"");
    const auto real = options_in(iemlab(folder, {command, "--help"}).out), told = options_in(offered.out);
    EXPECT_EQ(std::regex_replace(missing(told, real), std::regex("--output "), ""), "") << command;
    EXPECT_EQ(missing(real, told), "") << command;
  }
}

}  // namespace
}  // namespace iem::test
