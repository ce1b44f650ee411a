// A stranger's session: whatever the text is, a run or one short line that names the file, the key and what
// is allowed, in time and memory that go with the length of the text.
#include "core/session/session_file.h"

#include "core/session/figure_panels.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/base/utf8.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "tests/core/error_of.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;
using OrderedJson = nlohmann::ordered_json;

OrderedJson good_session() {
  iem::Run run(mixture_scene("seed = 3\n"), pool());
  run.seek(2);
  run.apply({"model.temperature", 1.3});
  run.seek(5);
  run.apply({"optimizer.learning_rate", 0.3});
  run.seek(9);
  return OrderedJson::parse(save_session(run, run.setup().config()));
}

std::string refusal(const std::string& text) {
  return error_of([&] { (void)load_session(text, "s.iemlab", pool()); });
}

// One line, text, not long, and nothing of the library that reads JSON in it.
void expect_clear(const std::string& message, const std::string& of) {
  EXPECT_TRUE(message.starts_with("s.iemlab")) << of << " -> " << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  EXPECT_EQ(invalid_utf8(message), message.size()) << of;
  EXPECT_LT(message.size(), 400u) << message;
  for (const char* inner : {"json.exception", "type must be", "nlohmann"})
    EXPECT_EQ(message.find(inner), std::string::npos) << message;
}

TEST(SessionFile, EveryKeyWithEveryWrongValueIsRefusedByName) {
  const OrderedJson good = good_session();
  ASSERT_EQ(refusal(good.dump()), "");
  const std::vector<OrderedJson> wrong = {nullptr,
                                          true,
                                          1.5,
                                          -1,
                                          9007199254740992,
                                          1e300,
                                          "text",
                                          OrderedJson::array(),
                                          OrderedJson::object(),
                                          OrderedJson::array({1, OrderedJson::object()}),
                                          std::string(100000, 'x')};
  int refused = 0, taken = 0;
  const auto try_at = [&](const OrderedJson::json_pointer& at, const std::string& name) {
    for (const OrderedJson& value : wrong) {
      OrderedJson session = good;
      session[at] = value;
      const std::string message = refusal(session.dump()), what = name + " = " + value.dump().substr(0, 40);
      message.empty() ? ++taken : ++refused;
      if (message.empty()) continue;
      expect_clear(message, what);
      const bool named = name == "scene" || message.find(name) != std::string::npos;
      EXPECT_TRUE(named) << what << " -> " << message;
    }
  };
  for (const char* key : {"format", "step", "edits", "marks", "name", "folder", "scene", "data_hash", "hash"})
    try_at(OrderedJson::json_pointer(std::string("/") + key), key);
  for (const char* key : {"step", "key", "value", "hash"})
    try_at(OrderedJson::json_pointer(std::string("/edits/1/") + key), std::string("edits[1]"));
  try_at(OrderedJson::json_pointer("/edits/0"), "edits[0]");
  for (const char* key : {"step", "hash"})
    try_at(OrderedJson::json_pointer(std::string("/marks/0/") + key), std::string("marks[0]"));
  for (const char* key : {"state", "sum", "before", "before/0"})
    try_at(OrderedJson::json_pointer(std::string("/checkpoint/") + key), std::string("checkpoint"));
  EXPECT_GT(refused, 120);
  EXPECT_LT(taken, 40);  // hashes of any words, which then differ; names; an empty list
}

