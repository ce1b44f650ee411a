// A session shown from the state that it carries is, to the last bit, the run that a replay makes: at once,
// forwards from there and, with its past, backwards.
#include "core/session/checkpoint.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/base64.h"
#include "core/optimize/optimizer.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "tests/core/error_of.h"
#include "tests/core/session/checkpoint_support.h"

namespace iem {
namespace {

using testing::edited_run;
using testing::forged;
using testing::mixture_scene;
using testing::pool;
using testing::save;
using testing::show;
using testing::without_doubt;
using OrderedJson = nlohmann::ordered_json;

bool same_number(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

// State, objective and what is written of the step.
void expect_same(const iem::Run& a, const iem::Run& b, const std::string& name) {
  ASSERT_EQ(a.state().step, b.state().step) << name;
  EXPECT_TRUE(a.state().same_bits(b.state())) << name << " at step " << a.state().step;
  EXPECT_TRUE(same_number(a.evaluation().loss, b.evaluation().loss)) << name;
  const auto x = a.history().row(a.state().step), y = b.history().row(b.state().step);
  ASSERT_EQ(x.size(), y.size()) << name;
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_TRUE(same_number(x[i], y[i])) << name << ", column " << i;
}

// Goes back as far as the states reach that the session carries, and on again.
void expect_same_bits_behind(iem::Run run, iem::Run shown, const std::string& name) {
  const std::int64_t end = run.state().step;
  const std::int64_t last_edit = run.edits().empty() ? 0 : run.edits().back().step;
  EXPECT_EQ(shown.first_kept(), last_edit) << name;
  const auto expect_same_at = [&](std::int64_t step) {
    run.seek(step), shown.seek(step);
    ASSERT_TRUE(shown.state().same_bits(run.state())) << name << " at step " << step;
    EXPECT_TRUE(same_number(shown.evaluation().loss, run.evaluation().loss)) << name;
  };
  for (std::int64_t step = end - 1; step >= last_edit; --step) expect_same_at(step);
  for (std::int64_t step = last_edit; step <= end; ++step) expect_same_at(step);
  EXPECT_EQ(shown.first_step(), end) << name;  // none of it has been proven
}

// `run` is at its last step. Shows it, goes back and on, receives its past and goes back.
void expect_same_bits_everywhere(iem::Run run, const std::string& name, int threads) {
  const std::int64_t end = run.state().step, beyond = end + 4;
  LoadedSession shown = show(save(run), threads);
  ASSERT_TRUE(shown.replay) << name << ": " << shown.note;
  expect_same(shown.run, run, name);
  EXPECT_EQ(shown.run.first_step(), end) << name;
  EXPECT_EQ(shown.run.edits().size(), run.edits().size()) << name;
  EXPECT_EQ(shown.run.setup().config(), run.setup().config()) << name;
  EXPECT_EQ(without_doubt(save(shown.run)), save(run)) << name;
  expect_same_bits_behind(run, shown.run, name);
  (void)take_snapshot(shown.run);
  for (std::int64_t step = end + 1; step <= beyond; ++step) {
    run.step(), shown.run.step();
    expect_same(shown.run, run, name);
  }
  LoadedSession replayed = shown.replay({});
  EXPECT_EQ(replayed.parted, "") << name;
  ASSERT_TRUE(shown.run.past()->fill(std::move(replayed.run))) << name;
  ASSERT_TRUE(shown.run.take_past()) << name;
  EXPECT_EQ(shown.run.first_step(), 0) << name;
  EXPECT_EQ(shown.run.history().steps(), run.history().steps()) << name;
  for (std::int64_t step = run.state().step; step >= 0; --step) {
    run.seek(step), shown.run.seek(step);
    expect_same(shown.run, run, name);
  }
  for (std::int64_t step = 0; step <= beyond; ++step) {
    run.seek(step), shown.run.seek(step);
    expect_same(shown.run, run, name);
  }
}

TEST(Checkpoint, OfEveryBuiltInSceneIsTheRunItself) {
  int shown = 0;
  for (const std::string& name : builtin_scenes()) {
    Scene scene = load_scene(name);
    if (!scene.compare.empty()) continue;
    iem::Run run(std::move(scene), pool());
    run.seek(6);
    if (run.state().step < 6) continue;
    ++shown;
    expect_same_bits_everywhere(run, name, 1 + shown % 3);
  }
  EXPECT_GT(shown, 80);
}

TEST(Checkpoint, OfEveryRuleCarriesItsMemory) {
  std::size_t shown = 0;
  for (const OptimizerType& rule : optimizers()) {
    iem::Run run(mixture_scene("[data]\ncount = 90\n"), pool());
    if (!rule.unavailable(*run.setup().model).empty()) continue;
    if (run.setup().config().text("optimizer.method") != rule.id) run.apply({kRuleKey, rule.id});
    run.seek(7);
    expect_same_bits_everywhere(run, rule.id, 2);
    ++shown;
  }
  EXPECT_GT(shown, optimizers().size() / 2) << "rules that fit a mixture";
}

TEST(Checkpoint, OfAnEditedRunComesAfterItsEdits) {
  expect_same_bits_everywhere(edited_run(), "edited", 2);
  iem::Run run = edited_run();
  run.apply({"optimizer.learning_rate", 0.1});  // at the very step
  run.apply({"seed", std::int64_t{79}});
  expect_same_bits_everywhere(run, "edited at the end", 1);
}

TEST(Checkpoint, EditsMadeBeforeThePastIsThereStay) {
  iem::Run run = edited_run();
  LoadedSession shown = show(save(run));
  ASSERT_TRUE(shown.replay);
  const auto go_on = [](iem::Run& each) {
    each.apply({"optimizer.learning_rate", 0.05});
    each.seek(23);
    each.apply({"model.temperature", 0.8});
    each.seek(26);
  };
  go_on(run), go_on(shown.run);
  const iem::Run copy = shown.run;
  ASSERT_TRUE(shown.run.past()->fill(shown.replay({}).run));
  for (iem::Run each : {shown.run, copy}) {  // a copy made before finds its past too
    EXPECT_TRUE(each.take_past());
    EXPECT_EQ(save(each), save(run));
    EXPECT_EQ(each.history().steps(), run.history().steps());
    for (const std::int64_t step : {26, 21, 20, 19, 3, 0, 20, 24}) {
      each.seek(step), run.seek(step);
      expect_same(each, run, "step " + std::to_string(step));
      EXPECT_EQ(each.setup().config(), run.setup().config());
    }
    run.seek(26);
  }
}

// It makes no step another one, and is read where the next run begins.
TEST(Checkpoint, AStartKeyChangedWhereItBeginsStays) {
  iem::Run run = edited_run();
  LoadedSession shown = show(save(run));
  const auto go_on = [](iem::Run& each) {
    each.apply({"seed", std::int64_t{79}});
    each.seek(23);
    each.apply({"seed", std::int64_t{80}});
    each.seek(26);
  };
  go_on(run), go_on(shown.run);
  ASSERT_TRUE(shown.run.past()->fill(shown.replay({}).run));
  ASSERT_TRUE(shown.run.take_past());
  EXPECT_EQ(save(shown.run), save(run));
  for (const std::int64_t step : {26, 22, 20, 19, 20, 21, 24}) {
    shown.run.seek(step), run.seek(step);
    expect_same(shown.run, run, "step " + std::to_string(step));
    EXPECT_EQ(shown.run.setup().config(), run.setup().config()) << step;
  }
}

// So far on that rows are thinned out.
TEST(Checkpoint, AtTheEndOfALongRunKeepsTheSameRowsAndKeyframes) {
  iem::Run run(mixture_scene("[data]\ncount = 20\n[model]\ncomponents = 2\n"), pool());
  run.seek(20'001);
  ASSERT_LT(run.history().steps().size(), 20'000u);
  LoadedSession shown = show(save(run));
  ASSERT_TRUE(shown.replay);
  for (iem::Run* each : {&run, &shown.run}) {
    each->seek(20'013);
    each->apply({"model.temperature", 1.2});
    each->seek(20'301);
  }
  ASSERT_TRUE(shown.run.past()->fill(shown.replay({}).run));
  ASSERT_TRUE(shown.run.take_past());
  EXPECT_EQ(shown.run.history().steps(), run.history().steps());
  for (const std::size_t column : {kLossColumn, kGradNormColumn})
    EXPECT_EQ(shown.run.history().column(column), run.history().column(column));
  for (const std::int64_t step : {20'301, 20'012, 20'001, 20'000, 12'345, 1}) {
    run.seek(step), shown.run.seek(step);
    EXPECT_TRUE(run.state().same_bits(shown.run.state())) << step;
  }
}

TEST(Checkpoint, ARunWhosePastNobodyReplaysReplaysItItself) {
  iem::Run run = edited_run();
  LoadedSession shown = show(save(run));
  shown.run.seek(15);
  EXPECT_EQ(shown.run.first_step(), 20);
  shown.run.seek(5);
  run.seek(5);
  expect_same(shown.run, run, "itself");
  EXPECT_EQ(shown.run.first_step(), 0);
}

TEST(Checkpoint, AnotherStateThanThatOfTheReplayIsFoundOut) {
  iem::Run run = edited_run();
  LoadedSession shown = show(forged(run, [](RunState& state) { state.theta[0] += 1e-9; }));
  ASSERT_TRUE(shown.replay);
  LoadedSession replayed = shown.replay({});
  EXPECT_NE(replayed.parted.find("at step 20"), std::string::npos) << replayed.parted;
  EXPECT_TRUE(replayed.run.state().same_bits(run.state()));
  iem::Run copy = shown.run;
  EXPECT_EQ(error_of([&] { copy.seek(3); }),
            "the steps before 20 are not those of this run: a replay comes to another state");
  EXPECT_FALSE(shown.run.past()->fill(replayed.run));
  EXPECT_EQ(shown.run.past()->standing(), Past::Standing::parted);
  EXPECT_FALSE(shown.run.take_past());
  EXPECT_THROW(shown.run.seek(3), InputError);
  EXPECT_EQ(shown.run.state().step, 20);
}

TEST(Checkpoint, WhatIsNotHashedIsComparedToo) {
  iem::Run run(load_scene("next_symbol"), pool());
  run.seek(5);
  ASSERT_GT(run.state().previous.size(), 0);
  LoadedSession shown = show(forged(run, [](RunState& state) { state.previous[0] += 1e-9; }));
  ASSERT_TRUE(shown.replay);
  EXPECT_FALSE(shown.run.past()->fill(shown.replay({}).run));
}

TEST(Checkpoint, ThatIsDamagedOrOfAnotherProgramIsLeftAsideAndSaysSo) {
  const iem::Run run = edited_run();
  const OrderedJson good = OrderedJson::parse(save(run));
  const auto expect_replayed = [&](const std::string& text, const std::string& why) {
    const LoadedSession shown = show(text);
    EXPECT_FALSE(shown.replay);
    EXPECT_EQ(shown.run.state().step, 20);
    EXPECT_EQ(shown.run.first_step(), 0);
    EXPECT_EQ(shown.note, why.empty()
                              ? std::string()
                              : "The state at its end " + why + ": the session was replayed instead.");
  };
  const auto with = [&](const char* key, const OrderedJson& value) {
    OrderedJson session = good;
    session["checkpoint"][key] = value;
    return session.dump();
  };
  const std::string state = good["checkpoint"]["state"];
  expect_replayed(with("state", state.substr(0, state.size() / 2)), "is damaged");
  expect_replayed(with("sum", "0123456789abcdef"), "is damaged");
  expect_replayed(with("state", ""), "");
  for (const std::string& text : {state.substr(0, state.size() - 11), std::string("!"), state + "AAAA"}) {
    OrderedJson session = good;
    session["checkpoint"] = {{"state", text}, {"sum", checkpoint_sum(text)}};
    expect_replayed(session.dump(), "is damaged");
  }
  OrderedJson old = good, other = good;
  old.erase("checkpoint");
  expect_replayed(old.dump(), "");
  other["program"] = "iemlab 0.0.1";
  expect_replayed(other.dump(), "was written by another version of the program");
  OrderedJson later = good;
  later["edits"].push_back(
      {{"step", 30}, {"key", "model.temperature"}, {"value", "2.0"}, {"hash", std::string(16, '0')}});
  expect_replayed(later.dump(), "");
  EXPECT_EQ(error_of([&] { (void)show(with("state", 5)); }),
            "s.iemlab: not a session: checkpoint.state = 5: must be a string");
  EXPECT_EQ(error_of([&] { (void)show(with("state", std::string(kLongestCheckpoint + 1, 'A'))); }),
            "s.iemlab: not a session: checkpoint.state: must be at most 8388608 bytes long");
  OrderedJson number = good;
  number["checkpoint"] = 7;
  EXPECT_EQ(error_of([&] { (void)show(number.dump()); }),
            "s.iemlab: not a session: checkpoint = 7: must be an object");
}

// What a step relies on is looked at, whatever the sum says.
TEST(Checkpoint, WhoseStateFitsNoRunIsLeftAside) {
  const auto expect_misfit = [](const iem::Run& run, const std::function<void(RunState&)>& how) {
    const LoadedSession shown = show(forged(run, how));
    EXPECT_FALSE(shown.replay);
    EXPECT_EQ(shown.note, "The state at its end does not fit its run: the session was replayed instead.");
  };
  const auto of_rule = [](const std::string& rule) {
    iem::Run run(mixture_scene("[data]\ncount = 90\n[optimizer]\nmethod = \"" + rule + "\"\n"), pool());
    run.seek(6);
    return run;
  };
  const iem::Run adam = of_rule("adam"), sgd = of_rule("sgd"), incremental = of_rule("incremental_em"),
                 anderson = of_rule("anderson");
  expect_misfit(adam, [](RunState& s) { s.theta.conservativeResize(s.theta.size() - 1); });
  expect_misfit(adam, [](RunState& s) { s.theta[2] = std::nan(""); });
  expect_misfit(adam, [](RunState& s) { s.previous.setZero(1); });
  expect_misfit(adam, [](RunState& s) { s.optimizer_state.vectors[1].setZero(2); });
  expect_misfit(adam, [](RunState& s) { s.optimizer_state.count = -1; });
  expect_misfit(adam, [](RunState& s) { s.optimizer_state.count = s.step + 1; });
  expect_misfit(adam, [](RunState& s) { s.optimizer_state.sums.setZero(2, 2); });
  expect_misfit(sgd, [](RunState& s) { s.optimizer_state.epoch.points = 89; });
  expect_misfit(sgd, [](RunState& s) { s.optimizer_state.epoch.position = -1; });
  expect_misfit(sgd, [](RunState& s) { s.optimizer_state.epoch.position = 91; });
  expect_misfit(sgd, [](RunState& s) { s.optimizer_state.epoch.batch = -1; });
  expect_misfit(incremental, [](RunState& s) { s.optimizer_state.epoch.position = 90; });
  expect_misfit(incremental, [](RunState& s) { s.optimizer_state.sums.setZero(1, 6); });
  expect_misfit(incremental,
                [](RunState& s) { s.optimizer_state.sums.setZero(s.optimizer_state.sums.rows(), 1); });
  expect_misfit(anderson, [](RunState& s) { s.optimizer_state.sums.setZero(3, 2); });
  expect_misfit(anderson, [](RunState& s) { s.optimizer_state.sums.setZero(s.theta.size(), 3); });
}

TEST(Checkpoint, TextThatAsksForMoreThanItHoldsIsNoState) {
  const auto words = [](const std::vector<std::uint64_t>& all) {
    std::string bytes;
    for (const std::uint64_t word : all)
      for (int i = 0; i < 8; ++i) bytes += static_cast<char>(word >> (8 * i) & 255);
    return to_base64url(bytes);
  };
  EXPECT_FALSE(read_checkpoint(""));
  EXPECT_FALSE(read_checkpoint(words({1, std::uint64_t{1} << 40, 1})));
  EXPECT_FALSE(read_checkpoint(words({1, 2, 2, 0, 0, 0, 0})));  // theta is one column
  EXPECT_FALSE(read_checkpoint(words({1, ~std::uint64_t{0}, 1, 0, 1, 0, 0})));
  EXPECT_FALSE(read_checkpoint(words({1, 0, 1, 0, 1, 0, 17})));
  const RunState state = edited_run().state();
  const std::string good = write_checkpoint(state);
  ASSERT_TRUE(read_checkpoint(good));
  EXPECT_TRUE(read_checkpoint(good)->same_bits(state));
  for (std::size_t size = 0; size < good.size(); size += 7)
    EXPECT_FALSE(read_checkpoint(good.substr(0, size)));
}

TEST(Checkpoint, IsInFilesAndNotInStateStrings) {
  const iem::Run run = edited_run();
  EXPECT_TRUE(OrderedJson::parse(save(run)).contains("checkpoint"));
  EXPECT_FALSE(OrderedJson::parse(save_session(run, run.origin().config, SessionFor::state_string))
                   .contains("checkpoint"));
  iem::Run begun(mixture_scene(""), pool());
  EXPECT_FALSE(OrderedJson::parse(save(begun)).contains("checkpoint"));  // there is nothing to replay
  RunState large = run.state();
  large.theta.setZero(static_cast<Eigen::Index>(kMostCheckpointBytes / sizeof(double)));
  EXPECT_EQ(write_checkpoint(large), "");
}

// Nothing is stepped for it: the state shown is the forged one, which no replay comes to. (Some 0.1 s, where
// the replay takes 14 s; tests/benchmarks/open_bench.cpp.)
TEST(Checkpoint, ShowsALongRunAtOnce) {
  iem::Run run(load_scene("sticky_markov_sgd"), std::make_shared<ThreadPool>());
  run.seek(3);
  OrderedJson session = OrderedJson::parse(forged(run, [](RunState& state) { state.step = 1000; }));
  session["step"] = 1000;
  const LoadedSession shown = show_session(session.dump(), "s.iemlab", std::make_shared<ThreadPool>());
  ASSERT_TRUE(shown.replay) << shown.note;
  EXPECT_EQ(shown.run.state().step, 1000);
  EXPECT_TRUE(testing::same_bits(shown.run.state().theta, run.state().theta));
}

}  // namespace
}  // namespace iem
