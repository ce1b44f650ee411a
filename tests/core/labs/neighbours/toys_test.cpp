// What holds of every toy: its gradient against automatic differentiation wherever it is, what gradient flow
// keeps, and what theory knows of its scenes at their ends.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "core/check/check.h"
#include "core/labs/kit/lab.h"
#include "core/labs/neighbours/kit/toy_checks.h"
#include "core/labs/neighbours/toys/list.h"
#include "core/labs/neighbours/toys/margins.h"
#include "core/labs/neighbours/toys/simplex_kl.h"
#include "core/labs/registry.h"
#include "core/optimize/optimizer.h"
#include "core/run/comparison.h"
#include "core/run/divergence.h"
#include "core/session/scene_file.h"
#include "tests/core/error_of.h"
#include "tests/core/support.h"

namespace iem {
namespace {

// The state with every entry moved a little, so that nothing is at a place of its own.
void stir(iem::Run& run, Random& random) {
  const Model& model = *run.setup().model;
  for (const NamedTensor& block : model.natural(run.state().theta)) {
    Tensor moved = block.tensor;
    for (double& each : moved.data) each += 0.05 * random.normal();
    run.apply({"state." + block.name, std::move(moved)});
  }
}

TEST(Toys, HaveTheGradientOfTheirDefinitionWhereverTheyAre) {
  Random random(3);
  std::set<std::string> seen;
  int compared = 0;
  for (const std::string& name : testing::scenes_of("neighbours")) {
    iem::Run run(load_scene(name), testing::pool());
    for (const std::int64_t step : {0, 7}) {
      run.seek(step);
      if (step == 7) stir(run, random);
      if (run.divergence()) continue;
      const IdentitySample sample = gradient_sample(run);
      ASSERT_GT(sample.claimed.size(), 0) << name;
      const double size = sample.computed.cwiseAbs().maxCoeff();
      EXPECT_LE((sample.claimed - sample.computed).cwiseAbs().maxCoeff(), 1e-10 * std::max(size, 1e-3))
          << name << " at " << step;
      compared += static_cast<int>(sample.claimed.size());
    }
    seen.insert(run.setup().config().text("model.toy"));
  }
  EXPECT_EQ(seen.size(), toys().size()) << "a toy without a scene";
  EXPECT_GT(compared, 500);
}

// Of mini-batches too: over all rows in any order it is the same.
TEST(Toys, HaveTheSameGradientOverABatchOfAllRows) {
  for (const std::string& name : testing::scenes_of("neighbours")) {
    iem::Run run(load_scene(name), testing::pool());
    std::vector<Eigen::Index> batch;
    for (Eigen::Index i = run.setup().data->size(); i-- > 0;) batch.push_back(i);
    Evaluation part;
    ThreadPool alone(1);
    run.setup().model->evaluate(run.state().theta, 1, *run.setup().data, batch, Wanted::sums, alone, part);
    EXPECT_LE(std::abs(part.loss - run.evaluation().loss), 1e-12 * (1 + std::abs(part.loss))) << name;
    EXPECT_TRUE(testing::close(part.gradient, run.evaluation().gradient, 1e-12)) << name;
  }
}

// By how much steps of rate eta move what the flow keeps, in parts of its size.
double drift_of(const std::string& scene, const std::string& rate_key, double rate, std::int64_t steps) {
  Scene loaded = load_scene(scene);
  loaded.config.set(rate_key, rate);
  iem::Run run(std::move(loaded), testing::pool());
  const Toy& toy = toy_of(*run.setup().model);
  const std::vector<double> before = toy.kept(run.state().theta);
  run.seek(steps);
  const std::vector<double> now = toy.kept(run.state().theta), size = toy.kept_size(run.state().theta);
  double worst = 0;
  for (std::size_t k = 0; k < now.size(); ++k)
    worst = std::max(worst, std::abs(now[k] - before[k]) / size[k]);
  return worst;
}

TEST(Toys, KeepWhatTheFlowKeepsUpToTheRate) {
  const char* rate = "optimizer.learning_rate";
  for (const auto& [scene, eta, steps, known] : {std::tuple{"margins_products", 0.02, 114, 0.218},
                                                 {"margins_products_1", 0.005, 191, 0.0234},
                                                 {"margins_products_5", 0.001, 215, 0.000974},
                                                 {"knots_stay", 0.001, 1500, 3.156e-6},
                                                 {"knots_run", 0.03, 1500, 0.003704}})
    EXPECT_NEAR(drift_of(scene, rate, eta, steps) / known, 1, 0.06) << scene;
  // Half the rate over twice the steps: half of it.
  for (const auto& [scene, eta, steps] : {std::tuple{"margins_products_1", 0.005, 100},
                                          {"knots_run", 0.03, 300},
                                          {"groups_leave", 0.06, 300}}) {
    const double whole = drift_of(scene, rate, eta, steps), half = drift_of(scene, rate, eta / 2, 2 * steps);
    EXPECT_NEAR(half / whole, 0.5, 0.1) << scene;
  }
}

CheckResult kept_by_a_step(const Snapshot& s) {
  for (const CheckResult& each : run_checks(s))
    if (each.id == "steps_keep") return each;
  ADD_FAILURE() << "no such check";
  return {};
}

// One scene of each kind of quantity that is kept.
const std::vector<std::string>& scenes_with_something_kept() {
  static const std::vector<std::string> all = {"margins_products", "margins_products_1", "margins_products_5",
                                               "knots_stay",       "knots_run",          "groups_leave",
                                               "groups_by_input"};
  return all;
}

// q(a + b) + q(a - b) = 2 q(a) + 2 q(b) is what makes a quadratic form.
TEST(Toys, HaveQuadraticFormsForWhatTheFlowKeeps) {
  Random random(5);
  int forms = 0;
  for (const std::string& name : testing::scenes_of("neighbours")) {
    const iem::Run run(load_scene(name), testing::pool());
    const Toy& toy = toy_of(*run.setup().model);
    Theta a = run.state().theta, b = a;
    for (double& each : a) each = random.normal();
    for (double& each : b) each = random.normal();
    const std::vector<double> sum = toy.kept(a + b), difference = toy.kept(a - b), of_a = toy.kept(a),
                              of_b = toy.kept(b);
    for (std::size_t k = 0; k < sum.size(); ++k)
      EXPECT_NEAR(sum[k] + difference[k], 2 * of_a[k] + 2 * of_b[k], 1e-12) << name;
    forms += static_cast<int>(sum.size());
  }
  EXPECT_GT(forms, 100);
}

// A true run is right at any rate, also where it is about to diverge.
TEST(Toys, KeepInAStepOfAnyRateWhatTheyMust) {
  int passed = 0, of_the_logarithm = 0;
  for (const std::string& name : scenes_with_something_kept())
    for (const char* rule : {"gd", "gd_log"})
      for (const double rate : {0.0, 1e-4, 0.01, 0.1, 0.5, 1.0, 3.0}) {
        Scene scene = load_scene(name);
        if (!find_optimizer(rule)->unavailable(*iem::Run(scene, testing::pool()).setup().model).empty())
          continue;
        scene.config.set("optimizer.method", std::string(rule));
        scene.config.set("optimizer.learning_rate", rate);
        iem::Run run(std::move(scene), testing::pool());
        for (const std::int64_t step : {0, 1, 7, 60, 300}) {
          run.seek(step);
          if (run.divergence()) break;
          const CheckResult kept = kept_by_a_step(*take_snapshot(run));
          EXPECT_TRUE(kept.status == CheckStatus::pass || kept.reason == "the next step overflows")
              << name << ", " << rule << " at " << rate << ", step " << step << ": " << kept.error
              << kept.reason;
          passed += kept.status == CheckStatus::pass ? 1 : 0;
          of_the_logarithm += kept.status == CheckStatus::pass && rule == std::string("gd_log") ? 1 : 0;
        }
      }
  EXPECT_GT(passed, 150);
  EXPECT_GT(of_the_logarithm, 30);
}

// A part of the step is 1% too long: the gradient of another J.
TEST(Toys, DoNotKeepItInAStepAlongAnotherGradient) {
  int wrong = 0;
  for (const std::string& name : scenes_with_something_kept()) {
    iem::Run run(load_scene(name), testing::pool());
    run.seek(100);
    const auto whole = take_snapshot(run);
    ASSERT_EQ(kept_by_a_step(*whole).status, CheckStatus::pass) << name;
    for (const Block& block : whole->model().layout().blocks()) {
      Snapshot s = *whole;
      s.next.segment(block.offset, block.size()) +=
          0.01 * (s.next - s.state.theta).segment(block.offset, block.size());
      EXPECT_EQ(kept_by_a_step(s).status, CheckStatus::fail) << name << ": " << block.name;
      ++wrong;
    }
  }
  EXPECT_EQ(wrong, 16);
}

// Also of a run that was edited: the step starts where it is.
TEST(Toys, KeepItInAStepFromAnEditedState) {
  Random random(7);
  iem::Run run(load_scene("knots_run"), testing::pool());
  run.seek(5);
  stir(run, random);
  EXPECT_EQ(kept_by_a_step(*take_snapshot(run)).status, CheckStatus::pass);
}

// At the end of its steps each scene that has a theory has come to it, unless it is there to show the
// contrary.
TEST(Toys, ComeToWhatTheoryKnows) {
  const std::set<std::string> on_their_way = {
      "margins_products_1",  // turns back, but not by then
      "margins_products_5",
      "groups_large_start",                       // the residual is no longer y when groups leave
      "penalty_ridge_01",                         // too little ridge
      "penalty_ridge_003",  "triangle_compare"};  // one clock is too short for the slowest
  int there = 0;
  for (const std::string& name : testing::scenes_of("neighbours")) {
    if (name == "tunnel_all_keys")
      continue;  // the longest: its end is in reference.txt, and theory beside it
    Scene scene = load_scene(name);
    const std::int64_t steps = scene.config.integer("schedule.stop_steps");
    iem::Run run(std::move(scene), testing::pool());
    run.seek(steps);
    const std::vector<ExactQuantity> exact = run.setup().problem().exact(run);
    if (exact.empty()) continue;
    EXPECT_EQ(exact.front().holds(), !on_their_way.contains(name))
        << name << ": " << exact.front().measured << ", theory " << exact.front().theory;
    there += exact.front().holds() ? 1 : 0;
  }
  EXPECT_GT(there, 20);
}

// The stage says whose result it is, the equation and what is not claimed; each scene what to try.
TEST(Toys, SayWhoseTheyAreAndWhatToTry) {
  std::set<std::string> seen;
  for (const std::string& name : testing::scenes_of("neighbours")) {
    const Scene scene = load_scene(name);
    const auto tries = {"Drag ", "drag ", "Set ", "Turn ", "Move ", "Pin "};
    EXPECT_TRUE(std::ranges::any_of(
        tries, [&](const char* word) { return scene.look_for.find(word) != std::string::npos; }))
        << name << ": " << scene.look_for;
    if (!seen.insert(scene.config.text("model.toy")).second) continue;
    const iem::Run run(scene, testing::pool());
    const auto snapshot = take_snapshot(run);
    const ToyType& toy = toy_of(*snapshot).type();
    const std::string caption =
        lab_of(run.setup()).figure("stage", *snapshot, {snapshot->config(), {}, {}}).caption;
    for (const std::string& part : {toy.paper, toy.limits, toy.objective_tex(snapshot->config())})
      EXPECT_NE(caption.find(part), std::string::npos) << name << ": " << part;
  }
  EXPECT_EQ(seen.size(), toys().size());
}

// "M1" reads as a name of one letter and a number; an index stands below its letter.
TEST(Toys, SetIndicesInTheNamesOfAxesAsFormulas) {
  int formulas = 0;
  for (const std::string& name : testing::scenes_of("neighbours")) {
    iem::Run run(load_scene(name), testing::pool());
    const auto snapshot = take_snapshot(run);
    const Figure stage = lab_of(run.setup()).figure("stage", *snapshot, {snapshot->config(), {}, {}});
    for (const Panel& panel : stage.panels)
      for (const Axis* axis : {&panel.x, &panel.y}) {
        formulas += axis->marked ? 1 : 0;
        const bool short_name = !axis->label.empty() && axis->label.size() <= 3;
        const bool number = short_name && axis->label.back() >= '0' && axis->label.back() <= '9';
        EXPECT_FALSE(number && !axis->marked) << name << ": " << axis->label;
      }
  }
  EXPECT_GT(formulas, 8);
}

TEST(Margins, OfPointsAreTheLargestThereAre) {
  Eigen::MatrixXd z(6, 2);
  z << 1, .7, 2, -.4, 1.1, 1.3, 2.4, -.9, 1.5, .3, 1.8, 0;
  const auto l2 = largest_margin_l2(z), l1 = largest_margin_l1(z);
  ASSERT_TRUE(l2 && l1);
  EXPECT_NEAR(l2->margin, 1.2206555616, 1e-10);
  EXPECT_NEAR(l2->degrees(), 34.9920201986, 1e-9);
  EXPECT_NEAR(l1->margin, 1, 1e-15);
  EXPECT_NEAR(l1->degrees(), 0, 1e-12);
  Eigen::MatrixXd around(3, 2);  // no direction has them all on its side
  around << 1, 0, -1, 1, -1, -1;
  EXPECT_FALSE(largest_margin_l2(around) || largest_margin_l1(around));
  // Against many directions, of points drawn at random.
  Random random(9);
  for (int trial = 0; trial < 20; ++trial) {
    Eigen::MatrixXd some(5, 2);
    for (Eigen::Index i = 0; i < 5; ++i) some.row(i) << 2 + random.normal(), random.normal();
    double best2 = 0, best1 = 0;
    for (int k = 0; k < 20000; ++k) {
      const double angle = 2 * 3.14159265358979 * k / 20000;
      const Eigen::Vector2d w(std::cos(angle), std::sin(angle));
      const double least = (some * w).minCoeff();
      best2 = std::max(best2, least), best1 = std::max(best1, least / w.lpNorm<1>());
    }
    const auto found2 = largest_margin_l2(some), found1 = largest_margin_l1(some);
    EXPECT_NEAR(found2 ? found2->margin : 0, best2, 1e-3);
    EXPECT_NEAR(found1 ? found1->margin : 0, best1, 1e-3);
    EXPECT_GE(found2 ? found2->margin : 0, best2 - 1e-12);
    EXPECT_GE(found1 ? found1->margin : 0, best1 - 1e-12);
  }
}

TEST(Toys, SayWhichKeyDoesNotFit) {
  const auto said = [](const std::string& toml) {
    return error_of([&] {
      iem::Run run(parse_scene("format = 1\nlab = \"neighbours\"\n" + toml, "s.toml"), testing::pool());
    });
  };
  EXPECT_EQ(said("[model]\ntoy = \"margins\"\n[data]\npoints = [[1, 2, 3]]\n"),
            "s.toml:6:10: data.points: rows have 3 numbers; \"margins\" reads 2 (z = y x)");
  EXPECT_EQ(said("[model]\ntoy = \"equilibrium\"\n[data]\nsource = \"groups\"\n"),
            "s.toml:6:10: data.source: rows have 41 numbers; \"equilibrium\" reads 3 (x1, x2 and y)");
  EXPECT_NE(
      said("[model]\ntoy = \"simplex_kl\"\n[data]\npoints = [[0.7, 0.7]]\n").find("inside the triangle"),
      std::string::npos);
  EXPECT_EQ(said("[model]\ntoy = \"margins\"\nlearn = [\"w_2\"]\n"),
            "s.toml:5:9: model.learn = [\"w_2\"]: \"Margins\" has no w_2 here: its parameters are w");
  EXPECT_EQ(said("[model]\ntoy = \"margins\"\nweights = \"diagonal\"\nlearn = [\"u\"]\n"), "");
  EXPECT_NE(said("[model]\ntoy = \"kitchen\"\n").find("model.toy"), std::string::npos);
  EXPECT_NE(said("[model]\ntoy = \"self_penalty\"\n[data]\ncount = 401\n").find("at most 400 rows"),
            std::string::npos);
}

// Where KL is no number the run ends and says why, and the stage shows where p would have gone: of a run
// alone and of one that stands beside another.
TEST(Toys, SayThatAStepLeavesTheTriangle) {
  const Scene scene = load_scene("triangle_leaves");
  const double p_1 = 0.2 - 3.5 * 0.16216216216216217;  // dJ/dp_1 = -0.3/0.2 + 0.5/0.1
  const auto outside = [](const Snapshot& s, const std::string& series) {
    const Figure stage = lab_of(*s.setup).figure("stage", s, {s.config(), {}, {}});
    const Panel& panel = stage.panels.front();
    for (const Mark& mark : panel.marks)
      if (const auto* marker = std::get_if<Marker>(&mark); marker && marker->series == series) {
        EXPECT_GT(marker->x, panel.x.lo);
        EXPECT_GT(marker->y, panel.y.lo);
        return shares_at(marker->x, marker->y).minCoeff();
      }
    return 0.0;
  };
  Scene shares = scene;
  for (const Edit& edit : scene.compare.front().settings) shares.config.set(edit.key, edit.value);
  iem::Run run(shares, testing::pool());
  EXPECT_EQ(outside(*take_snapshot(run), "outside"), 0) << "nothing has been tried";
  EXPECT_EQ(run.step(), StepResult::non_finite);
  const std::string words = "the run became non-finite at step 1 (loss): p leaves the triangle";
  const auto snapshot = take_snapshot(run);
  EXPECT_EQ(run.setup().problem().diagnose(*snapshot).front().text, words);
  EXPECT_TRUE(divergence_line(run).starts_with(words)) << divergence_line(run);
  EXPECT_NEAR(outside(*snapshot, "outside"), p_1, 1e-12);

  std::vector<std::string> refused;
  Comparison runs(iem::Run(scene, testing::pool()), refused);
  runs.step();
  const auto beside = take_snapshot(runs.first());
  beside->lanes = runs.compared();
  EXPECT_FALSE(beside->divergence);
  EXPECT_NEAR(outside(*beside, "outside of shares"), p_1, 1e-12);
}

// Another toy has other points and begins anew, also where as many numbers are learned.
TEST(Toys, ChangeIntoOneAnother) {
  for (const ToyType& from : toys())
    for (const ToyType& to : toys()) {
      if (from.id == to.id) continue;
      iem::Run run(
          parse_scene("format = 1\nlab = \"neighbours\"\nmodel.toy = \"" + from.id + "\"\n", "s.toml"),
          testing::pool());
      run.seek(2);
      run.apply({"model.toy", to.id});
      const iem::Run fresh(
          parse_scene("format = 1\nlab = \"neighbours\"\nmodel.toy = \"" + to.id + "\"\n", "s.toml"),
          testing::pool());
      EXPECT_EQ(run.state().theta, fresh.state().theta) << from.id << " to " << to.id;
      EXPECT_EQ(run.setup().data->hash, fresh.setup().data->hash);
      run.seek(4);
      EXPECT_FALSE(run.divergence()) << from.id << " to " << to.id;
    }
}

}  // namespace
}  // namespace iem