TEST(SessionFile, WhatIsMissingGivenTwiceOrOutOfOrderIsNamed) {
  const OrderedJson good = good_session();
  for (const char* key : {"format", "scene", "name", "folder", "data_hash", "step", "hash", "edits"}) {
    OrderedJson without = good;
    without.erase(key);
    EXPECT_EQ(refusal(without.dump()), std::string("s.iemlab: not a session: ") + key + ": is missing");
  }
  OrderedJson no_step = good;
  no_step["edits"][1].erase("step");
  EXPECT_EQ(refusal(no_step.dump()), "s.iemlab: not a session: edits[1].step: is missing");
  std::string twice = good.dump();
  twice.replace(1, 0, "\"step\":3,");
  EXPECT_EQ(refusal(twice), "s.iemlab: not a session: step: is given twice");
  OrderedJson order = good;
  order["edits"][0]["step"] = 7;
  EXPECT_EQ(refusal(order.dump()),
            "s.iemlab: not a session: edits[1].step: the edits are not in the order of their steps");
  OrderedJson far = good;
  far["step"] = 9007199254740992;
  EXPECT_EQ(
      refusal(far.dump()),
      "s.iemlab: not a session: step = 9007199254740992: must be a whole number from 0 to 1000000000000");
  far = good;
  far["edits"][1]["step"] = 1e15;
  EXPECT_NE(refusal(far.dump()).find("edits[1].step = 1"), std::string::npos) << refusal(far.dump());
}

TEST(SessionFile, BrokenTextIsRefusedAtItsPlace) {
  const std::string good = good_session().dump(1);
  EXPECT_EQ(refusal(""), "s.iemlab:1:1: not a session: the text ends too early");
  EXPECT_EQ(refusal("{\n \"format\": 1,\n \"step\" 3}"),
            "s.iemlab:3:9: not a session: the text is no JSON from here on");
  EXPECT_EQ(refusal("{\n \"format\": 1e999}"),
            "s.iemlab:2:16: not a session: a number is beyond the range of double precision");
  EXPECT_EQ(refusal(good + std::string("\0", 1)).find("s.iemlab:"), 0u);
  EXPECT_NE(refusal(good + std::string("\0", 1)).find("NUL"), std::string::npos);
  EXPECT_NE(refusal(std::string("{\"\xff\": 1}")).find("s.iemlab:1:3: not a session: the text is not UTF-8"),
            std::string::npos);
  EXPECT_NE(refusal("{\"name\": \"\\u0000\"}").find("name: must not hold a NUL"), std::string::npos);
  EXPECT_EQ(refusal("[]"), "s.iemlab: not a session: must be a JSON object");
  EXPECT_EQ(refusal("7"), "s.iemlab: not a session: must be a JSON object, not 7");
  for (std::size_t length = 0; length < good.size(); length += 37)
    expect_clear(refusal(good.substr(0, length)), "cut at " + std::to_string(length));
}

TEST(SessionFile, WhatIsNotKnownIsPassedOver) {
  OrderedJson session = good_session();
  session["later"] = {{"a", {1, 2, {{"b", nullptr}}}}, {"step", "x"}};
  session["edits"][0]["why"] = "a hand";
  EXPECT_EQ(refusal(session.dump()), "");
}

// The square of these lengths would not end within the time that a test has.
TEST(SessionFile, LimitsHoldBeforeMemoryAndTimeAreSpent) {
  EXPECT_NE(refusal(std::string(30 << 20, '[')).find("must be a JSON object"), std::string::npos);
  EXPECT_NE(refusal("{\"later\":" + std::string(30 << 20, '[')).find("nested more than 16"),
            std::string::npos);
  std::string keys = "{", edits = "{\"format\":1,\"edits\":[";
  for (int i = 0; i < 200000; ++i) keys += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_NE(refusal(keys + "\"z\":0}").find("more than 1000 keys"), std::string::npos);
  for (int i = 0; i < 100001; ++i) edits += "{\"step\":0,\"key\":\"a\",\"value\":\"1\",\"hash\":\"\"},";
  EXPECT_NE(refusal(edits + "{}]}").find("more than 100000 edits"), std::string::npos);
  std::string items = "{\"later\":[";
  for (int i = 0; i < 1000001; ++i) items += "[],";
  EXPECT_NE(refusal(items + "0]}").find("more than 1000000 items"), std::string::npos);
}

