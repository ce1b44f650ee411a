// iemlab list, check, help: what the program says about itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/app/command.h"
#include "tests/support/scenes.h"

namespace iem::test {
namespace {

const std::vector<std::string> kLists = {"labs",       "energies", "optimizers", "figures",
                                         "parameters", "metrics",  "scenes"};

TEST(cli_list, is_an_aligned_table_or_json_of_the_same_things) {
  const Folder folder;
  for (const std::string& what : kLists) {
    const Outcome table = iemlab(folder, {"list", what}), json = iemlab(folder, {"list", what, "--json"});
    ASSERT_EQ(table.code, 0) << table.err;
    const auto items = json.json();
    const auto lines = lines_of(table.out);
    ASSERT_EQ(lines.size(), items.size()) << what;
    ASSERT_FALSE(items.empty()) << what;
    std::size_t second = std::string::npos;  // where the second column begins
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto id = items[i]["id"].get<std::string>();
      EXPECT_EQ(lines[i].find(id + " "), 0u) << lines[i];
      const std::size_t here = lines[i].find_first_not_of(' ', id.size());
      if (second == std::string::npos) second = here;
      EXPECT_EQ(here, second) << lines[i];
      EXPECT_NE(lines[i].back(), ' ');
      EXPECT_TRUE(items[i]["label"].is_string());
      EXPECT_TRUE(items[i]["help"].is_string());
    }
  }
}

TEST(cli_list, has_what_the_contract_promises) {
  const Folder folder;
  const auto has = [&](const std::string& what, const std::string& id) {
    for (const auto& item : iemlab(folder, {"list", what, "--json"}).json())
      if (item["id"] == id) return true;
    return false;
  };
  EXPECT_TRUE(has("labs", "mixture"));
  for (const char* id : {"gaussian", "laplace", "student_t", "huber", "pseudo_huber"})
    EXPECT_TRUE(has("energies", id)) << id;
  for (const char* id : {"gd", "em", "gd_to_em"}) EXPECT_TRUE(has("optimizers", id)) << id;
  for (const char* id : {"stage", "loss", "identity", "responsibilities", "activation"})
    EXPECT_TRUE(has("figures", id)) << id;
  for (const char* id : {"model.components", "optimizer.learning_rate", "seeds.init"})
    EXPECT_TRUE(has("parameters", id)) << id;
  for (const char* id : {"penguins", "old_faithful", "three_blobs"}) EXPECT_TRUE(has("scenes", id)) << id;
}

// Each list of each lab: what that lab has, and no more.
TEST(cli_list, keeps_to_the_lab_it_is_asked_for) {
  const Folder folder;
  const auto ids = [&](const std::string& what, const std::string& lab) {
    std::vector<std::string> arguments = {"list", what, "--json"};
    if (!lab.empty()) arguments.insert(arguments.end(), {"--lab", lab});
    const Outcome outcome = iemlab(folder, arguments);
    EXPECT_EQ(outcome.code, 0) << what << " " << lab << outcome.err;
    std::vector<std::string> out;
    for (const auto& item : outcome.json()) {
      out.push_back(item["id"]);
      EXPECT_TRUE(lab.empty() || !item.contains("lab") || item["lab"] == lab) << what;
    }
    return out;
  };
  const std::vector<std::string> labs = ids("labs", "");
  for (const std::string& what : kLists) {
    const std::vector<std::string> all = ids(what, "");
    std::set<std::string> together;
    for (const std::string& lab : labs) {
      const std::vector<std::string> own = ids(what, lab);
      const std::vector<std::string> keys = ids("parameters", lab);
      const bool has_energies = std::ranges::find(keys, "model.energy") != keys.end();
      EXPECT_EQ(own.empty(), what == "energies" && !has_energies) << what << " " << lab;
      EXPECT_LT(own.size(), all.size()) << what << " " << lab << ": everything is in it";
      together.insert(own.begin(), own.end());
    }
    EXPECT_EQ(together, std::set<std::string>(all.begin(), all.end())) << what;
  }
  const auto has = [&](const std::string& what, const std::string& lab, const std::string& id) {
    const auto own = ids(what, lab);
    return std::ranges::find(own, id) != own.end();
  };
  EXPECT_FALSE(has("optimizers", "attention", "em"));
  EXPECT_TRUE(has("optimizers", "attention", "value_m_step"));
  EXPECT_FALSE(has("optimizers", "mixture", "value_m_step"));
  EXPECT_TRUE(has("energies", "activation", "logistic"));
  EXPECT_FALSE(has("energies", "mixture", "logistic"));
  EXPECT_FALSE(has("scenes", "attention", "penguins"));
}

// Another rule is refused with a reason of its own; a word that is none gets the list of those that apply.
TEST(cli_list, offers_as_choices_of_a_lab_only_rules_that_apply_in_it) {
  const Folder folder;
  for (const auto& lab : iemlab(folder, {"list", "labs", "--json"}).json()) {
    const std::string id = lab["id"];
    std::vector<std::string> rules;
    for (const auto& rule : iemlab(folder, {"list", "optimizers", "--lab", id, "--json"}).json())
      rules.push_back(rule["id"]);
    for (const auto& key : iemlab(folder, {"list", "parameters", "--lab", id, "--json"}).json())
      if (key["id"] == "optimizer.method") {
        EXPECT_EQ(key["choices"], nlohmann::json(rules)) << id;
      }
  }
  const auto said = [&](const std::string& rule) {
    return iemlab(folder, {"run", "three_blobs", "--set", "optimizer.method=" + rule}).err;
  };
  EXPECT_NE(said("foo").find("adamw\n"), std::string::npos) << said("foo");
  EXPECT_NE(said("bohnin").find("adamw\n"), std::string::npos)
      << "and no advice that leads nowhere: " << said("bohnin");
  EXPECT_NE(said("bohning").find("linear classifier"), std::string::npos) << said("bohning");
}

// The small systems that a lab holds are what its key chooses among.
TEST(cli_list, names_the_toys_of_a_lab) {
  const Folder folder;
  const auto toys = iemlab(folder, {"list", "toys", "--json"}).json();
  EXPECT_GE(toys.size(), 9U);
  for (const auto& item : toys) {
    EXPECT_EQ(item["lab"], "neighbours");
    EXPECT_FALSE(item["help"].get<std::string>().empty());
    const Outcome run =
        iemlab(folder, {"run", "margins_free", "--set", "model.toy=" + item["id"].get<std::string>(), "--set",
                        "model.weights=free", "--set", "optimizer.method=gd", "--steps", "1", "--quiet"});
    EXPECT_EQ(run.code, 0) << item["id"] << run.err;
  }
  EXPECT_TRUE(iemlab(folder, {"list", "toys", "--lab", "mixture", "--json"}).json().empty());
}

// A rule is listed for a lab if and only if one of its scenes can be run with it.
TEST(cli_list, a_rule_that_a_lab_offers_runs_there) {
  const Folder folder;
  const std::vector<std::pair<std::string, std::vector<std::string>>> scenes = {
      {"mixture", {"three_blobs"}},
      {"activation", {"two_bumps", "learned_levels"}},
      {"attention", {"routing_toy"}},
      {"layer", {"lines_part"}}};
  for (const auto& [lab, names] : scenes) {
    std::set<std::string> listed;
    for (const auto& item : iemlab(folder, {"list", "optimizers", "--lab", lab, "--json"}).json())
      listed.insert(item["id"].get<std::string>());
    for (const auto& item : iemlab(folder, {"list", "optimizers", "--json"}).json()) {
      const auto rule = item["id"].get<std::string>();
      const bool runs = std::ranges::any_of(names, [&](const std::string& name) {
        return iemlab(folder, {"run", name, "--set", "optimizer.method=" + rule, "--steps", "1", "--quiet"})
                   .code == 0;
      });
      EXPECT_EQ(listed.contains(rule), runs) << lab << " " << rule;
    }
  }
}

TEST(cli_list, names_the_numbers_of_a_lab) {
  const Folder folder;
  std::vector<std::string> ids;
  for (const auto& item : iemlab(folder, {"list", "metrics", "--lab", "mixture", "--json"}).json()) {
    EXPECT_EQ(item["lab"], "mixture");
    ids.push_back(item["id"]);
  }
  for (const char* id : {"ari", "matched_accuracy", "contraction", "steps_to_tolerance", "entropy"})
    EXPECT_NE(std::find(ids.begin(), ids.end(), id), ids.end()) << id;
}

TEST(cli_list, every_built_in_scene_runs) {
  const Folder folder;
  for (const auto& scene : iemlab(folder, {"list", "scenes", "--json"}).json()) {
    const auto id = scene["id"].get<std::string>();
    const Outcome outcome = iemlab(folder, {"run", id, "--steps", "3", "--quiet"});
    EXPECT_EQ(outcome.code, 0) << id << ": " << outcome.err;
    EXPECT_FALSE(scene["help"].get<std::string>().empty()) << id;
  }
}

// Of every lab one; that the checks of all scenes pass and what these say holds is seen without a process
// each (SceneChecks, Lessons).
TEST(cli_check, passes_on_a_scene_of_every_lab) {
  const Folder folder;
  std::set<std::string> labs;
  for (const auto& scene : iemlab(folder, {"list", "scenes", "--json"}).json()) {
    if (!labs.insert(scene["lab"]).second) continue;
    const auto id = scene["id"].get<std::string>();
    const Outcome outcome = iemlab(folder, {"check", id, "--steps", "2"});
    EXPECT_EQ(outcome.code, 0) << id << "\n" << outcome.out << outcome.err;
  }
}

TEST(cli_check, passes_and_says_what_was_compared) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"check", "three_blobs", "--steps", "10", "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  std::vector<std::string> ids;
  for (const auto& check : outcome.json()) {
    ids.push_back(check["id"]);
    for (const char* key : {"statement", "status", "reason"}) EXPECT_TRUE(check[key].is_string()) << key;
    const std::string status = check["status"];
    EXPECT_TRUE(status == "pass" || status == "skip") << check.dump();
    if (status == "skip") {
      EXPECT_FALSE(check["reason"].get<std::string>().empty()) << check.dump();
    } else {
      EXPECT_LE(check["error"].get<double>(), check["tolerance"].get<double>()) << check.dump();
    }
  }
  for (const char* id : {"lse_gradient", "row_sums", "fisher", "threads", "scrub", "replay"})
    EXPECT_NE(std::find(ids.begin(), ids.end(), id), ids.end()) << id;
  const Outcome table = iemlab(folder, {"check", "three_blobs", "--steps", "10"});
  EXPECT_EQ(lines_of(table.out).size(), ids.size() + 1);
}

