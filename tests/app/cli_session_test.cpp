// Sessions and state strings: a run that is saved comes back to the last bit.
#include <gtest/gtest.h>

#include "tests/app/command.h"

namespace iem::test {
namespace {

nlohmann::json run_scene(const Folder& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "run");
  arguments.push_back("--json");
  const Outcome outcome = iemlab(folder, arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  return outcome.json();
}

// The state string in an SVG.
std::string string_in(const std::string& svg) {
  const std::size_t at = svg.find("iem1:");
  return at == std::string::npos ? "" : svg.substr(at, svg.find('<', at) - at);
}

TEST(cli_session, replays_to_its_step_and_goes_on_from_there) {
  const Folder folder;
  const std::vector<std::string> edits = {"--at", "5:model.components=4",
                                          "--at", "5:optimizer.learning_rate=0.3",
                                          "--at", "9:state.weights=[0.1, 0.2, 0.3, 0.4]"};
  std::vector<std::string> first = {"penguins", "--steps", "30", "--save-session", "s.iemlab"};
  std::vector<std::string> whole = {"penguins", "--steps", "50"};
  first.insert(first.end(), edits.begin(), edits.end());
  whole.insert(whole.end(), edits.begin(), edits.end());
  const auto saved = run_scene(folder, first), there = run_scene(folder, whole);
  EXPECT_EQ(run_scene(folder, {"s.iemlab", "--steps", "0"})["hash"], saved["hash"]);
  const auto on = run_scene(folder, {"s.iemlab", "--steps", "20"});
  EXPECT_EQ(on["hash"], there["hash"]);
  EXPECT_EQ(on["steps"], 20);
}

TEST(cli_session, is_json_with_what_the_contract_names) {
  const Folder folder;
  run_scene(folder,
            {"penguins", "--steps", "40", "--at", "3:model.temperature=2", "--save-session", "s.iemlab"});
  const auto session = nlohmann::json::parse(folder.read("s.iemlab"));
  EXPECT_EQ(session["format"], 1);
  EXPECT_EQ(session["step"], 40);
  EXPECT_EQ(session["edits"][0]["step"], 3);
  EXPECT_EQ(session["edits"][0]["key"], "model.temperature");
  EXPECT_FALSE(session["marks"].empty());
  for (const char* key : {"program", "isa", "scene", "data_hash", "hash"})
    EXPECT_TRUE(session[key].is_string()) << key;
}

TEST(cli_session, says_where_it_parted_when_the_saved_hashes_are_others) {
  const Folder folder;
  run_scene(folder, {"penguins", "--steps", "40", "--save-session", "s.iemlab"});
  auto session = nlohmann::json::parse(folder.read("s.iemlab"));
  session["marks"][10]["hash"] = "0123456789abcdef";
  const auto step = session["marks"][10]["step"].get<int>();
  folder.write("t.iemlab", session.dump());
  const Outcome outcome = iemlab(folder, {"run", "t.iemlab", "--steps", "0", "--json"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.err.find("at step " + std::to_string(step) + " "), std::string::npos) << outcome.err;
  EXPECT_EQ(lines_of(outcome.err).size(), 1u);
}

// Points made by a formula may differ in their last bits when another version of the program made them.
TEST(cli_session, says_who_saved_it_when_its_data_is_other) {
  const Folder folder;
  run_scene(folder, {"moons", "--steps", "4", "--save-session", "s.iemlab"});
  auto session = nlohmann::json::parse(folder.read("s.iemlab"));
  session["data_hash"] = "0123456789abcdef";
  session["program"] = "iemlab 0.0.7";
  folder.write("t.iemlab", session.dump());
  const Outcome outcome = iemlab(folder, {"run", "t.iemlab", "--steps", "0", "--json"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.err.find("the data is other than when iemlab 0.0.7"), std::string::npos) << outcome.err;
  EXPECT_EQ(lines_of(outcome.err).size(), 1u);
}

TEST(cli_session, finds_its_data_from_elsewhere_and_beside_itself) {
  const Folder folder;
  folder.write("in/p.csv", "0,0\n1,1\n2,0\n3,1\n");
  folder.write(
      "in/s.toml",
      small_scene(
          "[data]\nsource = \"csv\"\npath = \"p.csv\"\n[model]\ncomponents = 2\ncovariance = \"fixed\"\n"));
  folder.write("out/readme", "");
  const auto saved = run_scene(folder, {"in/s.toml", "--steps", "4", "--save-session", "out/s.iemlab"});
  EXPECT_EQ(run_scene(folder, {"out/s.iemlab", "--steps", "0"})["hash"], saved["hash"]);
  ASSERT_EQ(shell(folder, "cd in && iemlab run s.toml --steps 4 --quiet --save-session ../out/s.iemlab").code,
            0);
  EXPECT_EQ(run_scene(folder, {"out/s.iemlab", "--steps", "0"})["hash"], saved["hash"]);
  // Moved together to another machine, where the old folder is not.
  ASSERT_EQ(shell(folder, "cp in/p.csv out/ && rm -r in").code, 0);
  EXPECT_EQ(run_scene(folder, {"out/s.iemlab", "--steps", "0"})["hash"], saved["hash"]);
  // The data changed meanwhile: said, and opened all the same.
  folder.write("out/p.csv", "0,0\n1,1\n2,0\n3,2\n");
  const Outcome outcome = iemlab(folder, {"run", "out/s.iemlab", "--steps", "0", "--quiet"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.err.find("the data"), std::string::npos) << outcome.err;
}

TEST(cli_session, a_figure_reopens_its_run) {
  const Folder folder;
  const auto saved = run_scene(
      folder, {"three_blobs", "--steps", "12", "--at", "4:model.temperature=3", "--figure", "stage=f.svg",
               "--figure", "stage=f.pdf", "--figure", "stage=f.png", "--width-cm", "8.5"});
  for (const char* figure : {"f.svg", "f.pdf", "f.png"})
    EXPECT_EQ(run_scene(folder, {figure, "--steps", "0"})["hash"], saved["hash"]) << figure;
  const std::string text = string_in(folder.read("f.svg"));
  ASSERT_EQ(text.find("iem1:"), 0u);
  EXPECT_LT(text.size(), 64u << 10);
  EXPECT_EQ(run_scene(folder, {text, "--steps", "0"})["hash"], saved["hash"]);
  EXPECT_EQ(run_scene(folder, {text.substr(0, 60) + "\n  " + text.substr(60), "--steps", "0"})["hash"],
            saved["hash"]);
  const Outcome damaged = iemlab(folder, {"run", text.substr(0, text.size() - 20)});
  EXPECT_EQ(damaged.code, 2);
  EXPECT_EQ(lines_of(damaged.err).size(), 1u);
  folder.write("plain.svg", "<svg/>");
  EXPECT_EQ(iemlab(folder, {"run", "plain.svg"}).code, 2);
}

TEST(cli_session, a_film_reopens_its_run_or_says_that_it_holds_none) {
  const Folder folder;
  const auto saved = run_scene(
      folder, {"three_blobs", "--steps", "2", "--width-cm", "6", "--dpi", "40", "--figure", "stage=f.eps",
               "--animate", "stage=f.apng", "--animate", "stage=f.gif", "--animate", "stage=f.webp"});
  EXPECT_EQ(run_scene(folder, {"f.apng", "--steps", "0"})["hash"], saved["hash"]);
  for (const std::string file : {"f.eps", "f.gif", "f.webp"}) {
    const Outcome outcome = iemlab(folder, {"run", file});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.err, "iemlab: " + file +
                               ": there is no state string in this file: .json, .pdf, .png, .apng, .tex and "
                               ".svg carry one\n");
  }
}

TEST(cli_session, a_string_too_long_leaves_its_points_out_and_says_so) {
  const Folder folder;
  std::string points = "points = [";
  unsigned word = 1;
  for (int i = 0; i < 12000; ++i) {
    word = word * 1664525u + 1013904223u;
    points += "[" + std::to_string(word * 1e-9) + ", " + std::to_string((word >> 7) * 1e-8) + "],";
  }
  folder.write("long.toml", small_scene("[data]\nsource = \"inline\"\n" + points + "]\n"));
  run_scene(folder, {"long.toml", "--steps", "1", "--figure", "loss=f.svg", "--save-session", "long.iemlab"});
  const std::string text = string_in(folder.read("f.svg"));
  ASSERT_EQ(text.find("iem1:"), 0u);
  EXPECT_LT(text.size(), 64u << 10);
  const Outcome outcome = iemlab(folder, {"run", text});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("12000 points were left out"), std::string::npos) << outcome.err;
  run_scene(folder, {"long.iemlab", "--steps", "0"});  // the session holds them
}

TEST(cli_session, has_its_own_seeds) {
  const Folder folder;
  run_scene(folder, {"penguins", "--steps", "1", "--save-session", "s.iemlab"});
  EXPECT_EQ(iemlab(folder, {"run", "s.iemlab", "--seed", "3"}).code, 2);
}

}  // namespace
}  // namespace iem::test