TEST(Session, ARefusedEditNamesTheFileAndTheEdit) {
  OrderedJson session = good_session();
  session["edits"][1]["key"] = "x";
  EXPECT_EQ(refusal(session.dump()), "s.iemlab: edits[1], at step 5: unknown key x; did you mean view.x?");
  session["edits"][1] = {{"step", 5}, {"key", "state.means"}, {"value", "1"}, {"hash", ""}};
  EXPECT_EQ(refusal(session.dump()).find("s.iemlab: edits[1], at step 5: state.means"), 0u)
      << refusal(session.dump());
  session["edits"][1]["key"] = "model.temperature=1 #";
  EXPECT_EQ(refusal(session.dump()).find("s.iemlab: edits[1], at step 5: "), 0u) << refusal(session.dump());
}

TEST(Session, AMistakeInTheSceneInsideHasItsPlaceThereAndNotInTheFile) {
  OrderedJson session = good_session();
  session["scene"] = "format = 1\nlab = \"mixture\"\n[model]\ntemperature = -1\n";
  EXPECT_EQ(
      refusal(session.dump()),
      "s.iemlab: in the embedded scene, line 4, column 15: model.temperature = -1: must be greater than 0");
  // Found only when the run is made.
  session["scene"] = "format = 1\nlab = \"mixture\"\n[data]\nsource = \"csv\"\npath = \"gone.csv\"\n";
  EXPECT_EQ(refusal(session.dump()).find("s.iemlab: in the embedded scene: data.path = \"gone.csv\": "), 0u)
      << refusal(session.dump());
  session["scene"] = "format = 1\nlab = \"mixture\"\n[data]\ncount = 2\n";
  EXPECT_EQ(
      refusal(session.dump()),
      "s.iemlab: in the embedded scene: model.components = 3: there are only 2 points; use at most as many "
      "prototypes");
}

TEST(Session, StrangersWordsAreQuotedShort) {
  OrderedJson session = good_session();
  session["program"] = "\x1b[31mEVIL\nline2" + std::string(100000, 'x');
  session["isa"] = std::string(100000, 'y');
  session["hash"] = "0123456789abcdef";
  const std::string parted = load_session(session.dump(), "s.iemlab", pool()).parted;
  EXPECT_LT(parted.size(), 300u);
  EXPECT_EQ(parted.find('\x1b'), std::string::npos);
  EXPECT_EQ(parted.find('\n'), std::string::npos);
  session["left_out"] = std::string(100000, 'z');
  expect_clear(refusal(session.dump()), "left_out");
}

TEST(Session, AReplayCanBeWatchedAndStopped) {
  const std::string text = good_session().dump();
  std::vector<std::int64_t> steps;
  const LoadedSession whole =
      load_session(text, "s.iemlab", pool(), [&](std::int64_t step, std::int64_t last) {
        EXPECT_EQ(last, 9);
        steps.push_back(step);
        return true;
      });
  EXPECT_FALSE(whole.stopped);
  EXPECT_EQ(whole.run.state().step, 9);
  for (std::int64_t step = 0; step <= 9; ++step)
    EXPECT_NE(std::find(steps.begin(), steps.end(), step), steps.end()) << step;
  OrderedJson endless = OrderedJson::parse(text);
  endless["step"] = kMostSteps;
  const LoadedSession part = load_session(endless.dump(), "s.iemlab", pool(),
                                          [](std::int64_t step, std::int64_t) { return step < 20; });
  EXPECT_TRUE(part.stopped);
  EXPECT_EQ(part.run.state().step, 20);
  EXPECT_EQ(part.run.edits().size(), 2u);
}

TEST(Session, EditsAfterItsStepAreKept) {
  OrderedJson session = good_session();
  session["edits"].push_back({{"step", 12}, {"key", "model.temperature"}, {"value", "2.0"}, {"hash", "0"}});
  session["edits"][2]["hash"] = std::string(16, '0');
  const LoadedSession loaded = load_session(session.dump(), "s.iemlab", pool());
  EXPECT_EQ(loaded.parted, "");
  EXPECT_EQ(loaded.run.state().step, 9);
  EXPECT_EQ(loaded.run.edits().size(), 3u);
}

