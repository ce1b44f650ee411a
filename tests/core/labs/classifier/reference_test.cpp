// The classifier against scikit-learn on the penguins (reference.csv, by reference.py beside it).
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/core/labs/classifier/cases.h"

namespace iem {
namespace {

using Reference = std::map<std::string, std::vector<double>>;

const Reference& reference() {
  static const Reference all = [] {
    Reference out;
    std::ifstream file(std::string(IEMLAB_SOURCE_DIR) + "/tests/core/labs/classifier/reference.csv");
    for (std::string line; std::getline(file, line);) {
      std::istringstream cells(line);
      std::string name, cell;
      std::getline(cells, name, ',');
      while (std::getline(cells, cell, ',')) out[name].push_back(std::strtod(cell.c_str(), nullptr));
    }
    return out;
  }();
  return all;
}

Scene of_penguins(const std::string& more) {
  return testing::classifier_scene(
      "[data]\nsource = \"csv\"\npath = \"builtin:penguins.csv\"\nstandardise = true\n" + more);
}

std::vector<double> block_of(const iem::Run& run, const std::string& name) {
  for (const NamedTensor& each : run.setup().model->natural(run.state().theta))
    if (each.name == name) return each.tensor.data;
  return {};
}

void expect_near(const std::vector<double>& is, const std::string& name, double tolerance) {
  const std::vector<double>& should = reference().at(name);
  ASSERT_EQ(is.size(), should.size()) << name;
  for (std::size_t i = 0; i < is.size(); ++i) EXPECT_NEAR(is[i], should[i], tolerance) << name << " " << i;
}

// Adam gets there; that it is there, the gradient says.
TEST(ClassifierReference, LinearAtKappaOneIsLogisticRegressionWithoutPenalty) {
  iem::Run run(of_penguins("[optimizer]\nmethod = \"nesterov\"\nlearning_rate = 1.0\nmomentum = 0.99\n"),
               testing::pool());
  run.seek(8000);
  ASSERT_LT(run.evaluation().gradient.norm(), 1e-9);
  const auto s = take_snapshot(run);
  const Eigen::MatrixXd& r = s->evaluation.responsibilities;
  const std::vector<double>& p = reference().at("probabilities");
  ASSERT_EQ(p.size(), static_cast<std::size_t>(r.size()));
  for (Eigen::Index i = 0; i < r.rows(); ++i)
    for (Eigen::Index j = 0; j < 3; ++j)
      EXPECT_NEAR(r(i, j), p[static_cast<std::size_t>(3 * i + j)], 1e-6) << i << " " << j;
  EXPECT_NEAR(s->evaluation.metrics[0], reference().at("accuracy")[0], 1e-12);
  EXPECT_NEAR(s->evaluation.metrics[2], reference().at("ece")[0], 1e-6);
}

iem::Run by_em(const std::string& covariance) {
  iem::Run run(of_penguins("[model]\nenergy = \"gaussian\"\ndiscriminative = 0.0\ncovariance = \"" +
                           covariance + "\"\n[optimizer]\nmethod = \"em\"\nreg_covar = 0.0\n"),
               testing::pool());
  run.seek(1);  // every point has a label: one M-step is exact
  return run;
}

TEST(ClassifierReference, AtKappaZeroFullIsQuadraticDiscriminantAnalysis) {
  const iem::Run run = by_em("full");
  expect_near(block_of(run, "means"), "qda_means", 1e-9);
  expect_near(block_of(run, "covariances"), "qda_covariances", 1e-9);
  expect_near(block_of(run, "weights"), "qda_priors", 1e-9);
}

TEST(ClassifierReference, AtKappaZeroTiedIsLinearDiscriminantAnalysis) {
  const iem::Run run = by_em("tied");
  expect_near(block_of(run, "means"), "lda_means", 1e-9);
  const std::vector<double> covariances = block_of(run, "covariances");
  ASSERT_EQ(covariances.size(), 12U);
  expect_near({covariances.begin(), covariances.begin() + 4}, "lda_covariance", 1e-9);
  expect_near(block_of(run, "weights"), "lda_priors", 1e-9);
}

TEST(ClassifierReference, AtKappaZeroDiagonalIsNaiveBayes) {
  const iem::Run run = by_em("diag");
  expect_near(block_of(run, "means"), "bayes_means", 1e-9);
  const std::vector<double> s = block_of(run, "covariances");
  ASSERT_EQ(s.size(), 12U);
  expect_near({s[0], s[3], s[4], s[7], s[8], s[11]}, "bayes_variances", 1e-9);
  EXPECT_EQ(s[1], 0);
  expect_near(block_of(run, "weights"), "bayes_priors", 1e-9);
}

// At an optimum with free offsets the mean responsibility is the class' share.
TEST(ClassifierReference, MeanResponsibilitiesAreTheShares) {
  iem::Run run(of_penguins("[optimizer]\nmethod = \"nesterov\"\nlearning_rate = 1.0\nmomentum = 0.99\n"),
               testing::pool());
  run.seek(8000);
  const auto s = take_snapshot(run);
  const Eigen::RowVectorXd mean = s->evaluation.responsibilities.colwise().mean();
  EXPECT_NEAR(mean[0], 151.0 / 342, 1e-9);
  EXPECT_NEAR(mean[1], 68.0 / 342, 1e-9);
  EXPECT_NEAR(mean[2], 123.0 / 342, 1e-9);
}

// Boehning's steps never raise J, whatever the data: far from the origin, on a line, with a temperature.
TEST(ClassifierBound, NeverRaisesTheLoss) {
  int steps = 0;
  for (const char* data :
       {"[data]\nsource = \"csv\"\npath = \"builtin:penguins.csv\"\nstandardise = true\n",
        "[data]\nsource = \"csv\"\npath = \"builtin:penguins.csv\"\n",
        "[data]\nsource = \"moons\"\ncount = 100\nlabel_noise = 0.2\nlabelled = 0.7\n",
        "[data]\nsource = \"inline\"\npoints = [[0, 0], [1, 1], [2, 2], [3, 3]]\nlabels = [0, 1, 0, 1]\n"})
    for (const char* model : {"", "[model]\ntemperature = 0.3\n", "[model]\nlabel_trust = 0.8\n",
                              "[model]\nlearn = [\"W\"]\n", "[model]\nlearn = [\"b\"]\n"}) {
      iem::Run run(
          testing::classifier_scene(std::string(data) + model + "[optimizer]\nmethod = \"bohning\"\n"),
          testing::pool());
      double before = run.evaluation().loss;
      for (int t = 1; t <= 40; ++t, ++steps) {
        run.seek(t);
        EXPECT_LE(run.evaluation().loss, before + 1e-12 * std::max(1.0, std::abs(before)))
            << data << model << t;
        before = run.evaluation().loss;
      }
    }
  EXPECT_EQ(steps, 800);
}

}  // namespace
}  // namespace iem
