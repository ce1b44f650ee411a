// The activation as LaTeX: read as a reader would, from its numbers alone, it is the activation on screen.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/labs/activation/model/curves.h"
#include "core/labs/kit/lab.h"
#include "tests/core/labs/activation/line_cases.h"
#include "tests/core/labs/activation/line_truth.h"

namespace iem::testing {
namespace {

// \begin{align*} ... \end{align*} as equations by their left sides: "\\mu", "d_h(z)", "a(z)".
std::map<std::string, std::string> exported_equations(std::string tex) {
  const std::string begin = "\\begin{align*}", end = "\\end{align*}";
  const std::size_t first = tex.find(begin) + begin.size();
  tex = tex.substr(first, tex.find(end) - first);
  std::erase(tex, '&');
  std::erase(tex, '\n');
  for (std::size_t at = tex.find("\\\\"); at != std::string::npos; at = tex.find("\\\\"))
    tex.replace(at, 2, ",");
  std::map<std::string, std::string> out;
  for (const TexStatement& said : tex_statements(tex)) {
    EXPECT_EQ(said.sides.size(), 2U) << tex;
    EXPECT_TRUE(out.emplace(said.sides[0], said.sides[1]).second) << said.sides[0] << " is said twice";
  }
  return out;
}

class ExportedActivation {
 public:
  explicit ExportedActivation(const std::string& tex) : equations_(exported_equations(tex)) {
    for (const auto& [name, value] : equations_)
      if (name.find('(') == std::string::npos && name != "h^*" && name != "g") bind(name, value);
    if (equations_.contains("g")) bind("g", equations_.at("g"));  // may be \mu
    const int count = static_cast<int>(symbols_.values.contains("\\mu") ? count_ : 2);
    for (const char* letter : {"h", "k"})
      for (int h = 0; h < count; ++h) symbols_.ranges[letter].push_back(h);
    function("k", "u", [](const TexPlace&) { return std::string("k(u)"); });
    function("d", "z", [this](const TexPlace& at) {
      return equations_.contains("d_h(z)") ? "d_h(z)" : "d_" + std::to_string(at.index.at(0)) + "(z)";
    });
    function("r", "z", [](const TexPlace&) { return std::string("r_h(z)"); });
    symbols_.functions["\\Phi"] = [](const TexPlace&, const std::vector<TexValue>& x) {
      return tex_number(0.5 * std::erfc(-x.at(0)(0, 0) / std::sqrt(2.0)));
    };
  }

  double at(double z) {
    symbols_.number("z", z);
    if (equations_.contains("h^*")) {
      EXPECT_EQ(equations_.at("h^*"), "\\arg\\min_hd_h(z)");
      int best = 0;
      for (const int h : symbols_.ranges["h"])
        if (energy(h) < energy(best)) best = h;
      symbols_.literals["g_{h^*}"] = [this, best](const TexPlace&) {
        return symbols_.values.at("g")({{best}, {}});
      };
    }
    return formula_value(equations_.at("a(z)"), symbols_)(0, 0);
  }

 private:
  void bind(const std::string& name, const std::string& tex) {
    const TexValue value = tex == "\\mu" ? mu_ : formula_value(tex, {});
    if (name == "\\mu") mu_ = value;
    count_ = std::max(count_, value.size());
    symbols_.values[name] = [value](const TexPlace& at) {
      return at.index.empty() ? value : tex_number(value(at.index.at(0), 0));
    };
  }
  // name_h(x) by the equation of that name, with h and the argument bound.
  void function(const std::string& name, const std::string& argument,
                const std::function<std::string(const TexPlace&)>& equation) {
    symbols_.functions[name] = [=, this](const TexPlace& at, const std::vector<TexValue>& x) {
      TexSymbols inside = symbols_;
      inside.number(argument, x.at(0)(0, 0));
      if (!at.index.empty()) inside.bound["h"] = at.index[0];
      return formula_value(equations_.at(equation(at)), inside);
    };
  }
  double energy(int h) {
    TexSymbols inside = symbols_;
    inside.bound["h"] = h;
    return formula_value("d_h(z)", inside)(0, 0);
  }

  std::map<std::string, std::string> equations_;
  TexSymbols symbols_;
  TexValue mu_;
  Eigen::Index count_ = 0;
};

TEST(LatexExport, IsTheActivation) {
  int held = 0;
  for (const LineCase& each : line_cases(statistic_names())) {
    const auto s = line_snapshot(each.toml);
    const std::string tex = lab_of(*s->setup).code("latex", *s);
    ExportedActivation exported(tex);
    for (const double z : {-1.3, 0.63}) {
      const double truth = LineTruth(*s, z).activation(z);
      EXPECT_NEAR(exported.at(z), truth, 1e-10 * std::max(1.0, std::abs(truth)))
          << each.name << ", z = " << z << "\n"
          << tex;
      ++held;
    }
  }
  EXPECT_GT(held, 1000);
}

// Numbers with powers of ten, also where something is divided by them.
TEST(LatexExport, IsTheActivationForNumbersWithPowersOfTen) {
  for (const char* model : {"temperature = 3e20\nscale = 0.8\nm = 2e-6\n", "m = 2e-6\nscale = 3e-6\n"})
    for (const char* statistic : {"mean", "log_partition"}) {
      const auto s = line_snapshot(std::string(model) + "statistic = \"" + statistic + "\"\n");
      const std::string tex = lab_of(*s->setup).code("latex", *s);
      EXPECT_NE(tex.find("\\times10^{-"), std::string::npos) << tex;
      const double z = 1e-6, truth = LineTruth(*s, z).activation(z);
      EXPECT_NEAR(ExportedActivation(tex).at(z), truth, 1e-9 * std::max(1.0, std::abs(truth))) << tex;
    }
}

}  // namespace
}  // namespace iem::testing
