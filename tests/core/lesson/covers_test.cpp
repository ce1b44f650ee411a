// What a cover hides, wherever else it is shown.
#include "core/lesson/covers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/thread_pool.h"
#include "core/run/run.h"
#include "core/session/scene_file.h"

namespace iem {
namespace {

using Kind = WindowElement::Kind;

std::shared_ptr<const Snapshot> at_step(const std::string& scene, int steps) {
  Run run(load_scene(scene), std::make_shared<ThreadPool>(1));
  for (int i = 0; i < steps; ++i) run.step();
  return take_snapshot(run);
}

std::vector<WindowElement> covered(const std::string& name, const Snapshot& snapshot) {
  return all_covered({element_named(name, NamedIn::cover, snapshot)}, snapshot);
}

TEST(Covers, ANumberIsCoveredWhereverItStands) {
  const auto s = at_step("three_blobs", 0);
  const auto loss = covered("loss", *s);
  EXPECT_TRUE(has_element(loss, Kind::figure, "loss") && has_element(loss, Kind::part, "loss_value"));
  const auto shares = covered("responsibilities", *s);
  EXPECT_TRUE(has_element(shares, Kind::figure, "responsibilities") &&
              has_element(shares, Kind::part, "shares"));
  EXPECT_TRUE(has_element(covered("shares", *s), Kind::figure, "responsibilities"));
  EXPECT_TRUE(has_element(covered("temperature", *s), Kind::key, "model.temperature"));
  EXPECT_FALSE(has_element(covered("loss", *s), Kind::part, "shares"));
}

TEST(Covers, ASymbolIsCoveredWithItsNumberAndItsSetting) {
  const auto s = at_step("three_blobs", 0);
  EXPECT_TRUE(has_element(covered("formula J", *s), Kind::part, "loss_value"));
  EXPECT_TRUE(has_element(covered("formula r_j", *s), Kind::part, "shares"));
  const Parameter& temperature = *s->config().table().find("model.temperature");
  EXPECT_TRUE(has_element(covered("formula " + temperature.symbol, *s), Kind::key, "model.temperature"));
  const auto words = symbols_of("J", "mixture");
  EXPECT_TRUE(covers_symbol(covered("loss", *s), words.front(), "mixture"));
  EXPECT_FALSE(covers_symbol(covered("shares", *s), words.front(), "mixture"));
}

TEST(Covers, APhaseOfSharesIsCoveredAndSoIsTheGradientThatIsMinusThem) {
  for (const char* scene : {"three_blobs", "lines_part", "labels_clamp", "routing_toy"}) {
    const auto s = at_step(scene, 1);
    const Lab& lab = lab_of(*s->setup);
    const std::vector<Phase> phases = lab.phases(*s, 0);
    const auto share = std::ranges::find_if(phases, &Phase::is_share);
    ASSERT_NE(share, phases.end()) << scene;
    const auto all = covered("shares", *s);
    int hidden = 0;
    for (const Phase& phase : phases) {
      const bool is_hidden = covers_phase(all, phase, share->values, lab.id());
      hidden += is_hidden ? 1 : 0;
      if (!is_hidden && phase.values.size() == share->values.size())
        for (std::size_t j = 0; j < phase.values.size(); ++j)
          EXPECT_GT(std::abs(std::abs(phase.values[j]) - share->values[j]), 1e-9) << scene << " " << phase.id;
    }
    EXPECT_GE(hidden, 1) << scene;
    EXPECT_LT(hidden, static_cast<int>(phases.size())) << scene;
    EXPECT_TRUE(covers_phase(covered("m_phases", *s), phases.back(), {}, lab.id())) << scene;
  }
}

TEST(Covers, TheFutureOfACurveIsNotInTheFigure) {
  iem::Run run(load_scene("three_blobs"), std::make_shared<ThreadPool>(1));
  for (int i = 0; i < 20; ++i) run.step();
  run.seek(8);
  const auto s = take_snapshot(run);
  const Lab& lab = lab_of(*s->setup);
  const FigureType& loss = *lab.figure_for(FigureUse::loss);
  const Figure whole = lab.figure("loss", *s, {s->config(), {}, {}});
  const Figure bare = covered_figure(whole, loss, covered("future", *s), 8);
  const auto last = [](const Figure& figure) {
    double x = 0;
    for (const Mark& mark : figure.panels.front().marks)
      if (const auto* line = std::get_if<Line>(&mark))
        for (std::size_t i = 0; i < line->x.size(); ++i)
          if (std::isfinite(line->y[i])) x = std::max(x, line->x[i]);
    return x;
  };
  EXPECT_EQ(last(whole), 20);
  EXPECT_EQ(last(bare), 8);
  EXPECT_EQ(bare.panels.front().x.hi, whole.panels.front().x.hi) << "nothing moves";
  EXPECT_EQ(bare.panels.front().y.lo, whole.panels.front().y.lo);
}

TEST(Covers, TheRingOfThePinnedPointIsEmpty) {
  const auto s = at_step("drag_a_point", 3);
  const Lab& lab = lab_of(*s->setup);
  const FigureType& stage = *lab.figure_for(FigureUse::stage);
  const auto rings = [](const Figure& figure) {
    int full = 0, all = 0;
    for (const Mark& mark : figure.panels.front().marks)
      if (const auto* ring = std::get_if<RingMark>(&mark)) ++all, full += ring->weights.empty() ? 0 : 1;
    return std::pair(all, full);
  };
  const View view{s->config(), {}, {}};
  const Figure whole = lab.figure(stage.id, *s, view);
  ASSERT_GT(rings(whole).second, 0);
  const Figure bare = covered_figure(whole, stage, covered("shares", *s), 3);
  EXPECT_EQ(rings(bare).first, rings(whole).first);
  EXPECT_EQ(rings(bare).second, 0);
}

}  // namespace
}  // namespace iem
