// Many seeds of the runs as they are set now, the best rate of each, and what figures show of the draws.
#include "core/compare/draw_plan.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/labs/kit/seen_draws.h"
#include "core/run/best_rate.h"
#include "core/run/engine.h"
#include "tests/core/optimize/rule_support.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

Comparison two_runs() {
  Comparison runs(rule_run_with("gd", "learning_rate = 0.2"));
  runs.add({.name = "EM", .settings = {{"optimizer.method", std::string("em"), 0}}});
  return runs;
}

std::vector<std::vector<DrawnRun>> made(const DrawPlan& plan) {
  ThreadPool pool(2);
  return make_draws(plan.runs, plan.draws, plan.last, pool);
}

// The present settings count, also those that were changed on the way, and every draw is the run that these
// settings with its seed make alone.
TEST(DrawPlan, DrawsTheRunsAsTheyAreSetNow) {
  Comparison runs = two_runs();
  runs.seek(12);
  runs.apply({"model.temperature", 1.5, 0});
  int checked = 0;
  for (const DrawOf of : {DrawOf::start, DrawOf::data, DrawOf::both}) {
    const DrawPlan plan = plan_draws(runs, of, 3);
    ASSERT_EQ(plan.draws.size(), 3u);
    EXPECT_GE(plan.last, 12);
    std::set<std::uint64_t> ends;
    const auto drawn = made(plan);
    ASSERT_EQ(drawn.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t k = 0; k < 3; ++k) {
        Scene scene = plan.runs.run(i).setup().scene;
        EXPECT_EQ(scene.config.real("model.temperature"), 1.5);
        scene.compare.clear();
        draw_seeds(scene.config, plan.draws[k]);
        iem::Run alone(std::move(scene), std::make_shared<ThreadPool>(1));
        alone.seek(plan.last);
        EXPECT_EQ(drawn[i][k].run->state().hash(), alone.state().hash());
        ends.insert(alone.state().hash());
        ++checked;
      }
    EXPECT_EQ(ends.size(), 6u) << "seeds differ";
  }
  EXPECT_EQ(checked, 18);
}

TEST(DrawPlan, ABestRateIsThatOfTheRuleAlone) {
  const Comparison runs = two_runs();
  ThreadPool pool(2);
  std::vector<std::size_t> seen;
  const auto rates = best_rates(runs, pool, [&](std::size_t now, std::size_t of) {
    EXPECT_EQ(of, 2u);
    seen.push_back(now);
    return true;
  });
  ASSERT_EQ(rates.size(), 2u);
  const Scene& scene = runs.first().origin();
  EXPECT_EQ(rates[0], find_best_rate(scene, steps_to_try(scene.config), pool));
  EXPECT_FALSE(rates[1]) << "EM has no rate";
  EXPECT_EQ(seen, (std::vector<std::size_t>{0, 1}));
  const auto stopped = best_rates(runs, pool, [](std::size_t, std::size_t) { return false; });
  EXPECT_TRUE(std::ranges::none_of(stopped, [](const auto& rate) { return rate.has_value(); }));
}

// Nobody waits for the steps that a rate is tried for.
TEST(DrawPlan, TheSearchForRatesEndsBetweenTwoSteps) {
  Comparison runs(rule_run_with("gd", "learning_rate = 0.2\n[schedule]\nstop_steps = 1000000000"));
  runs.add({.name = "Adam", .settings = {{"optimizer.method", std::string("adam"), 0}}});
  ThreadPool pool(2);
  std::atomic<int> asked = 0;
  std::size_t begun = 0;
  const auto rates = best_rates(
      runs, pool, [&](std::size_t, std::size_t) { return ++begun > 0; }, [&] { return ++asked < 100; });
  EXPECT_EQ(rates, (Comparison::Rates{std::nullopt, std::nullopt}));
  EXPECT_EQ(begun, 1u) << "the next run is not tried";
}

TEST(DrawPlan, AllBeginAgainAtTheirRatesAndOneUndoBringsThemBack) {
  Engine engine(rule_run_with("gd", "learning_rate = 0.2"));
  engine.add_run({.name = "Adam", .settings = {{"optimizer.method", std::string("adam"), 0}}});
  engine.step(5);
  engine.begin_at_rates({{0, "gd", 0.7}, {1, "adam", 0.03}});
  engine.wait_until_idle();
  auto s = engine.snapshot();
  EXPECT_EQ(s->state.step, 0);
  EXPECT_EQ(s->config().real("optimizer.learning_rate"), 0.7);
  ASSERT_EQ(s->lanes.size(), 1u);
  EXPECT_EQ(s->lanes[0].setup->config().real("optimizer.learning_rate"), 0.03);
  EXPECT_EQ(s->lanes[0].setup->config().text("optimizer.method"), "adam");
  engine.undo();
  engine.wait_until_idle();
  s = engine.snapshot();
  EXPECT_EQ(s->state.step, 5);
  EXPECT_EQ(s->config().real("optimizer.learning_rate"), 0.2);
}