TEST(Session, WhoseEditsAskForMoreDataThanThereIsMemoryForIsRefused) {
  OrderedJson session = good_session();
  const auto with_edits = [&](int count, const std::string& points) {
    session["edits"] =
        OrderedJson::array({{{"step", 0}, {"key", "data.count"}, {"value", points}, {"hash", ""}}});
    for (int i = 1; i < count; ++i)
      session["edits"].push_back(
          {{"step", i}, {"key", "seeds.data"}, {"value", std::to_string(i)}, {"hash", ""}});
    session["step"] = count;
    session["marks"] = OrderedJson::array();
    return error_of([&] { (void)load_session(session.dump(), "s.iemlab", pool(), {}, 4 << 20); });
  };
  EXPECT_EQ(with_edits(100, "1000"), "");  // 20 bytes a point: 2 MB
  EXPECT_EQ(with_edits(100, "10000"), "s.iemlab: its edits ask for more than 4 MiB of points, at step 20");
}

TEST(Session, TheStateAfterItsLastEditIsComparedToo) {
  iem::Run run(load_scene("three_blobs"), pool());
  run.seek(2);
  run.apply({"optimizer.learning_rate", 0.3});
  run.seek(6);
  OrderedJson session = OrderedJson::parse(save_session(run, run.origin().config));
  EXPECT_EQ(load_session(session.dump(), "s.iemlab", pool()).parted, "");
  session["marks"] = OrderedJson::array();
  session["edits"][0]["hash"] = "0123456789abcdef";
  EXPECT_NE(load_session(session.dump(), "s.iemlab", pool()).parted.find("at step 2"), std::string::npos);
}

TEST(StateString, InAFigureIsFoundBehindATitleThatBeginsLikeOne) {
  EXPECT_EQ(find_state_string("<title>iem1:abc</title><m>iem1:abcdefgh_-0</m> iem1: "), "iem1:abcdefgh_-0");
  EXPECT_EQ(find_state_string("none"), "");
  // Of several panels: one of them has none.
  const std::string joined = joined_state_strings({"iem1:ab", "", "iem1:c-_0"});
  const std::string figure = "<metadata id=\"iemlab\">" + joined + "</metadata> iem1:xxxxxxxxxxxx";
  EXPECT_EQ(find_state_strings(figure), (std::vector<std::string>{"iem1:ab", "", "iem1:c-_0"}));
  EXPECT_EQ(find_state_string(figure), "iem1:ab");
  for (const std::size_t panel : {0u, 1u, 25u, 26u, 51u, 52u, 63u, 701u})
    EXPECT_EQ(panel_of_letter(panel_letter(panel)), panel);
  EXPECT_EQ(panel_letter(27), "ab");
  EXPECT_EQ(panel_name("a.b/p.svg#b").file, "a.b/p.svg");
  EXPECT_EQ(panel_name("p.svg#B").letter, "");
  EXPECT_EQ(panel_name("p.toml#b").file, "p.toml#b");
}

TEST(StateString, OneThatInflatesIsRefusedInTimeAndOneThatIsWrittenIsRead) {
  // 400,000 equal points: 4 MB of text, a few kB as a string.
  std::string points = "[data]\nsource = \"inline\"\npoints = [";
  for (int i = 0; i < 400000; ++i) points += i % 2 ? "[1, 0]," : "[0, 1],";
  const iem::Run run(mixture_scene(points + "]\n[model]\ncomponents = 1\n"), pool());
  const std::string text = write_state_string(run, run.setup().config());
  ASSERT_FALSE(text.empty());
  EXPECT_EQ(load_replay(text, pool()).run.state().hash(), run.state().hash());
  EXPECT_EQ(error_of([] { (void)load_replay("iem1:AAAA", pool()); }),
            "iem1:AAAA: the state string is cut off or damaged");
  EXPECT_LT(error_of([] { (void)load_replay("iem1:" + std::string(1 << 20, '%'), pool()); }).size(), 200u);
}

}  // namespace
}  // namespace iem
