// Several runs on one clock are the runs that each would be alone.
#include "core/run/comparison.h"

#include <atomic>
#include <functional>
#include <map>

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/random.h"
#include "core/run/best_rate.h"
#include "core/session/session.h"
#include "tests/core/optimize/rule_support.h"
#include "tests/core/run/trapped.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

RunSpec spec_of(std::string key, Value value, std::string name = {}) {
  return {.name = std::move(name), .settings = {{std::move(key), std::move(value), 0}}};
}

std::vector<RunSpec> many_specs() {
  return {{.name = "twin"},
          spec_of("optimizer.method", std::string("em")),
          {.name = "Adam",
           .settings = {{"optimizer.method", std::string("adam"), 0}, {"optimizer.learning_rate", 0.05, 0}}},
          spec_of("model.components", std::int64_t{5}, "five"),
          spec_of("model.energy", std::string("student_t"), "heavy"),
          spec_of("seed", std::int64_t{9}, "other seed"),
          spec_of("model.learn", std::vector<std::string>{"means"}, "frozen")};
}

// The run that a spec means, made by itself.
iem::Run alone(const iem::Run& first, const RunSpec& spec) {
  Scene scene = first.origin();
  for (const Edit& setting : spec.settings) scene.config.set(setting.key, setting.value);
  return iem::Run(std::move(scene), std::make_shared<ThreadPool>(1));
}

TEST(Comparison, EveryRunIsTheSceneWithItsSettings) {
  iem::Run first = rule_run_with("gd", "learning_rate = 0.2");
  first.seek(30);
  first.seek(12);
  Comparison runs(first);
  int checked = 0;
  for (const RunSpec& spec : many_specs()) {
    const std::size_t i = runs.add(spec);
    iem::Run expected = alone(first, spec);
    expected.seek(12);
    EXPECT_EQ(runs.run(i).state().hash(), expected.state().hash()) << runs.entry(i).spec.name;
    EXPECT_EQ(runs.run(i).last_step(), 30) << "as far as the first is known";
    ++checked;
  }
  EXPECT_EQ(checked, 7);
  EXPECT_EQ(runs.run(1).state().hash(), runs.first().state().hash()) << "what differs in nothing is the same";
  EXPECT_EQ(runs.entry(2).spec.name, "EM");
  EXPECT_THROW(runs.add({}), InputError) << "there are eight";
  EXPECT_EQ(runs.size(), 8u);
}

// Where one throws on the way all are where they were, and work on what they worked on.
TEST(Comparison, ASeekThatFailsChangesNothing) {
  auto armed = std::make_shared<std::atomic<int>>(0);
  Scene scene = mixture_scene("");
  const Trapped trapped(*scene.problem, armed);
  scene.problem = &trapped;
  iem::Run first(scene, pool(2));
  first.seek(4);
  Comparison runs(first);
  for (const char* name : {"one", "two", "three"}) runs.add({.name = name});
  runs.seek(2);
  const std::shared_ptr<ThreadPool> working = runs.first().shared_pool();
  for (const std::int64_t to : {9, 30}) {
    *armed = 1;
    EXPECT_THROW(runs.seek(to), std::runtime_error);
    EXPECT_EQ(runs.clock(), 2);
    std::atomic<int> asked = 0;
    EXPECT_FALSE(runs.seek(to + 20, [&asked] { return asked++ < 3; })) << "as where it is ended";
    for (std::size_t i = 0; i < runs.size(); ++i) {
      EXPECT_EQ(runs.run(i).state().step, 2) << i;
      EXPECT_EQ(runs.run(i).shared_pool(), working) << i;
    }
  }
  EXPECT_TRUE(runs.seek(9));
  first.seek(9);
  for (std::size_t i = 0; i < runs.size(); ++i)
    EXPECT_EQ(runs.run(i).state().hash(), first.state().hash()) << i;
}

// A run that makes its own way beside a comparison, by the rules that comparison.h states.
struct Shadow {
  iem::Run run;
  RunSpec spec;
};

Edit random_edit(Random& random, const iem::Run& first) {
  switch (random.below(6)) {
    case 0: return {"optimizer.learning_rate", random.uniform(0.05, 0.4), 0};
    case 1: return {"model.temperature", random.uniform(0.6, 1.6), 0};
    case 2: return {"model.components", 2 + random.below(4), 0};
    case 3: return {"optimizer.method", std::string(random.below(2) ? "momentum" : "em"), 0};
    case 4: return {"model.nu", random.uniform(2, 6), 0};
    default: break;
  }
  Edit hand{"state.means", first.setup().model->natural(first.state().theta)[0].tensor, 0};
  std::get<Tensor>(hand.value).data[0] += random.uniform(-0.5, 0.5);
  return hand;
}