// The list of runs may change while rates are sought.
TEST(DrawPlan, ARateGoesToTheRunItWasFoundForOrToNone) {
  Engine engine(rule_run_with("gd", "learning_rate = 0.2"));
  const auto add = [&](const char* rule) {
    engine.add_run({.name = rule, .settings = {{"optimizer.method", std::string(rule), 0}}});
  };
  const auto rates = [&] {
    engine.wait_until_idle();
    const auto s = engine.snapshot();
    std::map<std::string, double> out;
    const auto read = [&](const Config& config) {
      out[config.text("optimizer.method")] = config.real("optimizer.learning_rate");
    };
    read(s->config());
    for (const ComparedRun& lane : s->lanes) read(lane.setup->config());
    return out;
  };
  add("adam"), add("momentum");
  engine.wait_until_idle();
  const std::vector<Engine::FoundRate> found = {{0, "gd", 0.7}, {1, "adam", 0.03}, {2, "momentum", 0.09}};
  using Rates = std::map<std::string, double>;
  engine.make_first(2);
  engine.begin_at_rates(found);
  EXPECT_EQ(rates(), (Rates{{"gd", 0.7}, {"adam", 0.03}, {"momentum", 0.09}}));
  EXPECT_TRUE(engine.take_notices().empty());
  // One that has taken the mark of another is not taken for it.
  engine.undo(), engine.undo();
  engine.remove_run(1);
  add("rmsprop");
  engine.step(4);
  const double own = rates().at("rmsprop");
  engine.begin_at_rates(found);
  EXPECT_EQ(rates().at("gd"), 0.7);
  EXPECT_EQ(rates().at("momentum"), 0.09);
  EXPECT_NE(rates().at("rmsprop"), 0.03);
  EXPECT_EQ(engine.snapshot()->state.step, 0);
  EXPECT_EQ(engine.take_notices().size(), 1u);
  // Where none of them is there any more nothing begins again.
  engine.undo();
  engine.wait_until_idle();
  engine.begin_at_rates({{1, "adam", 0.03}});
  EXPECT_EQ(rates().at("rmsprop"), own);
  EXPECT_EQ(engine.snapshot()->state.step, 4);
  EXPECT_EQ(engine.take_notices().size(), 1u);
}

// Of all lines and axes.
std::vector<double> drawn_numbers(const Figure& figure) {
  std::vector<double> out;
  for (const Panel& panel : figure.panels) {
    out.insert(out.end(), {panel.x.lo, panel.x.hi, panel.y.lo, panel.y.hi});
    for (const Mark& mark : panel.marks)
      if (const auto* line = std::get_if<Line>(&mark)) {
        out.insert(out.end(), line->x.begin(), line->x.end());
        for (const double y : line->y) out.push_back(std::isnan(y) ? 0 : y);
      }
  }
  return out;
}

int bands_in(const Figure& figure) {
  int bands = 0;
  for (const Panel& panel : figure.panels)
    for (const Mark& mark : panel.marks) bands += std::holds_alternative<Band>(mark) ? 1 : 0;
  return bands;
}

