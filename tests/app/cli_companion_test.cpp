// Beside every table stands what made it: FILE.csv.json.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "app/export/table_file.h"
#include "core/labs/registry.h"
#include "tests/app/command.h"
#include "tests/support/settings_toml.h"

namespace iem::test {
namespace {

using About = nlohmann::ordered_json;

// The description of a table, after a look whether it names every column of the header in order.
About about_table(const Folder& folder, const std::string& table) {
  SCOPED_TRACE(table);
  EXPECT_TRUE(folder.has(table + ".json"));
  const About about = About::parse(folder.read(table + ".json"));
  const std::vector<std::string> header = csv_fields(lines_of(folder.read(table)).front());
  EXPECT_EQ(about["columns"].size(), header.size());
  for (std::size_t i = 0; i < std::min<std::size_t>(header.size(), about["columns"].size()); ++i) {
    const About& column = about["columns"][i];
    EXPECT_EQ(column["id"], header[i]);
    EXPECT_FALSE(column["label"].get<std::string>().empty());
    EXPECT_TRUE(column["unit"].is_string());
  }
  EXPECT_EQ(about["format"], 1);
  EXPECT_TRUE(about["program"].get<std::string>().starts_with("iemlab "));
  for (const char* key : {"isa", "lab", "name", "scene", "table"})
    EXPECT_FALSE(about[key].get<std::string>().empty()) << key;
  return about;
}

// The hash that `iemlab run` reaches from settings alone.
std::string hash_of_settings(const Folder& folder, const About& about, std::vector<std::string> more) {
  folder.write("again.toml", scene_of_settings(about["settings"]));
  if (about.contains("edits"))
    for (const About& edit : about["edits"])
      more.insert(more.end(), {"--at", edit["step"].dump() + ":" + edit["key"].get<std::string>() + "=" +
                                           edit["value"].dump()});
  more.insert(more.begin(), {"run", "again.toml", "--json"});
  const Outcome outcome = iemlab(folder, more);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  return outcome.code == 0 ? outcome.json()["hash"].get<std::string>() : outcome.err;
}

std::vector<std::string> tables_in(const Folder& folder) {
  std::vector<std::string> out;
  for (const std::string& file : folder.files())
    if (file.ends_with(".csv")) out.push_back(file);
  return out;
}

// The table of a figure opens like any other, and what stands beside it says that it holds no points.
TEST(cli_companion, says_of_numbers_of_a_run_that_they_are_no_points) {
  const Folder folder;
  ASSERT_EQ(iemlab(folder, {"run", "penguins", "--steps", "20", "--quiet", "--figure", "loss=loss.csv",
                            "--dump", "points=p.csv"})
                .code,
            0);
  ASSERT_EQ(
      iemlab(folder, {"sweep", "penguins", "--seeds", "0..19", "--steps", "1", "--quiet", "--table", "s.csv"})
          .code,
      0);
  const auto said = [&](const std::string& table, const std::string& words) {
    const Outcome outcome = iemlab(folder, {"run", table, "--steps", "1", "--quiet"});
    return outcome.err.find("iemlab: note: " + table + words) != std::string::npos;
  };
  const std::string words = ": these numbers are read as points, and ";
  EXPECT_TRUE(said("loss.csv", words + "loss.csv.json says what they are (figure loss); "
                                       "loss.csv.json as the scene opens it\n"));
  EXPECT_TRUE(said("s.csv", words + "s.csv.json says what they are (sweep)\n"));
  EXPECT_FALSE(said("p.csv", words));
  folder.write("loss.csv.json", "{\"table\": \"figure loss\"}");  // somebody else's
  EXPECT_FALSE(said("loss.csv", words));
}

TEST(cli_companion, of_every_table_of_every_lab_reaches_the_same_run) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> runs = {
      {"penguins", {}},  {"three_blobs", {"--at", "2:model.components=4", "--seed", "5"}},
      {"two_bumps", {}}, {"routing_toy", {}},
      {"margins", {}},   {"iris", {"--set", "model.covariance=diag"}}};
  std::set<std::string> labs_seen;
  std::size_t tables = 0;
  std::vector<std::pair<std::string, std::vector<std::string>>> all = runs;
  for (const Lab* lab : labs()) {
    const auto known = iemlab(Folder(), {"list", "scenes", "--lab", lab->id(), "--json"}).json();
    all.emplace_back(known.front()["id"].get<std::string>(), std::vector<std::string>());
  }
  for (const auto& [scene, more] : all) {
    const Folder folder;
    SCOPED_TRACE(scene);
    if (iemlab(folder, {"run", scene, "--steps", "0", "--quiet"}).code != 0) continue;
    const std::string lab = iemlab(folder, {"run", scene, "--steps", "0", "--json"}).json()["lab"];
    std::vector<std::string> arguments = {"run",     scene,   "--steps",  "4",         "--json",
                                          "--trace", "t.csv", "--figure", "loss=f.csv"};
    for (const std::string& dump : find_lab(lab)->dumps())
      arguments.insert(arguments.end(), {"--dump", dump + "=" + dump + ".csv"});
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = iemlab(folder, arguments);
    ASSERT_TRUE(outcome.code == 0 || outcome.code == 2) << outcome.err;  // some have no loss, or no points
    for (const std::string& table : tables_in(folder)) {
      const About about = about_table(folder, table);
      EXPECT_EQ(about["hash"], outcome.json()["hash"]) << table;
      EXPECT_EQ(about["settings"].dump(), About::parse(outcome.out)["settings"].dump()) << "in one form";
      EXPECT_EQ(about["state"], outcome.json()["state"]);
      ++tables;
    }
    EXPECT_EQ(std::ranges::count_if(folder.files(), [](const auto& f) { return f.ends_with(".csv.json"); }),
              static_cast<std::ptrdiff_t>(tables_in(folder).size()));
    const About about = about_table(folder, "t.csv");
    EXPECT_EQ(hash_of_settings(folder, about, {"--steps", "4"}), about["hash"]);
    // And the description is as good as the run.
    const Outcome again = iemlab(folder, {"run", "t.csv.json", "--steps", "0", "--json"});
    EXPECT_EQ(again.json()["hash"], about["hash"]) << again.err;
    labs_seen.insert(lab);
  }
  EXPECT_EQ(labs_seen.size(), labs().size());
  EXPECT_GT(tables, 35u);
}

TEST(cli_companion, of_a_sweep_reaches_every_row) {
  const Folder folder;
  ASSERT_EQ(iemlab(folder, {"sweep", "three_blobs", "--seeds", "3..4", "--seed-init", "1..2", "--set",
                            "optimizer.method=gd,em", "--set", "model.components=2,4", "--steps", "5",
                            "--reach", "4", "--table", "t.csv", "--quiet"})
                .code,
            0);
  const About about = about_table(folder, "t.csv");
  EXPECT_EQ(about["table"], "sweep");
  EXPECT_EQ(about["set"]["model.components"], (About{"2", "4"}));
  EXPECT_EQ(about["steps"], 5);
  const auto lines = lines_of(folder.read("t.csv"));
  const std::vector<std::string> header = csv_fields(lines[0]);
  int compared = 0;
  for (std::size_t i = 1; i < lines.size(); i += 3) {
    const std::vector<std::string> row = csv_fields(lines[i]);
    ASSERT_EQ(row.size(), header.size());
    EXPECT_EQ(hash_of_settings(folder, about,
                               {"--set", header[0] + "=" + row[0], "--set", header[1] + "=" + row[1],
                                "--seed", row[2], "--seed-init", row[3], "--steps", row[4]}),
              row.back())
        << lines[i];
    ++compared;
  }
  EXPECT_EQ(compared, 6);
}

TEST(cli_companion, of_a_comparison_reaches_every_run) {
  const Folder folder;
  ASSERT_EQ(
      iemlab(folder, {"compare", "three_blobs", "--run", "optimizer.method=em", "--run",
                      "optimizer.method=adam,optimizer.learning_rate=0.05", "--seeds", "2..3", "--steps", "6",
                      "--table", "t.csv", "--trace", "r.csv", "--figure", "loss=f.csv", "--quiet"})
          .code,
      0);
  about_table(folder, "r.csv");
  EXPECT_EQ(about_table(folder, "f.csv")["panels"].size(), 1u);
  const About about = about_table(folder, "t.csv");
  const auto lines = lines_of(folder.read("t.csv"));
  ASSERT_EQ(lines.size(), 1u + 3 * 2);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> row = csv_fields(lines[i]);
    const auto run = std::ranges::find_if(about["runs"], [&](const About& r) { return r["name"] == row[0]; });
    ASSERT_NE(run, about["runs"].end()) << row[0];
    std::vector<std::string> more = {"--seed", row[1], "--steps", row[2]};
    for (const auto& [key, value] : (*run)["settings"].items())
      more.insert(more.end(), {"--set", key + "=" + value.dump()});
    EXPECT_EQ(hash_of_settings(folder, about, more), row.back()) << lines[i];
  }
}