void apply_to_shadows(std::vector<Shadow>& shadows, const Edit& edit, std::int64_t clock) {
  for (std::size_t i = 0; i < shadows.size(); ++i) {
    Shadow& shadow = shadows[i];
    if (shadow.spec.says(edit.key) || (i > 0 && edit.is_state() && clock > 0)) continue;
    shadow.run.seek(clock);
    try {
      shadow.run.apply(edit);
    } catch (const InputError&) {
      continue;
    }
  }
}

// What is saved of the first is all of them: the text of a session makes each again, futures included.
void expect_reopened(const Comparison& runs) {
  const std::string saved = save_session(runs.first(), runs.first().setup().config());
  const auto pool = std::make_shared<ThreadPool>(2);
  std::vector<std::string> refused;
  Comparison again(load_session(saved, "saved.iemlab", pool).run, refused);
  again.seek(runs.clock());
  EXPECT_TRUE(refused.empty()) << refused.front();
  ASSERT_EQ(again.size(), runs.size()) << saved;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_EQ(again.run(i).state().hash(), runs.run(i).state().hash()) << runs.entry(i).spec.name << saved;
    EXPECT_EQ(again.entry(i).is_future(), runs.entry(i).is_future());
    if (i > 0) EXPECT_EQ(again.entry(i).spec.name, runs.entry(i).spec.name);
  }
}

TEST(Comparison, UnderRandomEditsForksAndSeeksEveryRunIsTheOneAlone) {
  int compared = 0, edits = 0, futures = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Random random(seed);
    const iem::Run first = rule_run("[optimizer]\nlearning_rate = 0.2\n", static_cast<int>(1 + seed % 3));
    Comparison runs(first);
    std::vector<Shadow> shadows = {{alone(first, {}), {}}};
    for (const RunSpec& spec : many_specs()) {
      if (random.below(3) == 0) continue;
      runs.add(spec);
      shadows.push_back({alone(first, spec), spec});
    }
    for (int turn = 0; turn < 40; ++turn) {
      const std::int64_t what = random.below(8);
      if (what < 3) {
        for (std::int64_t k = random.below(6); k >= 0; --k) runs.step();
      } else if (what < 5) {
        runs.seek(random.below(40));
      } else if (what == 6 && runs.size() > 1 && !runs.entry(1).is_future()) {
        const Edit edit{"model.temperature", random.uniform(0.6, 1.6), 0};  // in one alone
        runs.apply_to(1, edit);
        shadows.at(1).run.seek(runs.clock());
        shadows.at(1).run.apply(edit);
      } else if (what < 7) {
        const Edit edit = random_edit(random, runs.first());
        try {
          runs.apply(edit);
        } catch (const InputError&) {
          continue;
        }
        apply_to_shadows(shadows, edit, runs.clock());
        ++edits;
      } else {
        for (std::size_t i = 1; i < runs.size(); ++i) futures += runs.entry(i).is_future();
        runs.dismiss_futures();
      }
      for (std::size_t i = 0, live = 0; i < runs.size(); ++i) {
        if (runs.entry(i).is_future()) continue;
        Shadow& shadow = shadows.at(live++);
        shadow.run.seek(runs.clock());
        ASSERT_EQ(runs.run(i).state().hash(), shadow.run.state().hash())
            << "seed " << seed << ", turn " << turn << ", run " << i << " " << runs.entry(i).spec.name;
        ++compared;
      }
      if (turn % 8 == 7) expect_reopened(runs);
    }
  }
  EXPECT_GT(compared, 900);
  EXPECT_GT(edits, 20);
  EXPECT_GT(futures, 3);
}

TEST(Comparison, AnEditInThePastKeepsTheFutureAsARunThatGoesNowhere) {
  Comparison runs(rule_run_with("gd", "learning_rate = 0.2"));
  runs.add(spec_of("optimizer.method", std::string("em")));
  runs.seek(30);
  const std::uint64_t at_30 = runs.first().state().hash();
  runs.seek(10);
  const std::uint64_t at_10 = runs.first().state().hash();
  runs.apply({"optimizer.learning_rate", 0.01, 0});
  ASSERT_EQ(runs.size(), 3u);
  const Comparison::Entry& future = runs.entry(2);
  EXPECT_TRUE(future.is_future());
  EXPECT_EQ(future.spec.name, "GD, left at step 10");
  EXPECT_EQ(future.run.last_step(), 30);
  EXPECT_EQ(future.run.state().hash(), at_10);
  runs.seek(50);
  EXPECT_EQ(runs.entry(2).run.state().hash(), at_30) << "where it ended";
  EXPECT_EQ(runs.first().state().step, 50);
  runs.dismiss_futures();
  EXPECT_EQ(runs.size(), 2u);
}

