// Who may include whom. Rooms are folders; each includes rooms of lower floors only, so that no two can come
// to need each other. docs/architecture.md says what each of them is for.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace iem {
namespace {

namespace fs = std::filesystem;

// From the ground up. Rooms of one floor do not know each other.
const std::vector<std::vector<std::string>> kFloors = {
    {"core/system"},
    {"core/base", "core/system/windows"},
    {"core/math", "core/config", "core/history"},
    {"core/data", "core/energy"},
    {"core/data/sources"},
    {"core/figure", "core/model"},
    {"core/kernel", "core/field", "core/optimize"},
    {"core/optimize/em"},
    {"core/optimize/rules"},
    {"core/mixture"},
    {"core/run"},
    {"core/atlas", "core/check", "core/compare"},
    {"core/expression", "core/labs/kit"},
    {"core/labs/kit/phases"},
    {"core/labs/mixture/model", "core/labs/activation/model", "core/labs/attention/model",
     "core/labs/classifier/model", "core/labs/layer/model", "core/labs/neighbours/kit"},
    {"core/labs/mixture/figures", "core/labs/activation/figures", "core/labs/attention/figures",
     "core/labs/classifier/figures", "core/labs/layer/figures", "core/labs/neighbours/toys"},
    {"core/labs/mixture", "core/labs/activation", "core/labs/attention", "core/labs/classifier",
     "core/labs/layer", "core/labs/neighbours"},
    {"core/labs"},
    {"core/session"},
    {"core/lesson"},
    {"app/paint"},
    {"app/paint/document", "app/export/link"},
    {"app/export", "app/export/furnish"},
    {"app/export/grid"},
    {"app/export/animation"},
    {"app/export/animation/windows", "app/export/windows"},
    {"app/cli", "app/gui/look"},
    {"app/gui/platform", "app/cli/atlas", "app/cli/lesson", "app/cli/page", "app/cli/windows"},
    {"app/gui/platform/desktop", "app/gui/platform/web", "app/cli/compare"},
    {"app/gui/platform/windows"},
    {"app/gui/gl"},
    {"app/gui/widgets"},
    {"app/gui/context"},
    {"app/gui/plots", "app/gui/sessions"},
    {"app/gui/stage", "app/gui/cards"},
    {"app/gui/pages"},
    {"app/gui/controls"},
    {"app/gui/lessons"},
    {"app/gui/present"},
    {"app/gui/shell"},
    {"app"},
};

// The only places where one lab knows another: a mixture read along a line is a run of the activation lab.
const std::set<std::pair<std::string, std::string>> kBridges = {
    {"core/labs/activation/along_probe.cpp", "core/labs/mixture/figures/list.h"}};

struct Include {
  std::string from, to;  // files
  std::string room() const { return fs::path(from).parent_path().string(); }
  std::string other() const { return fs::path(to).parent_path().string(); }
};

const std::vector<Include>& includes() {
  static const std::vector<Include> all = [] {
    std::vector<Include> out;
    const fs::path top = IEMLAB_SOURCE_DIR;
    const std::regex line_of("^\\s*#\\s*include \"((core|app)/[^\"]+)\"");
    for (const char* part : {"core", "app"})
      for (const auto& entry : fs::recursive_directory_iterator(top / part)) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".h" && extension != ".cpp") continue;
        std::ifstream file(entry.path());
        std::smatch found;
        for (std::string line; std::getline(file, line);)
          if (std::regex_search(line, found, line_of))
            out.push_back({fs::relative(entry.path(), top).string(), found[1]});
      }
    return out;
  }();
  return all;
}

int floor_of(const std::string& room) {
  for (std::size_t floor = 0; floor < kFloors.size(); ++floor)
    if (std::ranges::find(kFloors[floor], room) != kFloors[floor].end()) return static_cast<int>(floor);
  return -1;
}

// "mixture" for what lies in core/labs/mixture; empty for other rooms, and for what labs share.
std::string lab_of_file(const std::string& path) {
  const std::string_view top = "core/labs/";
  if (!path.starts_with(top)) return {};
  const std::string rest = path.substr(top.size());
  const std::string name = rest.substr(0, rest.find('/'));
  return rest.find('/') == std::string::npos || name == "kit" ? std::string() : name;
}

TEST(Rooms, IncludeOneAnotherDownwardsOnly) {
  int between_rooms = 0;
  for (const Include& include : includes()) {
    ASSERT_GE(floor_of(include.room()), 0)
        << include.room() << " has no floor: say in this file where it stands";
    if (include.room() == include.other()) continue;
    EXPECT_GT(floor_of(include.room()), floor_of(include.other()))
        << include.from << " includes " << include.to;
    ++between_rooms;
  }
  EXPECT_GT(between_rooms, 1000);
}

