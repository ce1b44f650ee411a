// The atlas of starts: every place of it is the run from there to the last bit, and optima have one name
// whichever prototype is which.
#include "core/atlas/atlas.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "core/atlas/slider.h"
#include "core/base/random.h"
#include "core/compare/run_to.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

using Settings = std::vector<std::pair<std::string, Value>>;

iem::Run run_of(const std::string& scene, const Settings& settings) {
  Scene made = load_scene(scene);
  for (const auto& [key, value] : settings) made.config.set(key, value);
  return iem::Run(std::move(made), pool(1));
}

AtlasPlan plan_of(const iem::Run& run, int side, std::int64_t steps, int prototype = 0) {
  AtlasPlan plan{.setup = run.shared_setup(), .state = run.state(), .prototype = prototype, .side = side};
  const auto& points = run.setup().data->points;
  plan.x0 = points.col(0).minCoeff() - 0.1, plan.x1 = points.col(0).maxCoeff() + 0.1;
  plan.y0 = points.col(1).minCoeff() - 0.1, plan.y1 = points.col(1).maxCoeff() + 0.1;
  plan.steps = steps;
  return plan;
}

std::shared_ptr<const Atlas> atlas_of(const AtlasPlan& plan, int threads = 2) {
  return AtlasShelf(threads).get(plan);
}

// The run in which the prototype is put to the middle of a cell, as a drag on the stage does it.
struct Ended {
  iem::Run run;
  std::string exit;
};
Ended run_from(const iem::Run& from, const AtlasPlan& plan, int column, int row) {
  iem::Run run = from;
  const Eigen::Vector2d place = plan.place(column, row);
  Tensor means = run.setup().model->natural(run.state().theta)[0].tensor;
  means.data[2 * static_cast<std::size_t>(plan.prototype)] = place.x();
  means.data[2 * static_cast<std::size_t>(plan.prototype) + 1] = place.y();
  run.apply({"state.means", means});
  std::string exit = run_to(run, run.state().step + plan.steps, {});
  return {std::move(run), std::move(exit)};
}

// Compares so many cells, drawn at random, with the runs from them; returns how many settled.
int compare_cells(const iem::Run& from, const AtlasPlan& plan, int draws) {
  const std::shared_ptr<const Atlas> atlas = atlas_of(plan);
  Random random(7);
  int settled = 0;
  for (int i = 0; i < draws; ++i) {
    const auto column = static_cast<int>(random.below(plan.side)),
               row = static_cast<int>(random.below(plan.side));
    const AtlasCell& cell = atlas->cells[static_cast<std::size_t>(row * plan.side + column)];
    const Ended ended = run_from(from, plan, column, row);
    EXPECT_EQ(cell.hash, ended.run.state().hash()) << "cell " << column << ", " << row;
    EXPECT_EQ(cell.steps, ended.run.state().step - from.state().step);
    EXPECT_EQ(cell.loss, ended.run.evaluation().loss);
    EXPECT_EQ(cell.end == kDiverged, ended.exit == "non_finite");
    EXPECT_EQ(cell.end == kUnsettled, ended.exit == "steps") << ended.exit;
    settled += cell.end < kUnsettled;
    if (::testing::Test::HasFailure()) break;
  }
  return settled;
}

const std::string kMethod = "optimizer.method", kStop = "schedule.stop_loss_change";

TEST(Atlas, AThousandStartsAreTheRunsFromThere) {
  const iem::Run run = run_of("penguins", {{kMethod, std::string("em")}, {kStop, kAtlasStop}});
  EXPECT_GT(compare_cells(run, plan_of(run, 64, 150), 1000), 800);
}

