// Where the data is hardly enough: ties, one class, one point a class, classes without points, gaps between
// labels, nothing labelled, and classes that lines tell apart.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/check/check.h"
#include "core/labs/classifier/model/margin.h"
#include "core/labs/classifier/model/tally.h"
#include "tests/core/error_of.h"
#include "tests/core/labs/classifier/cases.h"

namespace iem {
namespace {

using testing::classifier_in;
using testing::classifier_scene;
using testing::pool;

iem::Run edge_run(const std::string& data, const std::string& model, const std::string& more = "") {
  return {classifier_scene("[data]\nsource = \"inline\"\n" + data + "\n[model]\n" + model + "\n" + more),
          pool()};
}

bool says(const iem::Run& run, const std::string& kind) {
  const auto snapshot = take_snapshot(run);
  return std::ranges::any_of(snapshot->diagnoses, [&](const Diagnosis& d) { return d.kind == kind; });
}

void expect_no_failures(const iem::Run& run, const std::string& where) {
  for (const CheckResult& check : run_checks(*take_snapshot(run)))
    EXPECT_NE(check.status, CheckStatus::fail) << where << check.id << " " << check.error;
}

TEST(ClassifierEdges, OfEqualsTheLowestClassAnswers) {
  const iem::Run run =
      edge_run("points = [[0, 0], [1, 0], [0, 1], [1, 1]]\nlabels = [0, 1, 1, 2]", "energy = \"linear\"");
  EXPECT_EQ(run.evaluation().metrics[0], 0.25);  // all r are 1/3, and class 0 answers for all
  EXPECT_NEAR(run.evaluation().loss, std::log(3.0), 1e-15);
}

TEST(ClassifierEdges, OneClassHasNothingToTellApart) {
  for (const char* energy : {"linear", "gaussian"}) {
    iem::Run run = edge_run("points = [[0, 0], [1, 0.5], [0.3, 1]]\nlabels = [0, 0, 0]",
                            std::string("energy = \"") + energy + "\"");
    run.seek(3);
    EXPECT_EQ(run.evaluation().loss, 0) << energy;
    EXPECT_EQ(run.evaluation().gradient.norm(), 0) << energy;
    EXPECT_EQ(run.evaluation().metrics[0], 1) << energy;
    expect_no_failures(run, energy);
  }
  EXPECT_NE(error_of([] {
              edge_run("points = [[0, 0], [1, 1]]\nlabels = [0, 0]", "label_trust = 0.9");
            }).find("there is one class only"),
            std::string::npos);
}

TEST(ClassifierEdges, OnePointAClassIsFittedWithRegularisationOnly) {
  const std::string data = "points = [[0, 0], [3, 0], [0, 3]]\nlabels = [0, 1, 2]";
  iem::Run run = edge_run(data, "energy = \"gaussian\"\ndiscriminative = 0.0",
                          "[optimizer]\nmethod = \"em\"\nreg_covar = 0.01");
  run.seek(3);
  EXPECT_TRUE(run.state().theta.allFinite());
  const auto natural = run.setup().model->natural(run.state().theta);
  EXPECT_NEAR(natural[0].tensor.data[2], 3, 1e-9);     // on its point
  EXPECT_NEAR(natural[1].tensor.data[0], 0.01, 1e-9);  // as wide as the regularisation
  EXPECT_EQ(run.evaluation().metrics[0], 1);
  expect_no_failures(run, "one point a class, ");
}

TEST(ClassifierEdges, AClassWithoutPointsIsSaidAndPushedAway) {
  iem::Run run = edge_run("points = [[0, 0], [1, 0], [4, 0], [5, 1]]\nlabels = [0, 0, 1, 1]",
                          "energy = \"linear\"\ncomponents = 3");
  run.seek(300);
  EXPECT_TRUE(says(run, "empty_class"));
  EXPECT_LT(run.state().theta[8], 0);  // its offset: every point pushes, none pulls
  EXPECT_EQ(run.evaluation().metrics[0], 1);
  expect_no_failures(run, "empty class, ");
  iem::Run em = edge_run("points = [[0, 0], [1, 0], [4, 0], [5, 1]]\nlabels = [0, 0, 1, 1]",
                         "energy = \"gaussian\"\ncomponents = 3\ndiscriminative = 0.0",
                         "[optimizer]\nmethod = \"em\"\nreg_covar = 0.01");
  em.seek(3);
  EXPECT_TRUE(em.state().theta.allFinite());
  const auto natural = em.setup().model->natural(em.state().theta);
  EXPECT_LT(natural[2].tensor.data[2], 1e-12);  // its weight: none but what keeps it positive
}

TEST(ClassifierEdges, GapsBetweenLabelsAreClassesWithoutPoints) {
  iem::Run run =
      edge_run("points = [[0, 0], [1, 0], [4, 0], [5, 1]]\nlabels = [1, 1, 4, 4]", "energy = \"linear\"");
  EXPECT_EQ(classifier_in(*take_snapshot(run)).classes(), 5);
  run.seek(30);
  EXPECT_EQ(run.evaluation().metrics[0], 1);
  EXPECT_TRUE(says(run, "empty_class"));
  EXPECT_NE(error_of([] {
              edge_run("points = [[0, 0], [1, 0]]\nlabels = [0, 4]", "components = 3");
            }).find("must be at least 5"),
            std::string::npos);
}

TEST(ClassifierEdges, NothingLabelledIsSaid) {
  const iem::Run run =
      edge_run("points = [[0, 0], [1, 0]]\nlabels = [-1, -1]", "energy = \"linear\"\ncomponents = 2");
  EXPECT_EQ(run.evaluation().loss, 0);
  EXPECT_TRUE(says(run, "no_labels"));
  EXPECT_TRUE(std::isnan(run.evaluation().metrics[0]));
  EXPECT_NE(
      error_of([] { edge_run("points = [[0, 0], [1, 0]]", "energy = \"linear\""); }).find("have no labels"),
      std::string::npos);
}

// J falls to 0 and the slopes grow without end: said, and stopped by what a step still gains, or by the
// finite margin of a sparse responsibility.
TEST(ClassifierEdges, SeparableClassesHaveNoOptimum) {
  const std::string data = "points = [[0, 0], [1, 0.2], [4, 0], [5, 1]]\nlabels = [0, 0, 1, 1]";
  iem::Run run = edge_run(data, "energy = \"linear\"", "[optimizer]\nlearning_rate = 1.0\n");
  run.seek(200);
  const auto early = take_snapshot(run);
  EXPECT_TRUE(says(run, "separable"));
  run.seek(2000);
  const auto late = take_snapshot(run);
  EXPECT_LT(late->evaluation.loss, 0.2 * early->evaluation.loss);
  EXPECT_GT(late->state.theta.norm(), early->state.theta.norm() + 0.5);
  EXPECT_GT(least_gap(classifier_in(*late), late->state.theta, late->data()),
            least_gap(classifier_in(*early), early->state.theta, early->data()));
  ASSERT_FALSE(early->diagnoses.empty());
  EXPECT_EQ(early->diagnoses.front().edits.front().key, "schedule.stop_loss_change");

  iem::Run sparse = edge_run(data, "energy = \"linear\"\nresponsibility = \"sparsemax\"",
                             "[optimizer]\nlearning_rate = 0.3\n");
  sparse.seek(3000);
  EXPECT_FALSE(says(sparse, "separable"));
  EXPECT_LT(sparse.evaluation().gradient.norm(), 1e-14);  // at rest
  const auto rest = take_snapshot(sparse);
  EXPECT_GE(least_gap(classifier_in(*rest), rest->state.theta, rest->data()), 1 - 1e-12);  // a margin of tau
}

TEST(ClassifierEdges, WhatDoesNotGoTogetherIsRefusedWithBothNames) {
  const std::string data = "points = [[0, 0], [1, 0], [2, 2]]\nlabels = [0, 1, -1]";
  const auto refused = [&](const std::string& model, const std::string& more, const std::string& part) {
    const std::string message = error_of([&] { edge_run(data, model, more); });
    EXPECT_NE(message.find(part), std::string::npos) << model << more << " -> " << message;
  };
  refused("objective = \"sigmoid\"", "", "need a label for every point: 1 of 3");
  refused("energy = \"gaussian\"\nlearn = [\"W\"]", "",
          "there is no W here: the parameters are means, covariances, weights");
  refused("energy = \"linear\"\nlabel_trust = 0.3", "", "must be from 1/2");
  refused("energy = \"linear\"", "[optimizer]\nmethod = \"em\"", "use bohning");
  refused("energy = \"gaussian\"", "[optimizer]\nmethod = \"em\"", "model.discriminative to 0");
  refused("energy = \"gaussian\"", "[optimizer]\nmethod = \"bohning\"", "linear energies");
  refused("energy = \"linear\"\nbackground = true", "[optimizer]\nmethod = \"bohning\"", "background");
  refused("energy = \"linear\"\ninit = \"explicit\"", "", "needs model.W");
}

TEST(Tally, BinsByConfidenceAndTheLastHasOne) {
  EXPECT_EQ(bin_of(0), 0);
  EXPECT_EQ(bin_of(0.0999), 0);
  EXPECT_EQ(bin_of(0.1), 1);
  EXPECT_EQ(bin_of(0.95), 9);
  EXPECT_EQ(bin_of(1), 9);
  EXPECT_EQ(bin_of(std::numeric_limits<double>::quiet_NaN()), 0) << "of a state that is not finite";
  EXPECT_EQ(bin_of(1e300), 9) << "more than an int holds";
}

}  // namespace
}  // namespace iem
