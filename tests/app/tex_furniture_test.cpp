// TeX figures with all that can surround them, read by LaTeX where there is one.
#include <gtest/gtest.h>

#include <string>
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
  for (const std::string kind : {"document", "fragment"})
    for (const auto& [scene, id] : figures)
      for (std::size_t i = 0; i < kFurniture.size(); ++i) {
        const std::string name = id + std::to_string(i);
        std::vector<std::string> words = {
            "run", scene, "--steps", "6", "--quiet", "--figure", id + "=" + name + ".tex", "--tex", kind};
        words.insert(words.end(), kFurniture[i].begin(), kFurniture[i].end());
        const Outcome run = iemlab(folder, words);
        ASSERT_EQ(run.code, 0) << run.err;
        EXPECT_NE(folder.read(name + ".tex"), "");
        if (!compiles) continue;
        std::string file = name + ".tex";
        if (kind == "fragment") write_paper(folder, file = "paper.tex", "One \\input{" + name + "}.");
        const Outcome read = latex(folder, file);
        EXPECT_EQ(read.code, 0) << scene << " " << id << " " << kind << " " << i << "\n" << read.out;
        EXPECT_EQ(read.out.find("Dimension too large"), std::string::npos) << name;
      }
  if (!compiles) GTEST_SKIP() << "no LaTeX here to read them";
}

}  // namespace
}  // namespace iem::test