// A scene of one's own: its sentence with numbers, and what it claims.
TEST(cli_check, plays_the_conditions_of_a_scene) {
  const Folder folder;
  folder.write("mine.toml", R"(format = 1
lab = "mixture"
look_for = "J falls to {loss@5} in {2 + 3} steps."
conditions = ["loss@5 < loss@0", "loss@5 < -100"]
)");
  const Outcome outcome = iemlab(folder, {"check", "mine.toml", "--steps", "2", "--json"});
  EXPECT_EQ(outcome.code, 1) << outcome.err;
  std::map<std::string, nlohmann::json> rows;
  for (const auto& row : outcome.json()) rows[row["id"]] = row;
  EXPECT_EQ(rows["condition_1"]["status"], "pass");
  EXPECT_EQ(rows["condition_2"]["status"], "fail");
  EXPECT_EQ(rows["condition_2"]["statement"], "loss@5 < -100");
  EXPECT_NE(rows["condition_2"]["reason"].get<std::string>().find(" < \u2212100"), std::string::npos)
      << rows["condition_2"]["reason"];
  EXPECT_EQ(rows["look_for"]["status"], "pass");
  const std::string sentence = rows["look_for"]["statement"];
  EXPECT_EQ(sentence.find("J falls to "), 0u) << sentence;
  EXPECT_NE(sentence.find(" in 5 steps."), std::string::npos) << sentence;
  EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
  // They are about the scene as it is written: with other settings they are not asked.
  const Outcome other =
      iemlab(folder, {"check", "mine.toml", "--steps", "2", "--set", "optimizer.method=em", "--json"});
  EXPECT_EQ(other.code, 0);
  for (const auto& row : other.json()) EXPECT_NE(row["id"], "condition_1");

  folder.write("typo.toml",
               "format = 1\nlab = \"mixture\"\nlook_for = \"J is {losss@5}.\"\nconditions = [\"loss@\"]\n");
  const Outcome none = iemlab(folder, {"check", "typo.toml"});
  EXPECT_EQ(none.code, 2);
  EXPECT_EQ(none.err,
            "typo.toml:4:14: conditions[0] = \"loss@\": character 6: a number or a name is missing\n");
}

