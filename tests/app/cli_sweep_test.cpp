// iemlab sweep: all combinations, one row each, and a summary.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

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
  EXPECT_EQ(lines[0],
            "optimizer.method,optimizer.learning_rate,seed,steps,loss,entropy,usage_min,ari,"
            "matched_accuracy,contraction,exit,steps_to_tolerance,hash");
  EXPECT_EQ(lines[1].find("gd,0.05,3,6,"), 0u) << lines[1];
  EXPECT_EQ(lines[12].find("em,0.2,5,6,"), 0u) << lines[12];
  EXPECT_EQ(split(lines[1], ',')[10], "steps");
  const auto one = iemlab(folder, {"run", "three_blobs", "--seed", "4", "--set",
                                   "optimizer.learning_rate=0.05", "--steps", "6", "--json"});
  EXPECT_EQ(std::strtod(split(lines[2], ',')[4].c_str(), nullptr), one.json()["loss"].get<double>());
  EXPECT_NE(outcome.out.find("optimizer.method = em, optimizer.learning_rate = 0.2"), std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("3 runs"), std::string::npos);
}

// What the trace of each run ends with; nan where a setting has no such number.
TEST(cli_sweep, measures_the_last_state_of_each_run) {
  const Folder folder;
  const Outcome outcome = iemlab(
      folder, {"sweep", "three_blobs", "--seeds", "1..2", "--set", "model.objective=log_sum_exp,correntropy",
               "--set", "data.held_out=0,0.2", "--steps", "12", "--table", "t.csv"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  int compared = 0;
  const auto lines = lines_of(folder.read("t.csv"));
  ASSERT_EQ(lines.size(), 1u + 2 * 2 * 2);
  const auto names = split(lines[0], ',');
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto row = split(lines[i], ',');
    ASSERT_EQ(row.size(), names.size()) << lines[i];
    ASSERT_EQ(
        iemlab(folder, {"run", "three_blobs", "--seed", row[2], "--set", "model.objective=" + row[0], "--set",
                        "data.held_out=" + row[1], "--steps", "12", "--quiet", "--trace", "r.csv"})
            .code,
        0);
    const auto trace = lines_of(folder.read("r.csv"));
    const auto heads = split(trace.front(), ','), last = split(trace.back(), ',');
    const auto exit = static_cast<std::size_t>(std::ranges::find(names, "exit") - names.begin());
    for (std::size_t column = 4; column < exit; ++column) {
      const auto at = std::ranges::find(heads, names[column]) - heads.begin();
      const bool has = at < static_cast<std::ptrdiff_t>(heads.size());
      EXPECT_EQ(row[column], has ? last[static_cast<std::size_t>(at)] : "nan") << names[column] << lines[i];
      compared += has;
    }
  }
  EXPECT_GE(compared, 48);
  EXPECT_EQ(std::ranges::count(names, "ari"), 1);
  EXPECT_EQ(outcome.out.find("nan"), std::string::npos) << outcome.out;
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
  EXPECT_NE(lines_of(folder.read("t.csv")).back().find(",non_finite,"), std::string::npos);
}

TEST(cli_sweep, refuses_what_is_wrong_before_the_first_run) {
  const Folder folder;
  for (const std::vector<std::string>& more :
       std::vector<std::vector<std::string>>{{"--seeds", "5..3"},
                                             {"--seeds", "a..b"},
                                             {"--seeds", "3"},
                                             {"--seeds", "0..9223372036854775807"},
                                             {"--seeds", "9007199254740992..9007199254740993"},
                                             {"--seeds", "0..600000", "--set", "model.components=2,3"},
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

TEST(cli_sweep, takes_each_seed_from_one_option) {
  const Folder folder;
  const auto refused = [&](std::vector<std::string> more, const std::string& a, const std::string& b) {
    more.insert(more.begin(), {"sweep", "three_blobs", "--steps", "1", "--table", "t.csv"});
    const Outcome outcome = iemlab(folder, more);
    EXPECT_EQ(outcome.code, 2) << a << b;
    EXPECT_NE(outcome.err.find(a), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find(b), std::string::npos) << outcome.err;
    EXPECT_TRUE(folder.files().empty());
  };
  refused({"--set", "seed=1,2", "--seeds", "0..1"}, "--set seed ", "--seeds");
  refused({"--set", "seeds.init=1,2", "--seed-init", "0..1"}, "--set seeds.init", "--seed-init");
  const Outcome outcome = iemlab(folder, {"sweep", "three_blobs", "--set", "seed=1,2", "--set",
                                          "optimizer.method=gd,em", "--steps", "1", "--table", "t.csv"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto lines = lines_of(folder.read("t.csv"));
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_TRUE(lines[0].starts_with("seed,optimizer.method,steps,loss,")) << lines[0];
  EXPECT_TRUE(lines[3].starts_with("2,gd,1,")) << lines[3];
  for (const std::string& line : lines) EXPECT_EQ(split(line, ',').size(), split(lines[0], ',').size());
}

TEST(cli_sweep, goes_on_from_a_saved_run) {
  const Folder folder;
  ASSERT_EQ(iemlab(folder, {"run", "three_blobs", "--steps", "4", "--quiet", "--save-session", "a.iemlab",
                            "--figure", "stage=a.svg"})
                .code,
            0);
  for (const char* saved : {"a.iemlab", "a.svg"}) {
    const Outcome outcome = iemlab(folder, {"sweep", saved, "--set", "optimizer.learning_rate=0.05,0.2",
                                            "--steps", "6", "--table", "t.csv", "--quiet"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const auto lines = lines_of(folder.read("t.csv"));
    ASSERT_EQ(lines.size(), 3u);
    for (const std::string& line : {lines[1], lines[2]}) {
      const auto row = split(line, ',');
      EXPECT_EQ(row[2], "6");
      const Outcome one = iemlab(
          folder, {"run", saved, "--set", "optimizer.learning_rate=" + row[0], "--steps", "6", "--json"});
      EXPECT_EQ(one.json()["hash"], row.back()) << "as the run alone";
    }
    EXPECT_EQ(nlohmann::json::parse(folder.read("t.csv.json"))["first_step"], 4);
  }
  const Outcome seeded = iemlab(folder, {"sweep", "a.iemlab", "--seeds", "1..2"});
  EXPECT_EQ(seeded.code, 2);
  EXPECT_EQ(seeded.err, "iemlab: sweep: a saved run has its seeds; give its scene instead\n");
}

TEST(cli_sweep, writes_a_table_for_a_paper_and_no_other_kind) {
  const Folder folder;
  const std::vector<std::string> sweep = {
      "sweep",   "penguins", "--seeds", "1..2",
      "--steps", "5",        "--set",   R"(model.learn=["means"],["weights"])",
      "--quiet", "--table"};
  const auto written = [&](const std::string& table) {
    std::vector<std::string> command = sweep;
    command.push_back(table);
    return iemlab(folder, command);
  };
  ASSERT_EQ(written("s.TEX").code, 0);
  EXPECT_EQ(folder.files(), std::vector<std::string>{"s.TEX"}) << "nothing stands beside it";
  const std::vector<std::string> lines = lines_of(folder.read("s.TEX"));
  EXPECT_EQ(lines[2], "\\toprule");
  EXPECT_EQ(lines[4], "\\midrule");
  EXPECT_EQ(lines.size(), 5u + 4 + 2) << "four runs";
  EXPECT_EQ(lines[9], "\\bottomrule");
  const auto cells = [](const std::string& line) { return std::ranges::count(line, '&'); };
  for (std::size_t i = 5; i < 9; ++i) EXPECT_EQ(cells(lines[i]), cells(lines[3])) << lines[i];
  for (const char* other : {"t.foo", "t", "t.svg"}) {
    const Outcome outcome = written(other);
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.err, std::string("iemlab: --table ") + other + ": must end in .csv or .tex\n");
  }
}

TEST(cli_sweep, gives_the_same_table_and_summary_whatever_runs_at_a_time) {
  const Folder folder;
  for (const char* scene : {"three_blobs", "routing_roles", "two_bumps"}) {
    std::vector<std::string> tables, summaries;
    for (const char* threads : {"1", "2", "7", "0"}) {
      const Outcome outcome = iemlab(
          folder, {"sweep", scene, "--seeds", "0..6", "--set", "optimizer.learning_rate=0.05,0.1", "--set",
                   "optimizer.method=gd", "--steps", "20", "--threads", threads, "--table", "t.csv"});
      ASSERT_EQ(outcome.code, 0) << outcome.err;
      tables.push_back(folder.read("t.csv"));
      summaries.push_back(outcome.out);
    }
    EXPECT_EQ(lines_of(tables[0]).size(), 15u);
    for (std::size_t i = 1; i < tables.size(); ++i) {
      EXPECT_EQ(tables[i], tables[0]) << scene;
      EXPECT_EQ(summaries[i], summaries[0]) << scene;
    }
  }
}

TEST(cli_sweep, tells_the_first_step_whose_loss_is_low_enough) {
  const Folder folder;
  const auto trace_of = [&](const char* seed) {
    EXPECT_EQ(
        iemlab(folder, {"run", "three_blobs", "--seed", seed, "--steps", "30", "--trace", "r.csv", "--quiet"})
            .code,
        0);
    return table_of(folder.read("r.csv")).column("loss");
  };
  // Between what the two runs reach: one gets there, the other does not.
  const auto one = trace_of("3"), other = trace_of("4");
  const bool first_wins = one.back() < other.back();
  const std::vector<double>& lower = first_wins ? one : other;
  const double level = (one.back() + other.back()) / 2;
  const auto at = std::find_if(lower.begin(), lower.end(), [&](double loss) { return loss <= level; });
  char number[32];
  std::snprintf(number, sizeof number, "%.17g", level);
  const Outcome outcome = iemlab(folder, {"sweep", "three_blobs", "--seeds", "3..4", "--steps", "30",
                                          "--reach", number, "--table", "t.csv"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("(1 of 2 runs)"), std::string::npos) << outcome.out;
  const auto lines = lines_of(folder.read("t.csv"));
  EXPECT_EQ(lines[0],
            "seed,steps,loss,entropy,usage_min,reached,ari,matched_accuracy,contraction,exit,"
            "steps_to_tolerance,hash");
  const std::string reached[] = {split(lines[1], ',')[5], split(lines[2], ',')[5]};
  EXPECT_EQ(std::strtod(reached[first_wins ? 0 : 1].c_str(), nullptr),
            static_cast<double>(at - lower.begin()));
  EXPECT_EQ(reached[first_wins ? 1 : 0], "nan");
}

TEST(cli_sweep, reaches_for_finite_losses_only) {
  const Folder folder;
  for (const char* level : {"nan", "inf", "low"}) {
    const Outcome outcome =
        iemlab(folder, {"sweep", "three_blobs", "--steps", "1", "--reach", level, "--table", "t.csv"});
    EXPECT_EQ(outcome.code, 2) << level;
    EXPECT_EQ(outcome.err, std::string("iemlab: --reach: ") + level +
                               " is not a finite number (see iemlab sweep --help)\n");
    EXPECT_TRUE(folder.files().empty());
  }
}

// Said before anything is made: a product of long lists has more members than memory.
TEST(cli_sweep, refuses_more_runs_than_it_can_keep) {
  const Folder folder;
  std::vector<std::string> command = {"sweep", "three_blobs", "--table", "t.csv"};
  for (const char* key : {"optimizer.learning_rate", "model.temperature", "data.noise", "model.sigma_floor",
                          "schedule.temperature_end", "schedule.temperature_decay"}) {
    std::string axis = std::string(key) + "=0.1";
    for (int i = 2; i <= 400; ++i) axis += ",0." + std::to_string(1000 + i);
    command.insert(command.end(), {"--set", axis});
  }
  const Outcome outcome = iemlab(folder, command);
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("there may be at most 1000000 runs"), std::string::npos) << outcome.err;
  EXPECT_TRUE(folder.files().empty());
}

// What had begun has its row, with the step it came to; no mean is taken over it.
TEST(cli_sweep, leaves_a_whole_table_when_interrupted) {
  const Folder folder;
  Started sweep({IEMLAB_BINARY, "sweep", "three_blobs", "--set", "optimizer.learning_rate=0.01", "--seeds",
                 "0..5", "--steps", "1000000000", "--threads", "2", "--table", "t.csv"},
                folder);
  sweep.wait_until_it_works();
  sweep.interrupt();
  const Outcome outcome = sweep.wait();
  EXPECT_EQ(outcome.code, 130) << outcome.err;
  const auto lines = lines_of(folder.read("t.csv"));
  ASSERT_GE(lines.size(), 2u);
  ASSERT_LE(lines.size(), 3u) << "two run at a time";
  for (std::size_t i = 1; i < lines.size(); ++i) {
    EXPECT_NE(lines[i].find(",interrupted,"), std::string::npos) << lines[i];
    EXPECT_EQ(split(lines[i], ',').size(), split(lines[0], ',').size());
  }
  EXPECT_NE(outcome.out.find("of them were interrupted and are not counted below"), std::string::npos)
      << outcome.out;
}

}  // namespace
}  // namespace iem::test
