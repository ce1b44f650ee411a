// docs/reproductions: the commands of its pages run, and the comparison with PyTorch compares.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <regex>

#include "tests/app/command.h"

namespace iem::test {
namespace {

namespace fs = std::filesystem;
const std::string kPages = std::string(IEMLAB_SOURCE_DIR) + "/docs/reproductions";

// Lines of the page that are commands of ours, without what is said after them.
std::vector<std::string> commands_on(const std::string& page) {
  std::vector<std::string> out;
  for (const std::string& line : lines_of(file_text(kPages + "/" + page)))
    if (line.starts_with("iemlab ")) out.push_back(line.substr(0, line.find("  #")));
  return out;
}

// One step each: what the thousand come to stands on the page.
TEST(reproductions, every_command_runs) {
  const Folder folder;
  const auto commands = commands_on("sticky_markov.md");
  EXPECT_GE(commands.size(), 6u);
  for (const std::string& command : commands) {
    const Outcome outcome = shell(folder, command + " --steps 1");
    EXPECT_EQ(outcome.code, 0) << command << "\n" << outcome.err;
  }
}

TEST(reproductions, links_and_pictures_are_there) {
  static const std::regex link("\\]\\(([^)]*)\\)");
  const std::string text = file_text(kPages + "/sticky_markov.md");
  for (std::sregex_iterator it(text.begin(), text.end(), link), end; it != end; ++it)
    if ((*it)[1].str().find("://") == std::string::npos) {
      EXPECT_TRUE(fs::exists(kPages + "/" + (*it)[1].str())) << (*it)[1];
    }
}

// Single precision there, double here.
TEST(reproductions, pytorch_loses_as_much_at_every_step) {
  if (!has_modules("python3", "torch")) GTEST_SKIP() << "no torch here";
  const Folder folder;
  const Outcome outcome = shell(folder, "python3 '" + kPages + "/sticky_markov_torch.py' --iemlab '" +
                                            IEMLAB_BINARY + "' --seeds 2024 --steps 8");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::string last = lines_of(outcome.out).back();
  const std::string head = "largest difference of losses ";
  ASSERT_TRUE(last.starts_with(head)) << last;
  EXPECT_LT(std::strtod(last.c_str() + head.size(), nullptr), 2e-6) << outcome.out;
}

}  // namespace
}  // namespace iem::test
