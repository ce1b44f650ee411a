// The inspector's numbers against what the model says elsewhere, and the threads it is drawn with.
#include "core/labs/kit/inspection.h"

#include <cmath>
#include <numeric>

#include "core/labs/kit/lab.h"
#include "core/labs/mixture/figures/inspection.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;

std::shared_ptr<const Snapshot> snapshot_of(const std::string& toml, std::int64_t steps = 4) {
  iem::Run run(mixture_scene(toml), pool());
  run.seek(steps);
  return take_snapshot(run);
}

Inspection point(const Snapshot& s, int i, int component = -1) {
  return lab_of(*s.setup).inspect(s, {ElementId::Kind::point, i}, component);
}

const std::vector<double>& column(const Inspection& inspection, const std::string& symbol) {
  for (const auto& c : inspection.table)
    if (c.symbol == symbol) return c.values;
  ADD_FAILURE() << "no column " << symbol;
  static const std::vector<double> none;
  return none;
}

const Inspection::Quantity& quantity(const Inspection& inspection, const std::string& label) {
  for (const auto& q : inspection.quantities)
    if (q.label == label) return q;
  ADD_FAILURE() << "no quantity " << label;
  static const Inspection::Quantity none;
  return none;
}

TEST(Inspection, ThePointsRowIsThatOfTheEvaluation) {
  for (const char* tau : {"1.0", "0.4", "5.0"}) {
    const auto s = snapshot_of("[model]\ntemperature = " + std::string(tau) + "\n");
    for (const int i : {0, 17, 199}) {
      const Inspection shown = point(*s, i);
      const auto& d = column(shown, "d_j");
      const auto& r = column(shown, "r_j");
      const auto& computed = column(shown, "\\approx");
      for (std::size_t j = 0; j < d.size(); ++j) {
        EXPECT_NEAR(d[j], s->evaluation.energies(i, static_cast<Eigen::Index>(j)), 1e-12);
        EXPECT_NEAR(r[j], s->evaluation.responsibilities(i, static_cast<Eigen::Index>(j)), 1e-14);
        EXPECT_NEAR(computed[j], -r[j], 1e-14) << "by complex step";
      }
      EXPECT_NEAR(std::accumulate(r.begin(), r.end(), 0.0), 1, 1e-14);
    }
  }
}

// Every line of formulas is an equation between the numbers in it.
TEST(Inspection, FormulasAddUp) {
  const auto s = snapshot_of("[model]\ntemperature = 0.7\n");
  const Inspection shown = point(*s, 5, 1);
  ASSERT_EQ(shown.component, 1);
  ASSERT_EQ(shown.formulas.size(), 5U);
  const auto& distance = shown.formulas[0];
  double sum = 0, sign = 1;
  for (std::size_t i = 2; i + 2 < distance.size(); ++i) {
    if (distance[i].is_number)
      sum += sign * distance[i].number;
    else
      sign = distance[i].tex == "{-}" ? -1 : 1;
  }
  EXPECT_NEAR(sum, distance.back().number, 1e-12);
  const auto& share = shown.formulas[2];
  EXPECT_NEAR(share[2].number / share[4].number, share[6].number, 1e-14);
  EXPECT_NEAR(shown.formulas[3].back().number, -0.7 * std::log(shown.formulas[1].back().number), 1e-12);
}

TEST(Inspection, AnObjectiveWithoutResponsibilitiesSaysSo) {
  const auto s = snapshot_of("[model]\nobjective = \"correntropy\"\n");
  EXPECT_EQ(point(*s, 3).table.size(), 1U);
  EXPECT_EQ(point(*s, 3).remark, s->model().responsibilities_unavailable());
  const Inspection prototype = lab_of(*s->setup).inspect(*s, {ElementId::Kind::prototype, 0}, -1);
  EXPECT_FALSE(prototype.remark.empty());
  EXPECT_EQ(quantity(prototype, "gradient").values[0], s->evaluation.gradient[0]);
}