// What J has settled to means the same beside one run, in a sweep and in a comparison.
TEST(cli_companion, steps_to_tolerance_is_the_same_everywhere) {
  const Folder folder;
  const std::vector<std::string> goal = {"--set", "comparison.best=2.6", "--set", "comparison.settled=1.5"};
  const auto with_goal = [&](std::vector<std::string> command) {
    command.insert(command.end(), goal.begin(), goal.end());
    return iemlab(folder, command);
  };
  const auto one = with_goal({"run", "three_blobs", "--steps", "12", "--json", "--trace", "r.csv"}).json();
  const std::vector<double> loss = table_of(folder.read("r.csv")).column("loss");
  const auto last = std::ranges::find_if(loss.rbegin(), loss.rend(), [](double j) { return j - 2.6 >= 1.5; });
  const auto from = static_cast<double>(loss.rend() - last);
  ASSERT_GT(from, 0);
  ASSERT_LT(from, 12);
  EXPECT_EQ(one["metrics"]["steps_to_tolerance"], from);
  ASSERT_EQ(with_goal({"sweep", "three_blobs", "--steps", "12", "--table", "s.csv", "--quiet"}).code, 0);
  EXPECT_EQ(table_of(folder.read("s.csv")).column("steps_to_tolerance"), std::vector<double>{from});
  const auto both =
      with_goal({"compare", "three_blobs", "--run", "optimizer.method=em", "--steps", "12", "--json"});
  EXPECT_EQ(both.json()["runs"][0]["drawn"][0]["steps_to_tolerance"], from) << both.err;
  // A step of the run, and not one since it was opened.
  ASSERT_EQ(iemlab(folder, {"run", "three_blobs", "--steps", "1", "--save-session", "a.iemlab"}).code, 0);
  const auto saved =
      with_goal({"compare", "a.iemlab", "--run", "optimizer.method=em", "--steps", "11", "--json"});
  EXPECT_EQ(saved.json()["runs"][0]["drawn"][0]["steps_to_tolerance"], from) << saved.err;
  const auto never =
      iemlab(folder, {"run", "three_blobs", "--steps", "3", "--json", "--set", "comparison.best=0"});
  EXPECT_TRUE(never.json()["metrics"]["steps_to_tolerance"].is_null());
}

