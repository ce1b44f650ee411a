// iemlab atlas: the map of all starts of one prototype.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>

#include "app/cli/atlas/atlas_film.h"
#include "core/session/scene_file.h"
#include "tests/app/apng.h"
#include "tests/app/command.h"

namespace iem::test {
namespace {

// Every row of the table is a run, which `iemlab run` makes from there.
TEST(cli_atlas, rows_of_the_table_are_runs) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"atlas", "penguins", "--set", "optimizer.method=em", "--prototype", "2", "--size", "8",
                      "--steps", "60", "--figure", "atlas=map.csv", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.json()["starts"], 64);
  EXPECT_EQ(outcome.json()["prototype"], 2);
  const auto lines = lines_of(folder.read("map.csv"));
  EXPECT_EQ(lines[0], "series,x,y,z");
  int compared = 0, settled = 0;
  for (std::size_t i = 1; i <= 64; i += 9) {
    const auto row = split(lines.at(i), ',');
    const auto run =
        iemlab(folder,
               {"run", "penguins", "--set", "optimizer.method=em", "--set", "schedule.stop_loss_change=1e-7",
                "--at", "0:state.means=[[-1.9, 0.35], [" + row[1] + ", " + row[2] + "], [-0.35, 1.9]]",
                "--steps", "60", "--json"})
            .json();
    EXPECT_EQ(std::stoi(row[3]), run["steps"].get<int>()) << lines[i];
    EXPECT_EQ(row[0] == "does not settle", run["exit"] == "steps") << lines[i];
    settled += run["exit"] == "loss_change";
    ++compared;
  }
  EXPECT_EQ(compared, 8);
  EXPECT_GT(settled, 2);
}

// A map on which nearly nothing has settled says what to do about it.
TEST(cli_atlas, says_where_most_starts_needed_more_steps) {
  const Folder folder;
  for (const bool enough : {true, false}) {
    const Outcome outcome = iemlab(folder, {"atlas", "penguins", "--set", "optimizer.method=em", "--size",
                                            "8", "--steps", enough ? "150" : "3", "--figure", "atlas=m.tex"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(folder.read("m.tex").find("Most go on after that") == std::string::npos, enough);
  }
}

TEST(cli_atlas, writes_every_format_and_says_what_there_is) {
  const Folder folder;
  std::vector<std::string> command = {"atlas", "penguins", "--set", "optimizer.method=em", "--size", "32"};
  for (const char* format : {"svg", "pdf", "png", "tex", "csv"}) {
    command.emplace_back("--figure");
    command.push_back(std::string("atlas=map.") + format);
  }
  const Outcome outcome = iemlab(folder, command);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("32 x 32 starts of prototype 1, at most 150 steps each\nA: J = 2.224"),
            std::string::npos)
      << outcome.out;
  for (const char* format : {"svg", "pdf", "png", "tex", "csv"})
    EXPECT_GT(folder.read(std::string("map.") + format).size(), 1000u) << format;
  // The picture reopens the run, with what the map was asked to show.
  const Outcome again = iemlab(folder, {"atlas", "map.svg", "--json"});
  EXPECT_EQ(again.json()["size"], 32) << again.err;
}

TEST(cli_atlas, has_the_same_bytes_with_any_number_of_threads) {
  const Folder folder;
  for (const char* threads : {"1", "2"})
    ASSERT_EQ(iemlab(folder,
                     {"atlas", "penguins", "--set", "optimizer.method=em", "--size", "48", "--steps", "20",
                      "--threads", threads, "--figure", std::string("atlas=") + threads + ".png", "--quiet"})
                  .code,
              0);
  EXPECT_EQ(folder.read("1.png"), folder.read("2.png"));
}

// Beside each other an optimum has one name, which the table keeps apart by run.
TEST(cli_atlas, compared_runs_share_the_names_of_optima) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"compare", "starts_gd", "--run", "optimizer.method=em", "--steps", "0", "--set",
                      "view.atlas_size=12", "--figure", "atlas=m.csv", "--figure", "atlas=m.tex"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  std::map<std::string, int> cells;
  for (const std::string& line : lines_of(folder.read("m.csv"))) ++cells[split(line, ',')[0]];
  int of_run[2] = {0, 0};
  for (const auto& [series, count] : cells)
    for (const int run : {0, 1})
      if (series.starts_with(run == 0 ? "GD " : "EM ") && series.find("prototype") == std::string::npos)
        of_run[run] += count;
  EXPECT_EQ(of_run[0], 144);
  EXPECT_EQ(of_run[1], 144);
  // One J for each letter, in both legends.
  const std::string tex = folder.read("m.tex");
  std::map<char, std::set<std::string>> losses;
  for (const char letter : {'A', 'B', 'C', 'D'}) {
    const std::string head = letter + std::string(": J = ");
    for (std::size_t at = tex.find(head); at != std::string::npos; at = tex.find(head, at + 1))
      losses[letter].insert(tex.substr(at, tex.find(',', at) - at));
  }
  EXPECT_GE(losses.size(), 3u);
  for (const auto& [letter, values] : losses) EXPECT_EQ(values.size(), 1u) << letter;
}

