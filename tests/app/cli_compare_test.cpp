// iemlab compare: several runs in one figure, table and trace.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/app/command.h"

namespace iem::test {
namespace {

std::string table_cell(const std::vector<std::string>& lines, std::size_t row, const std::string& column) {
  const auto heads = split(lines[0], ',');
  const auto at = static_cast<std::size_t>(std::ranges::find(heads, column) - heads.begin());
  return split(lines.at(row), ',').at(at);
}

TEST(cli_compare, every_row_is_the_run_alone) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"compare", "three_blobs", "--run", "optimizer.method=em", "--run",
                      "method=adam,learning_rate=0.05,name=Adam slow", "--run",
                      "components=4,optimizer.method=natural", "--seeds", "3..5", "--steps", "12", "--table",
                      "t.csv", "--trace", "trace.csv", "--quiet"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.empty());
  const auto lines = lines_of(folder.read("t.csv"));
  ASSERT_EQ(lines.size(), 1u + 4 * 3);
  EXPECT_EQ(split(lines[1], ',')[0], "GD");
  EXPECT_EQ(split(lines[4], ',')[0], "EM");
  EXPECT_EQ(split(lines[7], ',')[0], "Adam slow");
  const std::vector<std::vector<std::string>> settings = {
      {},
      {"--set", "optimizer.method=em"},
      {"--set", "optimizer.method=adam", "--set", "optimizer.learning_rate=0.05"},
      {"--set", "optimizer.method=natural", "--set", "model.components=4"}};
  int compared = 0;
  for (std::size_t run = 0; run < settings.size(); ++run)
    for (std::size_t draw = 0; draw < 3; ++draw) {
      std::vector<std::string> command = {"run",     "three_blobs", "--seed", std::to_string(3 + draw),
                                          "--steps", "12",          "--json"};
      command.insert(command.end(), settings[run].begin(), settings[run].end());
      const std::size_t row = 1 + 3 * run + draw;
      EXPECT_EQ(table_cell(lines, row, "hash"), iemlab(folder, command).json()["hash"]) << lines[row];
      ++compared;
    }
  EXPECT_EQ(compared, 12);
  // The trace has every step of each.
  const auto trace = lines_of(folder.read("trace.csv"));
  ASSERT_EQ(trace.size(), 1u + 4 * 3 * 13);
  EXPECT_EQ(trace[0].find("run,seed,step,loss,grad_norm,"), 0u);
  EXPECT_EQ(trace[13].find("GD,3,12,"), 0u) << trace[13];
  EXPECT_EQ(split(trace[13], ',')[3], table_cell(lines, 1, "loss"));
  // And what stands beside the table says how it was made.
  const nlohmann::json about = nlohmann::json::parse(folder.read("t.csv.json"));
  EXPECT_EQ(about["draws"].size(), 3u);
  EXPECT_EQ(about["runs"][2]["settings"]["optimizer.learning_rate"], 0.05);
  EXPECT_NE(about["scene"].get<std::string>().find("[[compare]]"), std::string::npos);
}

