// The figures bound, convergence and landscape: the numbers they draw against the statements they make.
#include "core/labs/mixture/figures/theory.h"

#include <cmath>

#include "core/labs/kit/lab.h"
#include "core/labs/mixture/model/keys.h"
#include "tests/core/optimize/rule_support.h"
#include "tests/support/beside.h"

namespace iem::testing {
namespace {

template <class M>
std::vector<const M*> marks(const Figure& figure, const std::string& series) {
  std::vector<const M*> out;
  for (const Panel& panel : figure.panels)
    for (const Mark& mark : panel.marks)
      if (const M* m = std::get_if<M>(&mark); m && m->series == series) out.push_back(m);
  return out;
}

Figure figure_of(const Snapshot& snapshot, const std::string& id) {
  return lab_of(*snapshot.setup).figure(id, snapshot, View{snapshot.config(), {}, {}});
}

// Models whose EM is a descent: the bound must hold for every one of them.
const std::vector<std::string> kModels = {"",
                                          "covariance = \"tied\"\ntemperature = 2.0",
                                          "energy = \"student_t\"",
                                          "energy = \"pseudo_huber\"\ncovariance = \"diag\"",
                                          "energy = \"laplace\"\ncovariance = \"diag\"",
                                          "responsibility = \"sparsemax\"",
                                          "responsibility = \"entmax15\"\ntemperature = 0.5"};

TEST(Surrogate, LiesAboveTheLossAndTouchesItWithTheSameSlope) {
  for (const std::string& text : kModels) {
    iem::Run run = rule_run_with("em", "", text);
    run.seek(2);
    const Mixture& model = mixture_in(run);
    const Theta here = run.state().theta;
    Surrogate surrogate(model, *run.setup().data, run.temperature(), here);
    Random random(5);
    for (int round = 0; round < 40; ++round) {
      Theta direction(here.size());
      for (double& x : direction) x = random.normal();
      for (const double far : {0.0, 0.01, 0.2, 1.0}) {
        const Surrogate::Values value = surrogate.at(here + far * direction);
        EXPECT_GE(value.q, value.j - 1e-12) << text;
        if (far == 0) {
          EXPECT_NEAR(value.q, value.j, 1e-13) << text;
        }
      }
      // Their difference has a minimum of 0 there: it is of second order.
      const Surrogate::Values near = surrogate.at(here + 1e-4 * direction);
      EXPECT_LT(near.q - near.j, 1e-5) << text;
    }
  }
}

TEST(BoundFigure, DrawsTheTouchingAndTheFall) {
  for (const std::string& text : kModels) {
    iem::Run run = rule_run_with("em", "reg_covar = 0.0", text);
    run.seek(2);
    const auto snapshot = take_snapshot(run);
    const Figure figure = figure_of(*snapshot, "bound");
    const Line &j = *marks<Line>(figure, "J")[0], &q = *marks<Line>(figure, "Q")[0];
    for (std::size_t i = 0; i < j.x.size(); ++i) {
      if (std::isfinite(q.y[i])) {
        EXPECT_GE(q.y[i], j.y[i] - 1e-12) << text;
      }
    }
    EXPECT_EQ(marks<Marker>(figure, "here")[0]->y, snapshot->evaluation.loss);
    // Its first place is the highest one, and its name has room above it.
    const Panel& free = figure.panels[1];
    const double first = marks<Marker>(figure, "after the E-step")[0]->y;
    EXPECT_GT(free.y.hi - first, 0.25 * (free.y.hi - free.y.lo)) << text;
    // F: equal to the run's own losses after each E-step, and never rising.
    const Line& f = *marks<Line>(figure, "free energy")[0];
    ASSERT_EQ(f.x.size(), 17u) << text;
    for (std::size_t i = 0; i < f.y.size(); i += 2) {
      run.seek(2 + static_cast<std::int64_t>(i / 2));
      EXPECT_NEAR(f.y[i], run.evaluation().loss, 1e-12) << text;
      if (i > 0) {
        EXPECT_LE(f.y[i - 1], f.y[i - 2] + 1e-12) << text;
        EXPECT_LE(f.y[i], f.y[i - 1] + 1e-12) << text;
      }
    }
  }
}

TEST(BoundFigure, WithoutAnMStepFollowsTheGradient) {
  iem::Run run = rule_run_with("gd", "", "volume_term = false");
  const Figure figure = figure_of(*take_snapshot(run), "bound");
  EXPECT_EQ(figure.panels.size(), 1u);
  EXPECT_EQ(marks<Marker>(figure, "gradient step").size(), 1u);
}

TEST(ConvergenceFigure, OfEmIsALineOfTheSlopeOfTheTheory) {
  iem::Run run = rule_run(
      "[data]\nsource = \"blobs\"\ncount = 500\nclusters = 2\nnoise = 1.5\n[model]\ncomponents = 2\n"
      "[optimizer]\nmethod = \"em\"\nreg_covar = 0.0\n");
  run.seek(90);
  run.seek(50);
  const auto snapshot = take_snapshot(run);
  const Figure figure = figure_of(*snapshot, "convergence");
  const Line &line = *marks<Line>(figure, "J - J*")[0], &theory = *marks<Line>(figure, "predicted")[0];
  ASSERT_EQ(line.y.size(), 91u);
  EXPECT_EQ(theory.x[0], 50);
  EXPECT_EQ(theory.y[0], line.y[50]);
  const double slope = std::log(line.y[80] / line.y[50]) / 30,
               predicted = std::log(theory.y[10] / theory.y[0]) / (theory.x[10] - theory.x[0]);
  EXPECT_NEAR(slope / predicted, 1, 0.02);
  EXPECT_EQ(figure.panels.size(), 2u);
}

TEST(ConvergenceFigure, WithoutAnEmStepMeasuresFromTheLeastLossKnown) {
  iem::Run run = rule_run_with("gd", "", "volume_term = false");
  run.seek(20);
  const auto snapshot = take_snapshot(run);
  const Figure figure = figure_of(*snapshot, "convergence");
  const Line& line = *marks<Line>(figure, "J - J*")[0];
  const auto losses = snapshot->history.column(0);
  const double least = *std::min_element(losses.begin(), losses.end());
  for (std::size_t i = 0; i < line.y.size(); ++i) {
    if (std::isfinite(line.y[i])) {
      EXPECT_EQ(line.y[i], losses[i] - least);
    }
  }
  EXPECT_EQ(figure.panels.size(), 1u);
}

// A place of the plane, as the figure of the snapshot has it: the run's states lie on the contours of J.
TEST(LandscapeFigure, PutsStartEndAndPresentIntoOnePlane) {
  iem::Run run = rule_run_with("gd", "learning_rate = 0.2", "");
  run.seek(30);
  run.seek(12);
  const auto snapshot = take_snapshot(run);
  const Figure figure = figure_of(*snapshot, "landscape");
  EXPECT_TRUE(figure.panels[0].equal_aspect);
  const Line &past = *marks<Line>(figure, "way")[0], &future = *marks<Line>(figure, "way future")[0];
  EXPECT_EQ(past.x.size(), 13u);
  EXPECT_EQ(future.x.size(), 19u);
  EXPECT_EQ(past.x[0], 0);
  EXPECT_EQ(past.y[0], 0);
  const Marker& now = *marks<Marker>(figure, "now")[0];
  EXPECT_EQ(now.x, past.x.back());
  // In the plane nothing of the present is lost.
  const Theta start = snapshot->path.front()->state.theta;
  EXPECT_NEAR(std::hypot(now.x, now.y), (snapshot->state.theta - start).norm(), 1e-12);
  EXPECT_NEAR(marks<Marker>(figure, "end of EM")[0]->y, 0, 1e-9);
}

TEST(LandscapeFigure, OverTwoEntriesIsTheLossWithThoseEntries) {
  iem::Run run = rule_run_with("em", "", "");
  run.seek(3);
  const auto snapshot = take_snapshot(run);
  Config view = snapshot->config();
  view.set("view.landscape_x", std::string("means[1][0]"));
  view.set("view.landscape_y", std::string("covariances[0][2]"));
  const Figure figure = lab_of(*snapshot->setup).figure("landscape", *snapshot, View{view, {}, {}});
  const Marker& now = *marks<Marker>(figure, "now")[0];
  EXPECT_NEAR(now.x, snapshot->state.theta[2], 1e-14);
  EXPECT_NEAR(now.y, snapshot->state.theta[6 + 2], 1e-14);
  // A vertex of an iso-line: J there, with everything else as it is, is one of at most twelve values.
  const Line& contours = *marks<Line>(figure, "J")[0];
  std::vector<double> values;
  Evaluation e;
  for (std::size_t i = 0; i < contours.x.size(); i += 7) {
    if (std::isnan(contours.x[i])) continue;
    Theta theta = snapshot->state.theta;
    theta[2] = contours.x[i];
    theta[8] = contours.y[i];
    snapshot->model().evaluate(theta, 1, snapshot->data(), {}, Wanted::sums, run.pool(), e);
    values.push_back(e.loss);
  }
  ASSERT_GT(values.size(), 40u);
  std::sort(values.begin(), values.end());
  const double gap = 0.02 * (values.back() - values.front());
  int groups = 1;
  for (std::size_t i = 1; i < values.size(); ++i) groups += values[i] - values[i - 1] > gap ? 1 : 0;
  EXPECT_LE(groups, 12);
  EXPECT_GE(groups, 6);
}

TEST(LandscapeFigure, OfAnEntryThatIsNotThereSaysSo) {
  iem::Run run = rule_run_with("em", "", "covariance = \"spherical\"");
  const auto snapshot = take_snapshot(run);
  Config view = snapshot->config();
  view.set("view.landscape_x", std::string("covariances[0][1]"));
  view.set("view.landscape_y", std::string("means[0][0]"));
  EXPECT_NE(lab_of(*snapshot->setup)
                .figure("landscape", *snapshot, View{view, {}, {}})
                .caption.find("no two such entries"),
            std::string::npos);
}

TEST(LandscapeFigure, OfOneEntryNamesTheKeyThatIsMissing) {
  iem::Run run = rule_run_with("em", "", "");
  const auto snapshot = take_snapshot(run);
  const std::string x = "view.landscape_x", y = "view.landscape_y";
  for (const auto& [given, missing] : {std::pair{x, y}, {y, x}}) {
    Config view = snapshot->config();
    view.set(given, std::string("means[0][0]"));
    const Figure figure = lab_of(*snapshot->setup).figure("landscape", *snapshot, View{view, {}, {}});
    EXPECT_NE(figure.caption.find(missing + " is missing: " + given + " = means[0][0]"), std::string::npos)
        << figure.caption;
  }
}

TEST(LandscapeFigure, DrawsTheWayOfEveryRun) {
  iem::Run run = rule_run_with("gd", "learning_rate = 0.2", "");
  run.seek(12);
  auto snapshot = std::make_shared<Snapshot>(*take_snapshot(run));
  snapshot->lanes = other_rules(run, {"em"});
  const Figure figure = figure_of(*snapshot, "landscape");
  const Line &own = *marks<Line>(figure, "way")[0], &other = *marks<Line>(figure, "way of EM")[0];
  EXPECT_EQ(other.x.size(), 13u);
  EXPECT_EQ(other.x[0], own.x[0]);
  EXPECT_EQ(other.y[0], own.y[0]);
  EXPECT_EQ(other.label, "EM");
}

Theta weights_only(const std::string& method, std::int64_t steps) {
  iem::Run run = rule_run_with(method, "learning_rate = 0.3", "learn = [\"weights\"]");
  run.seek(4);
  if (method != "exponentiated") {
    iem::Run other = rule_run_with("exponentiated", "learning_rate = 0.3", "learn = [\"weights\"]");
    other.seek(4);
    other.apply({"optimizer.method", method, 0});
    run = other;
  }
  run.seek(4 + steps);
  Theta out(3);
  const auto components = mixture_in(run).unpack(run.state().theta);
  for (int j = 0; j < 3; ++j) out[j] = components[static_cast<std::size_t>(j)].weight;
  return out;
}

// The corner of a weight: left, right, top of a triangle with sides of 1.
std::pair<double, double> on_simplex(const Theta& w) { return {w[1] + 0.5 * w[2], std::sqrt(0.75) * w[2]}; }

TEST(SimplexFigure, PutsTheTargetsWhereTheRulesGo) {
  iem::Run run = rule_run_with("exponentiated", "learning_rate = 0.3", "learn = [\"weights\"]");
  run.seek(4);
  const Figure figure = figure_of(*take_snapshot(run), "simplex");
  const auto at = [&](const std::string& series, const Theta& weights) {
    const Marker& mark = *marks<Marker>(figure, series)[0];
    const auto [x, y] = on_simplex(weights);
    EXPECT_NEAR(mark.x, x, 1e-12) << series;
    EXPECT_NEAR(mark.y, y, 1e-12) << series;
  };
  at("now", weights_only("exponentiated", 0));
  at("exponentiated target", weights_only("exponentiated", 1));
  at("EM target", weights_only("em", 1));
  EXPECT_EQ(marks<Line>(figure, "way")[0]->x.size(), 5u);
  // Outside the triangle there is nothing: its upper left corner, and half of all.
  const Heatmap& map = *marks<Heatmap>(figure, "J level")[0];
  EXPECT_TRUE(std::isnan(map.values[0]));
  const auto empty = std::ranges::count_if(map.values, [](double v) { return std::isnan(v); });
  EXPECT_NEAR(static_cast<double>(empty) / static_cast<double>(map.values.size()), 0.5, 0.02);
}

TEST(SimplexFigure, IsForThreePrototypes) {
  iem::Run run = rule_run_with("em", "", "components = 4");
  EXPECT_NE(figure_of(*take_snapshot(run), "simplex").sentence.find("three prototypes"), std::string::npos);
}

TEST(LandscapeEntry, IsReadStrictly) {
  const auto entry = read_landscape_entry("means[12][1]");
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->block, "means");
  EXPECT_EQ(entry->row, 12);
  EXPECT_EQ(entry->column, 1);
  EXPECT_EQ(read_landscape_entry("weights[3]")->column, 0);
  for (const char* bad : {"", "means", "means[", "means[]", "means[1", "means[-1][0]", "bias[0]",
                          "means[a][0]", "means[1][0]x", "means[1][0][", "means[99999999][0]", "[0]"})
    EXPECT_FALSE(read_landscape_entry(bad)) << bad;
}

}  // namespace
}  // namespace iem::testing
