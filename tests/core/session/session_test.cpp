#include "core/session/session.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "tests/core/session/checkpoint_support.h"
#include "tests/core/support.h"
#include "tests/support/folder.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;
using OrderedJson = nlohmann::ordered_json;

iem::Run edited_with_few_keyframes() {
  iem::Run run(mixture_scene("seed = 3\n[optimizer]\nlearning_rate = 0.2\n"), pool(), 3000);
  testing::edit_on_the_way(run);
  return run;
}

LoadedSession load(const std::string& text) { return load_session(text, "test.iemlab", pool()); }
std::string session_text(const iem::Run& run) { return save_session(run, run.setup().config()); }

TEST(Session, ReachesTheSameBitsWithTheSameEditsAndSettings) {
  const iem::Run run = edited_with_few_keyframes();
  const LoadedSession loaded = load(session_text(run));
  EXPECT_EQ(loaded.parted, "");
  EXPECT_EQ(loaded.run.state().step, 20);
  EXPECT_EQ(loaded.run.state().hash(), run.state().hash());
  EXPECT_EQ(loaded.run.setup().config(), run.setup().config());
  EXPECT_EQ(loaded.run.edits().size(), run.edits().size());
  for (std::int64_t step = 0; step <= 20; ++step)
    EXPECT_EQ(loaded.run.history().row(step)[0], run.history().row(step)[0]) << step;
  OrderedJson first = OrderedJson::parse(session_text(run)),
              again = OrderedJson::parse(session_text(loaded.run));
  // Which steps are marked, and which states are carried, depends on the keyframes there are.
  for (OrderedJson* each : {&first, &again}) {
    each->erase("marks");
    (*each)["checkpoint"].erase("before");
    (*each)["checkpoint"].erase("sum");
  }
  EXPECT_EQ(again, first);
}

TEST(Session, OfARunThatWentBackIsThatOfItsPresentStep) {
  iem::Run run = edited_with_few_keyframes();
  run.seek(6);
  const LoadedSession loaded = load(session_text(run));
  EXPECT_EQ(loaded.run.state().hash(), run.state().hash());
  EXPECT_EQ(loaded.run.last_step(), 6);
  EXPECT_EQ(loaded.run.edits().size(), 2u);
}

TEST(Session, WhoseDataChangedOnTheWayIsStillTheSameSession) {
  iem::Run run(mixture_scene(""), pool());
  run.seek(3);
  run.apply({"data.noise", 0.2});
  run.apply({"data.count", std::int64_t{64}});
  run.seek(8);
  const LoadedSession loaded = load(session_text(run));
  EXPECT_EQ(loaded.parted, "");
  EXPECT_EQ(loaded.run.state().hash(), run.state().hash());
  EXPECT_EQ(loaded.run.setup().data->hash, run.setup().data->hash);
}

TEST(Session, OfARunWhoseSeedWasChangedInThePastReplays) {
  iem::Run run(mixture_scene(""), pool());
  run.seek(8);
  run.apply({"model.temperature", 1.5});
  run.apply({"seed", std::int64_t{3}});
  run.seek(12);
  run.seek(5);
  run.apply({"seed", std::int64_t{7}});  // changes nothing of the run under way, so the edit at step 8 stays
  run.seek(12);
  ASSERT_EQ(run.temperature(), 1.5);
  ASSERT_EQ(run.setup().config().integer("seed"), 7);
  const LoadedSession loaded = load(session_text(run));
  EXPECT_EQ(loaded.parted, "");
  EXPECT_EQ(loaded.run.state().hash(), run.state().hash());
  EXPECT_EQ(loaded.run.setup().config(), run.setup().config());
}

TEST(Session, CarriesTheViewOfTheWindow) {
  const iem::Run run = edited_with_few_keyframes();
  Config view = run.setup().config();
  view.set("view.field", std::string("entropy"));
  view.set("view.x", Tensor{{2}, {-1, 5}});
  const LoadedSession loaded = load(save_session(run, view));
  EXPECT_EQ(loaded.run.setup().config().text("view.field"), "entropy");
  EXPECT_EQ(loaded.run.setup().config().tensor("view.x").data, (std::vector<double>{-1, 5}));
  EXPECT_EQ(loaded.run.state().hash(), run.state().hash());
}

