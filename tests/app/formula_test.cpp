#include "app/paint/formula.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <thread>
#include <vector>

namespace iem::paint {
namespace {

TEST(Formula, IsAsWideAsItsLettersAndSitsOnItsBaseline) {
  const auto x = formula_outline("x");
  ASSERT_TRUE(x);
  EXPECT_GT(x->width, 0.4);
  EXPECT_LT(x->width, 0.7);
  EXPECT_NEAR(x->ascent, 0.44, 0.03);  // the x-height of Latin Modern
  EXPECT_LT(x->descent, 0.03);
  float lowest = -10, highest = 10;
  for (std::size_t i = 1; i < x->points.size(); i += 2) {
    lowest = std::max(lowest, x->points[i]), highest = std::min(highest, x->points[i]);
  }
  EXPECT_NEAR(lowest, 0.011, 0.01);
  EXPECT_NEAR(-highest, x->ascent, 0.02);
  EXPECT_GT(formula_outline("x_j")->descent, 0.1);
}

TEST(Formula, FractionsHaveTheirRule) {
  const auto f = formula_outline("\\frac{a}{b}");
  ASSERT_TRUE(f);
  EXPECT_GT(f->ascent, 0.6);
  EXPECT_GT(f->descent, 0.3);
  EXPECT_GT(formula_outline("\\frac{a}{b}", true)->ascent, f->ascent);  // displayed ones are roomier
}

TEST(Formula, AllOfTheProgramsMathematicsParses) {
  for (const char* tex :
       {"J = -\\frac{1}{N} \\sum_i \\tau \\log \\sum_j e^{-d_{ij}/\\tau}", "r_j(x)", "\\mu_3^{\\mathrm{EM}}",
        "\\partial L / \\partial d_j = -r_j", "\\|W_j(x-\\mu_j)\\|^2", "\\mathrm{E}[g\\mid z]",
        "a(z) = \\tanh\\left(\\frac{m}{\\sigma^2} z\\right)", "\\lambda = 0.35", "\\sqrt{2\\pi}"}) {
    const auto outline = formula_outline(tex);
    ASSERT_TRUE(outline) << tex;
    EXPECT_GT(outline->verbs.size(), 5u) << tex;
  }
}

TEST(Formula, MalformedSourceNeverThrowsAndIsShownAsFarAsItGoes) {
  const char* const sources[] = {"",
                                 "{",
                                 "}",
                                 "\\",
                                 "x^",
                                 "x^^2",
                                 "$x$",
                                 "\\left(",
                                 "\\frac{1",
                                 "\\begin{matrix}",
                                 "&",
                                 "\\color{#zz}x",
                                 "\xff\xfe",
                                 "\\sqrt[",
                                 "\\text{\u0416\u4E2D}"};
  for (const char* tex : sources) {
    const auto outline = formula_outline(tex);
    if (outline) rasterise(*outline, 14);
  }
  const auto unknown = formula_outline("\\nosuchcommand{x}");
  EXPECT_TRUE(!unknown || unknown->verbs.size() > 20);  // set as words, or left to the caller
}

TEST(Formula, MacrosAndEndlessNestingAreRefused) {
  EXPECT_FALSE(formula_outline("\\newcommand{\\a}{\\a}\\a"));
  EXPECT_FALSE(formula_outline(std::string(5000, '{') + std::string(5000, '}')));
  EXPECT_FALSE(formula_outline(std::string(100, '{') + "x" + std::string(100, '}')));
}

TEST(Formula, RasterHasTheAreaOfTheOutlineAtEverySize) {
  const auto outline = formula_outline("\\mathrm{l}-");  // no thin curves to lose
  double last = 0;
  for (double size : {20.0, 40.0, 80.0}) {
    const FormulaMask mask = rasterise(*outline, size);
    ASSERT_EQ(mask.coverage.size(), static_cast<std::size_t>(mask.width * mask.height));
    const double area =
        std::accumulate(mask.coverage.begin(), mask.coverage.end(), 0.0) / 255 / (size * size);
    EXPECT_GT(area, 0.02);
    if (last > 0) {
      EXPECT_NEAR(area, last, 0.03 * last);
    }
    last = area;
    // Upright: the stem of the l lies above the baseline.
    double above = 0, below = 0;
    for (int y = 0; y < mask.height; ++y) {
      for (int x = 0; x < mask.width; ++x)
        (y < mask.baseline ? above : below) += mask.coverage[static_cast<std::size_t>(y * mask.width + x)];
    }
    EXPECT_GT(above, 20 * below);
  }
}

TEST(Formula, ThreadsMayAskAtOnce) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([t] {
      for (int i = 0; i < 40; ++i) {
        const auto outline = formula_outline("x_{" + std::to_string(t * 7 + i % 11) + "}");
        ASSERT_TRUE(outline);
        rasterise(*outline, 14);
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace iem::paint