TEST(cli_compare, any_number_of_threads_gives_the_same) {
  const Folder folder;
  std::set<std::string> traces, figures;
  for (const std::string threads : {"1", "2", "3"}) {
    const Outcome outcome = iemlab(
        folder, {"compare", "three_blobs", "--run", "optimizer.method=em", "--seed-init", "1..4", "--steps",
                 "9", "--threads", threads, "--trace", "r.csv", "--figure", "excess=f.csv", "--quiet"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    traces.insert(folder.read("r.csv"));
    figures.insert(folder.read("f.csv"));
  }
  EXPECT_EQ(traces.size(), 1u);
  EXPECT_EQ(figures.size(), 1u);
}

// On a logarithmic axis the middle of several draws is that of their logarithms.
TEST(cli_compare, a_caption_says_which_mean_its_numbers_are) {
  const Folder folder;
  const Outcome outcome = iemlab(
      folder, {"compare", "three_blobs", "--run", "optimizer.method=adam", "--seeds", "1..3", "--steps", "5",
               "--trace", "t.csv", "--figure", "loss=l.csv", "--figure", "excess=e.csv", "--quiet"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  std::map<std::string, double> lowest;
  std::vector<double> start;
  for (const std::string& line : lines_of(folder.read("t.csv"))) {
    const std::vector<std::string> row = split(line, ',');
    if (row[0] == "run") continue;
    const double loss = std::stod(row[3]);
    lowest[row[1]] = lowest.contains(row[1]) ? std::min(lowest[row[1]], loss) : loss;
    if (row[0] == "GD" && row[2] == "0") start.push_back(loss);
  }
  ASSERT_EQ(start.size(), 3u);
  double mean = 0, logarithms = 0;
  for (std::size_t k = 0; k < start.size(); ++k) {
    mean += start[k] / 3;
    logarithms += std::log(start[k] - lowest[std::to_string(k + 1)]) / 3;
  }
  const auto first = [&](const std::string& file) {
    for (const std::string& line : lines_of(folder.read(file)))
      if (line.starts_with("GD,0,")) return std::stod(split(line, ',')[2]);
    return 0.0;
  };
  EXPECT_NEAR(first("l.csv"), mean, 1e-12);
  EXPECT_NEAR(first("e.csv"), std::exp(logarithms), 1e-12);
  const auto caption = [&](const std::string& file) {
    return nlohmann::json::parse(folder.read(file))["caption"].get<std::string>();
  };
  EXPECT_TRUE(caption("l.csv.json").ends_with(" Mean and deviation of 3 draws.")) << caption("l.csv.json");
  // The lowest draw of each seed is its own J* in the end, which has no logarithm.
  EXPECT_NE(caption("e.csv.json")
                .find(" Geometric mean and deviation of 3 draws, each above a J^\\star of its own; the "
                      "number is that of the first. A draw is left out where it is no more than "),
            std::string::npos)
      << caption("e.csv.json");
}

TEST(cli_compare, draws_all_runs_in_one_figure_that_reopens_them) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"compare", "penguins", "--steps", "20", "--figure", "loss=loss.svg", "--figure",
                      "loss=loss.csv", "--figure", "usage=usage.csv", "--figure", "stage=stage.tex",
                      "--figure", "excess=e.pdf", "--quiet"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("the best of 13 after 20 steps"), std::string::npos) << outcome.err;
  std::set<std::string> series, shares;
  for (const std::string& line : lines_of(folder.read("loss.csv"))) series.insert(split(line, ',')[0]);
  EXPECT_EQ(series, (std::set<std::string>{"series", "GD", "EM", "Natural", "Adam"}));
  for (const std::string& line : lines_of(folder.read("usage.csv"))) shares.insert(split(line, ',')[0]);
  EXPECT_TRUE(shares.contains("EM prototype 2")) << "one picture a run, and its marks say whose they are";
  EXPECT_NE(folder.read("stage.tex").find("group size=2 by 2"), std::string::npos);
  // The figure opens the comparison again.
  const Outcome again =
      iemlab(folder, {"compare", "loss.svg", "--steps", "20", "--table", "t.csv", "--quiet"});
  ASSERT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(lines_of(folder.read("t.csv")).size(), 5u);
}

TEST(cli_compare, the_table_for_a_paper_has_the_best_in_bold) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"compare", "three_blobs", "--run", "optimizer.method=em", "--steps",
                                          "60", "--table", "t.tex", "--quiet"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::string tex = folder.read("t.tex");
  for (const char* rule : {"\\toprule", "\\midrule", "\\bottomrule"})
    EXPECT_NE(tex.find(rule), std::string::npos) << rule;
  const auto row = tex.find("\nEM & ");
  ASSERT_NE(row, std::string::npos) << tex;
  EXPECT_EQ(tex.compare(row + 6, 9, "$\\mathbf{"), 0) << tex;
}

TEST(cli_compare, scenes_say_what_is_compared) {
  const Folder folder;
  folder.write("s.toml",
               small_scene("[[compare]]\nname = \"jump\"\nset = { optimizer.method = \"em\" }\nseeds = 3\n"
                           "[comparison]\nbest = 1.5\nsettled = 10\n"));
  const Outcome outcome = iemlab(folder, {"compare", "s.toml", "--steps", "4", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto json = outcome.json();
  ASSERT_EQ(json["runs"].size(), 2u);
  EXPECT_EQ(json["runs"][1]["name"], "jump");
  EXPECT_EQ(json["runs"][1]["drawn"].size(), 3u);
  EXPECT_EQ(json["runs"][0]["drawn"][0]["steps_to_tolerance"], 0.0);
  EXPECT_EQ(json["settled"], 10.0);
}

TEST(cli_compare, what_the_run_would_have_been_is_none_of_the_runs) {
  const Folder folder;
  const std::string em = "[[compare]]\nname = \"jump\"\nset = { optimizer.method = \"em\" }\n";
  folder.write("s.toml", small_scene("[[compare]]\nname = \"left\"\nknown = 3\n" + em));
  folder.write("em.toml", small_scene(em));
  const Outcome outcome = iemlab(folder, {"compare", "s.toml", "--steps", "4", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto all = iemlab(folder, {"compare", "em.toml", "--steps", "4", "--json"}).json();
  const auto runs = outcome.json()["runs"];
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[1]["name"], "jump");
  for (const std::size_t i : {0, 1})
    EXPECT_EQ(runs[i]["drawn"][0]["loss"], all["runs"][i]["drawn"][0]["loss"]) << i;
  EXPECT_NE(outcome.err.find("left is what the run would have been"), std::string::npos) << outcome.err;
}

TEST(cli_compare, a_saved_run_goes_on_from_its_step) {
  const Folder folder;
  folder.write("s.toml", small_scene("[comparison]\nbest = 1.5\nsettled = 10\n"));
  ASSERT_EQ(iemlab(folder, {"run", "s.toml", "--steps", "5", "--save-session", "a.iemlab"}).code, 0);
  const std::vector<std::string> compare = {"compare", "a.iemlab", "--run", "optimizer.method=em",
                                            "--steps", "4",        "--json"};
  const Outcome outcome = iemlab(folder, compare);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  // It had settled before.
  EXPECT_EQ(outcome.json()["runs"][0]["drawn"][0]["steps_to_tolerance"], 0.0);
  std::vector<std::string> best = compare;
  best.insert(best.end(), {"--set", "optimizer.learning_rate=best"});
  const Outcome refused = iemlab(folder, best);
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("is sought from the start of a scene"), std::string::npos) << refused.err;
}

TEST(cli_compare, says_in_one_line_what_does_not_fit) {
  const Folder folder;
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"--run", "optimizer.methd=em"}, "unknown key optimizer.methd"},
      {{"--run", "optimizer.method=em,optimizer.learning_rate=0.3"}, "has no effect"},
      {{"--run", "optimizer.method=em,learning_rate=best"}, "Learning rate has no effect on this rule."},
      {{"--run", "method=em,method=gd"}, "is given twice"},
      {{"--run", "view.x=[0, 1]"}, "is the same for all runs"},
      {{"--run", "model.components=100000"}, "model.components"},
      {{"--seeds", "5..3"}, "must be A..B"},
      {{"--table", "t.txt"}, "must end in .csv or .tex"},
      {{"--figure", "nothing=f.svg"}, "must be one of"},
      {{"--figure", "loss=f.svg", "--table", "f.svg"}, "must end in .csv or .tex"},
      {{"--band", "x"}, "--band"},
  };
  int checked = 0;
  for (const auto& [more, message] : cases) {
    std::vector<std::string> command = {"compare", "three_blobs", "--steps", "2"};
    command.insert(command.end(), more.begin(), more.end());
    const Outcome outcome = iemlab(folder, command);
    EXPECT_EQ(outcome.code, 2) << more[1];
    EXPECT_NE(outcome.err.find(message), std::string::npos) << outcome.err;
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
    ++checked;
  }
  EXPECT_EQ(checked, 11);
  std::vector<std::string> nine = {"compare", "three_blobs", "--steps", "2"};
  for (int i = 0; i < 8; ++i) nine.insert(nine.end(), {"--run", ""});
  EXPECT_EQ(iemlab(folder, nine).code, 2);
}