TEST(Atlas, SoAreThoseOfOtherRulesEnergiesAndTemperatures) {
  const std::vector<std::pair<std::string, Settings>> cases = {
      {"penguins", {{kMethod, std::string("gd")}, {kStop, 1e-5}}},
      {"penguins", {{kMethod, std::string("gd_to_em")}, {"optimizer.blend", 0.5}, {kStop, kAtlasStop}}},
      {"penguins", {{kMethod, std::string("adam")}, {"optimizer.learning_rate", 0.05}, {kStop, 1e-5}}},
      {"penguins", {{kMethod, std::string("sgd")}, {kStop, 1e-6}}},
      {"penguins", {{kMethod, std::string("em")}, {"model.energy", std::string("student_t")}, {kStop, 1e-6}}},
      {"penguins", {{kMethod, std::string("em")}, {"model.temperature", 2.0}, {kStop, 1e-6}}},
      {"penguins",
       {{kMethod, std::string("em")},
        {"model.temperature", 3.0},
        {"schedule.temperature_decay", 0.9},
        {"schedule.stop_grad_norm", 1e-3}}},
      {"three_blobs", {{kMethod, std::string("hard_em")}, {kStop, 1e-6}}},
  };
  for (const auto& [scene, settings] : cases) {
    iem::Run run = run_of(scene, settings);
    run.seek(3);  // with what the rule remembers
    compare_cells(run, plan_of(run, 16, 60, 1), 40);
    if (HasFailure()) ADD_FAILURE() << scene << " " << std::get<std::string>(settings[0].second);
  }
}

bool same_atlas(const Atlas& a, const Atlas& b) {
  const bool optima =
      std::ranges::equal(a.optima, b.optima, [](const AtlasOptimum& x, const AtlasOptimum& y) {
        return x.name == y.name && x.loss == y.loss && x.count == y.count;
      });
  return optima && a.known == b.known &&
         std::ranges::equal(a.cells, b.cells, [](const AtlasCell& x, const AtlasCell& y) {
           return x.end == y.end && x.steps == y.steps && x.loss == y.loss && x.hash == y.hash;
         });
}

// Along the temperature optima move a little from map to map.
TEST(Atlas, OptimaKeepTheirNamesAlongASlider) {
  std::vector<std::shared_ptr<const Atlas>> alone;
  for (const double temperature : {1.0, 1.02, 1.04, 1.06}) {
    const iem::Run run =
        run_of("penguins", {{kMethod, std::string("em")}, {"model.temperature", temperature}});
    alone.push_back(atlas_of(plan_of(run, 24, 300)));
  }
  const auto named = with_common_names(alone);
  ASSERT_EQ(named.size(), alone.size());
  std::size_t most = 0;
  for (std::size_t i = 0; i < named.size(); ++i) {
    const Atlas &was = *alone[i], &now = *named[i];
    ASSERT_EQ(now.optima.size(), named[0]->optima.size());
    EXPECT_GE(now.optima.size(), was.optima.size());
    std::vector<std::int64_t> count(now.optima.size());
    for (std::size_t k = 0; k < now.cells.size(); ++k) {
      const std::uint8_t before = was.cells[k].end, after = now.cells[k].end;
      if (before >= kFurtherOptimum) {
        EXPECT_EQ(after, before);
        continue;
      }
      ++count.at(after);
      EXPECT_LE(now.optima[after].loss, was.optima[before].loss);
    }
    for (std::size_t k = 0; k < count.size(); ++k) {
      EXPECT_EQ(now.optima[k].name, optimum_name(k));
      EXPECT_EQ(now.optima[k].count, count[k]) << k;
    }
    const auto largest = static_cast<std::size_t>(std::ranges::max_element(count) - count.begin());
    if (i == 0) most = largest;
    EXPECT_EQ(largest, most) << "the land of most starts has another name in map " << i;
    EXPECT_GT(2 * count[largest], now.known);
  }
  EXPECT_GT(std::abs(alone.front()->optima[0].loss - alone.back()->optima[0].loss), 0.005) << "nothing moved";
  EXPECT_TRUE(with_common_names({}).empty());
}