TEST(cli_check, of_a_run_that_diverges_is_of_its_last_finite_state_and_says_so) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"check", "three_blobs", "--set", "optimizer.learning_rate=1e300", "--json"});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
  EXPECT_EQ(outcome.err.find("iemlab: the run became non-finite at step "), 0u) << outcome.err;
  EXPECT_FALSE(outcome.json().empty());
}

TEST(cli_list, gives_defaults_as_json_values) {
  const Folder folder;
  for (const auto& item : iemlab(folder, {"list", "parameters", "--lab", "mixture", "--json"}).json()) {
    if (item["id"] == "model.components") {
      EXPECT_EQ(item["default"], 3);
    }
    if (item["id"] == "model.volume_term") {
      EXPECT_EQ(item["default"], true);
    }
    if (item["id"] == "model.energy") {
      EXPECT_EQ(item["default"], "gaussian");
    }
    if (item["id"] == "model.learn") {
      EXPECT_EQ(item["default"].size(), 3u);
    }
  }
}

TEST(cli_list, gives_no_default_of_what_follows_from_other_keys) {
  const Folder folder;
  const std::vector<std::string> list = {"list", "parameters", "--lab", "attention"};
  for (const std::string& line : lines_of(iemlab(folder, list).out)) {
    if (line.starts_with("model.d_k ")) {
      EXPECT_TRUE(line.ends_with("else 2, or 10 where parameters are projected.")) << line;
    }
    if (line.starts_with("model.d_v ")) {
      EXPECT_TRUE(line.ends_with("for labels 2, or 15 where parameters are projected.")) << line;
    }
    if (line.starts_with("optimizer.value_learning_rate ")) {
      EXPECT_NE(line.find("Not given: the other."), std::string::npos) << line;
    }
    if (line.starts_with("model.causal ")) {
      EXPECT_TRUE(line.ends_with(" [false]")) << line;
    }
  }
}

