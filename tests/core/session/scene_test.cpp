#include "core/run/scene.h"
#include "core/config/assignment.h"
#include "core/session/scene_file.h"
#include "core/session/scene_groups.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "core/base/embedded.h"
#include "core/data/source.h"
#include "core/labs/registry.h"
#include "tests/core/error_of.h"
#include "tests/support/folder.h"

namespace iem {
namespace {

// The words of a sentence without the expressions in braces, which are computed.
std::string without_expressions(const std::string& sentence) {
  std::string out;
  int depth = 0;
  for (const char c : sentence) {
    depth += c == '{' ? 1 : 0;
    if (depth == 0) out += c;
    depth -= c == '}' ? 1 : 0;
  }
  return out;
}

const std::string kHead = "format = 1\nlab = \"mixture\"\n";

std::string error_in(const std::string& text) {
  return error_of([&] { (void)parse_scene(text, "a.toml"); });
}

TEST(SceneReader, ReadsWordsAndKeys) {
  const Scene scene = parse_scene(R"(format = 1
lab = "mixture"
title = "Three blobs"
description = "Clouds."
look_for = "Colours."
seed = 7
[seeds]
data = 8
[data]
source = "inline"
points = [[0, 1.5], [2, 3]]
labels = [0, -1]
[model]
components = 2
temperature = 2
learn = ["means"]
[view]
x = [-4, 4.0]
)",
                                  "folder/name.toml");
  EXPECT_EQ(scene.name, "name");
  EXPECT_EQ(scene.folder, "folder");
  EXPECT_EQ(scene.title, "Three blobs");
  EXPECT_EQ(scene.description, "Clouds.");
  EXPECT_EQ(scene.look_for, "Colours.");
  EXPECT_EQ(scene.config.integer("seed"), 7);
  EXPECT_EQ(scene.config.integer("seeds.data"), 8);
  EXPECT_EQ(scene.config.tensor("data.points"), (Tensor{{2, 2}, {0, 1.5, 2, 3}}));
  EXPECT_EQ(scene.config.real("model.temperature"), 2.0);
  EXPECT_EQ(scene.config.list("model.learn"), std::vector<std::string>{"means"});
  EXPECT_EQ(scene.config.position("model.components").line, 14);
  EXPECT_EQ(scene.config.position("model.components").column, 14);
}

TEST(SceneReader, AcceptsAllFormsOfToml) {
  const Scene plain = parse_scene(kHead + "[model]\ncomponents = 2\ntemperature = 0.5\n", "a.toml");
  for (const std::string& text :
       {"\xEF\xBB\xBF" + kHead + "[model]\ncomponents = 2\ntemperature = 0.5\n",
        std::string("format = 1\r\nlab = \"mixture\"\r\n[model]\r\ncomponents = 2\r\ntemperature = 0.5\r\n"),
        kHead + "model.components = 2\nmodel.temperature = 5e-1 # half",
        kHead + "model = { components = 2, temperature = 0.5 }",
        kHead + "[\"model\"]\ncomponents = 0b10\n'temperature' = +0.5"})
    EXPECT_EQ(parse_scene(text, "a.toml").config, plain.config) << text;
}

TEST(SceneReader, ConditionsAreExpressions) {
  const Scene scene =
      parse_scene(kHead + "conditions = [\n  \"loss@9 < loss@0\", # falls\n  'ari@200 > 0.5',\n]", "a.toml");
  EXPECT_EQ(scene.conditions, (std::vector<std::string>{"loss@9 < loss@0", "ari@200 > 0.5"}));
  EXPECT_TRUE(parse_scene(kHead + "conditions = []", "a.toml").conditions.empty());
  EXPECT_EQ(error_in(kHead + "conditions = [\"loss < 1\", \"loss <\"]"),
            "a.toml:3:14: conditions[1] = \"loss <\": character 7: a number or a name is missing");
  for (const char* wrong : {"\"loss < 1\"", "[1, 2]", "true", "3"})
    EXPECT_NE(error_in(kHead + "conditions = " + wrong).find("a.toml:3:14: conditions"), std::string::npos)
        << wrong;
  EXPECT_NE(error_in(kHead + "condition = []").find("did you mean conditions?"), std::string::npos);
  // A sentence of an older file keeps its braces.
  EXPECT_EQ(parse_scene(kHead + "look_for = \"{1, 2} and {x\"", "a.toml").look_for, "{1, 2} and {x");
}

TEST(SceneReader, NamesWhatIsMissing) {
  EXPECT_EQ(error_in(""), "a.toml:1:1: format is missing: a scene begins with format = 1");
  EXPECT_EQ(error_in("lab = \"mixture\""), "a.toml:1:1: format is missing: a scene begins with format = 1");
  EXPECT_NE(error_in("format = 1").find("a.toml:1:1: lab is missing: must be one of mixture"),
            std::string::npos);
  EXPECT_EQ(error_in("format = 2\nlab = \"mixture\""),
            "a.toml:1:10: format = 2: must be 1, the format this program reads");
  EXPECT_NE(error_in("format = 1\nlab = \"mixtures\"")
                .find("a.toml:2:7: lab = \"mixtures\": must be one of mixture"),
            std::string::npos);
  EXPECT_NE(error_in("format = 1\nlab = 3").find("a.toml:2:7: lab: must be a string"), std::string::npos);
}

TEST(SceneReader, PointsAtTheMistake) {
  EXPECT_EQ(error_in(kHead + "[model]\ncomponets = 3"),
            "a.toml:4:1: unknown key model.componets; did you mean model.components?");
  EXPECT_EQ(error_in(kHead + "[modle]\ncomponents = 3"),
            "a.toml:3:2: unknown table [modle]; did you mean [model]?");
  EXPECT_EQ(error_in(kHead + "titel = \"A\""), "a.toml:3:1: unknown key titel; did you mean title?");
  for (const std::string table : {"model", "data", "seeds", "view"})
    EXPECT_EQ(error_in(kHead + table + " = 3")
                  .find("a.toml:3:1: " + table + ": must be a table of keys, such as " + table + "."),
              0u);
  EXPECT_NE(error_in(kHead + "[data]\n  count = -5").find("a.toml:4:11: data.count = -5: must be from 1 to"),
            std::string::npos);
  EXPECT_EQ(error_in(kHead + "[data]\nnoise = nan"), "a.toml:4:9: data.noise: nan: numbers must be finite");
  EXPECT_EQ(error_in(kHead + "[data]\npoints = [[1, 2], [3, -inf]]"),
            "a.toml:4:23: data.points: -inf: numbers must be finite");
  EXPECT_EQ(error_in(kHead + "[data]\npoints = [[1, 2],\n [3, 4, 5]]"),
            "a.toml:5:2: data.points: ragged list: this one has shape 3, the ones before it 2");
  EXPECT_NE(
      error_in(kHead + "[data]\npoints = [[1, 2, 3]]").find("is of shape 1 x 3, must be of shape N x 2"),
      std::string::npos);
  EXPECT_NE(error_in(kHead + "[data]\nnoise = 2020-01-01").find("a.toml:4:9: data.noise: dates"),
            std::string::npos);
  EXPECT_EQ(error_in(kHead + "title = 3"), "a.toml:3:9: title = 3: must be a string");
  EXPECT_EQ(error_in(kHead + "[title]\na = 3"), "a.toml:3:2: title: must be a value, not a table");
  EXPECT_EQ(error_in(kHead + "[[model]]\ncomponents = 3").find("a.toml:3:3: "), 0u);
}

TEST(SceneReader, ReportsTheFirstMistake) {
  EXPECT_EQ(error_in(kHead + "[view]\nx = [1, 2, 3]\n[data]\ncount = -1").find("a.toml:4:5: view.x"), 0u);
  EXPECT_EQ(error_in(kHead + "[data]\nzebra = 1\nnoise = nan").find("a.toml:4:1: unknown key data.zebra"),
            0u);
}

TEST(SceneReader, RefusesWhatIsNotToml) {
  EXPECT_EQ(error_in(kHead + "seed = 1\nseed = 2").find("a.toml:4:"), 0u);
  EXPECT_EQ(error_in(kHead + "[data]\ncount = ").find("a.toml:4:"), 0u);
  EXPECT_EQ(error_in(kHead + "[data\n").find("a.toml:3:"), 0u);
  EXPECT_EQ(error_in(kHead + "[\n[data]").find("a.toml:3:"), 0u);
  EXPECT_EQ(error_in(kHead + "К = 1").find("a.toml:3:1: "), 0u);
  EXPECT_EQ(error_in(kHead + "title = \"\"\"\\\nК\"\"\""), "");
  EXPECT_EQ(error_in(kHead + "title = \"К\" # К\ndescription = \"\"\"\nК\"\"\"\"\"\nlook_for = 'К'"), "");
  EXPECT_EQ(error_in(kHead + "title = \"\xFF\""), "a.toml:3:10: not UTF-8 text");
  EXPECT_EQ(error_in(std::string("\xFF\xFE"
                                 "f\0o\0",
                                 6)),
            "a.toml:1:1: not UTF-8 text");
  for (const std::string& text : {kHead + "seed = 1\nseed = 2", kHead + "\0", kHead + "[data]\ncount = 1 2"})
    EXPECT_EQ(error_in(text).find('\n'), std::string::npos);
}

TEST(SceneReader, SurvivesDepth) {
  std::string dots = "a", nested = "seed = ";
  for (int i = 0; i < 200000; ++i) dots += ".a";
  nested += std::string(200000, '[');
  EXPECT_NE(error_in(kHead + dots + " = 1"), "");
  EXPECT_NE(error_in(kHead + "[" + dots + "]"), "");
  EXPECT_NE(error_in(kHead + nested), "");
  EXPECT_EQ(error_in(kHead + "description = \"" + std::string(1000, '.') + "\""), "");
  EXPECT_EQ(error_in(kHead + "description = '''" + std::string(1000, '.') + "'''"), "");
  EXPECT_EQ(error_in(kHead + "# " + std::string(1000, '.') + "\nseed = 1 # " + std::string(1000, '.')), "");
}

TEST(SceneReader, RefusesLargeFiles) {
  EXPECT_EQ(error_in(std::string((64 << 20) + 1, '#')), "a.toml: more than 64 MiB: too large for a scene");
}

TEST(SceneWriter, RoundTripGivesAnEqualConfiguration) {
  Scene scene = parse_scene(kHead, "a.toml");
  scene.title = "A \"title\"";
  scene.description = "Two\nlines and \\ a tab\t.";
  scene.config.set("seed", std::int64_t{7});
  scene.config.set("seeds.init", std::int64_t{1} << 53);
  scene.config.set("model.temperature", 0.1);
  scene.config.set("model.learn", std::vector<std::string>{});
  scene.config.set("data.path", "ä \"x\".csv");
  scene.config.set("view.pull", false);
  Tensor points{{100, 2}, {}};
  for (int i = 0; i < 200; ++i) points.data.push_back(i / 7.0);
  scene.config.set("data.points", points);
  scene.config.set("model.means", Tensor{{3, 2}, {1, 2, 3, 4, 5, 6}});
  const std::string text = write_scene(scene);
  const Scene back = parse_kept_scene(text, "b.toml");
  EXPECT_EQ(back.config, scene.config) << text;
  EXPECT_EQ(back.title, scene.title);
  EXPECT_EQ(back.description, scene.description);
  EXPECT_EQ(write_scene(back), text);
}

TEST(BuiltinScenes, AreCompleteReadableAndRoundTrip) {
  const auto names = builtin_scenes();
  ASSERT_GE(names.size(), 7u);
  EXPECT_EQ(names[0], "penguins");
  EXPECT_EQ(names[1], "old_faithful");
  EXPECT_EQ(names[2], "three_blobs");
  EXPECT_EQ(names.size(), embedded_names("scenes/").size());
  for (const std::string& name : names) {
    const Scene scene = load_scene(name);
    EXPECT_EQ(scene.name, name);
    EXPECT_EQ(scene.folder, "");
    EXPECT_FALSE(scene.title.empty()) << name;
    EXPECT_FALSE(scene.description.empty()) << name;
    EXPECT_FALSE(scene.look_for.empty()) << name;
    for (const std::string& sentence : {scene.description, scene.look_for})
      for (const char* typed : {" - ", " * ", "^-"})
        EXPECT_EQ(without_expressions(sentence).find(typed), std::string::npos)
            << name << ": \"" << typed << "\" where mathematics has a sign of its own";
    // Some scenes are about a single point or about curves alone; the others are worth looking at as a whole.
    const bool curves_alone = scene.config.text("data.source") == "none";
    if (scene.config.lab() != "attention") {
      // Petals of one species against all others need twenty, one point to be shared a dozen.
      const int least = curves_alone                                                               ? 0
                        : name == "drag_a_point"                                                   ? 3
                        : scene.config.lab() == "neighbours" || scene.config.is_set("data.points") ? 1
                        : name.starts_with("regime_")                                              ? 12
                        : name == "no_optimum"                                                     ? 20
                                                                                                   : 30;
      EXPECT_GE(make_dataset(scene.config, scene.folder).size(), least) << name;
    }
    EXPECT_FALSE(scene.about.group.empty() || scene.about.level.empty() || scene.about.minutes == 0)
        << name << ": [about] says where it is listed";
    const Scene again = parse_scene(write_scene(scene), "x.toml");
    EXPECT_EQ(again.about.group, scene.about.group);
    EXPECT_EQ(again.about.level, scene.about.level);
    EXPECT_EQ(again.about.minutes, scene.about.minutes);
    EXPECT_EQ(again.config, scene.config) << name;
    EXPECT_EQ(again.look_for, scene.look_for) << name;
    EXPECT_EQ(again.conditions, scene.conditions) << name;
  }
}

TEST(SceneAbout, EveryGroupHasScenesOrIsOfALabWithoutAny) {
  std::map<std::string_view, int> counts;
  std::set<std::string> labs_with_scenes;
  for (const std::string& name : builtin_scenes()) {
    const Scene scene = load_scene(name);
    ++counts[group_of(scene).id];
    labs_with_scenes.insert(scene.config.lab());
  }
  for (const SceneGroup& group : scene_groups()) {
    const bool is_of_a_lab_without_any =
        find_lab(group.id) != nullptr && !labs_with_scenes.contains(group.id);
    EXPECT_TRUE(counts[group.id] > 2 || is_of_a_lab_without_any) << group.id;
  }
}

// A lab says what stands above its scenes, so that a new one has a place in the list of them.
TEST(SceneAbout, GroupsAreTopicsAndThenThoseThatLabsDeclare) {
  std::vector<std::string> said, expected = {"Start here", "EM and gradient descent", "What goes wrong"};
  for (const SceneGroup& group : scene_groups()) said.push_back(group.label);
  for (const Lab* lab : labs())
    if (!lab->scene_group().empty()) expected.push_back(lab->scene_group());
  EXPECT_EQ(said, expected);
  EXPECT_GE(said.size(), 8U);
  for (const char* label : {"Activations", "Attention", "Classification", "Layers", "Neighbours"})
    EXPECT_NE(std::ranges::find(said, label), said.end()) << label;
}

// Files that say nothing stay as they are: they are listed with their lab.
TEST(SceneAbout, IsOptionalAndChecked) {
  const auto group = [](const std::string& lab) {
    return group_of(parse_scene("format = 1\nlab = \"" + lab + "\"\n[about]\n", "a.toml")).id;
  };
  EXPECT_EQ(group_of(parse_scene(kHead, "a.toml")).id, "rules");
  EXPECT_EQ(group("attention"), "attention");
  EXPECT_EQ(group("activation"), "activation");
  EXPECT_EQ(write_scene(parse_scene(kHead, "a.toml")).find("about"), std::string::npos);
  const std::string head = std::string(kHead) + "[about]\n";
  const auto line = std::to_string(std::ranges::count(head, '\n') + 1);
  EXPECT_EQ(error_in(head + "grup = \"start\""),
            "a.toml:" + line + ":1: unknown key about.grup; did you mean about.group?");
  EXPECT_NE(error_in(head + "group = \"strat\"").find("did you mean start?"), std::string::npos);
  EXPECT_NE(error_in(head + "level = 3").find("must be one of introductory, intermediate, advanced"),
            std::string::npos);
  EXPECT_NE(error_in(head + "minutes = 0").find("must be a whole number from 1 to 600"), std::string::npos);
  EXPECT_NE(error_in("about = 3\n" + std::string(kHead)).find("must be one table, [about]"),
            std::string::npos);
}

TEST(LoadScene, UnknownNamesListTheNearest) {
  const std::string message = error_of([] { (void)load_scene("penguin"); });
  EXPECT_NE(message.find("did you mean penguins?"), std::string::npos) << message;
  EXPECT_NE(message.find("iemlab list scenes"), std::string::npos) << message;
}

TEST(LoadScene, FilesThatCannotBeReadAreAnIoError) {
  for (const std::string path : {"/nonexistent/a.toml", "nowhere.toml"}) {
    try {
      (void)load_scene(path);
      FAIL() << path;
    } catch (const InputError& error) {
      EXPECT_EQ(error.kind(), ErrorKind::io);
      EXPECT_EQ(error.at().file, path);
      EXPECT_NE(error.message().find("No such file"), std::string::npos) << error.what();
    }
  }
  try {
    (void)load_scene(test::Folder().path());
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_EQ(error.message(), "is a folder, not a file");
  }
}

TEST(LoadScene, PathsOfDataAreRelativeToTheScene) {
  const test::Folder folder;
  folder.write("points.csv", "1,2\n3,4\n");
  const Scene scene = load_scene(folder.write(
      "s.toml",
      std::string(kHead) + "[data]\nsource = \"csv\"\npath = \"points.csv\"\n[model]\ncomponents = 1\n"));
  EXPECT_EQ(make_dataset(scene.config, scene.folder).size(), 2);
  std::filesystem::remove(folder.at("points.csv"));
  const std::string message = error_of([&] { (void)make_dataset(scene.config, scene.folder); });
  EXPECT_NE(message.find("s.toml:5:8: data.path = \"points.csv\": cannot be opened: No such file"),
            std::string::npos)
      << message;
}

TEST(Assignment, TakesTomlValuesAndBareWords) {
  EXPECT_EQ(parse_assignment("model.nu=3", "--set").value, Value(std::int64_t{3}));
  EXPECT_EQ(parse_assignment("model.nu = 3.5 ", "--set").value, Value(3.5));
  EXPECT_EQ(parse_assignment("model.nu=1e-3", "--set").value, Value(1e-3));
  EXPECT_EQ(parse_assignment("a.b=true", "--set").value, Value(true));
  EXPECT_EQ(parse_assignment("model.init=kmeans++", "--set").value, Value("kmeans++"));
  EXPECT_EQ(parse_assignment("data.path=../a b=c.csv", "--set").value, Value("../a b=c.csv"));
  EXPECT_EQ(parse_assignment("data.path=builtin:iris_petals.csv", "--set").value,
            Value("builtin:iris_petals.csv"));
  EXPECT_EQ(parse_assignment("model.energy='laplace'", "--set").value, Value("laplace"));
  EXPECT_EQ(parse_assignment("m=[[1,2],[3,4]]", "--set").value, Value(Tensor{{2, 2}, {1, 2, 3, 4}}));
  EXPECT_EQ(parse_assignment("learn=[\"a\"]", "--set").value, Value(std::vector<std::string>{"a"}));
  EXPECT_EQ(parse_assignment("learn=[]", "--set").value, Value(Tensor{{0}, {}}));
}

TEST(Assignment, SaysWhatIsWrong) {
  const auto error = [](const std::string& text) {
    return error_of([&] { (void)parse_assignment(text, "--set"); });
  };
  EXPECT_EQ(error("model.nu"), "--set: \"model.nu\": must be key.path=VALUE");
  EXPECT_EQ(error("=3"), "--set: \"=3\": must be key.path=VALUE");
  EXPECT_EQ(error("model.nu="), "--set: model.nu: a value must follow the =");
  EXPECT_EQ(error("model.nu=nan"), "--set: model.nu: nan: numbers must be finite");
  EXPECT_EQ(error("model.nu=[1").find("--set: model.nu = [1: "), 0u);
  EXPECT_NE(error("model.nu=[[1],[2,3]]").find("ragged"), std::string::npos);
  EXPECT_NE(error("model.nu={a=1}").find("not a table"), std::string::npos);
  EXPECT_NE(error("model.nu=1\nseed=2").find("not a table"), std::string::npos);
}

}  // namespace
}  // namespace iem
