// Numbers at the edge of double, from the command line: what once overflowed or was rounded away
// (tests/cases), against numbers of sixty digits and more.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "tests/app/command.h"

namespace iem::test {
namespace {

std::string edge_case(const std::string& file) {
  return std::string(IEMLAB_SOURCE_DIR) + "/tests/cases/" + file;
}

nlohmann::json expected_of(const std::string& name) {
  std::ifstream in(edge_case(name + "/expected.json"));
  return nlohmann::json::parse(in);
}

void expect_near(double value, double truth, double relative, const std::string& where) {
  EXPECT_NEAR(value, truth, relative * std::abs(truth)) << where;
}

TEST(cli_edge, a_far_point_under_heavy_tails) {
  const nlohmann::json truth = expected_of("student-t-far-point");
  const double relative = truth["relative_tolerance"];
  const Folder folder;
  const std::vector<std::pair<std::string, double>> energies = {
      {"student_t", truth["step_0_loss"]["student_t"]},
      {"huber", truth["step_0_loss"]["huber (model.energy=huber, huber_c=1.345)"]},
      {"pseudo_huber", truth["step_0_loss"]["pseudo_huber"]},
      {"laplace", 0}};
  for (const auto& [energy, loss] : energies) {
    const Outcome start = iemlab(folder, {"run", edge_case("student-t-far-point/scene.toml"), "--set",
                                          "model.energy=" + energy, "--steps", "0", "--json"});
    ASSERT_EQ(start.code, 0) << energy << start.err;
    if (loss != 0) expect_near(start.json()["loss"], loss, relative, energy);
    const Outcome later = iemlab(folder, {"run", edge_case("student-t-far-point/scene.toml"), "--set",
                                          "model.energy=" + energy, "--steps", "5", "--json"});
    EXPECT_EQ(later.code, 0) << energy << later.err;
    const Outcome checked = iemlab(folder, {"check", edge_case("student-t-far-point/scene.toml"), "--set",
                                            "model.energy=" + energy, "--steps", "1"});
    EXPECT_EQ(checked.code, 0) << energy << checked.out << checked.err;
  }
  const Outcome one = iemlab(folder, {"run", edge_case("student-t-far-point/scene.toml"), "--steps", "1",
                                      "--json", "--state", "s.json"});
  EXPECT_EQ(one.code, 0) << one.err;
  const auto means = nlohmann::json::parse(folder.read("s.json"))["parameters"]["means"];
  for (std::size_t j = 0; j < 2; ++j)
    for (std::size_t axis = 0; axis < 2; ++axis)
      expect_near(means[j][axis], truth["step_1_means_student_t"][j][axis], relative, "a mean");
}

TEST(cli_edge, weights_whose_sum_overflows) {
  const nlohmann::json truth = expected_of("weights-overflow");
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"run", edge_case("weights-overflow/scene.toml"), "--steps", "0",
                                          "--json", "--state", "s.json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const double tolerance = truth["tolerance"];
  EXPECT_NEAR(outcome.json()["loss"], truth["loss"], tolerance * 4);
  const auto weights = nlohmann::json::parse(folder.read("s.json"))["parameters"]["weights"];
  for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(weights[j], truth["weights"][j], tolerance);
}

TEST(cli_edge, covariances_that_differ_in_the_last_bit) {
  const nlohmann::json truth = expected_of("covariance-one-ulp-asymmetric");
  const Folder folder;
  const Outcome outcome = iemlab(
      folder, {"run", edge_case("covariance-one-ulp-asymmetric/scene.toml"), "--steps", "0", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NEAR(outcome.json()["loss"], truth["loss"], double{truth["absolute_tolerance"]});
}

// The curve and the code that is exported, in C++ and, where they are, NumPy and PyTorch.
TEST(cli_edge, softplus_far_to_the_left) {
  const nlohmann::json truth = expected_of("softplus-tail");
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"run", edge_case("softplus-tail/scene.toml"), "--steps", "0", "--figure",
                      "activation=a.csv", "--code", "cpp=a.cpp", "--code", "numpy=a.py", "--quiet"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  std::vector<double> y;
  for (const std::string& line : lines_of(folder.read("a.csv")))
    if (line.starts_with("activation,")) y.push_back(std::strtod(split(line, ',')[2].c_str(), nullptr));
  ASSERT_EQ(y.size(), truth["y"].size());
  for (std::size_t i = 0; i < y.size(); ++i)
    expect_near(y[i], truth["y"][i], double{truth["relative_tolerance"]}, std::to_string(i));
}

// Covariances that EM makes singular: the run says which, and what helps helps.
TEST(cli_edge, a_covariance_that_becomes_singular_is_named) {
  const Folder folder;
  folder.write(
      "s.toml",
      "format = 1\nlab = \"mixture\"\n[data]\nsource = \"inline\"\npoints = [[0.0, 0.0], [1.0, 0.1], "
      "[0.3, 0.9], [0.5, 0.2], [50.0, 50.0], [51.0, 51.0], [52.0, 52.0]]\n[model]\ncomponents = 2\n"
      "init = \"explicit\"\nmeans = [[0.5, 0.5], [51.0, 51.0]]\n"
      "[optimizer]\nmethod = \"em\"\nreg_covar = 0.0\n");
  const Outcome lost = iemlab(folder, {"run", "s.toml", "--steps", "30", "--quiet"});
  EXPECT_EQ(lost.code, 3);
  EXPECT_EQ(lines_of(lost.err).size(), 1u) << lost.err;
  EXPECT_NE(lost.err.find("(covariances): the covariance of component 2 is singular: "), std::string::npos)
      << lost.err;
  const std::size_t remedy = lost.err.find("add a little to the diagonal (optimizer.reg_covar = ");
  ASSERT_NE(remedy, std::string::npos) << lost.err;
  const std::size_t from = lost.err.find(" = ", remedy) + 3;
  const std::string value = lost.err.substr(from, lost.err.find(')', from) - from);
  EXPECT_EQ(
      iemlab(folder, {"run", "s.toml", "--steps", "30", "--quiet", "--set", "optimizer.reg_covar=" + value})
          .code,
      0)
      << value;
  const Outcome tied =
      iemlab(folder, {"run", "s.toml", "--steps", "30", "--quiet", "--set", "model.covariance=diag", "--set",
                      "data.points=[[0.0,0.0],[0.0,1.0],[0.0,3.0],[7.0,1.0],[8.0,2.0],[9.0,3.0]]"});
  EXPECT_EQ(tied.code, 3);
  EXPECT_NE(tied.err.find("the covariance of component 1 is singular"), std::string::npos) << tied.err;
}

}  // namespace
}  // namespace iem::test