TEST(Rooms, OfOneLabDoNotKnowAnother) {
  std::set<std::pair<std::string, std::string>> used;
  int in_labs = 0;
  for (const Include& include : includes()) {
    const std::string lab = lab_of_file(include.from), other = lab_of_file(include.to);
    in_labs += lab.empty() ? 0 : 1;
    if (lab.empty() || other.empty() || lab == other) continue;
    EXPECT_TRUE(kBridges.contains({include.from, include.to})) << include.from << " includes " << include.to;
    used.emplace(include.from, include.to);
  }
  EXPECT_EQ(used, kBridges) << "a bridge that nobody crosses";
  EXPECT_GT(in_labs, 300);
}

// The window draws without the libraries of paper.
TEST(Rooms, OfTheCoreAndOfPaintingNeedNoCairo) {
  const std::regex of_paper("^\\s*#\\s*include <(cairo|hb)[-.].*");
  const fs::path top = IEMLAB_SOURCE_DIR;
  int on_paper = 0;
  for (const char* part : {"core", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(top / part)) {
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        if (!std::regex_match(line, of_paper)) continue;
        const std::string path = fs::relative(entry.path(), top).string();
        EXPECT_TRUE(path.starts_with("app/export/")) << path << " has " << line;
        ++on_paper;
      }
    }
  EXPECT_GE(on_paper, 4) << "the libraries of paper have other headers than this looks for";
}

// What people touch knows labs by their interface and by the list of them.
TEST(Rooms, OfTheWindowAndTheCommandLineIncludeNoLab) {
  for (const Include& include : includes())
    if (include.from.starts_with("app/"))
      EXPECT_EQ(lab_of_file(include.to), "") << include.from << " includes " << include.to;
}

TEST(Rooms, HoldAtMost40FilesOfAtMost400Lines) {
  std::map<std::string, int> files;
  const fs::path top = IEMLAB_SOURCE_DIR;
  for (const char* part : {"core", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(top / part)) {
      if (!entry.is_regular_file()) continue;
      ++files[fs::relative(entry.path().parent_path(), top).string()];
      std::ifstream file(entry.path());
      int lines = 0;
      for (std::string line; std::getline(file, line);) ++lines;
      EXPECT_LE(lines, 400) << entry.path();
    }
  for (const auto& [room, count] : files) EXPECT_LE(count, 40) << room;
  EXPECT_GT(files.size(), 30U);
}

// The build's own files. What one of them calls, it defines, includes, or finds in a file that CMakeLists.txt
// includes whatever the platform and the cache: otherwise it configures on the machines that happened to have
// it, and on no fresh one.
TEST(BuildFiles, CallOnlyWhatIsThereOnEveryMachine) {
  const std::regex definition(R"(^\s*(?:function|macro)\((iem_\w+).*)"), call(R"(^\s*(iem_\w+)\(.*)");
  const std::regex included(R"(^(\s*)include\((cmake/\w+\.cmake)\).*)");
  const fs::path top = IEMLAB_SOURCE_DIR;
  std::vector<std::string> files = {"CMakeLists.txt", "tests/CMakeLists.txt"};
  for (const auto& entry : fs::directory_iterator(top / "cmake"))
    if (entry.path().extension() == ".cmake") files.push_back(fs::relative(entry.path(), top).string());

  std::map<std::string, std::string> defined_in;
  std::map<std::string, std::set<std::string>> calls, within_reach;
  std::set<std::string> always;
  for (const std::string& file : files) {
    within_reach[file].insert(file);
    std::ifstream text(top / file);
    std::smatch found;
    for (std::string line; std::getline(text, line);)
      if (std::regex_match(line, found, definition)) {
        defined_in[found[1]] = file;
      } else if (std::regex_match(line, found, call)) {
        calls[file].insert(found[1]);
      } else if (std::regex_match(line, found, included)) {
        within_reach[file].insert(found[2]);
        if (file == "CMakeLists.txt" && found[1].length() == 0) always.insert(found[2]);
      }
  }
  for (const auto& [file, names] : calls)
    for (const std::string& name : names) {
      ASSERT_TRUE(defined_in.contains(name)) << file << " calls " << name;
      const std::string& home = defined_in[name];
      EXPECT_TRUE(within_reach[file].contains(home) || always.contains(home))
          << file << " calls " << name << " of " << home << ", which not every machine includes";
    }
  EXPECT_GT(defined_in.size(), 15U);
  EXPECT_GT(always.size(), 5U);
}

}  // namespace
}  // namespace iem