TEST(Atlas, ListsOfOptimaAreSharedByMapsOfOneModelAndItsPointsOnly) {
  const Settings em = {{kMethod, std::string("em")}};
  const iem::Run by_gd = run_of("starts_gd", {}), by_em = run_of("starts_gd", em),
                 elsewhere = run_of("penguins", em);
  AtlasPlan left = plan_of(by_em, 16, 150);
  left.x1 = -1;
  const auto gd = atlas_of(plan_of(by_gd, 16, 150)), other = atlas_of(plan_of(elsewhere, 16, 150)),
             same = atlas_of(left);
  const auto named = with_common_names({gd, other, same});
  ASSERT_EQ(named.size(), 3u);
  EXPECT_TRUE(same_atlas(*named[1], *other)) << "of other points";
  const auto names_of = [](const Atlas& atlas) {
    std::vector<std::string> out;
    for (const AtlasOptimum& optimum : atlas.optima) out.push_back(optimum.name);
    return out;
  };
  EXPECT_EQ(names_of(*named[0]), names_of(*named[2]));
  EXPECT_EQ(named[0]->slowest, std::max(gd->slowest, same->slowest));
  EXPECT_EQ(named[0]->slowest, named[2]->slowest);
  ASSERT_NE(names_of(*gd), names_of(*same));
  int shared = 0;
  for (std::size_t i = 0; i < named[0]->optima.size(); ++i) {
    const AtlasOptimum &a = named[0]->optima[i], &b = named[2]->optima[i];
    if (a.count == 0 || b.count == 0) continue;
    EXPECT_NEAR(a.loss, b.loss, 1e-4) << a.name;
    ++shared;
  }
  EXPECT_GE(shared, 2);
}

TEST(Atlas, IsTheSameWithAnyNumberOfThreadsAndHoweverItIsMadeFiner) {
  const iem::Run run = run_of("penguins", {{kMethod, std::string("em")}});
  const AtlasPlan plan = plan_of(run, 128, 12);
  const auto one = atlas_of(plan, 1), two = atlas_of(plan, 2);
  EXPECT_TRUE(same_atlas(*one, *two));
  EXPECT_EQ(one->known, 128 * 128);
  // Stopped again and again, and looked at when it is coarse.
  AtlasShelf shelf(2);
  const auto coarse = shelf.get(plan, 2);
  ASSERT_TRUE(coarse);
  EXPECT_EQ(coarse->known, 64 * 64);
  EXPECT_EQ(coarse->stride, 2);
  int stops = 0;
  std::shared_ptr<const Atlas> last;
  while (!last || last->stride > 1) last = shelf.get(plan, 1, [&](auto, auto) { return ++stops, false; });
  EXPECT_GT(stops, 3);
  EXPECT_TRUE(same_atlas(*one, *last));
  for (int row = 0; row < 128; row += 2)
    EXPECT_EQ(coarse->cells[static_cast<std::size_t>(row * 128)].hash,
              last->cells[static_cast<std::size_t>(row * 128)].hash);
}

// Few places come first where even the coarsest level has many; they change nothing of what comes after.
TEST(Atlas, IsRoughUntilTheFirstLevelHasCome) {
  const iem::Run run = run_of("penguins", {{kMethod, std::string("em")}});
  const AtlasPlan plan = plan_of(run, 128, 20);
  AtlasShelf shelf(2);
  EXPECT_EQ(shelf.rough(plan, [] { return false; }), nullptr);
  const auto rough = shelf.rough(plan);
  ASSERT_TRUE(rough);
  EXPECT_EQ(rough->known, 16 * 16);
  EXPECT_EQ(rough->plan.side, 16);
  EXPECT_EQ(shelf.last(), nullptr);
  EXPECT_EQ(shelf.rough(plan), rough) << "made once";
  const auto coarse = shelf.get(plan, 2);
  EXPECT_EQ(coarse->known, 64 * 64);
  EXPECT_EQ(shelf.rough(plan), coarse) << "what is better known";
  EXPECT_TRUE(same_atlas(*coarse, *AtlasShelf(2).get(plan, 2)));
}

