// A run as data: from its settings alone the same run comes again.
#include "core/session/run_record.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/hash.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "tests/core/support.h"
#include "tests/support/settings_toml.h"

namespace iem {
namespace {

using test::scene_of_settings;

TEST(RunRecord, SettingsOfEveryBuiltInSceneAreTheSameRun) {
  int scenes = 0, defaults = 0;
  for (const std::string& name : builtin_scenes()) {
    const Scene scene = load_scene(name);
    const nlohmann::ordered_json settings = settings_json(scene);
    const std::string text = scene_of_settings(settings);
    SCOPED_TRACE(name);
    const Scene again = parse_scene(text, "again.toml");
    EXPECT_EQ(again.title, scene.title);
    EXPECT_EQ(again.conditions, scene.conditions);
    ASSERT_EQ(again.compare.size(), scene.compare.size());
    for (std::size_t i = 0; i < again.compare.size(); ++i) {
      EXPECT_EQ(again.compare[i].settings.size(), scene.compare[i].settings.size());
      EXPECT_EQ(again.compare[i].best_rate, scene.compare[i].best_rate);
    }
    for (const std::string& key : again.config.keys()) defaults += !scene.config.is_set(key);
    iem::Run one(scene, testing::pool()), other(again, testing::pool());
    for (const int step : {0, 2}) {
      one.seek(step), other.seek(step);
      EXPECT_EQ(other.state().hash(), one.state().hash()) << "at step " << step << "\n" << text;
    }
    ++scenes;
  }
  EXPECT_GT(scenes, 50);
  EXPECT_GT(defaults, 10 * scenes) << "settings are complete";
}

TEST(RunRecord, HasEditsUpToTheStepAndTheStateStringThatOpensIt) {
  iem::Run run(load_scene("three_blobs"), testing::pool());
  run.seek(3);
  run.apply({"model.components", std::int64_t{4}});
  run.seek(6);
  run.apply({"optimizer.learning_rate", 0.01});
  run.seek(5);
  const nlohmann::ordered_json record = run_record(run, run.setup().config());
  ASSERT_EQ(record["edits"].size(), 1u);
  EXPECT_EQ(record["edits"][0],
            (nlohmann::ordered_json{{"step", 3}, {"key", "model.components"}, {"value", 4}}));
  EXPECT_EQ(record["settings"]["model"]["components"], 3) << "of its start";
  EXPECT_EQ(record["step"], 5);
  EXPECT_EQ(record["hash"], hex(run.state().hash()));
  EXPECT_FALSE(record.contains("left_out"));
  const LoadedSession loaded = load_replay(record["state"].get<std::string>(), testing::pool());
  EXPECT_EQ(loaded.run.state().hash(), run.state().hash());
  EXPECT_EQ(record_text(record), record_text(run_record(run, run.setup().config())));
  EXPECT_EQ(find_state_string(record_text(record)), record["state"]);
}

TEST(RunRecord, SaysWhatTheStateStringLacks) {
  Scene scene = load_scene("three_blobs");
  Tensor points{{20000, 2}, {}};
  for (int i = 0; i < 40000; ++i) points.data.push_back(std::sin(1e3 * i) + i * 1e-7);
  for (const char* key : {"data.count", "data.noise", "data.clusters"}) scene.config.reset(key);
  scene.config.set("data.source", std::string("inline"));
  scene.config.set("data.points", points);
  const iem::Run run(scene, testing::pool());
  const nlohmann::ordered_json record = run_record(run, run.setup().config());
  EXPECT_EQ(record["left_out"], "20000 points");
  EXPECT_EQ(record["settings"]["data"]["points"].size(), 20000u) << "settings lack nothing";
  const std::string text = scene_of_settings(record["settings"]);
  EXPECT_EQ(iem::Run(parse_scene(text, "s.toml"), testing::pool()).state().hash(), run.state().hash());
}

TEST(RunRecord, ColumnsOfPointsHaveTheirOwnNames) {
  const iem::Run run(load_scene("penguins"), testing::pool());
  const Dataset& data = *run.setup().data;
  const std::vector<TableColumn> columns = point_columns(data, {"x", "y"});
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(columns[0].id, "bill_length") << "without the unit, which is not theirs";
  EXPECT_EQ(columns[0].label, "bill length (mm), standardised");
  EXPECT_EQ(columns[0].unit, "") << "not of the standardised numbers";
  ASSERT_TRUE(columns[0].standardised.has_value());
  EXPECT_EQ(columns[0].standardised->unit, "mm");
  // The first penguin's bill is 39.1 mm long.
  EXPECT_NEAR(columns[0].standardised->shift + columns[0].standardised->scale * data.points(0, 0), 39.1,
              1e-12);
  EXPECT_EQ(column_json(columns[0])["scale_unit"], "mm");
  // Where there are none, those of the table; no two alike.
  const iem::Run blobs(load_scene("three_blobs"), testing::pool());
  const auto other = point_columns(*blobs.setup().data, {"x", "y"}, {"y"});
  EXPECT_EQ(other[0].id, "x");
  EXPECT_EQ(other[1].id, "y_");
}

}  // namespace
}  // namespace iem
