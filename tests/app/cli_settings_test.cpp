// What the command line does with settings that another one switches off, with starts and with seeds.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <utility>

#include "tests/app/command.h"

namespace iem::test {
namespace {

using nlohmann::json;

void expect_setting_refused(const Folder& folder, const std::vector<std::string>& arguments,
                            const std::vector<std::string>& says) {
  const auto before = folder.files();
  const Outcome outcome = iemlab(folder, arguments);
  EXPECT_EQ(outcome.code, 2) << outcome.out << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
  for (const std::string& word : says) EXPECT_NE(outcome.err.find(word), std::string::npos) << outcome.err;
  EXPECT_EQ(folder.files(), before);
}

std::string hash_with(const Folder& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "run");
  arguments.insert(arguments.end(), {"--json"});
  const Outcome outcome = iemlab(folder, arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  return outcome.code == 0 ? outcome.json()["hash"].get<std::string>() : outcome.err;
}

TEST(cli_settings, what_another_key_switches_off_is_refused_wherever_it_is_said) {
  const Folder folder;
  const std::vector<std::string> both = {"model.nu = 5", "has no effect with model.energy = \"gaussian\"",
                                         "\"student_t\""};
  folder.write("s.toml", small_scene("[model]\nnu = 5.0\n"));
  expect_setting_refused(folder, {"run", "s.toml"}, both);
  expect_setting_refused(folder, {"check", "s.toml"}, both);
  expect_setting_refused(folder, {"sweep", "s.toml"}, both);
  expect_setting_refused(folder, {"run", "penguins", "--set", "model.nu=5"}, both);
  expect_setting_refused(folder, {"check", "penguins", "--set", "model.nu=5"}, both);
  expect_setting_refused(folder, {"sweep", "penguins", "--set", "model.nu=4,5", "--table", "t.csv"},
                         {"model.nu = 4", "model.energy = \"gaussian\""});
  expect_setting_refused(folder,
                         {"run", "penguins", "--steps", "3", "--at", "2:model.nu=5", "--trace", "t.csv"},
                         {"--at 2:model.nu=5", "model.energy = \"gaussian\"", "\"student_t\""});
  expect_setting_refused(
      folder, {"run", "penguins", "--set", "optimizer.method=em", "--set", "optimizer.learning_rate=0.7"},
      {"optimizer.learning_rate = 0.7", "optimizer.method = \"em\""});
  expect_setting_refused(folder, {"run", "three_blobs", "--set", "model.means=[[0, 0], [1, 1], [2, 2]]"},
                         {"model.means", "model.init = \"random\"", "\"explicit\""});
}

TEST(cli_settings, a_default_and_a_switch_beside_it_are_taken) {
  const Folder folder;
  for (const std::vector<std::string>& more : std::vector<std::vector<std::string>>{
           {"--set", "model.nu=3"},
           {"--set", "model.nu=5", "--set", "model.energy=student_t"},
           {"--set", "optimizer.method=em"},  // the scene's own learning rate waits
           {"--at", "1:model.nu=5", "--at", "1:model.energy=student_t"},
           {"--set", "model.init=kmeans++"}}) {
    std::vector<std::string> arguments = {"run", "penguins", "--steps", "2", "--quiet"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    EXPECT_EQ(iemlab(folder, arguments).code, 0) << more[1];
  }
}

TEST(cli_settings, a_saved_run_opens_with_what_it_has_kept_and_refuses_what_is_said_anew) {
  const Folder folder;
  ASSERT_EQ(iemlab(folder, {"run", "outliers", "--steps", "4", "--at", "2:model.energy=gaussian",
                            "--save-session", "s.iemlab", "--figure", "stage=s.svg", "--quiet"})
                .code,
            0);
  for (const std::string name : {"s.iemlab", "s.svg"}) {
    EXPECT_EQ(iemlab(folder, {"run", name, "--steps", "0", "--quiet"}).code, 0);
    expect_setting_refused(folder, {"run", name, "--set", "model.nu=7"}, {"model.nu = 7", "model.energy"});
  }
}

// Such a key would change nothing, and captions and tables would state it all the same.
TEST(cli_settings, a_saved_run_refuses_what_says_how_a_run_begins) {
  const Folder folder;
  ASSERT_EQ(
      iemlab(folder, {"run", "three_blobs", "--steps", "4", "--save-session", "s.iemlab", "--quiet"}).code,
      0);
  const std::string words = " says how a run begins and does not change one under way; give the scene";
  for (const std::string said : {"seed=3", "seeds.init=3", "model.init=random"}) {
    const std::string key = said.substr(0, said.find('='));
    for (const std::string command : {"run", "sweep", "check", "compare", "atlas"})
      expect_setting_refused(folder, {command, "s.iemlab", "--steps", "2", "--set", said},
                             {"--set: " + key + words});
    expect_setting_refused(folder, {"run", "s.iemlab", "--at", "4:" + said}, {"--at 4:", key + words});
  }
  expect_setting_refused(folder, {"sweep", "s.iemlab", "--steps", "2", "--set", "seed=1,2"},
                         {"seed" + words});
  folder.write("p.toml",
               "format = 1\n[[panel]]\nscene = \"s.iemlab\"\nfigure = \"loss\"\nset = { seed = 3 }\n");
  expect_setting_refused(folder, {"page", "p.toml", "-o", "p.svg"}, {"p.toml:5:", "seed" + words});
  EXPECT_EQ(
      iemlab(folder, {"run", "s.iemlab", "--steps", "2", "--quiet", "--set", "optimizer.method=em"}).code, 0);
}

TEST(cli_settings, an_error_in_a_setting_names_its_option_for_scenes_and_saved_runs_alike) {
  const Folder folder;
  ASSERT_EQ(iemlab(folder, {"run", "penguins", "--steps", "2", "--save-session", "s.iemlab", "--quiet"}).code,
            0);
  for (const std::string scene : {"penguins", "s.iemlab"}) {
    expect_setting_refused(folder, {"run", scene, "--set", "data.count=5"},
                           {"iemlab: --set: data.count = 5: has no effect"});
    expect_setting_refused(folder, {"run", scene, "--set", "optimizer.learning_rate=-1"},
                           {"iemlab: --set: optimizer.learning_rate = -1"});
  }
}

TEST(cli_settings, what_stands_in_the_head_of_a_scene_is_no_setting) {
  const Folder folder;
  ASSERT_EQ(iemlab(folder, {"run", "penguins", "--steps", "2", "--save-session", "s.iemlab", "--quiet"}).code,
            0);
  for (const std::string scene : {"penguins", "s.iemlab"}) {
    const auto refused = [&](const std::string& said, const std::string& words) {
      expect_setting_refused(folder, {"run", scene, "--set", said}, {"iemlab: --set: " + words + "\n"});
    };
    refused("title=x", "title: can only be set in the scene's file");
    refused("lab=layer", "lab: cannot be set: it says what the scene is");
    refused("format=1", "format: cannot be set: it says what the scene is");
    refused("nonsense=1", "unknown key nonsense");
  }
}

TEST(cli_settings, a_sweep_says_where_an_axis_has_no_effect) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"sweep", "three_blobs", "--set", "optimizer.method=gd,em", "--set",
                      "optimizer.learning_rate=0.2,0.4", "--steps", "2", "--table", "t.csv"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.err.find("note: optimizer.learning_rate has no effect with optimizer.method = \"em\""),
            std::string::npos)
      << outcome.err;
  EXPECT_EQ(lines_of(folder.read("t.csv")).size(), 5u);
}

// tests/cases/gd-weight-decay: the same under gd as under sgd with a batch of all points.
TEST(cli_settings, weight_decay_is_obeyed_by_plain_descent) {
  const Folder folder;
  const std::string place = IEMLAB_SOURCE_DIR "/tests/cases/gd-weight-decay/";
  for (const char* file : {"scene.toml", "data.csv"}) folder.write(file, file_text(place + file));
  const json should = json::parse(file_text(place + "expected.json"));
  const auto compare = [&](const std::string& steps, std::vector<std::string> more) {
    more.insert(more.begin(), {"run", "scene.toml", "--steps", steps, "--state", "s.json", "--quiet"});
    ASSERT_EQ(iemlab(folder, more).code, 0);
    const json is = json::parse(folder.read("s.json"))["parameters"];
    int compared = 0;
    for (const auto& [name, values] : should["parameters_after_steps"][steps].items()) {
      const json a = is[name].flatten(), b = values.flatten();
      ASSERT_EQ(a.size(), b.size());
      for (const auto& [path, number] : b.items()) {
        EXPECT_NEAR(a[path].get<double>(), number.get<double>(), 1e-12) << steps << " " << name << path;
        ++compared;
      }
    }
    EXPECT_EQ(compared, 4 + 8 + 2);
  };
  for (const char* steps : {"1", "2", "25"}) {
    compare(steps, {});
    compare(steps, {"--set", "optimizer.method=sgd", "--set", "optimizer.batch_size=13"});
  }
}

TEST(cli_settings, another_number_of_prototypes_keeps_the_given_ones_wherever_it_is_said) {
  const Folder folder;
  for (const char* k : {"2", "5"}) {
    const std::string setting = std::string("model.components=") + k;
    const std::string set = hash_with(folder, {"penguins", "--steps", "6", "--set", setting});
    EXPECT_EQ(hash_with(folder, {"penguins", "--steps", "6", "--at", "0:" + setting}), set) << k;
    const Outcome sweep = iemlab(folder, {"sweep", "penguins", "--set", "model.components=2,5", "--steps",
                                          "6", "--table", "t.csv", "--quiet"});
    ASSERT_EQ(sweep.code, 0) << sweep.err;
  }
  // What contradicts itself on one line is still refused.
  expect_setting_refused(folder, {"run", "penguins", "--set", "model.means=[[0, 0], [1, 1]]"},
                         {"model.means", "must be 3 x 2", "model.components = 3"});
}

TEST(cli_settings, the_start_has_a_seed_of_its_own) {
  const Folder folder;
  const auto state = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"run",     "three_blobs", "--steps", "0",           "--quiet",
                                          "--state", "s.json",      "--dump",  "points=p.csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = iemlab(folder, arguments);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return std::pair(folder.read("p.csv"), json::parse(folder.read("s.json"))["parameters"].dump());
  };
  const auto usual = state({}), one = state({"--seed-init", "1"}), two = state({"--seed-init", "2"});
  EXPECT_EQ(one.first, usual.first);
  EXPECT_EQ(two.first, usual.first);
  EXPECT_NE(one.second, usual.second);
  EXPECT_NE(two.second, one.second);
  EXPECT_EQ(state({"--set", "seeds.init=2"}), two);
  expect_setting_refused(folder, {"run", "penguins", "--seed-init", "1"},
                         {"--seed-init 1", "model.init = \"explicit\"", "--set model.init=kmeans++"});
  expect_setting_refused(folder, {"run", "tanh", "--seed-init", "1"},
                         {"--seed-init 1", "nothing of it is drawn"});
  expect_setting_refused(folder, {"sweep", "penguins", "--seed-init", "0..3"}, {"--seed-init", "model.init"});
  expect_setting_refused(folder, {"sweep", "three_blobs", "--seed-init", "3..1"}, {"--seed-init 3..1"});
  EXPECT_EQ(iemlab(folder, {"run", "penguins", "--seed-init", "1", "--set", "model.components=4", "--steps",
                            "0", "--quiet"})
                .code,
            0)
      << "a fourth prototype is drawn";
}