TEST(Session, OfEveryBuiltInSceneReplays) {
  for (const std::string& name : builtin_scenes()) {
    iem::Run run(load_scene(name), pool());
    run.seek(6);
    const LoadedSession loaded = load(session_text(run));
    EXPECT_EQ(loaded.parted, "") << name;
    EXPECT_EQ(loaded.run.state().hash(), run.state().hash()) << name;
  }
}

TEST(Session, SaysAtWhichStepItPartedAndOpensAnyway) {
  OrderedJson json = OrderedJson::parse(session_text(edited_with_few_keyframes()));
  OrderedJson at_end = json, at_edit = json;
  at_end["hash"] = "0123456789abcdef";
  EXPECT_NE(load(at_end.dump()).parted.find("step 20"), std::string::npos) << load(at_end.dump()).parted;
  at_edit["edits"][2]["hash"] = "0123456789abcdef";
  EXPECT_NE(load(at_edit.dump()).parted.find("step 9"), std::string::npos) << load(at_edit.dump()).parted;
  EXPECT_EQ(load(at_edit.dump()).run.state().step, 20);
}

TEST(Session, SaysAtWhichMarkBetweenEditsItParted) {
  iem::Run run(mixture_scene(""), pool());
  run.seek(20);
  OrderedJson json = OrderedJson::parse(session_text(run));
  ASSERT_GE(json["marks"].size(), 15u);
  json["marks"][6]["hash"] = "0123456789abcdef";
  const std::string step = "step " + json["marks"][6]["step"].dump();
  EXPECT_NE(load(json.dump()).parted.find(step), std::string::npos) << load(json.dump()).parted;
}

TEST(Session, OfAnotherFileThanWhenItWasSavedSaysSo) {
  const test::Folder folder;
  const std::string file = folder.at("points.csv");
  const auto write = [&](double first) {
    std::ofstream out(file);
    out << "x,y\n" << first << ",2\n3,1\n-1,0.5\n0,0\n2,2\n";
  };
  write(1);
  iem::Run run(mixture_scene("[data]\nsource = \"csv\"\npath = \"" + file + "\"\n[model]\ncomponents = 2\n"),
               pool());
  run.seek(5);
  const std::string text = session_text(run);
  EXPECT_EQ(load(text).parted, "");
  write(1.5);
  EXPECT_NE(load(text).parted.find("data"), std::string::npos) << load(text).parted;
  std::filesystem::remove(file);
  EXPECT_THROW(load(text), InputError);
}

void expect_refused(const std::string& text) {
  try {
    load(text);
    ADD_FAILURE() << "taken: " << text.substr(0, 200);
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("test.iemlab"), std::string::npos) << error.what();
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
  }
}

TEST(Session, ThatIsNotOneIsRefusedWithAReason) {
  const std::string good = session_text(edited_with_few_keyframes());
  for (const std::string& text :
       {std::string(), std::string("x"), std::string("{}"), std::string("[]"), std::string("null"),
        std::string("\xff\xfe"), good.substr(0, good.size() / 2), good + "}"})
    expect_refused(text);
  const OrderedJson json = OrderedJson::parse(good);
  for (const char* key : {"format", "scene", "name", "folder", "data_hash", "step", "hash", "edits"}) {
    OrderedJson without = json, wrong = json;
    without.erase(key);
    expect_refused(without.dump());
    wrong[key] =
        std::string(key) == "step" || std::string(key) == "format" ? OrderedJson("five") : OrderedJson(5);
    expect_refused(wrong.dump());
  }
  OrderedJson other_format = json, bad_scene = json, bad_key = json, bad_value = json;
  other_format["format"] = 2;
  expect_refused(other_format.dump());
  bad_scene["scene"] = "format = 1\nlab = \"mixture\"\n[model]\ntemperature = -1\n";
  expect_refused(bad_scene.dump());
  bad_key["edits"][0]["key"] = "model.temprature";
  EXPECT_THROW(load(bad_key.dump()), InputError);
  bad_value["edits"][0]["value"] = "[1, ";
  EXPECT_THROW(load(bad_value.dump()), InputError);
  bad_value["edits"][0]["value"] = "nan";
  EXPECT_THROW(load(bad_value.dump()), InputError);
}

TEST(Session, OfASceneWhoseFileNameIsNotUtf8IsStillWritten) {
  Scene scene = mixture_scene("");
  scene.name = "caf\xe9";
  const iem::Run run(scene, pool());
  std::string text;
  ASSERT_NO_THROW(text = session_text(run));
  EXPECT_EQ(load(text).run.state().hash(), run.state().hash());
}

}  // namespace
}  // namespace iem
