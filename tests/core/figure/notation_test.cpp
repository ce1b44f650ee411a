// The same mathematics in other letters: no letter is lost, none means two things.
#include "core/figure/notation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/figure/glossary.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

std::string bishop(std::string_view tex, std::string_view lab = "mixture") {
  return in_notation(tex, kBishop, lab);
}

TEST(Notation, OfBishopHasGammaAndComponentsK) {
  EXPECT_EQ(bishop("r_j"), "\\gamma_k");
  EXPECT_EQ(bishop("J=-\\frac{1}{N}\\sum_iL_i"), "L=-\\frac{1}{N}\\sum_i\\ell_i");
  EXPECT_EQ(bishop("rx"), "\\gamma x");
  EXPECT_EQ(bishop("r_{ij}"), "\\gamma_{ik}");
  EXPECT_EQ(bishop("R_{jk}", "layer"), "R_{kl}");
  EXPECT_EQ(bishop("\\mathrm{grad}\\,J\\le\\log\\text{rejected}"),
            "\\mathrm{grad}\\,L\\le\\log\\text{rejected}");
  EXPECT_EQ(bishop("\\sum_hr_hk(z)", "activation"), "\\sum_h\\gamma_hk(z)");
  EXPECT_EQ(in_notation("r_j", kOwnNotation, "mixture"), "r_j");
  for (const char* odd : {"", "\\", "{", "\\mathrm", "\\mathrm{", "\\text{r", "r\\"}) bishop(odd);
}

// A lab offers it by its key alone; without it, its formulas keep their letters.
TEST(Notation, IsOwnWhereALabDoesNotOfferIt) {
  int own = 0;
  for (const Lab* lab : labs()) {
    Config config(lab->id(), lab->parameters());
    if (config.table().find("view.notation") != nullptr) config.set("view.notation", std::string(kBishop));
    const bool offered = notation_of(config) == kBishop;
    EXPECT_EQ(offered, config.table().find("view.notation") != nullptr) << lab->id();
    Figure figure;
    figure.panels.resize(1);
    figure.panels[0].title_tex = "r_j";
    EXPECT_EQ(in_notation_of(config, figure).panels[0].title_tex == "r_j", !offered) << lab->id();
    own += offered ? 0 : 1;
  }
  EXPECT_GT(own, 0);
}

// Two symbols of a formula that differ still differ.
TEST(Notation, TellsApartWhatWasApartInEveryFormulaOfEveryLab) {
  int formulas = 0;
  std::set<std::string> done;
  for (const std::string& name : builtin_scenes()) {
    const Scene scene = load_scene(name);
    const std::string lab = scene.config.lab();
    if (!scene.config.table().find("view.notation") || name.starts_with("sticky")) continue;
    iem::Run run(scene, testing::pool());
    const auto s = take_snapshot(run);
    std::vector<std::string> texts;
    for (const GroupType& type : group_types())
      texts.push_back(lab_of(*s->setup).formula(type.group, s->config()));
    if (s->data().size() > 0)
      for (const Phase& phase : lab_of(*s->setup).phases(*s, 0)) texts.push_back(phase.symbol);
    for (const std::string& tex : texts) {
      if (tex.empty() || !done.insert(lab + tex).second) continue;
      ++formulas;
      std::set<std::string> before, after;
      for (const SymbolWords& symbol : symbols_of(tex, "")) before.insert(symbol.tex);
      for (const std::string& symbol : before) after.insert(bishop(symbol, lab));
      EXPECT_EQ(before.size(), after.size()) << tex;
      EXPECT_EQ(std::ranges::count(bishop(tex, lab), '{'), std::ranges::count(tex, '{')) << tex;
    }
  }
  EXPECT_GT(formulas, 40);
}

TEST(Notation, OfAFigureReachesTitlesWordsAndCaptionAndLeavesNumbers) {
  Figure figure;
  figure.caption = "Costs 3\\$, $r_j$ of prior r. ";
  Panel panel;
  panel.title = "r";
  panel.title_tex = "r_j(x)";
  panel.marks = {Text{.text = "J", .tex = true}, Text{.text = "J"},
                 Line{.series = "r", .ink = {Role::ink}, .label = "r_1", .label_tex = true},
                 RingMark{.label = "r of $r_j$", .marked = true}, RingMark{.label = "r_j"}};
  figure.panels = {panel};
  const Figure out = in_notation(figure, kBishop, "mixture");
  EXPECT_EQ(out.caption, "Costs 3\\$, $\\gamma_k$ of prior r. ");
  EXPECT_EQ(out.panels[0].title, "r");
  EXPECT_EQ(out.panels[0].title_tex, "\\gamma_k(x)");
  EXPECT_EQ(std::get<Text>(out.panels[0].marks[0]).text, "L");
  EXPECT_EQ(std::get<Text>(out.panels[0].marks[1]).text, "J");
  EXPECT_EQ(std::get<Line>(out.panels[0].marks[2]).label, "\\gamma_1");
  EXPECT_EQ(std::get<Line>(out.panels[0].marks[2]).series, "r");
  EXPECT_EQ(std::get<RingMark>(out.panels[0].marks[3]).label, "r of $\\gamma_k$");
  EXPECT_EQ(std::get<RingMark>(out.panels[0].marks[4]).label, "r_j");
}

}  // namespace
}  // namespace iem
