// docs/architecture.md, docs/performance.md and docs/extending.md against the tree; manual page and
// completions against --help.
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

void expect_only_what_exists(const std::string& page, std::size_t at_least) {
  const auto paths = paths_on(page);
  EXPECT_GE(paths.size(), at_least) << page;
  for (const std::string& path : paths) EXPECT_TRUE(fs::exists(kSource + "/" + path)) << page << ": " << path;
}

TEST(architecture, names_only_what_exists) { expect_only_what_exists("docs/architecture.md", 21); }

TEST(performance, names_only_what_exists) { expect_only_what_exists("docs/performance.md", 5); }

TEST(architecture, names_every_folder_of_core_and_app) {
  const auto paths = paths_on("docs/architecture.md");
  for (const char* room : {"core", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(kSource + "/" + room))
      if (entry.is_directory() && entry.path().filename() != "__pycache__") {  // Python's own
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
  const std::set<std::string> examples = {"core/energy/log_cosh.h",
                                          "core/energy/log_cosh.cpp",
                                          "core/optimize/rules/sign_descent.h",
                                          "core/optimize/rules/sign_descent.cpp",
                                          "core/data/sources/cross_source.h",
                                          "core/data/sources/cross_source.cpp",
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

const std::vector<std::string> kCommands = {"run", "check", "sweep", "page", "screenshot", "lesson", "list"};

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

std::string manual(const Folder& folder) {
  return iemlab(folder, {"manual", kSource + "/assets/packaging/iemlab.1.in"}).out;
}

TEST(packaging, the_manual_page_names_every_option_and_no_other) {
  const Folder folder;
  const auto real = options_of_the_program(), told = options_in(manual(folder));
  EXPECT_EQ(missing(told, real), "") << "not in the manual page";
  EXPECT_EQ(missing(real, told), "") << "not in the program";
  EXPECT_EQ(manual(folder).find("@options"), std::string::npos);
}

TEST(packaging, troff_has_nothing_to_say_of_the_manual_page) {
  const Folder folder;
  if (shell(folder, "command -v groff").code != 0) GTEST_SKIP() << "no groff here";
  folder.write("iemlab.1", manual(folder));
  const Outcome set = shell(folder, "groff -man -ww -z iemlab.1");
  EXPECT_EQ(set.code, 0);
  EXPECT_EQ(set.err, "");
}

// What bash itself offers when the last of `words` is being typed, a word a line.
std::string offered_by_bash(const Folder& folder, const std::string& words) {
  return shell(folder,
               "source '" + kSource + "/assets/packaging/iemlab.bash'; COMP_WORDS=(iemlab " + words +
                   "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _iemlab; printf '%s\\n' \"${COMPREPLY[@]}\"")
      .out;
}

TEST(packaging, bash_offers_each_command_its_own_options) {
  const Folder folder;
  for (const std::string& command : kCommands) {
    const auto real = options_in(iemlab(folder, {command, "--help"}).out),
               told = options_in(offered_by_bash(folder, command + " penguins --"));
    EXPECT_EQ(missing(told, real), "") << command;
    EXPECT_EQ(missing(real, told), "") << command;
  }
}

TEST(packaging, values_are_offered_where_there_are_words_for_them) {
  const Folder folder;
  folder.write("points.csv", "x,y\n1,2\n3,4\n");
  const auto offers = [&](const std::string& words, const std::string& word) {
    return ("\n" + offered_by_bash(folder, words)).find("\n" + word + "\n") != std::string::npos;
  };
  EXPECT_TRUE(offers("''", "run"));
  EXPECT_TRUE(offers("''", "penguins"));
  EXPECT_TRUE(offers("run pen", "penguins"));
  EXPECT_FALSE(offers("run pen", "tanh"));
  EXPECT_TRUE(offers("run poi", "points.csv"));
  EXPECT_TRUE(offers("run penguins --theme ''", "print"));
  EXPECT_TRUE(offers("screenshot penguins --theme ''", "dark"));
  EXPECT_FALSE(offers("screenshot penguins --theme ''", "print"));
  EXPECT_TRUE(offers("run penguins --figure sta", "stage="));
  EXPECT_TRUE(offers("run penguins --figure stage = poi", "points.csv"));
  EXPECT_TRUE(offers("run penguins --dump ''", "responsibilities="));
  EXPECT_TRUE(offers("run tanh --code ''", "numpy="));
  EXPECT_TRUE(offers("run penguins --set model.e", "model.energy="));
  EXPECT_TRUE(offers("run penguins --trace poi", "points.csv"));
  EXPECT_TRUE(offers("lesson resp", "responsibility_is_slope"));
  EXPECT_TRUE(offers("lesson poi", "points.csv"));
  EXPECT_FALSE(offers("run penguins --steps ''", "points.csv"));
  EXPECT_TRUE(offers("list ''", "energies"));
  EXPECT_TRUE(offers("list figures --lab ''", "mixture"));
}

}  // namespace
}  // namespace iem::test