// The name says what the run does from now on; a name that somebody has given stays.
TEST(Comparison, TheFirstIsCalledAfterTheRuleItHasNow) {
  iem::Run first = rule_run_with("gd", "learning_rate = 0.2");
  first.seek(6);
  Comparison runs(first);
  EXPECT_EQ(runs.entry(0).spec.name, "GD");
  runs.seek(4);
  runs.apply({"optimizer.method", std::string("em"), 4});
  EXPECT_EQ(runs.entry(0).spec.name, "EM");
  EXPECT_EQ(runs.entry(1).spec.name, "GD, left at step 4");
  EXPECT_TRUE(runs.first().origin().called.empty()) << "the scene gives it no name";
  runs.add(spec_of("optimizer.method", std::string("gd")));
  EXPECT_EQ(runs.entry(2).spec.name, "GD");
  runs.seek(5);
  runs.seek(2);
  EXPECT_EQ(runs.entry(0).spec.name, "EM") << "on the way it is the same run";
  runs.apply({"model.temperature", 2.0, 2});
  EXPECT_EQ(runs.entry(0).spec.name, "GD (2)") << "the change of the rule came later and is gone";

  first.set_beside({}, "mine");
  Comparison named(first);
  named.apply({"optimizer.method", std::string("em"), 6});
  EXPECT_EQ(named.entry(0).spec.name, "mine");
}

TEST(Comparison, OneThatBecomesNonFiniteStandsStillAloneAndComesBack) {
  Comparison runs(rule_run_with("gd", "learning_rate = 0.2"));
  runs.add(spec_of("optimizer.learning_rate", 1e9, "wild"));
  runs.add(spec_of("optimizer.method", std::string("em")));
  for (int i = 0; i < 40; ++i) EXPECT_EQ(runs.step(), StepResult::stepped);
  EXPECT_EQ(runs.clock(), 40);
  ASSERT_TRUE(runs.run(1).divergence());
  EXPECT_LT(runs.run(1).state().step, 40);
  EXPECT_FALSE(runs.run(2).divergence());
  const std::vector<ComparedRun> beside = runs.compared(true);
  EXPECT_TRUE(beside.at(0).divergence);
  EXPECT_EQ(beside.at(1).state.hash(), runs.run(2).state().hash());
  EXPECT_EQ(beside.at(1).whole->state.hash(), runs.run(2).state().hash());
  runs.seek(0);
  EXPECT_FALSE(runs.run(1).divergence());
  // Where the first is the one, the others still go on.
  runs.make_first(1);
  EXPECT_EQ(runs.entry(0).spec.name, "wild");
  runs.seek(40);
  EXPECT_EQ(runs.clock(), 40);
  EXPECT_LT(runs.first().state().step, 40);
  // And if all end, so does the clock.
  runs.dismiss_others();
  EXPECT_EQ(runs.clock(), runs.first().state().step);
  EXPECT_EQ(runs.step(), StepResult::non_finite);
}

TEST(Comparison, TellsWhetherTheRunsBesideTheFirstAreThoseItWasOpenedWith) {
  iem::Run first = rule_run_with("gd", "learning_rate = 0.2");
  first.set_beside(
      {spec_of("optimizer.learning_rate", 0.1, "slower"), spec_of("optimizer.method", std::string("em"))});
  std::vector<std::string> refused;
  const Comparison opened(first, refused);
  ASSERT_EQ(opened.size(), 3u);
  EXPECT_TRUE(opened.first().beside_as_opened());
  EXPECT_TRUE(opened.begun_again(alone(opened.first(), {}), refused).first().beside_as_opened());
  const auto after = [&](const std::function<void(Comparison&)>& change) {
    Comparison runs = opened;
    change(runs);
    EXPECT_FALSE(runs.begun_again(alone(runs.first(), {}), refused).first().beside_as_opened());
    return runs.first().beside_as_opened();
  };
  EXPECT_FALSE(after([](Comparison& runs) { runs.remove(1); }));
  EXPECT_FALSE(after([](Comparison& runs) { runs.dismiss_others(); }));
  EXPECT_FALSE(after([](Comparison& runs) { runs.make_first(1); }));
  EXPECT_FALSE(after([](Comparison& runs) { runs.set_draws(3); }));
  EXPECT_FALSE(after([](Comparison& runs) { runs.apply_to(1, {"optimizer.learning_rate", 0.3}); }));
  EXPECT_FALSE(after([](Comparison& runs) {
    runs.remove(1);
    runs.add(spec_of("optimizer.learning_rate", 0.15, "slower"));
  }));
  EXPECT_TRUE(Comparison(rule_run_with("gd", "learning_rate = 0.2")).first().beside_as_opened());
}