// Ctrl-C ends all runs after their present steps, and what was asked for is written.
TEST(cli_compare, ends_at_once_when_interrupted) {
  const Folder folder;
  Started compare({IEMLAB_BINARY, "compare", "three_blobs", "--run", "optimizer.method=em", "--steps",
                   "1000000000", "--table", "t.csv"},
                  folder);
  compare.wait_until_it_works();
  compare.interrupt();
  const Outcome outcome = compare.wait();
  EXPECT_EQ(outcome.code, 130) << outcome.err;
  const auto lines = lines_of(folder.read("t.csv"));
  ASSERT_GE(lines.size(), 2u);
  for (std::size_t i = 1; i < lines.size(); ++i) EXPECT_EQ(table_cell(lines, i, "exit"), "interrupted");
}

// Runs can be told apart by their names in every table, and keys may be quoted as in a page.
TEST(cli_compare, gives_two_runs_of_one_name_a_number) {
  const Folder folder;
  folder.write("s.toml",
               "format = 1\nlab = \"mixture\"\n[data]\nsource = \"blobs\"\n"
               "[[compare]]\nname = \"a\"\nset = { \"optimizer.method\" = \"em\" }\n"
               "[[compare]]\nname = \"a\"\nset = { optimizer.learning_rate = 0.1 }\n");
  const Outcome outcome = iemlab(folder, {"compare", "s.toml", "--steps", "2", "--table", "t.csv"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto lines = lines_of(folder.read("t.csv"));
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(split(lines[2], ',')[0], "a");
  EXPECT_EQ(split(lines[3], ',')[0], "a (2)");
}

// A table of all runs is one figure, which none of them has alone.
TEST(cli_compare, shows_the_numbers_of_all_runs_side_by_side) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"compare", "three_blobs", "--run", "optimizer.method=em", "--run",
                                          "learning_rate=0.05,name=slow", "--steps", "5", "--figure",
                                          "runs=r.tex", "--figure", "runs=r.svg", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::string table = folder.read("r.tex");
  for (const char* name : {"GD", "EM", "slow", "settled"})
    EXPECT_NE(table.find(name), std::string::npos) << name;
  // The runs are said as in the table's companion, with what all of them share.
  const auto said = outcome.json();
  EXPECT_EQ(said["runs"].size(), 3u);
  EXPECT_EQ(said["runs"][2]["drawn"].size(), 1u);
  for (const char* key : {"scene", "settings", "seeds", "state"}) EXPECT_TRUE(said.contains(key)) << key;
}

// What is asked for of the pictures is part of the record, on standard output as beside a table.
TEST(cli_compare, says_the_same_record_everywhere) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"compare", "three_blobs", "--run", "optimizer.method=em", "--steps",
                                          "3", "--title", "off", "--table", "t.csv", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto beside = nlohmann::json::parse(folder.read("t.csv.json"));
  const auto said = outcome.json();
  for (const char* key : {"scene", "settings", "seeds", "state", "settled", "draws"})
    EXPECT_EQ(said[key], beside[key]) << key;
  const Outcome plain =
      iemlab(folder, {"compare", "three_blobs", "--run", "optimizer.method=em", "--steps", "3", "--json"});
  EXPECT_NE(plain.json()["state"], said["state"]) << "the title is not in the record";
}

// One that becomes non-finite is said and drawn as far as it came; the others are whole.
TEST(cli_compare, a_run_may_end_alone) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"compare", "three_blobs", "--run", "learning_rate=1e9,name=wild",
                                          "--steps", "30", "--figure", "loss=f.csv", "--table", "t.csv"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("wild: the run became non-finite at step"), std::string::npos) << outcome.err;
  const auto lines = lines_of(folder.read("t.csv"));
  EXPECT_EQ(table_cell(lines, 1, "exit"), "steps");
  EXPECT_EQ(table_cell(lines, 2, "exit"), "non_finite");
  const Outcome lost = iemlab(folder, {"compare", "three_blobs", "--set", "optimizer.learning_rate=1e9",
                                       "--run", "name=twin,seed=2", "--steps", "30"});
  EXPECT_EQ(lost.code, 3) << lost.err;
}

}  // namespace
}  // namespace iem::test
