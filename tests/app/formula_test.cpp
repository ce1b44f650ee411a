#include "app/paint/formula.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <iterator>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "core/energy/energy.h"
#include "core/figure/caption.h"
#include "core/labs/kit/lab.h"
#include "core/optimize/optimizer.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "tests/support/scenes.h"
#include "tests/support/small_atlas.h"

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
}

// MicroTeX would read past the end of these, define something that outlives them, or recurse without end.
TEST(Formula, WhatIsNotSafeIsLeftToTheCaller) {
  const std::vector<std::string> sources = {"xxxxxxxxxxxxxxxxxxxxxxxxxx\\frac",
                                            "xxxxxxxxxxxxxxxxxxxxxxxxxx\\frac{1}",
                                            "xxxxxxxxxxxxxxxxxxxxxxxxxx\\frac1",
                                            "xxxxxxxxxxxxxxxxxxxxxxxxxx\\mathrm{y\\frac}",
                                            "\\hat",
                                            "\\sqrt[3]",
                                            "\\sqrt[3",
                                            "\\frac\\hat x",
                                            "\\frac\\hat{}{x}",
                                            "\\frac\\tfrac{aaaaaaaaaaaaaaaaaaa}{b}c",
                                            "\\frac\\left(x\\right)y",
                                            "x^",
                                            "x_{",
                                            "x^^2",
                                            "{",
                                            "}",
                                            "\\",
                                            "'",
                                            "\\left(x",
                                            "\\left(x\\right",
                                            "x\\right)",
                                            "\\begin{matrix}1",
                                            "\\begin{matrix}1\\end{matrix}",
                                            "a & b",
                                            "a \\\\ b",
                                            "% comment",
                                            "$x$",
                                            "#1",
                                            "\xff\xfe",
                                            "a\x01",
                                            "\\nosuchcommand{x}",
                                            "\\newcommand{\\a}{\\a}\\a",
                                            "\\renewcommand{\\frac}{x}",
                                            "\\DeclareMathOperator{\\x}{x}",
                                            "\\makeatletter x",
                                            "\\rule{1em}{99999em}",
                                            "\\kern 1e9em",
                                            "\\includegraphics{x}",
                                            "\\char\"41",
                                            "\\color{red}x",
                                            "\\magnification{9}x",
                                            "\\text{a $x}",
                                            std::string(5000, '{') + std::string(5000, '}'),
                                            std::string(100, '{') + "x" + std::string(100, '}'),
                                            std::string(5000, 'x')};
  for (const std::string& tex : sources) EXPECT_FALSE(formula_outline(tex)) << tex.substr(0, 60);
  std::string deep = "x";
  for (int i = 0; i < 80; ++i) deep = i % 2 ? "\\sqrt{" + deep + "}" : "\\left(" + deep + "\\right)";
  EXPECT_FALSE(formula_outline(deep));
  for (const char* tex : {"",
                          "x'",
                          "f''(x)",
                          "x_{ij}^2",
                          "\\sqrt[3]{x}",
                          "\\frac12",
                          "\\frac\\alpha\\beta",
                          "x^\\tfrac12",
                          "\\left\\{x\\right.",
                          "\\left\\langle x\\right\\rangle",
                          "\\Bigl(x\\Bigr)",
                          "\\|x\\|",
                          "\\text{it's a word}",
                          "a\\,b\\ c~d",
                          "50\\%",
                          "{=}",
                          "{.}",
                          "{-}",
                          "\\displaystyle\\sum_i^n x_i",
                          "\\hat{\\mu}",
                          "\\operatorname{tr} A",
                          "\\mathbb{E}[x]",
                          "q\\leftarrow\\sum_j\\alpha_jk_j"})
    EXPECT_TRUE(formula_outline(tex)) << tex;
}

// Pieces of TeX in every order: what is let in is laid out; nothing throws or reads where it must not.
TEST(Formula, AnyRowOfPiecesIsSafeOrRefused) {
  const char* const pieces[] = {
      "\\frac",    "{",        "}",      "x",        "^",     "_",       "\\sqrt", "[",      "]",
      "\\left",    "\\right",  "(",      ".",        "\\hat", "\\alpha", "'",      " ",      "\\",
      "\\|",       "&",        "\\text", "\\mathrm", "1",     "\\sum",   "\\,",    "\\bigl", "\\not",
      "\\overset", "\\limits", "\u00e4", "\xe4",     "$",     "%",       "\\log",  "\\quad", "\\!"};
  std::mt19937 random(7);
  int accepted = 0;
  for (int i = 0; i < 30000; ++i) {
    std::string tex;
    for (unsigned n = 1 + random() % 9; n > 0; --n) tex += pieces[random() % std::size(pieces)];
    const auto outline = formula_outline(tex);
    accepted += outline ? 1 : 0;
    if (!outline) continue;
    EXPECT_GE(outline->width, 0) << tex;
    EXPECT_GE(outline->ascent + outline->descent, 0) << tex;
    if (outline->width < 100) rasterise(*outline, 12);
  }
  EXPECT_GT(accepted, 1000);
}

// Every formula that the labs' figures, controls, inspector and lists show.
TEST(Formula, EverythingTheProgramWritesIsLetIn) {
  std::set<std::string> formulas;
  const auto pool = std::make_shared<ThreadPool>(1);
  const auto add_figure = [&](const Figure& figure) {
    for (const CaptionPart& part : caption_parts(figure.caption))
      if (part.tex) formulas.insert(part.text);
    for (const Panel& panel : figure.panels) {
      formulas.insert(panel.title_tex);
      for (const Mark& mark : panel.marks) {
        if (const auto* line = std::get_if<Line>(&mark); line && line->label_tex)
          formulas.insert(line->label);
        if (const auto* text = std::get_if<Text>(&mark); text && text->tex) formulas.insert(text->text);
      }
    }
  };
  const auto add_inspection = [&](const Inspection& shown) {
    for (const auto& column : shown.table) formulas.insert(column.symbol);
    for (const auto& quantity : shown.quantities) formulas.insert(quantity.symbol);
    for (const auto& row : shown.formulas)
      for (const FormulaPiece& piece : row)
        if (!piece.is_number) formulas.insert(piece.tex);
  };
  for (const std::string& name : test::scenes_of_every_kind()) {
    const auto snapshot = take_snapshot(iem::Run(load_scene(name), pool));
    const Lab& lab = lab_of(*snapshot->setup);
    const Config seen = test::with_small_atlas(snapshot->config());
    const View view{seen, {}, {}};
    for (const FigureType& type : lab.figures()) add_figure(lab.figure(type.id, *snapshot, view));
    for (const Phase& phase : lab.phases(*snapshot, 0)) formulas.insert(phase.symbol);
    for (const auto kind : {ElementId::Kind::point, ElementId::Kind::prototype, ElementId::Kind::query})
      add_inspection(lab.inspect(*snapshot, {kind, 0}, -1));
    add_inspection(lab.inspect_probe(*snapshot, view, -1));
    for (const Parameter& parameter : lab.parameters()->all()) formulas.insert(parameter.symbol);
    for (const GroupType& type : group_types()) formulas.insert(lab.formula(type.group, snapshot->config()));
    formulas.insert(lab.identity_text().equation);
    formulas.insert(lab.identity_text().meter);
  }
  for (const EnergyType& energy : energies()) formulas.insert(energy.formula);
  for (const OptimizerType& type : optimizers()) formulas.insert(type.formula);
  EXPECT_GT(formulas.size(), 100u);
  for (const std::string& tex : formulas) EXPECT_TRUE(formula_outline(tex)) << tex;
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
