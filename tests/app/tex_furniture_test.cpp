// TeX figures with all that can surround them, read by LaTeX where there is one.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/app/latex.h"

namespace iem::test {
namespace {

// Words with everything that TeX takes for something else.
const std::vector<std::vector<std::string>> kFurniture = {
    {"--letter", "a", "--caption", "Of $r_{ij}$ & 100 % of a_b #1 ~ ^ {x} \\ <|>.", "--label",
     "x=Length & $\\mu_j$ 5 %", "--label", "y=Height_of #2", "--legend", "inside", "--type-pt", "9",
     "--palette", "okabe_ito", "--width-cm", "8.5"},
    {"--log", "xy", "--legend", "off", "--title", "off", "--caption", "off", "--theme", "print"},
    {"--x-range", "0.5,3", "--y-range", "0.5,3", "--letter", "(iv)", "--theme", "dark", "--transparent"}};

TEST(tex_furniture, of_every_kind_is_what_latex_reads) {
  const Folder folder;
  const bool compiles = has_latex(folder);
  const std::vector<std::pair<std::string, std::string>> figures = {
      {"penguins", "stage"}, {"penguins", "loss"}, {"annealing", "usage"}, {"silu_gate", "activation"}};
  const auto written = [&](std::size_t figure, std::size_t furniture, const std::string& kind) {
    const auto& [scene, id] = figures[figure];
    const std::string name = id + std::to_string(furniture);
    std::vector<std::string> words = {
        "run", scene, "--steps", "6", "--quiet", "--figure", id + "=" + name + ".tex", "--tex", kind};
    words.insert(words.end(), kFurniture[furniture].begin(), kFurniture[furniture].end());
    const Outcome run = iemlab(folder, words);
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_NE(folder.read(name + ".tex"), "");
    return name;
  };
  const auto is_read = [&](const std::string& file) {
    if (!compiles) return;
    const Outcome read = latex(folder, file);
    EXPECT_EQ(read.code, 0) << file << "\n" << read.out;
    EXPECT_EQ(read.out.find("Dimension too large"), std::string::npos) << file;
  };
  // LaTeX takes seconds to begin: all fragments are in one paper. A document is a fragment after its
  // preamble, which depends on the furniture; each has another figure, and each figure its turn.
  std::string inputs;
  for (std::size_t figure = 0; figure < figures.size(); ++figure)
    for (std::size_t furniture = 0; furniture < kFurniture.size(); ++furniture)
      inputs += "\n\n\\input{" + written(figure, furniture, "fragment") + "}";
  write_paper(folder, "paper.tex", inputs);
  is_read("paper.tex");
  for (std::size_t furniture = 0; furniture < kFurniture.size(); ++furniture)
    is_read(written(furniture + 1, furniture, "document") + ".tex");
  if (!compiles) GTEST_SKIP() << "no LaTeX here to read them";
}

}  // namespace
}  // namespace iem::test