TEST(cli_companion, has_the_same_bytes_and_no_place_of_this_machine) {
  const Folder folder;
  folder.write("d.csv", "a (mm),\"b, c\",kind\n1,2,u\n3,4,v\n5,7,u\n2,2,v\n8,1,u\n6,6,v\n");
  const auto bytes = [&](const std::string& threads) {
    EXPECT_EQ(iemlab(folder, {"run", "d.csv", "--set", "data.label=\"kind\"", "--set", "model.components=1",
                              "--steps", "3", "--threads", threads, "--dump", "points=p.csv", "--trace",
                              "t.csv", "--figure", "stage=s.csv", "--quiet"})
                  .code,
              0);
    return folder.read("p.csv.json") + folder.read("t.csv.json") + folder.read("s.csv.json");
  };
  const std::string once = bytes("1");
  EXPECT_EQ(bytes("3"), once);
  EXPECT_EQ(once.find(folder.at("")), std::string::npos);
  const About about = about_table(folder, "p.csv");
  ASSERT_EQ(csv_fields(lines_of(folder.read("p.csv"))[0]), (std::vector<std::string>{"a", "b, c", "label"}));
  const About& a = about["columns"][0];
  EXPECT_EQ(a["label"], "a (mm), standardised");
  EXPECT_EQ(a["scale_unit"], "mm");
  const Table points = table_of(folder.read("p.csv"));
  for (std::size_t i = 0; i < 6; ++i)
    EXPECT_NEAR(a["shift"].get<double>() + a["scale"].get<double>() * points.rows[i][0],
                (std::vector<double>{1, 3, 5, 2, 8, 6})[i], 1e-12);
  EXPECT_EQ(about["data"]["label_names"], (About{"u", "v"}));
  // The axes of the stage are those columns.
  EXPECT_EQ(about_table(folder, "s.csv")["columns"][1]["scale"], a["scale"]);
}

