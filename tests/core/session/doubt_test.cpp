// A run that is shown before its session has been replayed is not proven, and whatever is made of it says so.
#include <gtest/gtest.h>

#include <cmath>

#include "core/check/check.h"
#include "core/figure/caption.h"
#include "core/figure/furniture.h"
#include "core/labs/kit/lab.h"
#include "core/labs/neighbours/kit/toy.h"
#include "core/run/comparison.h"
#include "core/run/fault.h"
#include "core/run/snapshot.h"
#include "core/session/run_record.h"
#include "core/session/scene_file.h"
#include "core/session/state_string.h"
#include "tests/core/error_of.h"
#include "tests/core/session/checkpoint_support.h"

namespace iem::testing {
namespace {

constexpr const char* kComing = "Not verified yet: the session of this run is still being replayed.";
constexpr const char* kParted = "The replay of this run's session comes to another state.";

std::string doubt_in(const std::string& session) {
  return nlohmann::ordered_json::parse(session).value("doubt", std::string());
}
std::string doubt_in_line(const iem::Run& run) {
  return doubt_in(read_state_string(write_state_string(run, run.origin().config), ""));
}

Figure loss_of(const iem::Run& run) {
  const auto snapshot = take_snapshot(run);
  Figure out = lab_of(run.setup()).figure("loss", *snapshot, {run.setup().config(), {}, {}});
  out.keep.push_back(snapshot);
  return out;
}

// Sessions, lines of text, records beside tables, captions.
void expect_says(const iem::Run& run, const std::string& doubt) {
  EXPECT_EQ(run.doubt(), doubt);
  EXPECT_EQ(take_snapshot(run)->doubt, doubt);
  EXPECT_EQ(take_snapshot(Comparison(run))->doubt, doubt);
  EXPECT_EQ(doubt_in(save(run)), doubt);
  EXPECT_EQ(doubt_in_line(run), doubt);
  EXPECT_EQ(run_record(run, run.origin().config).value("doubt", std::string()), doubt);
  const Figure figure = loss_of(run);
  EXPECT_EQ(figure.doubt, doubt);
  const bool says = !doubt.empty();
  EXPECT_EQ(plain_caption(figure.caption).ends_with(says ? doubt : "verified"), says) << figure.caption;
  for (const char* caption : {"on", "off", "Other words."}) {
    Config paper = run.setup().config();
    paper.set("paper.caption", std::string(caption));
    const std::string below = plain_caption(furnished(figure, paper).caption);
    EXPECT_EQ(says && below.ends_with(doubt), says) << caption;
    EXPECT_TRUE(!says || below.rfind(doubt) == below.find(doubt)) << "it is said once";
  }
}

TEST(Doubt, IsSaidUntilTheReplayHasComeToTheSameState) {
  const iem::Run run = edited_run();
  expect_says(run, "");
  LoadedSession shown = show(save(run));
  expect_says(shown.run, kComing);
  shown.run.step();
  expect_says(shown.run, kComing);
  ASSERT_TRUE(shown.run.past()->fill(shown.replay({}).run));
  expect_says(shown.run, "");  // the state is proven, whoever has looked for its past
  ASSERT_TRUE(shown.run.take_past());
  expect_says(shown.run, "");
  EXPECT_TRUE(shown.run.past()) << "by which it is known as the run of its session";
}

TEST(Doubt, StaysWhereTheReplayComesToAnotherState) {
  LoadedSession shown = show(forged(edited_run(), [](RunState& state) { state.theta[0] += 1e-9; }));
  EXPECT_FALSE(shown.run.past()->fill(shown.replay({}).run));
  expect_says(shown.run, kParted);
  shown.run.step();
  expect_says(shown.run, kParted);
  expect_says(show(save(shown.run)).run, kComing);  // and is found out again
}

TEST(Doubt, StaysWithItsReasonWhereTheReplayThrows) {
  LoadedSession shown = show(with_wrong_edit(save(edited_run())));
  ASSERT_TRUE(shown.replay);
  const std::string why = error_of([&] { (void)shown.replay({}); });
  EXPECT_NE(why.find("state.nothing"), std::string::npos) << why;
  const std::string lost = error_of([&] { shown.run.seek(3); });
  EXPECT_TRUE(lost.starts_with("the steps before 20 cannot be replayed: state.nothing")) << lost;
  EXPECT_EQ(shown.run.past()->standing(), Past::Standing::failed);
  EXPECT_EQ(error_of([&] { shown.run.seek(4); }), lost);
  EXPECT_EQ(shown.run.state().step, 20);
  expect_says(shown.run, "Not verified: the session of this run cannot be replayed (" +
                             shown.run.past()->reason() + ").");
}

TEST(Doubt, IsSaidOfARunThatNobodyReplays) {
  const LoadedSession shown = show(save(edited_run()));
  shown.run.past()->leave();
  expect_says(shown.run, "Not verified: the session of this run has not been replayed.");
}

TEST(Doubt, EndsWithNothingThatComesAfterTheProof) {
  const iem::Run run = edited_run();
  LoadedSession shown = show(save(run));
  ASSERT_TRUE(shown.run.past()->fill(run));
  shown.run.past()->part();
  shown.run.past()->fail("late");
  shown.run.past()->leave();
  EXPECT_EQ(shown.run.past()->standing(), Past::Standing::here);
}

TEST(Doubt, OfARunBesideTheFirstIsThatOfAll) {
  LoadedSession shown = show(save(edited_run()));
  Comparison runs(shown.run);
  runs.add({.name = "twin"});
  runs.make_first(1);
  EXPECT_EQ(runs.first().doubt(), "");
  EXPECT_EQ(take_snapshot(runs)->doubt, kComing);
  EXPECT_EQ(runs.first_kept_now(), 12);  // the last edit
}

TEST(Doubt, DrawsNoStepThatIsNotKnown) {
  const LoadedSession shown = show(save(edited_run()));
  const Figure figure = loss_of(shown.run);
  int lines = 0;
  for (const Mark& mark : figure.panels.at(0).marks)
    if (const auto* line = std::get_if<Line>(&mark); line && !line->x.empty()) {
      ++lines;
      EXPECT_EQ(line->x.front(), 20);
      for (const double y : line->y) EXPECT_TRUE(std::isfinite(y));
    }
  EXPECT_GT(lines, 0);
}

TEST(Checkpoint, IsNotWrittenWhereTheStateIsNotFinite) {
  iem::Run run(mixture_scene("[model]\ncomponents = 2\n"), pool());
  run.seek(3);
  run.apply({"state.means", Tensor{{2, 2}, {1e200, 0, -1e200, 0}}, 0});
  ASSERT_TRUE(is_broken(run));
  EXPECT_FALSE(nlohmann::ordered_json::parse(save(run)).contains("checkpoint"));
  const LoadedSession shown = show(save(run));
  EXPECT_FALSE(shown.replay);
  EXPECT_EQ(shown.note, "");
  EXPECT_TRUE(is_broken(shown.run));
}

TEST(Checkpoint, IsShownWithinTheLimitsOfAReplay) {
  const std::string text = save(edited_run());
  const auto told = [&](const ReplayWatch& watch, std::size_t most) {
    return show_session(text, "s.iemlab", pool(), watch, most);
  };
  int asked = 0;
  const LoadedSession ended = told(
      [&](std::int64_t, std::int64_t last) {
        ++asked;
        EXPECT_EQ(last, 20);
        return false;
      },
      kMostReplayedData);
  EXPECT_TRUE(ended.stopped);
  EXPECT_FALSE(ended.replay);
  EXPECT_EQ(ended.run.doubt(), "");
  EXPECT_EQ(asked, 2);  // while it is made, and by the replay that ends at once
  EXPECT_EQ(error_of([&] { (void)told({}, 100); }),
            "s.iemlab: its edits ask for more than 0 MiB of points, at step 4");
}

// Shapes are not hashed, and a hash can be forged.
TEST(RunState, HasTheSameBitsOnlyWhereEveryWordIsTheSame) {
  RunState a;
  a.theta.setZero(3);
  a.previous.setZero(3);
  a.optimizer_state.sums.setZero(2, 3);
  ASSERT_TRUE(a.same_bits(RunState(a)));
  const auto expect_other = [&](const char* what, bool same_hash, const std::function<void(RunState&)>& how) {
    RunState b = a;
    how(b);
    EXPECT_FALSE(a.same_bits(b)) << what;
    EXPECT_FALSE(b.same_bits(a)) << what;
    EXPECT_EQ(a.hash() == b.hash(), same_hash) << what;
  };
  expect_other("sums", true, [](RunState& s) { s.optimizer_state.sums.setZero(3, 2); });
  const auto take_vectors = [](RunState& state, const std::vector<std::vector<double>>& all) {
    state.optimizer_state.vectors.clear();
    for (const std::vector<double>& each : all)
      state.optimizer_state.vectors.emplace_back(
          Eigen::Map<const Eigen::VectorXd>(each.data(), static_cast<Eigen::Index>(each.size())));
  };
  take_vectors(a, {{0, 0, 0}, {1, 1, 1}});
  expect_other("split", false, [&](RunState& s) { take_vectors(s, {{0, 0}, {0, 1, 1, 1}}); });
  expect_other("one vector", false, [&](RunState& s) { take_vectors(s, {{0, 0, 0, 1, 1, 1}}); });
  expect_other("previous", true, [](RunState& s) { s.previous[1] = 1; });
  expect_other("no previous", true, [](RunState& s) { s.previous.resize(0); });
  expect_other("sign of zero", false, [](RunState& s) { s.theta[2] = -0.0; });
  expect_other("step", false, [](RunState& s) { s.step = 1; });
  expect_other("count", false, [](RunState& s) { s.optimizer_state.count = 1; });
  expect_other("seed", false, [](RunState& s) { s.optimizer_state.epoch.seed = 1; });
  expect_other("position", false, [](RunState& s) { s.optimizer_state.epoch.position = 1; });
  expect_other("batch", false, [](RunState& s) { s.optimizer_state.epoch.batch = 1; });
  expect_other("batches", false, [](RunState& s) { s.batch_random.bits(); });
  expect_other("starts", false, [](RunState& s) { s.init_random.bits(); });
  RunState nan = a;
  nan.theta[0] = std::nan("");
  EXPECT_TRUE(nan.same_bits(RunState(nan)));
}

// What is measured from the start on waits for it: else a run that begins late would agree with itself.
TEST(Doubt, WhatNeedsTheStartIsNotMeasuredWithoutIt) {
  const auto conservation = [](const iem::Run& run) {
    for (const CheckResult& result : run_checks(*take_snapshot(run)))
      if (result.id == "steps_keep") return result;
    ADD_FAILURE() << "no such check";
    return CheckResult();
  };
  iem::Run run(load_scene("groups_leave"), pool());
  run.seek(200);
  ASSERT_EQ(conservation(run).status, CheckStatus::pass) << conservation(run).reason;
  ASSERT_NEAR(toy_of(*run.setup().model).exact(run)[0].measured, 126, 2);
  LoadedSession shown = show(save(run));
  ASSERT_TRUE(shown.replay);
  EXPECT_EQ(conservation(shown.run).status, CheckStatus::pass) << "it is of the next step, not of the start";
  EXPECT_TRUE(std::isnan(toy_of(*shown.run.setup().model).exact(shown.run)[0].measured));
  ASSERT_TRUE(shown.run.past()->fill(shown.replay({}).run) && shown.run.take_past());
  EXPECT_EQ(conservation(shown.run).status, CheckStatus::pass);
  EXPECT_NEAR(toy_of(*shown.run.setup().model).exact(shown.run)[0].measured, 126, 2);
}

}  // namespace
}  // namespace iem::testing