TEST(cli_settings, a_sweep_over_starts_keeps_the_data) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"sweep", "three_blobs", "--seed-init", "0..3", "--steps", "0", "--table", "t.csv"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto lines = lines_of(folder.read("t.csv"));
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_EQ(lines[0].find("seed,seed_init,steps,loss"), 0u) << lines[0];
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto fields = split(lines[i], ',');
    EXPECT_EQ(fields[1], std::to_string(i - 1));
    const Outcome one =
        iemlab(folder, {"run", "three_blobs", "--seed-init", fields[1], "--steps", "0", "--json"});
    EXPECT_EQ(std::strtod(fields[3].c_str(), nullptr), one.json()["loss"].get<double>());
  }
}

// The numbers behind "+-", one line each.
std::vector<std::string> summary_deviations(const std::string& summary) {
  std::vector<std::string> out;
  for (const std::string& line : lines_of(summary))
    if (line.starts_with("  ") && line.find(" run") == std::string::npos) {
      const std::size_t at = line.find(" +- ");
      out.push_back(at == std::string::npos ? "" : line.substr(at + 4));
    }
  return out;
}

TEST(cli_settings, a_sweep_says_that_its_seeds_change_nothing) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"sweep", "penguins", "--seeds", "0..4", "--steps", "50"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::string words = "the data are given, and so is the start";
  EXPECT_NE(outcome.out.find("5 runs, the same whatever the seed: " + words), std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.err.find("note: the seeds change nothing: " + words), std::string::npos) << outcome.err;
  const auto all = summary_deviations(outcome.out);
  EXPECT_GE(all.size(), 4u);
  for (const std::string& deviation : all) EXPECT_EQ(deviation, "0") << outcome.out;

  const Outcome drawn = iemlab(folder, {"sweep", "three_blobs", "--seeds", "0..4", "--steps", "3"});
  EXPECT_EQ(drawn.out.find("whatever the seed"), std::string::npos) << drawn.out;
  EXPECT_EQ(drawn.err, "");
}

TEST(cli_settings, one_run_has_no_deviation) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"sweep", "three_blobs", "--steps", "3"});
  ASSERT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.out.find("  1 run\n"), std::string::npos) << outcome.out;
  const auto all = summary_deviations(outcome.out);
  EXPECT_GE(all.size(), 4u);
  for (const std::string& deviation : all) EXPECT_EQ(deviation, "") << outcome.out;
}

}  // namespace
}  // namespace iem::test