// Work ends in the middle of a start, or of a run that shows which optimum it is, and no cell is half known.
TEST(Atlas, IsTheSameWhereverStartsAreGivenUp) {
  const iem::Run run = run_of("penguins", {{kMethod, std::string("em")}});
  const AtlasPlan plan = plan_of(run, 8, 60);
  ThreadPool alone(1);
  int all = 0;
  AtlasMaker whole(plan), maker(plan);
  EXPECT_TRUE(whole.refine(alone, {}, [&] { return ++all > 0; }));
  ASSERT_FALSE(whole.seen()->optima.empty()) << "no start settles, and none is run on";
  for (const int most : {1, all / 3, all - 1}) {
    int asked = 0;
    EXPECT_FALSE(maker.refine(alone, {}, [&] { return ++asked < most; }));
    EXPECT_EQ(asked, most) << "it goes on after a no";
    EXPECT_EQ(maker.seen()->known, 0);
  }
  EXPECT_TRUE(maker.refine(alone));
  EXPECT_TRUE(same_atlas(*whole.seen(), *maker.seen()));
}

TEST(Atlas, StopStepsOfTheSceneEndNoStart) {
  const iem::Run plain = run_of("penguins", {{kMethod, std::string("em")}}),
                 short_run = run_of("penguins",
                                    {{kMethod, std::string("em")}, {"schedule.stop_steps", std::int64_t{2}}});
  const auto a = atlas_of(plan_of(plain, 8, 60)), b = atlas_of(plan_of(short_run, 8, 60));
  EXPECT_LT(b->unsettled, b->known);
  EXPECT_TRUE(same_atlas(*a, *b));
}

TEST(Atlas, FindsTheCellUnderAPlace) {
  const iem::Run run = run_of("penguins", {{kMethod, std::string("em")}});
  AtlasPlan plan = plan_of(run, 128, 1);
  plan.x0 = 0, plan.x1 = 128, plan.y0 = 0, plan.y1 = 128;
  AtlasShelf shelf(2);
  const auto coarse = shelf.get(plan, 2);
  ASSERT_EQ(coarse->stride, 2);
  const auto place = [](const Atlas& atlas, double x, double y) {
    const AtlasCell* cell = atlas.at(x, y);
    return cell ? cell - atlas.cells.data() : -1;
  };
  // Known is every second cell; its middle is that of what it stands for.
  EXPECT_EQ(place(*coarse, 0.5, 0.5), 0);
  EXPECT_EQ(place(*coarse, 1.4, 0.5), 0);
  EXPECT_EQ(place(*coarse, 1.6, 0.5), 2);
  EXPECT_EQ(place(*coarse, 127.9, 127.9), 126 * 128 + 126);
  EXPECT_EQ(place(*coarse, 128.1, 3), -1);
  const auto fine = shelf.get(plan);
  EXPECT_EQ(place(*fine, 1.6, 0.5), 1);
  EXPECT_EQ(place(*fine, 127.9, 127.9), 128 * 128 - 1);
}

TEST(Atlas, ADivergingRateIsSaid) {
  const iem::Run run = run_of("penguins", {{"optimizer.learning_rate", 1e6}});
  const auto atlas = atlas_of(plan_of(run, 16, 30));
  EXPECT_EQ(atlas->diverged, atlas->known);
  EXPECT_TRUE(atlas->optima.empty());
}

TEST(Atlas, WhatHasNoTimeToSettleIsSaid) {
  const iem::Run run = run_of("penguins", {});
  const auto atlas = atlas_of(plan_of(run, 16, 20));
  EXPECT_EQ(atlas->unsettled, atlas->known);
}

