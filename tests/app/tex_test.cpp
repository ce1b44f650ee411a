// Figures as LaTeX documents, read by LaTeX where there is one.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/lab/lab.h"
#include "tests/app/command.h"

namespace iem::test {
namespace {

// A scene of every lab, with all of the lab's figures.
const std::vector<std::pair<std::string, std::string>>& scenes() {
  static const std::vector<std::pair<std::string, std::string>> all = {
      {"mixture", "penguins"},       {"mixture", "outliers"},      {"activation", "student_sign"},
      {"activation", "silu_gate"},   {"attention", "routing_toy"}, {"attention", "retrieval"},
      {"attention", "routing_roles"}};
  return all;
}

std::vector<std::string> figures_as_tex(const Folder& folder, const std::string& lab,
                                        const std::string& scene) {
  std::vector<std::string> arguments = {"run", scene, "--steps", "9", "--quiet"}, files;
  for (const FigureType& type : find_lab(lab)->figures()) {
    files.push_back(scene + "_" + type.id + ".tex");
    arguments.insert(arguments.end(), {"--figure", type.id + "=" + files.back()});
  }
  const Outcome run = iemlab(folder, arguments);
  EXPECT_EQ(run.code, 0) << run.err;
  return files;
}

// LaTeX stops at a character that it does not know; of ASCII it knows all, and the rest is ours to name.
TEST(tex_figures, are_written_in_ascii) {
  Folder folder;
  for (const auto& [lab, scene] : scenes())
    for (const std::string& file : figures_as_tex(folder, lab, scene)) {
      const std::string tex = folder.read(file);
      const auto strange =
          std::ranges::find_if(tex, [](char c) { return static_cast<unsigned char>(c) > 127; });
      EXPECT_EQ(strange, tex.end()) << file << ": "
                                    << tex.substr(static_cast<std::size_t>(strange - tex.begin()), 40);
    }
}

// One of each sort: LaTeX takes seconds for a figure.
TEST(tex_figures, are_what_latex_reads) {
  Folder folder;
  if (shell(folder, "kpsewhich pgfplots.sty standalone.cls").code != 0) GTEST_SKIP() << "no LaTeX here";
  for (const auto& [scene, figure] :
       std::vector<std::pair<std::string, std::string>>{{"penguins", "identity"},
                                                        {"penguins", "bound"},
                                                        {"outliers", "pull"},
                                                        {"student_sign", "derivation"},
                                                        {"student_sign", "derivative"},
                                                        {"routing_toy", "stage"},
                                                        {"routing_toy", "attention"},
                                                        {"routing_toy", "timescales"}}) {
    ASSERT_EQ(iemlab(folder, {"run", scene, "--steps", "9", "--quiet", "--figure", figure + "=a.tex"}).code,
              0);
    const Outcome latex = shell(folder, "pdflatex -interaction=nonstopmode -halt-on-error a.tex");
    EXPECT_EQ(latex.code, 0) << scene << ", " << figure << "\n" << latex.out;
  }
}

}  // namespace
}  // namespace iem::test