// Who says how many places there are gets so many; else a figure takes what costs little.
TEST(cli_atlas, a_figure_of_a_run_has_the_places_that_are_asked_for) {
  const Folder folder;
  const auto rows = [&](const std::vector<std::string>& more) {
    std::vector<std::string> command = {"run",   "penguins",           "--steps",  "0",
                                        "--set", "view.atlas_steps=2", "--figure", "atlas=m.csv"};
    command.insert(command.end(), more.begin(), more.end());
    EXPECT_EQ(iemlab(folder, command).code, 0);
    int out = 0;
    for (const std::string& line : lines_of(folder.read("m.csv"))) out += line.starts_with("does not settle");
    return out;
  };
  EXPECT_EQ(rows({"--set", "view.atlas_size=300"}), 90'000);
  EXPECT_LT(rows({}), 256 * 256);
}

TEST(cli_atlas, refuses_what_has_no_map) {
  const Folder folder;
  const auto said = [&](const std::vector<std::string>& command, int code, const std::string& words) {
    const Outcome outcome = iemlab(folder, command);
    EXPECT_EQ(outcome.code, code) << outcome.err;
    EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err;
  };
  said({"atlas", "penguins", "--prototype", "4"}, 2, "--prototype 4: the scene has 3");
  for (const char* steps : {"0", "100001"})
    said({"atlas", "penguins", "--steps", steps}, 2,
         "--steps: " + std::string(steps) + " is out of range, must be from 1 to 100000");
  said({"atlas", "silu_gate"}, 2, "the lab activation has no atlas of starts");
  said({"atlas", "penguins", "--set", "model.learn=[\"weights\"]"}, 2, "means are not learned");
  said({"atlas", "penguins", "--set", "optimizer.learning_rate=1000000", "--size", "16"}, 3,
       "every start becomes non-finite");
}

const std::vector<std::string> kFilm = {
    "atlas", "penguins", "--set", "optimizer.method=gd_to_em", "--size", "12", "--steps", "30", "--quiet"};

std::vector<std::string> film(std::vector<std::string> more) {
  std::vector<std::string> out = kFilm;
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

TEST(cli_atlas, slides_a_setting_through_a_film) {
  const Folder folder;
  const std::vector<std::string> small = {"--over", "optimizer.blend=0.5..1", "--width-cm", "8", "--dpi",
                                          "40"};
  for (const char* threads : {"1", "2"}) {
    auto words =
        film({"--animate", std::string("atlas=") + threads + ".apng", "--frames", "4", "--threads", threads});
    words.insert(words.end(), small.begin(), small.end());
    const Outcome outcome = iemlab(folder, words);
    ASSERT_EQ(outcome.code, 0) << outcome.err;
  }
  EXPECT_EQ(frames_of_apng(folder.read("1.apng")), 4);
  EXPECT_TRUE(folder.read("1.apng") == folder.read("2.apng"));
  // A whole number has each value once.
  auto words = film({"--animate", "atlas=n.apng", "--over", "view.atlas_prototype=1..3"});
  EXPECT_EQ(iemlab(folder, words).code, 2);
  words = {"atlas",      "penguins",
           "--set",      "optimizer.method=sgd",
           "--size",     "8",
           "--steps",    "3",
           "--width-cm", "8",
           "--dpi",      "40",
           "--over",     "optimizer.batch_size=10..13",
           "--animate",  "atlas=b.apng",
           "--frames",   "9",
           "--quiet"};
  const Outcome whole = iemlab(folder, words);
  ASSERT_EQ(whole.code, 0) << whole.err;
  EXPECT_EQ(frames_of_apng(folder.read("b.apng")), 4);
}

// Each frame says its value; a rate that goes by factors in digits, since decimals would make small ones 0.
TEST(cli_atlas, names_the_value_of_every_frame) {
  const iem::Run run(load_scene("penguins"), std::make_shared<ThreadPool>(1));
  const auto words = [&](const std::string& over) {
    cli::AtlasOptions options;
    options.over = over;
    options.frames = 3;
    const auto slide = cli::slide_of(options, run);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < slide->values.size(); ++i) out.push_back(slide->words(i));
    return out;
  };
  EXPECT_EQ(words("optimizer.learning_rate=1e-06..0.01"),
            (std::vector<std::string>{"learning rate 1.000 × 10^−6", "learning rate 0.0001000",
                                      "learning rate 0.01000"}));
  EXPECT_EQ(words("optimizer.learning_rate=0..0.1"),
            (std::vector<std::string>{"learning rate 0.00", "learning rate 0.05", "learning rate 0.10"}));
}

TEST(cli_atlas, refuses_what_does_not_slide) {
  const Folder folder;
  const auto said = [&](const std::string& over, const std::string& words) {
    const Outcome outcome = iemlab(folder, film({"--animate", "atlas=a.webp", "--over", over}));
    EXPECT_EQ(outcome.code, 2) << over;
    EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err;
  };
  said("optimizer.blend", "must be KEY=A..B");
  said("optimizer.blend=0", "must be KEY=A..B with two numbers");
  said("optimizer.blend=0..x", "must be KEY=A..B with two numbers");
  said("optimizer.blend=1..1", "the two ends are the same");
  said("optimizer.blend=0..2", "--over optimizer.blend=0..2: optimizer.blend = 2.0: must be from 0 to 1");
  said("optimizer.blnd=0..1", "did you mean optimizer.blend?");
  said("optimizer.momentum=0..1", "has no effect with optimizer.method");
  said("model.components=1..3", "only a number that may change while a run is under way can slide");
  EXPECT_EQ(iemlab(folder, {"atlas", "penguins", "--size", "1000", "--set", "optimizer.method=gd_to_em",
                            "--over", "optimizer.blend=0..1", "--animate", "atlas=a.webp"})
                .code,
            2);
  EXPECT_EQ(iemlab(folder, film({"--over", "optimizer.blend=0..1"})).code, 2);
  EXPECT_EQ(iemlab(folder, film({"--animate", "atlas=a.webp"})).code, 2);
  EXPECT_TRUE(folder.files().empty());
}

// Figures of one run can be written beside the map, but they do not slide.
TEST(cli_atlas, animates_nothing_but_the_map) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, film({"--animate", "loss=x.webp", "--over", "optimizer.blend=0..1"}));
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err,
            "iemlab: --animate loss=x.webp: only the map can be animated here: must be atlas=FILE\n");
  EXPECT_TRUE(folder.files().empty());
}

TEST(cli_atlas, leaves_nothing_when_it_is_interrupted) {
  const Folder folder;
  Started map({IEMLAB_BINARY, "atlas", "penguins", "--size", "4096", "--figure", "atlas=map.png", "--quiet"},
              folder);
  map.wait_until_it_works();
  map.interrupt();
  EXPECT_EQ(map.wait().code, 130);
  EXPECT_TRUE(folder.files().empty());
}

}  // namespace
}  // namespace iem::test