// The two arrows that coincide, for every kind of covariance and any temperature.
TEST(Inspection, ThePreconditionedGradientIsTheEmStep) {
  for (const std::string kind : {"fixed", "spherical", "diag", "tied", "full"}) {
    const auto s = snapshot_of("[model]\ntemperature = 1.3\ncovariance = \"" + kind + "\"\n");
    for (int j = 0; j < 3; ++j) {
      const Eigen::Vector2d step = s->em_target.segment(2 * j, 2) - s->state.theta.segment(2 * j, 2);
      EXPECT_NEAR((preconditioned_gradient(*s, j) - step).norm(), 0, 1e-12 * std::max(1.0, step.norm()))
          << kind;
    }
  }
}

TEST(Inspection, APrototypesQuantitiesAreTheModels) {
  const auto s = snapshot_of("");
  const Inspection shown = lab_of(*s->setup).inspect(*s, {ElementId::Kind::prototype, 2}, -1);
  EXPECT_EQ(shown.title, "Prototype 3");
  const auto natural = s->model().natural(s->state.theta);
  EXPECT_EQ(quantity(shown, "mean").values[1], natural[0].tensor.data[5]);
  EXPECT_EQ(quantity(shown, "covariance").values[3], natural[1].tensor.data[11]);
  EXPECT_EQ(quantity(shown, "weight").values[0], natural[2].tensor.data[2]);
  const double share = s->evaluation.responsibilities.col(2).sum();
  EXPECT_NEAR(quantity(shown, "points").values[0], share, 1e-10);
  EXPECT_NEAR(quantity(shown, "preconditioner").values[0], 200 / share * natural[1].tensor.data[8], 1e-10);
}

TEST(Inspection, NothingIsSaidOfWhatIsNotThere) {
  const auto s = snapshot_of("");
  EXPECT_EQ(point(*s, -1).title, "");
  EXPECT_EQ(point(*s, 200).title, "");
  EXPECT_EQ(lab_of(*s->setup).inspect(*s, {ElementId::Kind::prototype, 3}, -1).title, "");
}

std::vector<Arrow> arrows(const Figure& figure, const std::string& series) {
  std::vector<Arrow> out;
  for (const Mark& mark : figure.panels[0].marks)
    if (const auto* arrow = std::get_if<Arrow>(&mark); arrow && arrow->series.starts_with(series))
      out.push_back(*arrow);
  return out;
}

TEST(Threads, AreAsWideAsTheResponsibilityAndShowOnlyWhenAskedFor) {
  const auto s = snapshot_of("");
  Config config = s->config();
  config.set("view.pinned", std::int64_t{8});
  EXPECT_TRUE(arrows(lab_of(*s->setup).figure("stage", *s, {config, {}, {}}), "thread").empty());
  config.set("view.threads", true);
  const auto threads = arrows(lab_of(*s->setup).figure("stage", *s, {config, {}, {}}), "thread");
  ASSERT_EQ(threads.size(), 3U);
  for (int j = 0; j < 3; ++j) {
    const Arrow& thread = threads[static_cast<std::size_t>(j)];
    EXPECT_NEAR((thread.width_px - 1) / 7, s->evaluation.responsibilities(8, j), 1e-12);
    EXPECT_EQ(thread.ink.index, j);
    EXPECT_EQ(thread.x0, s->data().points(8, 0));
    EXPECT_EQ(thread.y1, s->state.theta[2 * j + 1]);
  }
}

// The mean of the pulls of all points, over N_j, is EM's step.
TEST(Threads, PullsOfPointsAddUpToTheEmStep) {
  const auto s = snapshot_of("");
  const View hovering{s->config(), {}, {ElementId::Kind::prototype, 1}};
  const auto pulls = arrows(lab_of(*s->setup).figure("stage", *s, hovering), "pull of points");
  ASSERT_GT(pulls.size(), 10U);
  Eigen::Vector2d sum(0, 0);
  for (const Arrow& pull : pulls) sum += Eigen::Vector2d(pull.x1 - pull.x0, pull.y1 - pull.y0);
  const double share = s->evaluation.responsibilities.col(1).sum();
  const Eigen::Vector2d step = s->em_target.segment(2, 2) - s->state.theta.segment(2, 2);
  EXPECT_NEAR((sum / share - step).norm(), 0, 0.03) << "those below a hundredth are not drawn";
}

}  // namespace
}  // namespace iem