// Every figure of several runs over steps gets one band a run; the others stay as they are.
TEST(SeenDraws, StandBehindTheCurvesOfRunsThatAreSetAsTheyWere) {
  Comparison runs = two_runs();
  runs.seek(20);
  const DrawPlan plan = plan_draws(runs, DrawOf::start, 4);
  const auto seen = std::make_shared<const SeenDraws>(runs, plan, made(plan));
  EXPECT_EQ(seen->count(), 4u);
  const auto shown = [&] {
    auto s = take_snapshot(runs.first());
    s->lanes = runs.compared();
    return s;
  };
  const auto s = shown();
  const Lab& lab = lab_of(*s->setup);
  int over_steps = 0, others = 0;
  for (const FigureType& type : lab.figures()) {
    if (type.needs.slow) continue;
    const View alone{s->config(), {}, {}};
    View with = alone;
    with.draws = seen;
    const Figure plain = lab.figure(type.id, *s, alone), banded = lab.figure(type.id, *s, with);
    const bool steps = std::ranges::any_of(
        plain.panels, [](const Panel& panel) { return panel.x.quantity == Quantity::step; });
    const int added = bands_in(banded) - bands_in(plain);
    if (added == 0) {
      ++others;
      EXPECT_EQ(banded.caption, plain.caption);
      continue;
    }
    ++over_steps;
    EXPECT_TRUE(steps) << type.id;
    EXPECT_EQ(added, 2 * static_cast<int>(plain.panels.size())) << type.id;
    const bool logarithmic = banded.panels[0].y.scale == Scale::log10;
    const std::string mean = logarithmic ? " Geometric mean" : " Mean";
    EXPECT_NE(banded.caption.find(mean + " and deviation of 4 draws"), std::string::npos) << banded.caption;
    EXPECT_GE(banded.panels[0].x.hi, static_cast<double>(plan.last)) << type.id;
  }
  EXPECT_GE(over_steps, 2);
  EXPECT_GE(others, 3);

  const auto* ends = seen->ends(*s);
  ASSERT_NE(ends, nullptr);
  ASSERT_EQ(ends->size(), 4u);
  // What an end says of itself makes its run.
  Scene scene = s->setup->scene;
  scene.compare.clear();
  for (const Edit& setting : (*ends)[2].settings) scene.config.set(setting.key, setting.value);
  iem::Run again(std::move(scene), std::make_shared<ThreadPool>(1));
  again.seek((*ends)[2].snapshot->state.step);
  EXPECT_EQ(again.state().hash(), (*ends)[2].snapshot->state.hash());
  // A run that begins with a draw is another draw of the same; one that differs otherwise is not.
  EXPECT_NE(seen->ends(*take_snapshot(again)), nullptr);
  runs.apply({"model.temperature", 3.0, 0});
  EXPECT_EQ(seen->ends(*shown()), nullptr);
}

// Keys that change in every frame of a drag make no new figure of every draw.
TEST(SeenDraws, AreNotMadeAgainWhereTheViewMoves) {
  Comparison runs = two_runs();
  runs.seek(20);
  const DrawPlan plan = plan_draws(runs, DrawOf::start, 3);
  const auto seen = std::make_shared<const SeenDraws>(runs, plan, made(plan));
  const auto s = take_snapshot(runs);
  const auto bands_with = [&](const Config& config) {
    View view{config, {}, {}};
    view.draws = seen;
    return lab_of(*s->setup).figure("loss", *s, view).keep.back();
  };
  Config config = s->config();
  const auto before = bands_with(config);
  config.set("view.x", Tensor{{2}, {-3, 3}});
  config.set("view.y", Tensor{{2}, {-2, 5}});
  config.set("view.probe", Tensor{{2, 2}, {0, 0, 1, 2}});
  EXPECT_EQ(bands_with(config), before);
  config.set("comparison.settled", 1e-2);
  EXPECT_NE(bands_with(config), before) << "any other key counts";
}

// Of every lab: what is drawn is the same with another value of these keys.
TEST(SeenDraws, NoCurveOverStepsReadsWhatMovesInTheView) {
  int compared = 0;
  for (const char* name : {"three_blobs", "iris", "next_symbol", "lines_part", "silu_gate",
                           "tunnel_elimination", "spread_centred"}) {
    iem::Run run(short_scene(name), pool());
    run.seek(3);
    const auto s = take_snapshot(run);
    for (const Parameter& p : s->config().table().all()) {
      static const std::set<std::string> kMoving = {"view.x",     "view.y",     "view.z",     "view.at",
                                                    "view.probe", "view.phase", "view.plots", "view.centre"};
      if (!kMoving.contains(p.key)) continue;
      Config other = s->config();
      if (p.kind == ParameterKind::tensor)
        other.set(p.key, p.shape.size() == 1 ? Tensor{{2}, {-1, 2}} : Tensor{{2, 2}, {0, 0, 1, 2}});
      else if (p.kind == ParameterKind::real)
        other.set(p.key, 0.25);
      else if (p.kind == ParameterKind::choice)
        other.set(p.key, p.choices.back());
      else
        other.set(p.key, std::vector<std::string>{p.choices.back()});
      for (const FigureType& type : lab_of(*s->setup).figures()) {
        if (type.needs.slow) continue;
        const Figure plain = lab_of(*s->setup).figure(type.id, *s, {s->config(), {}, {}});
        if (!is_one_curve_over_steps(plain)) continue;
        const Figure moved = lab_of(*s->setup).figure(type.id, *s, {other, {}, {}});
        EXPECT_EQ(drawn_numbers(moved), drawn_numbers(plain)) << name << " " << type.id << " " << p.key;
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 20);
}

}  // namespace
}  // namespace iem::testing
