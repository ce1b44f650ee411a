// A session carries states of some earlier steps, so that what is shown of it can be gone back in before it
// has been replayed.
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/run/engine.h"
#include "core/run/snapshot.h"
#include "core/session/checkpoint.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "tests/core/error_of.h"
#include "tests/core/session/checkpoint_support.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;
using OrderedJson = nlohmann::ordered_json;

std::vector<std::string> carried(const std::string& session) {
  return OrderedJson::parse(session)["checkpoint"]["before"].get<std::vector<std::string>>();
}
std::int64_t step_in(const std::string& text) { return read_checkpoint(text)->step; }

// The text of a session whose states before its end have been changed by `how` and summed up again.
std::string with_states(const iem::Run& run, const std::function<void(std::vector<std::string>&)>& how) {
  auto session = OrderedJson::parse(testing::save(run));
  OrderedJson& end = session["checkpoint"];
  auto before = end["before"].get<std::vector<std::string>>();
  how(before);
  end["before"] = before;
  end["sum"] = checkpoint_sum(end["state"].get<std::string>(), before);
  return session.dump();
}
std::string with_state(const iem::Run& run, std::size_t at, const std::function<void(RunState&)>& how) {
  return with_states(run, [&](std::vector<std::string>& before) {
    RunState state = *read_checkpoint(before.at(at));
    how(state);
    before[at] = write_checkpoint(state);
  });
}

