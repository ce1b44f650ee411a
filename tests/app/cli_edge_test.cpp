// Numbers at the edge of double, from the command line: what once overflowed or was rounded away
// (tests/cases), against numbers of sixty digits and more.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <utility>

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
    // The squares in a step of the others are no numbers any more.
    if (energy != "student_t") continue;
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

// Exported code near certainty, digit by digit against the program's own curve
// (core/labs/activation/edge_test compares that with 900 digits). C++ always; NumPy and PyTorch where they
// are.
TEST(cli_edge, exported_code_keeps_the_tails) {
  const Folder folder;
  std::string cpp = "#include <cmath>\n#include <cstdio>\n", calls;
  std::vector<double> z, truth;
  std::vector<bool> balances;  // 0 in exact arithmetic: the probabilities of a gaussian gate add up to 1
  int settings = 0;
  for (const char* kind : {"gate", "sign"})
    for (const char* statistic : {"mean", "variance", "entropy", "log_partition", "gated_mean"}) {
      const std::string name = "n" + std::to_string(settings++);
      const Outcome made = iemlab(folder, {"run",
                                           "tanh",
                                           "--steps",
                                           "0",
                                           "--quiet",
                                           "--set",
                                           "model.hypotheses=" + std::string(kind),
                                           "--set",
                                           "model.statistic=" + std::string(statistic),
                                           "--set",
                                           "view.z=[-40.0, 40.0]",
                                           "--set",
                                           "view.samples=17",
                                           "--figure",
                                           "activation=a.csv",
                                           "--code",
                                           "cpp=a.cpp",
                                           "--code",
                                           "numpy=" + name + ".py",
                                           "--code",
                                           "pytorch=" + name + "t.py"});
      ASSERT_EQ(made.code, 0) << made.err;
      const std::string code = folder.read("a.cpp");
      cpp += "namespace " + name + " {\n" + code.substr(code.find('\n') + 1) + "}\n";
      for (const std::string& line : lines_of(folder.read("a.csv"))) {
        if (!line.starts_with("activation,")) continue;
        z.push_back(std::strtod(split(line, ',')[1].c_str(), nullptr));
        truth.push_back(std::strtod(split(line, ',')[2].c_str(), nullptr));
        balances.push_back(std::string(kind) == "gate" && std::string(statistic) == "log_partition");
        calls += "  std::printf(\"%.17g\\n\", " + name + "::activation(" + split(line, ',')[1] + "));\n";
      }
    }
  ASSERT_EQ(truth.size(), 170u);
  const auto compare = [&](const std::string& language) {
    const std::vector<std::string> lines = lines_of(folder.read("values.txt"));
    ASSERT_EQ(lines.size(), truth.size()) << language;
    int tails = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      // A sum that balances has the digits of its terms.
      const double tolerance = std::max(1e-12 * std::abs(truth[i]), z[i] == 0 || balances[i] ? 1e-15 : 0);
      EXPECT_NEAR(std::strtod(lines[i].c_str(), nullptr), truth[i], tolerance) << language << " at " << z[i];
      tails += truth[i] != 0 && !balances[i] && std::abs(truth[i]) < 1e-16;
    }
    EXPECT_GT(tails, 20) << language;
  };
  folder.write("all.cpp", cpp + "int main() {\n" + calls + "}\n");
  if (shell(folder, "c++ -std=c++11 -O0 all.cpp -o all && ./all > values.txt").code == 0) compare("C++");
  const char* named = std::getenv("IEMLAB_PYTHON");
  const std::string interpreter = named && *named ? named : "python3";
  for (const bool torch : {false, true}) {
    const std::string library = torch ? "torch" : "numpy";
    folder.write("all.py",
                 "import importlib, " + library + "\nfor i in range(" + std::to_string(settings) +
                     "):\n    f = importlib.import_module('n%d" + (torch ? "t" : "") +
                     "' % i).activation\n    z = [-40.0 + 5.0 * k for k in range(17)]\n    for v in f(" +
                     (torch ? "torch.tensor(z, dtype=torch.float64)" : "numpy.array(z)") +
                     ").tolist(): print('%.17g' % v)\n");
    if (shell(folder, "'" + interpreter + "' all.py > values.txt").code == 0) compare(library);
  }
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
                      "model.means=[[0.0,1.0],[8.0,2.0]]", "--set",
                      "data.points=[[0.0,0.0],[0.0,1.0],[0.0,3.0],[7.0,1.0],[8.0,2.0],[9.0,3.0]]"});
  EXPECT_EQ(tied.code, 3);
  EXPECT_NE(tied.err.find("the covariance of component 1 is singular"), std::string::npos) << tied.err;
}

// A natural step of more than EM's own can leave the covariances there are, wherever the points lie.
TEST(cli_edge, a_step_past_what_a_covariance_can_be_is_told_from_points_on_a_line) {
  const Folder folder;
  for (const char* rate : {"1.2", "1.4"}) {
    const Outcome lost = iemlab(folder, {"run", "penguins", "--set", "optimizer.method=natural", "--set",
                                         std::string("optimizer.learning_rate=") + rate, "--quiet"});
    EXPECT_EQ(lost.code, 3);
    EXPECT_NE(lost.err.find(std::string("(covariances): the step, ") + rate +
                            " times that of EM, went past what the covariance of component 1 can be: step "),
              std::string::npos)
        << lost.err;
    EXPECT_NE(lost.err.find("; take a learning rate of 1 (optimizer.learning_rate = 1.0)\n"),
              std::string::npos)
        << lost.err;
  }
  EXPECT_EQ(iemlab(folder, {"run", "penguins", "--set", "optimizer.method=natural", "--set",
                            "optimizer.learning_rate=1", "--quiet"})
                .code,
            0)
      << "what it advises helps";
  folder.write("s.toml",
               "format = 1\nlab = \"mixture\"\n[data]\nsource = \"inline\"\n"
               "points = [[-1.0, -1.0], [1.0, 1.0], [-1.0, -1.0], [1.0, 1.0]]\n[model]\ncomponents = 1\n"
               "[optimizer]\nmethod = \"natural\"\nlearning_rate = 1.5\nreg_covar = 0.0\n");
  const Outcome line = iemlab(folder, {"run", "s.toml", "--steps", "30", "--quiet"});
  EXPECT_EQ(line.code, 3);
  EXPECT_NE(line.err.find("is singular: its points lie on a line"), std::string::npos) << line.err;
  EXPECT_NE(line.err.find("(optimizer.reg_covar = 1e-06)"), std::string::npos) << line.err;
}

}  // namespace
}  // namespace iem::test
