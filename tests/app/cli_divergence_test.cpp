// Runs that do not stay finite, or never were: exit code 3, one line that says where, why and what helps.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/app/command.h"

namespace iem::test {
namespace {

std::string case_file(const std::string& name) {
  return std::string(IEMLAB_SOURCE_DIR) + "/tests/cases/loss-not-finite-at-step-0/" + name;
}

TEST(cli_divergence, a_start_that_is_not_finite_ends_with_3_at_step_0) {
  for (const char* steps : {"0", "1", "50"}) {
    const Folder folder;
    const Outcome outcome =
        iemlab(folder, {"run", case_file("scene.toml"), "--steps", steps, "--json", "--trace", "t.csv",
                        "--state", "s.json", "--save-session", "r.iemlab", "--figure", "stage=f.svg"});
    EXPECT_EQ(outcome.code, 3) << steps;
    EXPECT_EQ(outcome.json()["exit"], "non_finite");
    EXPECT_TRUE(outcome.json()["loss"].is_null());
    EXPECT_EQ(outcome.json()["steps"], 0);
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
    EXPECT_TRUE(
        outcome.err.starts_with("iemlab: the run became non-finite at step 0 (loss): no energy of point 7"))
        << outcome.err;
    EXPECT_EQ(table_of(folder.read("t.csv")).rows.size(), 1u);
    EXPECT_EQ(folder.files(),
              (std::vector<std::string>{"f.svg", "r.iemlab", "s.json", "t.csv", "t.csv.json"}));
    EXPECT_EQ(iemlab(folder, {"run", "r.iemlab", "--steps", "0"}).code, 3) << "as often as it is opened";
  }
}

TEST(cli_divergence, nothing_of_it_passes_a_check) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"check", case_file("scene.toml"), "--steps", "3", "--json"});
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
  int refused = 0;
  for (const auto& check : outcome.json()) {
    const std::string id = check["id"];
    if (id == "threads" || id == "scrub" || id == "replay") continue;  // of the program, not of numbers
    EXPECT_NE(check["status"], "pass") << id;
    refused += check["reason"] == "cannot be checked: Z is not finite";
  }
  EXPECT_GE(refused, 6);
}

TEST(cli_divergence, a_sweep_without_one_finite_run_says_so) {
  const Folder folder;
  const Outcome lost = iemlab(folder, {"sweep", "three_blobs", "--seeds", "0..2", "--set",
                                       "optimizer.learning_rate=1e300", "--steps", "5", "--table", "t.csv"});
  EXPECT_EQ(lost.code, 3);
  EXPECT_EQ(lines_of(lost.err).size(), 1u) << lost.err;
  EXPECT_TRUE(
      lost.err.starts_with("iemlab: no run stayed finite: of the first, the run became non-finite at "))
      << lost.err;
  EXPECT_EQ(lines_of(folder.read("t.csv")).size(), 4u) << "the table is written";
  const Outcome one = iemlab(folder, {"sweep", "three_blobs", "--seeds", "0..2", "--set",
                                      "optimizer.learning_rate=0.1,1e300", "--steps", "5", "--quiet"});
  EXPECT_EQ(one.code, 0) << one.err;
  EXPECT_EQ(one.err, "");
}

TEST(cli_divergence, names_the_last_finite_state_and_what_helps) {
  const Folder folder;
  const Outcome unlike = iemlab(
      folder, {"run", "old_faithful", "--set", "optimizer.learning_rate=10", "--state", "s.json", "--quiet"});
  EXPECT_EQ(unlike.code, 3);
  EXPECT_NE(unlike.err.find(" is the last finite state; standardise the data (data.standardise = true)\n"),
            std::string::npos)
      << unlike.err;
  const auto state = nlohmann::json::parse(folder.read("s.json"));
  EXPECT_FALSE(state["loss"].is_null());
  for (const auto& covariance : state["parameters"]["covariances"])
    for (const auto& row : covariance)
      for (const auto& entry : row) EXPECT_FALSE(entry.is_null());
  const Outcome alike =
      iemlab(folder, {"run", "three_blobs", "--set", "optimizer.learning_rate=1e6", "--quiet"});
  EXPECT_NE(alike.err.find("; take a tenth of the learning rate (optimizer.learning_rate = 1e+05)\n"),
            std::string::npos)
      << alike.err;
}

// Where a double no longer tells the density's values apart there are no lines of it, rather than lines of
// nothing.
TEST(cli_divergence, a_figure_holds_no_line_without_a_point) {
  const Folder folder;
  folder.write("big.toml",
               "format = 1\nlab = \"mixture\"\n[data]\nsource = \"inline\"\n"
               "points = [[1e153,-1e153],[3e153,1e100],[-1e153,2e153],[1,2]]\n[model]\ncomponents = 2\n"
               "init = \"explicit\"\nmeans = [[1e150,1e150],[-1e153,0]]\n");
  for (const char* energy : {"gaussian", "student_t", "laplace"}) {
    iemlab(folder,
           {"run", "big.toml", "--steps", "3", "--quiet", "--set", std::string("model.energy=") + energy,
            "--figure", "stage=f.csv", "--figure", "stage=f.tex"});
    ASSERT_TRUE(folder.has("f.csv")) << energy;
    // Gaps stand between pieces, and nowhere else.
    int gaps = 0, points = 0;
    for (const std::string& line : lines_of(folder.read("f.csv")))
      if (line.starts_with("density,")) ++(line.starts_with("density,nan,nan") ? gaps : points);
    EXPECT_LT(gaps, std::max(points, 1)) << energy;
  }
}

}  // namespace
}  // namespace iem::test