TEST(cli_help, is_there_for_the_program_and_every_command) {
  const Folder folder;
  EXPECT_EQ(iemlab(folder, {"--version"}).out.find("iemlab "), 0u);
  const Outcome help = iemlab(folder, {"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* command : {"run", "check", "sweep", "screenshot", "list"}) {
    EXPECT_NE(help.out.find(command), std::string::npos);
    const Outcome own = iemlab(folder, {command, "--help"});
    EXPECT_EQ(own.code, 0);
    EXPECT_EQ(own.err, "");
    EXPECT_NE(own.out.find("--help"), std::string::npos) << command;
  }
}

TEST(cli_output, ends_quietly_when_nobody_reads_on) {
  const Folder folder;
  const Outcome outcome = shell(folder, "set +o pipefail; iemlab list parameters --json | head -n 1");
  EXPECT_EQ(outcome.out, "[\n");
  EXPECT_EQ(outcome.err, "");
}

TEST(cli_output, that_does_not_arrive_is_an_error) {
  const Folder folder;
  const Outcome outcome = shell(folder, "iemlab list parameters > /dev/full");
  EXPECT_EQ(outcome.code, 4);
  EXPECT_EQ(outcome.err.find("iemlab: standard output: "), 0u) << outcome.err;
}

}  // namespace
}  // namespace iem::test
