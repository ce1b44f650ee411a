// The activation lab from the command line: golden curves, exported code that is run, and honest refusals.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/app/command.h"

namespace iem::test {
namespace {

struct Curve {
  std::vector<double> z, a;
};

// The series `activation` of a figure's table.
Curve curve_of(const std::string& csv) {
  Curve out;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::string series, x, y;
    std::getline(cells, series, ',');
    std::getline(cells, x, ',');
    std::getline(cells, y, ',');
    if (series != "activation") continue;
    out.z.push_back(std::stod(x));
    out.a.push_back(std::stod(y));
  }
  return out;
}

bool has(const char* command) {
  return std::system((std::string(command) + " > /dev/null 2>&1").c_str()) == 0;
}

// One scene of every kind of hypotheses, kernel and statistic.
const std::vector<std::vector<std::string>>& settings() {
  static const std::vector<std::vector<std::string>> all = [] {
    std::vector<std::vector<std::string>> out;
    for (const char* kernel :
         {"gaussian", "laplace", "student_t", "huber", "pseudo_huber", "logistic", "exponential"})
      out.push_back(
          {"model.energy=" + std::string(kernel), "model.prior=0.3", "model.m=0.9", "model.scale=0.7"});
    for (const char* statistic : {"mean", "mode", "variance", "entropy", "log_partition", "gated_mean"}) {
      const std::string chosen = "model.statistic=" + std::string(statistic);
      out.push_back({chosen, "model.energy=huber", "model.temperature=0.4"});
      out.push_back({chosen, "model.hypotheses=gate"});
      out.push_back({chosen, "model.hypotheses=gate", "model.energy=gaussian", "model.temperature=1.7"});
      out.push_back({chosen, "model.hypotheses=prototypes", "model.positions=[-2.0, 0.5, 1.5]",
                     "model.weights=[1.0, 2.0, 3.0]"});
    }
    return out;
  }();
  return all;
}

std::vector<std::string> run_arguments(const std::vector<std::string>& set, const std::string& code) {
  std::vector<std::string> out = {"run",
                                  "tanh",
                                  "--steps",
                                  "0",
                                  "--quiet",
                                  "--set",
                                  "view.samples=81",
                                  "--set",
                                  "view.z=[-4.1, 4.3]",
                                  "--figure",
                                  "activation=a.csv",
                                  "--code",
                                  code};
  for (const std::string& each : set) out.insert(out.end(), {"--set", each});
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word + " ";
  return out;
}

// Feeds every z to `program`, which prints a value a line, and compares with the curve.
void expect_same(const Folder& folder, const std::string& program, const std::string& name) {
  const Curve curve = curve_of(folder.read("a.csv"));
  ASSERT_EQ(curve.z.size(), 81u) << name;
  std::string input;
  for (double z : curve.z) {
    char text[40];
    std::snprintf(text, sizeof text, "%.17g\n", z);
    input += text;
  }
  folder.write("z.txt", input);
  const std::string where = folder.path();
  ASSERT_EQ(std::system(("cd '" + where + "' && " + program + " < z.txt > values.txt 2> errors.txt").c_str()),
            0)
      << name << "\n"
      << folder.read("errors.txt");
  std::istringstream values(folder.read("values.txt"));
  for (std::size_t i = 0; i < curve.z.size(); ++i) {
    double value = std::nan("");
    values >> value;
    ASSERT_NEAR(value, curve.a[i], 1e-12 * std::max(1.0, std::abs(curve.a[i])))
        << name << " at z = " << curve.z[i];
  }
}

TEST(activation_code, cpp_gives_the_curve) {
  if (!has("c++ --version")) GTEST_SKIP() << "no C++ compiler here";
  // All in one program: a compiler takes longer to start than to compile.
  Folder folder;
  std::string program = "#include <cstdio>\n#include <cmath>\n";
  std::vector<Curve> curves;
  for (std::size_t i = 0; i < settings().size(); ++i) {
    ASSERT_EQ(iemlab(folder, run_arguments(settings()[i], "cpp=a.cpp")).code, 0) << joined(settings()[i]);
    curves.push_back(curve_of(folder.read("a.csv")));
    program += "namespace n" + std::to_string(i) + " {\n" +
               folder.read("a.cpp").substr(folder.read("a.cpp").find('\n') + 1) + "}\n";
  }
  program +=
      "int main() { double z; std::size_t at = 0;\n  while (std::scanf(\"%lf\", &z) == 1) {\n    double a = "
      "0;\n    switch (at++ / 81) {\n";
  for (std::size_t i = 0; i < settings().size(); ++i)
    program +=
        "      case " + std::to_string(i) + ": a = n" + std::to_string(i) + "::activation(z); break;\n";
  program += "    }\n    std::printf(\"%.17g\\n\", a);\n  }\n}\n";
  folder.write("all.cpp", program);
  std::string input;
  for (const Curve& curve : curves)
    for (double z : curve.z) {
      char text[40];
      std::snprintf(text, sizeof text, "%.17g\n", z);
      input += text;
    }
  folder.write("z.txt", input);
  const std::string where = folder.path();
  ASSERT_EQ(std::system(("cd '" + where +
                         "' && c++ -std=c++11 -Wall -Wextra -Werror all.cpp -o all 2> errors.txt && ./all < "
                         "z.txt > values.txt")
                            .c_str()),
            0)
      << folder.read("errors.txt").substr(0, 2000);
  std::istringstream values(folder.read("values.txt"));
  for (std::size_t s = 0; s < curves.size(); ++s)
    for (std::size_t i = 0; i < curves[s].z.size(); ++i) {
      double value = std::nan("");
      values >> value;
      ASSERT_NEAR(value, curves[s].a[i], 1e-12 * std::max(1.0, std::abs(curves[s].a[i])))
          << joined(settings()[s]) << " at z = " << curves[s].z[i];
    }
}

void expect_python_gives_the_curve(const std::string& language, const std::string& library,
                                   const std::string& to_array, const std::string& to_list) {
  if (!has(("python3 -c 'import " + library + "'").c_str())) GTEST_SKIP() << "no " << library << " here";
  for (const std::vector<std::string>& set : settings()) {
    Folder folder;
    ASSERT_EQ(iemlab(folder, run_arguments(set, language + "=a.py")).code, 0) << joined(set);
    folder.write("values.py", "import sys\nfrom a import *\nimport " + library +
                                  "\nz = [float(x) for x in sys.stdin]\nfor v in activation(" + to_array +
                                  ")" + to_list + ":\n    print('%.17g' % v)\n");
    expect_same(folder, "python3 values.py", joined(set));
  }
}

TEST(activation_code, numpy_gives_the_curve) {
  expect_python_gives_the_curve("numpy", "numpy", "numpy.array(z)", ".tolist()");
}

TEST(activation_code, pytorch_gives_the_curve) {
  expect_python_gives_the_curve("pytorch", "torch", "torch.tensor(z, dtype=torch.float64)", ".tolist()");
}

TEST(activation_code, latex_is_balanced_and_has_the_numbers) {
  for (const std::vector<std::string>& set : settings()) {
    Folder folder;
    ASSERT_EQ(iemlab(folder, run_arguments(set, "latex=a.tex")).code, 0) << joined(set);
    const std::string tex = folder.read("a.tex");
    EXPECT_EQ(std::count(tex.begin(), tex.end(), '{'), std::count(tex.begin(), tex.end(), '}')) << tex;
    EXPECT_NE(tex.find("\\begin{align*}"), std::string::npos);
    EXPECT_NE(tex.find("a(z) &="), std::string::npos);
    if (joined(set).find("m=0.9") != std::string::npos) {
      EXPECT_NE(tex.find("0.9"), std::string::npos) << tex;
    }
  }
}

TEST(activation_code, says_what_there_is) {
  Folder folder;
  const Outcome unknown = iemlab(folder, {"run", "tanh", "--steps", "0", "--code", "fortran=a.f"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.err.find("must be one of numpy, pytorch, cpp, latex"), std::string::npos) << unknown.err;
  const Outcome other = iemlab(folder, {"run", "three_blobs", "--steps", "0", "--code", "numpy=a.py"});
  EXPECT_EQ(other.code, 2);
  EXPECT_NE(other.err.find("this lab derives nothing"), std::string::npos) << other.err;
}

TEST(activation, bad_input_is_said_at_its_line) {
  const std::pair<const char*, const char*> cases[] = {
      {"[model]\nhypotheses = \"sign\"\nprior = 1.0\n",
       ":5:9: model.prior = 1.0: must be greater than 0 and less than 1"},
      {"[model]\nscale = 0\n", "model.scale"},
      {"[model]\nhypotheses = \"gate\"\nenergy = \"laplace\"\n", "gates have logistic or gaussian noise"},
      {"[model]\nhypotheses = \"prototypes\"\npositions = [1.0]\n", "must be 2 to 16 numbers"},
      {"[model]\nhypotheses = \"prototypes\"\ncomponents = 3\npositions = [1.0, 2.0]\n",
       "model.components says 3"},
      {"[model]\nhypotheses = \"prototypes\"\nweights = [1.0, 2.0]\n", "has 2 numbers for 3 prototypes"},
      {"[model]\nstatistic = \"median\"\n", "did you mean"},
      {"[view]\nz = [2.0, -2.0]\n", "the first number must be less than the second"},
      {"[model]\ncovariance = \"full\"\n", "unknown key model.covariance"},
      {"[data]\nsource = \"blobs\"\n", "data.source"},
      {"[data]\nsource = \"inline\"\npoints = [[1.0, 2.0]]\n", "data.points"},
  };
  for (const auto& [toml, words] : cases) {
    Folder folder;
    folder.write("s.toml", "format = 1\nlab = \"activation\"\n" + std::string(toml));
    const Outcome result = iemlab(folder, {"run", "s.toml", "--steps", "0"});
    EXPECT_EQ(result.code, 2) << toml;
    EXPECT_NE(result.err.find(words), std::string::npos) << toml << result.err;
  }
}

TEST(activation, a_gate_has_no_rule_but_gd_and_no_loss) {
  Folder folder;
  const Outcome result =
      iemlab(folder, {"run", "silu_gate", "--steps", "3", "--json", "--trace", "t.csv", "--state", "s.json"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_NE(result.out.find("\"loss\":null"), std::string::npos) << result.out;
  EXPECT_NE(folder.read("t.csv").find("0,nan,0,"), std::string::npos) << folder.read("t.csv");
  const Outcome em = iemlab(folder, {"run", "silu_gate", "--set", "optimizer.method=em"});
  EXPECT_EQ(em.code, 2);
  EXPECT_NE(em.err.find("nothing to learn") == std::string::npos ? em.err.find("no parameters") : 0u,
            std::string::npos)
      << em.err;
}

TEST(activation, an_edit_moves_the_parameter_and_a_session_knows_it) {
  Folder folder;
  ASSERT_EQ(iemlab(folder, {"run", "two_bumps", "--steps", "6", "--at", "3:model.m=2.5", "--save-session",
                            "s.iemlab", "--state", "a.json", "--quiet"})
                .code,
            0);
  ASSERT_EQ(iemlab(folder, {"run", "s.iemlab", "--steps", "0", "--state", "b.json", "--quiet"}).code, 0);
  EXPECT_EQ(folder.read("a.json"), folder.read("b.json"));
  ASSERT_EQ(iemlab(folder, {"run", "two_bumps", "--steps", "3", "--at", "3:model.m=2.5", "--state", "c.json",
                            "--quiet"})
                .code,
            0);
  EXPECT_NE(folder.read("c.json").find("\"m\": 2.5"), std::string::npos) << folder.read("c.json");
}

}  // namespace
}  // namespace iem::test