TEST(StatesBefore, OfALongRunAreFewAndEvenlySpread) {
  iem::Run run(mixture_scene("[data]\ncount = 20\n[model]\ncomponents = 2\n"), pool());
  run.seek(20'001);
  const std::vector<std::string> before = carried(testing::save(run));
  ASSERT_GT(before.size(), 50u);
  ASSERT_LE(before.size(), 64u);
  EXPECT_EQ(step_in(before.front()), 0);
  for (std::size_t i = 1; i < before.size(); ++i)
    EXPECT_NEAR(static_cast<double>(step_in(before[i]) - step_in(before[i - 1])), 20'001. / 64, 20) << i;
  EXPECT_GT(step_in(before.back()), 19'000);
}

TEST(StatesBefore, TakeAMebibyteAtMost) {
  iem::Run run(load_scene("digits_whiten"), pool());
  run.seek(20);
  const std::string session = testing::save(run);
  std::size_t bytes = 0;
  for (const std::string& text : carried(session)) bytes += text.size();
  const std::size_t one = OrderedJson::parse(session)["checkpoint"]["state"].get<std::string>().size();
  ASSERT_GT(20 * one, std::size_t{1} << 20) << "the scene has smaller states than this test is about";
  EXPECT_LE(bytes, std::size_t{1} << 20);
  EXPECT_GT(bytes + 2 * one, std::size_t{1} << 19);
}

TEST(StatesBefore, ArePlacesToGoToAndNotToEditUntilTheReplayIsDone) {
  iem::Run run = testing::edited_run();
  LoadedSession shown = testing::show(testing::save(run));
  shown.run.seek(14), run.seek(14);
  EXPECT_EQ(error_of([&] {
              shown.run.apply({"model.temperature", 0.7});
            }),
            "the steps before 20 are still being replayed; they can be changed when that is done");
  EXPECT_TRUE(shown.run.state().same_bits(run.state()));
  const auto snapshot = take_snapshot(shown.run);
  EXPECT_EQ(snapshot->first_kept, 12);
  EXPECT_EQ(snapshot->last_step(), 20);
  EXPECT_FALSE(snapshot->doubt.empty());
  ASSERT_TRUE(shown.run.past()->fill(shown.replay({}).run));
  for (iem::Run* each : {&run, &shown.run}) {
    each->apply({"model.temperature", 0.7});
    each->seek(18);
  }
  EXPECT_EQ(testing::save(shown.run), testing::save(run));
  EXPECT_EQ(shown.run.history().steps(), run.history().steps());
}

TEST(StatesBefore, RefuseAnUndoThatIsHadWhenTheReplayIsDone) {
  const iem::Run run = testing::edited_run();
  LoadedSession shown = testing::show(testing::save(run));
  const double before = shown.run.setup().config().real("model.temperature");
  Engine engine(shown.run);
  engine.apply({"model.temperature", 0.7});
  engine.seek(14);
  engine.undo();
  engine.wait_until_idle();
  EXPECT_EQ(engine.take_notices().size(), 1u);
  EXPECT_TRUE(engine.snapshot()->can_undo);
  ASSERT_TRUE(shown.run.past()->fill(shown.replay({}).run));
  engine.undo();
  engine.wait_until_idle();
  EXPECT_FALSE(engine.snapshot()->can_undo);
  EXPECT_EQ(engine.snapshot()->config().real("model.temperature"), before);
}

// Nobody replays it: the edit does.
TEST(StatesBefore, AreEditedAfterAReplayWhereNobodyElseMakesOne) {
  iem::Run run = testing::edited_run();
  LoadedSession shown = testing::show(testing::save(run));
  shown.run.past()->leave();
  for (iem::Run* each : {&run, &shown.run}) {
    each->seek(14);
    each->apply({"model.temperature", 0.7});
  }
  EXPECT_EQ(testing::save(shown.run), testing::save(run));
}

TEST(StatesBefore, ThatAreOthersGiveWayToThoseOfTheReplay) {
  iem::Run run = testing::edited_run();
  const std::string session = with_state(run, 0, [](RunState& state) { state.theta[0] += 1e-9; });
  LoadedSession shown = testing::show(session);
  ASSERT_TRUE(shown.replay) << shown.note;
  shown.run.seek(12), run.seek(12);
  EXPECT_FALSE(shown.run.state().same_bits(run.state()));
  EXPECT_FALSE(shown.run.doubt().empty());
  ASSERT_TRUE(shown.run.past()->fill(shown.replay({}).run));
  ASSERT_TRUE(shown.run.take_past());
  EXPECT_EQ(shown.run.state().step, 12);
  EXPECT_TRUE(shown.run.state().same_bits(run.state()));
  EXPECT_TRUE(shown.run.doubt().empty());
}

// Nobody could say which settings they had.
TEST(StatesBefore, FromBeforeTheLastEditAreLeftAside) {
  const iem::Run run = testing::edited_run();
  const LoadedSession shown = testing::show(with_state(run, 0, [](RunState& state) { state.step = 11; }));
  ASSERT_TRUE(shown.replay) << shown.note;
  EXPECT_EQ(shown.run.first_kept(), 13);
}

TEST(StatesBefore, ThatAreDamagedAreLeftAsideWithTheirSession) {
  const iem::Run run = testing::edited_run();
  const auto expect_replayed = [](const std::string& text, const std::string& why) {
    const LoadedSession shown = testing::show(text);
    EXPECT_FALSE(shown.replay);
    EXPECT_EQ(shown.run.first_step(), 0);
    EXPECT_EQ(shown.note, "The state at its end " + why + ": the session was replayed instead.");
  };
  OrderedJson cut = OrderedJson::parse(testing::save(run));
  cut["checkpoint"]["before"].erase(1);
  expect_replayed(cut.dump(), "is damaged");  // the sum says so
  using Texts = std::vector<std::string>;
  expect_replayed(with_states(run, [](Texts& before) { before[1] = "AAAA"; }), "is damaged");
  expect_replayed(with_states(run, [](Texts& before) { std::swap(before[0], before[1]); }), "is damaged");
  expect_replayed(with_state(run, 1, [](RunState& state) { state.step = 20; }), "is damaged");
  const std::string misfit = "does not fit its run";
  expect_replayed(with_state(run, 1, [](RunState& state) { state.theta.setZero(1); }), misfit);
  expect_replayed(with_state(run, 1, [](RunState& state) { state.theta[0] = 1. / 0.; }), misfit);
  expect_replayed(with_state(run, 1, [](RunState& state) { state.optimizer_state.sums.setZero(2, 2); }),
                  misfit);
}

}  // namespace
}  // namespace iem