// The prototype that is put elsewhere has no name of its own: where it trades places with another, the
// optimum is the same.
TEST(Optima, AreTheSameWhicheverPrototypeIsWhich) {
  const iem::Run run = run_of("penguins", {{kMethod, std::string("em")}, {kStop, kAtlasStop}});
  iem::Run ended = run;
  run_to(ended, 500, {});
  const auto& model = static_cast<const Mixture&>(*run.setup().model);
  const std::vector<MixtureComponent> components = model.unpack(ended.state().theta);
  Optima optima(model, *run.setup().data, 1);
  std::vector<std::size_t> order = {0, 1, 2};
  int relabelled = 0;
  do {
    std::vector<MixtureComponent> other;
    for (const std::size_t j : order) other.push_back(components[j]);
    EXPECT_EQ(optima.of(model.pack(other), 2.0 - relabelled), 0u);
    ++relabelled;
  } while (std::ranges::next_permutation(order).found);
  EXPECT_EQ(relabelled, 6);
  EXPECT_EQ(optima.loss(0), -3) << "the lowest J of all";
  // Elsewhere is another one, and so are other weights.
  auto moved = components;
  moved[1].mu_x += 0.2;
  EXPECT_EQ(optima.of(model.pack(moved), 3), 1u);
  auto weighed = components;
  weighed[0].weight *= 1.5;
  EXPECT_EQ(optima.of(model.pack(weighed), 3), 2u);
}

// A component may take a pair that another one needs, which then has to be given back.
TEST(Optima, PairsComponentsThatLieCloseTogether) {
  const iem::Run run = run_of("penguins", {});
  const auto& model = static_cast<const Mixture&>(*run.setup().model);
  Optima optima(model, *run.setup().data, 1);
  const auto at = [](double x) { return MixtureComponent{x, 0, {1, 0, 1}, 1.0 / 3}; };
  EXPECT_EQ(optima.of(model.pack({at(0), at(0.04), at(3)}), 1), 0u);
  // The first fits both, the second only the first of those.
  EXPECT_EQ(optima.of(model.pack({at(0.02), at(-0.04), at(3)}), 1), 0u);
}

// Where weights are fixed a prototype that no point feels stays where it was put: that is one optimum of the
// others.
TEST(Optima, AreOneWhereverAPrototypeStandsThatNoPointFeels) {
  const iem::Run run = run_of("starts_em", {});
  const auto& model = static_cast<const Mixture&>(*run.setup().model);
  ASSERT_FALSE(model.options().learn_weights);
  std::vector<MixtureComponent> components = model.unpack(run.state().theta);
  Optima optima(model, *run.setup().data, 1);
  for (const double far : {200., 300., -500.}) {
    components[0].mu_x = far;
    EXPECT_EQ(optima.of(model.pack(components), 5), 0u) << far;
  }
  components[1].mu_x += 1;
  EXPECT_EQ(optima.of(model.pack(components), 5), 1u) << "the others count";
  components[0].mu_x = 0;
  EXPECT_EQ(optima.of(model.pack(components), 5), 2u);
}

// The squares of such coordinates overflow, and an infinite unit would make all states one.
TEST(Optima, AreToldApartAmongHugeNumbers) {
  const iem::Run run = run_of("penguins", {});
  const auto& model = static_cast<const Mixture&>(*run.setup().model);
  Dataset huge = *run.setup().data;
  huge.points *= 1e160;
  Optima optima(model, huge, 1);
  const auto at = [](double x) { return MixtureComponent{x, 0, {1, 0, 1}, 1.0 / 3}; };
  const double step = huge.points.col(0).cwiseAbs().maxCoeff();
  EXPECT_EQ(optima.of(model.pack({at(0), at(step), at(-step)}), 1), 0u);
  EXPECT_EQ(optima.of(model.pack({at(0), at(step), at(-step * 1.001)}), 1), 0u);
  EXPECT_EQ(optima.of(model.pack({at(0), at(step), at(step / 2)}), 1), 1u);
}

TEST(Optima, HaveLettersForNames) {
  EXPECT_EQ(optimum_name(0), "A");
  EXPECT_EQ(optimum_name(25), "Z");
  EXPECT_EQ(optimum_name(26), "AA");
  EXPECT_EQ(optimum_name(53), "BB");
}

}  // namespace
}  // namespace iem::testing
