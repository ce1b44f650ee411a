// What the attention lab says in words, against what its runs do: where scores go, and what the entropy of a
// chain bounds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/labs/attention/figures/list.h"
#include "core/labs/kit/lab.h"
#include "core/session/scene_file.h"
#include "tests/core/labs/attention/truth.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

// Bars and arrows of one figure: with usefulness above a twentieth of the largest of the row.
struct Signs {
  int shown = 0, apart = 0;
};

// Usefulness is where a free score would rise: against J by central differences. The arrow is where the step
// takes the score: against the run's own next step.
Signs expect_signs(const Snapshot& s, const AttentionTruth& then, int query) {
  const AttentionTruth now(s);
  Config view = s.config();
  view.set("view.pinned", static_cast<std::int64_t>(query));
  const Figure figure = lab_of(*s.setup).figure("stage", s, {view, {}, {}});
  Signs out;
  for (const Mark& mark : figure.panels[0].marks) {
    const auto* gauge = std::get_if<Gauge>(&mark);
    if (!gauge || std::abs(gauge->value) < 0.05) continue;
    const int key = std::stoi(gauge->series.substr(gauge->series.rfind(' '))) - 1;
    const double slope = now.score_slope(query, key),
                 step = then.scores()(query, key) - now.scores()(query, key);
    // A share of attention that is next to nothing has a slope that is lost in J's last digits.
    if (std::abs(slope) > 1e-9) {
      EXPECT_EQ(gauge->value > 0, slope < 0)
          << s.setup->scene.name << ": a bar is filled where -dJ/ds is positive";
    }
    if (std::abs(step) > 1e-12) {
      EXPECT_EQ(gauge->direction > 0, step > 0) << s.setup->scene.name << ": the arrow is the step";
    }
    ++out.shown;
    out.apart += gauge->direction != 0 && (gauge->value > 0) != (gauge->direction > 0) ? 1 : 0;
  }
  return out;
}

TEST(AttentionWords, ABarIsAFreeScoreAndTheArrowIsWhatHappens) {
  for (const char* name :
       {"routing_toy", "fast_values", "slow_values", "frozen_values", "routing_roles", "next_symbol"}) {
    Signs all;
    for (const std::int64_t step : {0, 5, 20, 50}) {
      iem::Run run(load_scene(name), pool());
      run.seek(step);
      const auto s = take_snapshot(run);
      iem::Run after = run;
      ASSERT_EQ(after.step(), StepResult::stepped);
      const AttentionTruth then(*take_snapshot(after));
      for (int query = 0; query < static_cast<int>(then.queries()); ++query) {
        const Signs some = expect_signs(*s, then, query);
        all.shown += some.shown, all.apart += some.apart;
      }
    }
    // The two are not the same, so that no word may say that one is the other.
    EXPECT_GT(all.shown, 30) << name;
    EXPECT_GT(all.apart, all.shown / 50) << name << ": " << all.apart << " of " << all.shown;
  }
}

TEST(AttentionWords, NothingSaysThatAScoreRisesBecauseItsValueIsUseful) {
  int spoken = 0;
  for (const char* name : {"routing_toy", "routing_roles", "next_symbol"}) {
    const auto s = take_snapshot(iem::Run(load_scene(name), pool()));
    Config view = s->config();
    view.set("view.pinned", std::int64_t{0});
    for (const char* id : {"stage", "advantage"}) {
      const std::string caption = lab_of(*s->setup).figure(id, *s, {view, {}, {}}).caption;
      EXPECT_EQ(caption.find("rises under descent"), std::string::npos) << caption;
      EXPECT_NE(caption.find("if it were free"), std::string::npos) << caption;
      ++spoken;
    }
    for (const auto& column : lab_of(*s->setup).inspect(*s, {ElementId::Kind::query, 0}, -1).table) {
      if (!column.help.starts_with("Usefulness")) continue;
      EXPECT_NE(column.help.find("if it were free"), std::string::npos);
      ++spoken;
    }
  }
  EXPECT_EQ(spoken, 9);
}

// Lines, bars and arrows of a query are spoken of where there is one, in the plane and on components.
TEST(AttentionWords, TheStageSpeaksOfAPinnedQueryWhereOneIsPinned) {
  for (const char* name : {"routing_toy", "routing_roles", "next_symbol"}) {
    const auto s = take_snapshot(iem::Run(load_scene(name), pool()));
    for (const std::int64_t pinned : {-1, 2}) {
      Config view = s->config();
      view.set("view.pinned", pinned);
      const Figure figure = lab_of(*s->setup).figure("stage", *s, {view, {}, {}});
      const bool draws = std::ranges::any_of(figure.panels[0].marks, [](const Mark& mark) {
        const auto* arrow = std::get_if<Arrow>(&mark);
        return arrow && arrow->series.starts_with("alpha ");
      });
      EXPECT_EQ(draws, pinned >= 0) << name;
      for (const char* words : {"pinned query", "Bars: "})
        EXPECT_EQ(figure.caption.find(words) != std::string::npos, draws) << name << figure.caption;
    }
  }
}

