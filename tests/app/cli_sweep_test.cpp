// iemlab sweep: all combinations, one row each, and a summary.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/app/command.h"

namespace iem::test {
namespace {

TEST(cli_sweep, has_a_row_per_setting_and_seed_that_a_run_repeats) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"sweep", "three_blobs", "--seeds", "3..5", "--set", "optimizer.method=gd,em", "--set",
                      "optimizer.learning_rate=0.05,0.2", "--steps", "6", "--table", "t.csv"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto lines = lines_of(folder.read("t.csv"));
  ASSERT_EQ(lines.size(), 1u + 2 * 2 * 3);
  EXPECT_EQ(lines[0], "optimizer.method,optimizer.learning_rate,seed,steps,loss,entropy,usage_min,exit");
  EXPECT_EQ(lines[1].find("gd,0.05,3,6,"), 0u) << lines[1];
  EXPECT_EQ(lines[12].find("em,0.2,5,6,"), 0u) << lines[12];
  EXPECT_TRUE(lines[1].ends_with(",steps"));
  const auto one = iemlab(folder, {"run", "three_blobs", "--seed", "4", "--set",
                                   "optimizer.learning_rate=0.05", "--steps", "6", "--json"});
  EXPECT_EQ(std::strtod(split(lines[2], ',')[4].c_str(), nullptr), one.json()["loss"].get<double>());
  EXPECT_NE(outcome.out.find("optimizer.method = em, optimizer.learning_rate = 0.2"), std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("3 runs"), std::string::npos);
}

TEST(cli_sweep, splits_values_outside_brackets_and_takes_the_scene_s_own_seed) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"sweep", "three_blobs", "--set", "model.learn=[\"means\", \"weights\"],[\"means\"]",
                      "--steps", "2", "--table", "t.csv", "--quiet"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  const auto lines = lines_of(folder.read("t.csv"));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[1].find("\"[\"\"means\"\", \"\"weights\"\"]\","), 0u) << lines[1];
}

TEST(cli_sweep, counts_runs_that_diverge_without_failing) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"sweep", "three_blobs", "--seeds", "0..1", "--set", "optimizer.learning_rate=0.1,1e300",
                      "--steps", "5", "--table", "t.csv"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("became non-finite"), std::string::npos) << outcome.out;
  EXPECT_TRUE(lines_of(folder.read("t.csv")).back().ends_with(",non_finite"));
}

TEST(cli_sweep, refuses_what_is_wrong_before_the_first_run) {
  const Folder folder;
  for (const std::vector<std::string>& more :
       std::vector<std::vector<std::string>>{{"--seeds", "5..3"},
                                             {"--seeds", "a..b"},
                                             {"--seeds", "3"},
                                             {"--set", "model.components=2,x"},
                                             {"--set", "nonsense=1"}}) {
    std::vector<std::string> arguments = {"sweep", "three_blobs", "--table", "t.csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = iemlab(folder, arguments);
    EXPECT_EQ(outcome.code, 2) << more[1];
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
    EXPECT_TRUE(folder.files().empty());
  }
}

}  // namespace
}  // namespace iem::test
