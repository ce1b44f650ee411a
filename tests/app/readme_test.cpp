// Every command of the README does what a reader would see it do.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "tests/app/command.h"

namespace iem::test {
namespace {

const std::string kReadmeRoot = IEMLAB_SOURCE_DIR;

// Lines inside ```sh fences, without comments.
std::vector<std::string> commands_of(const std::string& markdown) {
  std::vector<std::string> out;
  bool inside = false;
  for (const std::string& line : lines_of(markdown)) {
    if (line.starts_with("```")) {
      inside = line == "```sh";
    } else if (inside && !line.empty() && !line.starts_with("#")) {
      out.push_back(line);
    }
  }
  return out;
}

// A page without its blocks of code.
std::string prose_of(const std::string& markdown) {
  std::string out;
  bool inside = false;
  for (const std::string& line : lines_of(markdown)) {
    if (line.starts_with("```")) inside = !inside;
    if (!inside) out += line + "\n";
  }
  return out;
}

// They build the program, or open its window: what they do is tested by whoever runs ./test.
const std::set<std::string> kExempt = {"./run",
                                       "./run --web",
                                       "./test",
                                       "./test --sanitize address",
                                       "./test --sanitize thread",
                                       "./test --fuzz 60",
                                       "./test --bench",
                                       "alias iemlab=\"$PWD/run\""};

TEST(readme, every_command_works_in_the_order_of_the_page) {
  const Folder folder;
  const auto commands = commands_of(file_text(kReadmeRoot + "/README.md"));
  EXPECT_GE(commands.size(), 15u);
  std::set<std::string> exempt = kExempt;
  for (const std::string& command : commands) {
    if (kExempt.contains(command)) {
      exempt.erase(command);
      continue;
    }
    // A file may be written before it is used.
    ASSERT_TRUE(command.starts_with("iemlab ") || command.starts_with("printf '"))
        << command << ": neither exempt nor a command of ours";
    const Outcome outcome = shell(folder, command);
    EXPECT_EQ(outcome.code, 0) << command << "\n" << outcome.err;
  }
  EXPECT_TRUE(exempt.empty()) << *exempt.begin() << " is exempt but not in the README";
  for (const char* file : {"trace.csv", "state.json", "stage.svg", "loss.pdf", "r.csv", "birds.iemlab",
                           "runs.csv", "window.png", "film.webp"})
    EXPECT_TRUE(folder.has(file)) << file;
  // A reader's first sweep is no lesson in learning rates.
  EXPECT_EQ(folder.read("runs.csv").find("non_finite"), std::string::npos);
}

TEST(readme, its_scene_opens_and_its_error_is_the_one_that_is_shown) {
  const Folder folder;
  const std::string readme = file_text(kReadmeRoot + "/README.md");
  const std::size_t begin = readme.find("```toml\nformat = 1\nlab") + 8;
  std::string scene = readme.substr(begin, readme.find("```", begin) - begin);
  std::string points;
  for (int i = 0; i < 40; ++i)
    points += std::to_string(i * 37 % 11) + "," + std::to_string(i * 17 % 7) + "\n";
  folder.write("mine.csv", points);
  folder.write("mine.toml", scene);
  EXPECT_EQ(iemlab(folder, {"run", "mine.toml", "--steps", "3", "--quiet"}).code, 0);
  scene.replace(scene.find("components"), 10, "componets");
  folder.write("mine.toml", scene);
  std::string error = iemlab(folder, {"run", "mine.toml"}).err;
  error.pop_back();
  EXPECT_NE(readme.find("`" + error + "`"), std::string::npos) << error;
}

TEST(readme, its_links_and_pictures_are_there) {
  for (const std::string page :
       {"README.md", "docs/architecture.md", "docs/extending.md", "docs/python.md", "docs/platforms.md",
        "docs/embedding.md", "docs/pages.md", "docs/gallery.md", "docs/performance.md"}) {
    const std::string text = prose_of(file_text(kReadmeRoot + "/" + page));
    ASSERT_FALSE(text.empty()) << page;
    const auto folder = std::filesystem::path(kReadmeRoot + "/" + page).parent_path();
    for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
      const std::string target = text.substr(at + 2, text.find(')', at) - at - 2);
      if (target.find("://") != std::string::npos) continue;
      EXPECT_TRUE(std::filesystem::exists(folder / target)) << page << " links to " << target;
    }
  }
}

}  // namespace
}  // namespace iem::test
