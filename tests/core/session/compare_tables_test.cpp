// [[compare]] tables of scenes.
#include "core/session/compare_tables.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/run/comparison.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

const std::string kHead =
    "format = 1\nlab = \"mixture\"\n[data]\nsource = \"blobs\"\n[optimizer]\nmethod = \"gd\"\n";

TEST(CompareTables, AreReadAndWritten) {
  const Scene scene =
      parse_scene(kHead +
                      "[[compare]]\nname = \"EM\"\nset = { optimizer.method = \"em\" }\n"
                      "[[compare]]\n"
                      "[[compare]]\nseeds = 20\nset.model.components = 5\n"
                      "[compare.set.optimizer]\nmethod = \"adam\"\nlearning_rate = \"best\"\n",
                  "s.toml");
  ASSERT_EQ(scene.compare.size(), 3u);
  EXPECT_EQ(scene.compare[0].name, "EM");
  ASSERT_EQ(scene.compare[0].settings.size(), 1u);
  EXPECT_EQ(scene.compare[0].settings[0].value, Value(std::string("em")));
  EXPECT_TRUE(scene.compare[1].settings.empty());
  EXPECT_EQ(scene.compare[2].seeds, 20);
  EXPECT_TRUE(scene.compare[2].best_rate);
  EXPECT_TRUE(scene.compare[2].says("model.components"));
  EXPECT_TRUE(scene.compare[2].says("optimizer.method"));

  Scene with_log = scene;
  with_log.compare[0].edits = {{"optimizer.ridge", 0.5, 3}, {"state.means", Tensor{{1, 2}, {1, 2}}, 7}};
  with_log.compare[1].edits = std::vector<Edit>{};
  with_log.compare[1].known = 30;
  const std::string text = write_scene(with_log);
  const Scene again = parse_kept_scene(text, "s.toml");
  EXPECT_EQ(write_scene(again), text);
  ASSERT_EQ(again.compare.size(), 3u) << text;
  ASSERT_TRUE(again.compare[0].edits) << text;
  ASSERT_EQ(again.compare[0].edits->size(), 2u);
  EXPECT_EQ(again.compare[0].edits->at(1).value, (*with_log.compare[0].edits)[1].value);
  EXPECT_EQ(again.compare[1].known, 30);
  EXPECT_TRUE(again.compare[1].edits && again.compare[1].edits->empty());
  EXPECT_FALSE(again.compare[2].edits);
}

// Beside others the scene's own run is called as it says, else by its rule; whoever is the first is saved
// with its name.
TEST(CompareTables, TheRunItselfHasAName) {
  const std::string beside = "[[compare]]\nname = \"five\"\nset.model.components = 5\n";
  const auto first_of = [](const std::string& text) {
    return Comparison(iem::Run(parse_scene(text, "s.toml"), pool())).entry(0).spec.name;
  };
  EXPECT_EQ(first_of(kHead + beside), "GD");
  EXPECT_EQ(first_of("name = \"three\"\n" + kHead + beside), "three");
  std::vector<std::string> refused;
  Comparison runs(iem::Run(parse_scene("name = \"three\"\n" + kHead + beside, "s.toml"), pool()), refused);
  EXPECT_EQ(first_of(write_scene(runs.first().origin())), "three");
  runs.make_first(1);
  EXPECT_EQ(first_of(write_scene(runs.first().origin())), "five");
  EXPECT_TRUE(refused.empty());
}

// Where what is compared is more than rules, the rule alone says too little.
TEST(CompareTables, OfBuiltInScenesNameTheRunItself) {
  int named = 0;
  for (const std::string& name : builtin_scenes()) {
    const Scene scene = load_scene(name);
    const bool by_rules =
        std::ranges::all_of(scene.compare, [](const RunSpec& spec) { return spec.says("optimizer.method"); });
    EXPECT_EQ(scene.called.empty(), by_rules) << name;
    named += by_rules ? 0 : 1;
  }
  EXPECT_GT(named, 8);
}

TEST(CompareTables, ErrorsSayWhere) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[[compare]]\nnam = \"x\"\n", "s.toml:8:1: unknown key compare[0].nam; did you mean name?"},
      {"[[compare]]\nname = 3\n", "s.toml:8:8: compare[0].name = 3: must be a string of 1 to 200 bytes"},
      {"[[compare]]\nseeds = 0\n", "s.toml:8:9: compare[0].seeds = 0: must be an integer from 1 to 10000"},
      {"[[compare]]\nset = 3\n", "s.toml:8:1: compare[0].set: must be a table of keys and values"},
      {"[[compare]]\nset = { optimizer.methd = \"em\" }\n",
       "s.toml:8:19: unknown key optimizer.methd; did you mean optimizer.method?"},
      {"[[compare]]\nset = { model.nu = -1 }\n", "s.toml:8:20: model.nu = -1: must be greater than 0"},
      {"[[compare]]\nset = { view.x = [0, 1] }\n",
       "s.toml:8:14: compare[0].set.view.x: what is shown is the same for all runs"},
      {"[[compare]]\nset = { optimizer.method = \"em\", optimizer.learning_rate = \"best\" }\n",
       "s.toml:8:60: optimizer.learning_rate = \"best\": Learning rate has no effect on this rule."},
      {"[[compare]]\nat = [\"x\"]\n", "s.toml:8:6: compare[0].at x: must be STEP:key.path=VALUE"},
      {"[compare]\nname = \"x\"\n", "s.toml:7:2: compare: must be tables, each under [[compare]]"},
      {"compare = 3\n", "s.toml:7:1: unknown key optimizer.compare"},
      {"[[model]]\ncomponents = 3\n", "s.toml:7:3: model: there may be one such table only"},
      {"[[compar]]\nname = \"x\"\n", "s.toml:7:3: unknown table [compar]; did you mean [compare]?"},
  };
  int checked = 0;
  for (const auto& [text, message] : cases) {
    try {
      parse_scene(kHead + text, "s.toml");
      ADD_FAILURE() << text;
    } catch (const InputError& error) {
      EXPECT_EQ(std::string(error.what()), message) << text;
      ++checked;
    }
  }
  EXPECT_EQ(checked, 13);
  std::string many = kHead;
  for (int i = 0; i < 8; ++i) many += "[[compare]]\n";
  EXPECT_THROW(parse_scene(many, "s.toml"), InputError);
}

TEST(CompareTables, ASettingWithoutEffectIsRefusedWhereSomebodySaysIt) {
  const std::string text = kHead + "[[compare]]\nset = { model.nu = 7.0 }\n";
  EXPECT_THROW(parse_scene(text, "s.toml"), InputError);
  EXPECT_EQ(parse_kept_scene(text, "s.toml").compare.size(), 1u);
}

TEST(CompareTables, TheMeasureHasKeys) {
  const Scene scene = parse_scene(kHead + "[comparison]\nsettled = 1e-8\nbest = 2.25\n", "s.toml");
  EXPECT_EQ(scene.config.real("comparison.settled"), 1e-8);
  EXPECT_EQ(scene.config.tensor("comparison.best").data, std::vector<double>{2.25});
  EXPECT_EQ(write_scene(parse_scene(write_scene(scene), "s.toml")), write_scene(scene));
}

}  // namespace
}  // namespace iem::testing