// Queries and keys count from 1, and a bound is named where the keys do not lie nearer to each other anyway.
TEST(AttentionWords, RetrievalNamesABoundThatSaysSomething) {
  int bounds = 0, silent = 0;
  for (const bool at_key : {false, true}) {
    Scene scene = load_scene("retrieval");
    if (at_key) {
      Tensor queries = scene.config.tensor("model.queries");
      queries.data[0] = 3, queries.data[1] = 1.2;
      scene.config.set("model.queries", queries);
      scene.config.set("model.temperature", 0.2);
    }
    const auto s = take_snapshot(iem::Run(std::move(scene), pool()));
    const Eigen::MatrixXd keys = AttentionTruth(*s).k();
    double widest = 0;
    for (Eigen::Index i = 0; i < keys.rows(); ++i)
      for (Eigen::Index j = 0; j < i; ++j) widest = std::max(widest, (keys.row(i) - keys.row(j)).norm());
    Config view = s->config();
    view.set("view.pinned", std::int64_t{0});
    view.set("view.retrieval", true);
    const View shown{view, {}, {}};
    const std::string caption = lab_of(*s->setup).figure("retrieval", *s, shown).caption;
    EXPECT_NE(caption.find(" Query 1 is nearest to key "), std::string::npos) << caption;
    EXPECT_EQ(caption.find("key 0"), std::string::npos) << caption;
    const std::vector<Reading> readings = lab_of(*s->setup).readings(Group::model, *s, shown);
    const auto bound = std::ranges::find(readings, std::string("At most"), &Reading::label);
    const bool said = caption.find("at most") != std::string::npos;
    EXPECT_EQ(said, bound != readings.end()) << caption;
    if (said) {
      EXPECT_LE(bound->value, widest);
    }
    said ? ++bounds : ++silent;
  }
  EXPECT_EQ(bounds, 1) << "of a query at a key";
  EXPECT_EQ(silent, 1) << "of one far from all";
}

// A run at rest has no pulls, whatever its rounding is.
TEST(AttentionWords, APullThatIsRoundingIsNotDrawn) {
  iem::Run run(load_scene("routing_toy"), pool());
  for (const std::int64_t step : {5, 400}) {
    run.seek(step);
    const auto s = take_snapshot(run);
    const Figure figure = lab_of(*s->setup).figure("stage", *s, {s->config(), {}, {}});
    int pulls = 0, keys = 0;
    for (const Mark& mark : figure.panels[0].marks) {
      if (const auto* arrow = std::get_if<Arrow>(&mark)) pulls += arrow->series.starts_with("pull ") ? 1 : 0;
      if (const auto* legend = std::get_if<Legend>(&mark))
        for (const auto& [sign, words] : legend->entries) keys += words.starts_with("pull on value") ? 1 : 0;
    }
    EXPECT_EQ(pulls > 0, step == 5) << "step " << step;
    EXPECT_EQ(keys, step == 5 ? 1 : 0) << "step " << step;
  }
}

// A head learns short sequences by heart.
TEST(AttentionWords, TheLossMayFallBelowTheEntropyOfTheChain) {
  iem::Run run(
      parse_scene("format = 1\nlab = \"attention\"\nseed = 1\n[data]\ntask = \"sticky_markov\"\nsource = "
                  "\"sticky_markov\"\nlength = 40\nembedding = 20\n[model]\ncausal = true\n[optimizer]\n"
                  "method = \"adam\"\nlearning_rate = 0.05\n",
                  "chain.toml"),
      pool());
  run.seek(150);
  const auto s = take_snapshot(run);
  const double entropy = s->data().chain->entropy;
  ASSERT_LT(s->evaluation.loss, entropy);
  const auto ids = s->model().metric_ids();
  const auto excess = std::ranges::find(ids, std::string("excess")) - ids.begin();
  EXPECT_LT(s->evaluation.metrics[static_cast<Eigen::Index>(excess)], 0);
  const Figure figure = lab_of(*s->setup).figure("loss", *s, {s->config(), {}, {}});
  EXPECT_EQ(figure.caption.find("floor"), std::string::npos) << figure.caption;
  EXPECT_NE(figure.caption.find("fresh"), std::string::npos) << figure.caption;
  // Both curves are in the panel, also where all of the run is below.
  const Panel& panel = figure.panels[0];
  EXPECT_LT(panel.y.lo, std::min(entropy, s->evaluation.loss));
  EXPECT_GT(panel.y.hi, std::max(entropy, s->evaluation.loss));
  Figure below = lab_of(*s->setup).figure("entropy", *s, {s->config(), {}, {}});
  EXPECT_GT(below.panels[0].y.hi, entropy);
}

}  // namespace
}  // namespace iem::testing