TEST(Comparison, MakingARunTheFirstLosesNoDifference) {
  Comparison runs(rule_run_with("gd", "learning_rate = 0.2"));
  for (const RunSpec& spec : many_specs()) runs.add(spec);
  runs.seek(8);
  std::map<std::string, std::uint64_t> hashes;
  for (std::size_t i = 0; i < runs.size(); ++i) hashes[runs.entry(i).spec.name] = runs.run(i).state().hash();
  EXPECT_EQ(hashes.size(), 8u);
  runs.make_first(3);  // Adam
  EXPECT_TRUE(runs.entry(0).spec.settings.empty());
  // Made again from what is said of them against the new first, all are the same.
  std::vector<std::string> refused;
  Comparison again = runs.begun_again(alone(runs.first(), {}), refused);
  again.seek(8);
  EXPECT_TRUE(refused.empty());
  ASSERT_EQ(again.size(), 8u);
  for (std::size_t i = 1; i < 8; ++i) {
    EXPECT_EQ(again.run(i).state().hash(), hashes.at(runs.entry(i).spec.name)) << runs.entry(i).spec.name;
    EXPECT_EQ(again.entry(i).mark, runs.entry(i).mark);
  }
  const std::string adam = again.entry(0).spec.name;
  runs.remove(0);
  EXPECT_EQ(runs.size(), 7u);
  EXPECT_EQ(runs.entry(0).spec.name, "GD");
}

TEST(BestRate, IsThatOf13WithTheLowestJ) {
  const iem::Run run = rule_run_with("gd", "learning_rate = 0.2");
  ASSERT_EQ(rates_to_try().size(), 13u);
  EXPECT_DOUBLE_EQ(rates_to_try().front(), 1e-4);
  EXPECT_DOUBLE_EQ(rates_to_try().back(), 1e2);
  ThreadPool one(1), two(2);
  const double rate = find_best_rate(run.origin(), 40, one);
  EXPECT_EQ(find_best_rate(run.origin(), 40, two), rate);
  const auto loss_at = [&](double tried) {
    iem::Run other = alone(run, spec_of("optimizer.learning_rate", tried));
    other.seek(40);
    return other.divergence() ? std::numeric_limits<double>::infinity() : other.evaluation().loss;
  };
  for (const double tried : rates_to_try()) EXPECT_LE(loss_at(rate), loss_at(tried)) << tried;
  EXPECT_THROW(find_best_rate(rule_run_with("em").origin(), 40, one), InputError) << "EM has no rate";
  std::atomic<int> asked = 0;
  const auto for_a_while = [&] { return ++asked < 20; };
  EXPECT_THROW(find_best_rate(run.origin(), std::int64_t{1} << 40, two, for_a_while), InputError);
  Comparison runs(run);
  RunSpec spec = spec_of("optimizer.method", std::string("adam"));
  spec.best_rate = true;
  const std::size_t i = runs.add(spec, 40);
  EXPECT_EQ(runs.entry(i).spec.name, "Adam");
  const double of_adam = runs.run(i).setup().config().real("optimizer.learning_rate");
  EXPECT_EQ(of_adam, find_best_rate(runs.run(i).origin(), 40, one));
  EXPECT_EQ(runs.compared()[0].differs, "Adam, learning rate " + format_number(of_adam));
}

TEST(Comparison, ARuleThatDoesNotApplyIsLeftOut) {
  const iem::Run run = rule_run_with("gd", "", "volume_term = false");  // no M-step there
  const std::vector<RunSpec> specs = rule_specs(run, {"gd", "em", "adam"});
  ASSERT_EQ(specs.size(), 1u);
  EXPECT_EQ(specs[0].name, "Adam");
}

TEST(Comparison, WordsSayWhatDiffers) {
  Comparison runs(rule_run_with("gd", "learning_rate = 0.2"));
  for (const RunSpec& spec : many_specs()) runs.add(spec);
  const std::vector<ComparedRun> beside = runs.compared();
  EXPECT_EQ(beside[0].differs, "");
  EXPECT_EQ(beside[1].differs, "EM");
  EXPECT_EQ(beside[2].differs, "Adam, learning rate 0.05");
  EXPECT_EQ(beside[3].label, "five");
}

TEST(Comparison, SaysOnTheWayHowFarAnAddedRunIs) {
  Comparison runs(rule_run_with("gd", "learning_rate = 0.2"));
  runs.seek(30);
  std::vector<std::int64_t> steps, last;
  runs.add({.settings = {{"optimizer.method", std::string("em"), 0}}}, 0, {},
           [&](std::int64_t step, std::int64_t of) { steps.push_back(step), last.push_back(of); });
  ASSERT_EQ(steps.size(), 30U);
  for (std::size_t i = 0; i < steps.size(); ++i) EXPECT_EQ(steps[i], static_cast<std::int64_t>(i));
  EXPECT_EQ(last, std::vector<std::int64_t>(30, 30));
}

// --- in the engine ---

}  // namespace
}  // namespace iem::testing