TEST(cli_companion, stands_there_with_its_table_or_neither_does) {
  const Folder folder;
  // A folder stands where the description would.
  std::filesystem::create_directory(folder.at("t.csv.json"));
  for (const std::vector<std::string>& output :
       {std::vector<std::string>{"run", "penguins", "--trace", "t.csv"},
        {"run", "penguins", "--dump", "points=t.csv"},
        {"run", "penguins", "--figure", "loss=t.csv"},
        {"sweep", "penguins", "--table", "t.csv"},
        {"compare", "penguins", "--run", "optimizer.method=em", "--trace", "t.csv"},
        {"compare", "penguins", "--run", "optimizer.method=em", "--table", "t.csv"}}) {
    std::vector<std::string> command = output;
    command.insert(command.end(), {"--steps", "1"});
    const Outcome outcome = iemlab(folder, command);
    EXPECT_EQ(outcome.code, 4) << outcome.err;
    EXPECT_NE(outcome.err.find("t.csv.json"), std::string::npos) << outcome.err;
    EXPECT_FALSE(folder.has("t.csv")) << output[0];
  }
  // Beside a stream there is no room for one.
  EXPECT_EQ(iemlab(folder, {"run", "penguins", "--steps", "1", "--trace", "/dev/stdout", "--quiet"}).code, 0);
  EXPECT_EQ(companion_of("/dev/stdout"), "");
  EXPECT_EQ(companion_of("t.csv"), "t.csv.json");
}

TEST(cli_companion, replaces_nothing_that_is_read_and_no_other_output) {
  const Folder folder;
  ASSERT_EQ(iemlab(folder, {"run", "penguins", "--steps", "2", "--trace", "t.csv", "--quiet"}).code, 0);
  const std::string before = folder.read("t.csv.json");
  const std::vector<std::pair<std::vector<std::string>, std::string>> refused = {
      {{"run", "t.csv.json", "--steps", "1", "--trace", "./t.csv"}, "would replace the saved run"},
      {{"run", "t.csv.json", "--steps", "1", "--dump", "points=t.csv"}, "would replace the saved run"},
      {{"run", "t.csv.json", "--steps", "1", "--figure", "loss=t.csv"}, "would replace the saved run"},
      {{"compare", "t.csv.json", "--steps", "1", "--table", "t.csv"}, "would replace the saved run"},
      {{"run", "penguins", "--trace", "a.csv", "--state", "a.csv.json"}, "both write a.csv.json"}};
  for (const auto& [command, words] : refused) {
    const Outcome outcome = iemlab(folder, command);
    EXPECT_EQ(outcome.code, 2) << outcome.err;
    EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err;
    EXPECT_EQ(folder.read("t.csv.json"), before);
  }
  folder.write("other.json", "{}");
  const Outcome none = iemlab(folder, {"run", "other.json"});
  EXPECT_EQ(none.code, 2);
  EXPECT_NE(none.err.find("there is no state string in this file"), std::string::npos) << none.err;
}

}  // namespace
}  // namespace iem::test
