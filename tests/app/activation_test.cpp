// The activation lab from the command line: golden curves, exported code that is run, and honest refusals.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "tests/app/command.h"

namespace iem::test {
namespace {

struct Curve {
  std::vector<double> z, a;
};

// A series of a figure's table.
Curve curve_of(const std::string& csv, const std::string& wanted = "activation") {
  Curve out;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::string series, x, y;
    std::getline(cells, series, ',');
    std::getline(cells, x, ',');
    std::getline(cells, y, ',');
    if (series != wanted) continue;
    out.z.push_back(std::strtod(x.c_str(), nullptr));  // std::stod refuses subnormal numbers
    out.a.push_back(std::strtod(y.c_str(), nullptr));
  }
  return out;
}

bool has(const std::string& command) { return std::system((command + " > /dev/null 2>&1").c_str()) == 0; }

// Where NumPy and PyTorch may be: the interpreter that IEMLAB_PYTHON names, else python3.
std::string python() {
  const char* named = std::getenv("IEMLAB_PYTHON");
  return named != nullptr && *named != '\0' ? "'" + std::string(named) + "'" : "python3";
}

double next_number(std::istream& in) {
  std::string word;
  return in >> word ? std::strtod(word.c_str(), nullptr) : std::nan("");
}

struct Setting {
  std::string scene = "tanh";
  std::vector<std::string> set;  // KEY=VALUE
  int steps = 0;
  std::string name() const {
    std::string out = scene;
    for (const std::string& each : set) out += " " + each;
    return out;
  }
};

// Every scene of the lab, every kernel and statistic of every kind of hypotheses.
const std::vector<Setting>& settings() {
  static const std::vector<Setting> all = [] {
    std::vector<Setting> out;
    for (const char* scene :
         {"tanh", "laplace_sign", "student_sign", "huber_sign", "silu_gate", "relu_cold", "gelu_gate",
          "softplus_gate", "soft_quantiser", "two_bumps", "robust_sign", "learned_levels"})
      out.push_back({scene, {}, 7});
    const std::vector<std::string> kernels = {"gaussian",     "laplace",  "student_t",  "huber",
                                              "pseudo_huber", "logistic", "exponential"};
    for (const std::string& kernel : kernels) {
      const std::string energy = "model.energy=" + kernel;
      out.push_back({"tanh", {energy, "model.prior=0.3", "model.m=0.9", "model.scale=0.7"}});
      out.push_back({"tanh", {energy, "model.m=0.05", "model.temperature=0.02"}});
      out.push_back({"tanh", {energy, "model.m=3", "model.scale=2.5", "model.temperature=7"}});
    }
    for (const char* kernel : {"gaussian", "student_t"})
      out.push_back(
          {"tanh",
           {"model.hypotheses=prototypes", "model.positions=[-2.0, 0.5, 1.5]", "model.widths=[0.5, 1.0, 2.5]",
            "model.values=[1.0, -1.0, 0.25]", "model.energy=" + std::string(kernel)}});
    for (const char* statistic : {"mean", "mode", "variance", "entropy", "log_partition", "gated_mean"}) {
      const std::string chosen = "model.statistic=" + std::string(statistic);
      out.push_back({"tanh", {chosen, "model.energy=huber", "model.temperature=0.4"}});
      out.push_back({"tanh", {chosen, "model.hypotheses=gate"}});
      out.push_back(
          {"tanh", {chosen, "model.hypotheses=gate", "model.energy=gaussian", "model.temperature=1.7"}});
      for (const std::string& kernel : kernels)
        out.push_back({"tanh",
                       {chosen, "model.hypotheses=prototypes", "model.positions=[-2.0, 0.5, 1.5]",
                        "model.weights=[1.0, 2.0, 3.0]", "model.energy=" + kernel}});
    }
    return out;
  }();
  return all;
}

// The curve of a setting; its code is left in `file`.
Curve exported(const Folder& folder, const Setting& setting, const std::string& code) {
  std::vector<std::string> arguments = {"run",
                                        setting.scene,
                                        "--steps",
                                        std::to_string(setting.steps),
                                        "--quiet",
                                        "--set",
                                        "view.samples=81",
                                        "--set",
                                        "view.z=[-4.1, 4.3]",
                                        "--figure",
                                        "activation=a.csv",
                                        "--code",
                                        code};
  for (const std::string& each : setting.set) arguments.insert(arguments.end(), {"--set", each});
  const Outcome outcome = iemlab(folder, arguments);
  EXPECT_EQ(outcome.code, 0) << setting.name() << outcome.err;
  return curve_of(folder.read("a.csv"));
}

// `values.txt` has a number for every z of every curve, in their order.
void expect_values(const Folder& folder, const std::vector<Curve>& curves) {
  std::istringstream values(folder.read("values.txt"));
  for (std::size_t s = 0; s < curves.size(); ++s) {
    const Curve& curve = curves[s];
    ASSERT_EQ(curve.z.size(), 81u) << settings()[s].name();
    for (std::size_t i = 0; i < curve.z.size(); ++i) {
      const double value = next_number(values);
      ASSERT_NEAR(value, curve.a[i], 1e-12 * std::max(1.0, std::abs(curve.a[i])))
          << settings()[s].name() << " at z = " << curve.z[i];
    }
  }
}

void expect_success(const Folder& folder, const std::string& command) {
  ASSERT_EQ(std::system(("cd '" + folder.path() + "' && " + command + " 2> errors.txt").c_str()), 0)
      << folder.read("errors.txt").substr(0, 2000);
}

std::string text_of(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

// All in one program: a compiler takes longer to start than to compile.
TEST(activation_code, cpp_gives_the_curve) {
  if (!has("c++ --version")) GTEST_SKIP() << "no C++ compiler here";
  Folder folder;
  std::string program = "#include <cstdio>\n#include <cmath>\n", cases, input;
  std::vector<Curve> curves;
  for (std::size_t i = 0; i < settings().size(); ++i) {
    curves.push_back(exported(folder, settings()[i], "cpp=a.cpp"));
    const std::string code = folder.read("a.cpp"), space = "n" + std::to_string(i);
    program += "namespace " + space + " {\n" + code.substr(code.find('\n') + 1) + "}\n";
    cases += "      case " + std::to_string(i) + ": a = " + space + "::activation(z); break;\n";
    for (double z : curves.back().z) input += text_of(z) + "\n";
  }
  folder.write("all.cpp",
               program +
                   "int main() {\n  double z;\n  std::size_t at = 0;\n  while (std::scanf(\"%lf\", "
                   "&z) == 1) {\n    double a = 0;\n    switch (at++ / 81) {\n" +
                   cases + "    }\n    std::printf(\"%.17g\\n\", a);\n  }\n}\n");
  folder.write("z.txt", input);
  expect_success(folder, "c++ -std=c++11 -Wall -Wextra -Werror all.cpp -o all");
  expect_success(folder, "./all < z.txt > values.txt");
  expect_values(folder, curves);
}

// The curves and slopes that figures show.
struct Shown {
  std::vector<Curve> curves, slopes;
};

// One module a setting, one interpreter for all: PyTorch takes long to import. `each` prints what the
// module's `activation` gives for the curve's z, and may write into `slopes` what belongs to the slope's.
Shown run_modules(const Folder& folder, const std::string& language, const std::string& library,
                  const std::string& each) {
  std::string program = "import importlib\nimport " + library + "\nslopes = open('slopes.txt', 'w')\n";
  const auto list = [&](const std::string& name, const Curve& curve) {
    program += name + " = [";
    for (double z : curve.z) program += text_of(z) + ", ";
    program += "]\n";
  };
  Shown shown;
  for (std::size_t i = 0; i < settings().size(); ++i) {
    const std::string module = "n" + std::to_string(i);
    shown.curves.push_back(exported(folder, settings()[i], language + "=" + module + ".py"));
    shown.slopes.push_back(curve_of(folder.read("a.csv"), "slope"));
    program += "activation = importlib.import_module('" + module + "').activation\n";
    list("z_of_curve", shown.curves.back());
    list("z_of_slope", shown.slopes.back());
    program += each;
  }
  folder.write("all.py", program);
  expect_success(folder, python() + " all.py > values.txt");
  return shown;
}

TEST(activation_code, numpy_gives_the_curve) {
  if (!has_modules(python(), "numpy"))
    GTEST_SKIP() << "no numpy here; IEMLAB_PYTHON may name an interpreter that has it";
  Folder folder;
  const Shown shown =
      run_modules(folder, "numpy", "numpy",
                  "for v in activation(numpy.array(z_of_curve)).tolist(): print('%.17g' % v)\n");
  expect_values(folder, shown.curves);
}

// What makes it worth pasting: it learns. Autograd's slope is the one the program shows.
TEST(activation_code, pytorch_gives_the_curve_and_differentiates_it) {
  if (!has_modules(python(), "torch"))
    GTEST_SKIP() << "no torch here; IEMLAB_PYTHON may name an interpreter that has it";
  Folder folder;
  const Shown shown =
      run_modules(folder, "pytorch", "torch",
                  "z = torch.tensor(z_of_curve, dtype=torch.float64)\n"
                  "for v in activation(z).tolist(): print('%.17g' % v)\n"
                  "z = torch.tensor(z_of_slope, dtype=torch.float64, requires_grad=True)\na = activation(z)\n"
                  "if a.requires_grad: a.sum().backward()\nelse: z.grad = torch.zeros_like(z)\n"
                  "for v in z.grad.tolist(): print('%.17g' % v, file=slopes)\n");
  expect_values(folder, shown.curves);
  std::istringstream values(folder.read("slopes.txt"));
  for (std::size_t s = 0; s < shown.slopes.size(); ++s) {
    const Curve& slope = shown.slopes[s];
    ASSERT_FALSE(slope.z.empty()) << settings()[s].name();
    for (std::size_t i = 0; i < slope.z.size(); ++i)
      ASSERT_NEAR(next_number(values), slope.a[i], 1e-9 * std::max(1.0, std::abs(slope.a[i])))
          << settings()[s].name() << " at z = " << slope.z[i];
  }
}

// There is no TeX here: every brace, delimiter and environment that is opened is closed, in order.
std::string unbalanced(const std::string& tex) {
  std::vector<std::string> open;
  const auto closes = [&](const std::string& opening) {
    if (open.empty() || open.back() != opening) return false;
    open.pop_back();
    return true;
  };
  for (std::size_t i = 0; i < tex.size(); ++i) {
    const auto is = [&](const char* word) { return tex.compare(i, std::strlen(word), word) == 0; };
    if (tex[i] == '{' && (i == 0 || tex[i - 1] != '\\')) open.push_back("{");
    if (tex[i] == '}' && (i == 0 || tex[i - 1] != '\\') && !closes("{")) return "a brace closes nothing";
    if (is("\\left(") || is("\\left|")) open.push_back("left");
    if ((is("\\right)") || is("\\right|")) && !closes("left")) return "\\right without \\left";
    if (is("\\begin{align*}")) open.push_back("align");
    if (is("\\end{align*}") && !closes("align")) return "\\end without \\begin";
  }
  return open.empty() ? "" : open.back() + " stays open";
}

TEST(activation_code, latex_is_balanced_and_has_the_numbers) {
  for (const Setting& setting : settings()) {
    Folder folder;
    exported(folder, setting, "latex=a.tex");
    const std::string tex = folder.read("a.tex");
    EXPECT_EQ(unbalanced(tex), "") << setting.name() << "\n" << tex;
    EXPECT_NE(tex.find("\\begin{align*}"), std::string::npos);
    EXPECT_NE(tex.find("a(z) &="), std::string::npos);
    if (setting.name().find("m=0.9") != std::string::npos) {
      EXPECT_NE(tex.find("0.9"), std::string::npos) << tex;
    }
  }
}

TEST(activation_code, latex_is_what_latex_reads) {
  Folder folder;
  if (shell(folder, "command -v pdflatex").code != 0) GTEST_SKIP() << "no pdflatex here";
  std::string document = "\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n";
  for (const Setting& setting : settings()) {
    exported(folder, setting, "latex=a.tex");
    document += folder.read("a.tex") + "\n";
  }
  folder.write("all.tex", document + "\\end{document}\n");
  const Outcome latex = shell(folder, "pdflatex -interaction=nonstopmode -halt-on-error all.tex");
  EXPECT_EQ(latex.code, 0) << latex.out;
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
      {"[model]\nhypotheses = \"prototypes\"\nwidths = [1.0, 2.0]\n", "has 2 numbers for 3 prototypes"},
      {"[model]\nhypotheses = \"prototypes\"\nwidths = [1.0, 0.0, 2.0]\n", "must be greater than 0"},
      {"[model]\nhypotheses = \"prototypes\"\nvalues = [1.0, 0.0, 2.0, 3.0]\n",
       "has 4 numbers for 3 prototypes"},
      {"[model]\nstatistic = \"median\"\n", "did you mean"},
      {"[view]\nz = [2.0, -2.0]\n", "the first number must be less than the second"},
      {"[view]\nz = [-1e308, 1e308]\n", "the range is too long: its length must be finite"},
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
  EXPECT_NE(em.err.find("optimizer.method = \"em\": has no effect"), std::string::npos) << em.err;
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
