// Every symbol that the window shows has a name and a sentence.
#include "core/figure/glossary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

std::vector<std::string> names_in(const char* tex, const char* lab) {
  std::vector<std::string> out;
  for (const SymbolWords& symbol : symbols_of(tex, lab)) out.push_back(symbol.tex + ": " + symbol.name);
  return out;
}

TEST(Glossary, ReadsSymbolsWithTheirIndicesAndNothingElse) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(names_in("J=-\\frac{1}{N}\\sum_i\\tau\\log\\sum_je^{-d_{ij}/\\tau}", "mixture"),
            (Names{"J: objective", "N: number of points", "\\tau: temperature", "e: exponential",
                   "d_{ij}: energy"}));
  EXPECT_EQ(names_in("\\log\\frac{\\pi_j}{2\\pi}", "mixture"), (Names{"\\pi_j: prior", "\\pi: pi"}));
  EXPECT_EQ(names_in("r^\\star_j-\\kappa r_j", "classifier"),
            (Names{"r_j^\\star: responsibility with the label", "\\kappa: weight of the unlabelled phase",
                   "r_j: responsibility"}));
  EXPECT_EQ(names_in("\\alpha_{ij}", "attention"), Names{"\\alpha_{ij}: attention"});
  EXPECT_EQ(names_in("N_j/N", "mixture"), (Names{"N_j: points of a component", "N: number of points"}));
  EXPECT_EQ(names_in("\\xi_q", "mixture"), Names{"\\xi_q: "});
  for (const char* odd : {"", "{", "}", "\\", "_", "^{", "a_", "\\mathrm", "\\hat", "{{{}", "x^", "2\\pi_{"})
    symbols_of(odd, "mixture");
}

// All formulas, phases, settings and titles of every scene: each symbol is in the glossary or is a setting's
// own, which has words.
TEST(Glossary, KnowsEverySymbolOfEveryScene) {
  std::set<std::string> seen, unknown;
  std::size_t formulas = 0;
  for (const std::string& name : builtin_scenes()) {
    if (name.starts_with("sticky_markov_sgd")) continue;  // as its twin, and slow
    iem::Run run(load_scene(name), testing::pool());
    run.step();
    const auto s = take_snapshot(run);
    const Lab& lab = lab_of(*s->setup);
    std::vector<std::string> texts = {lab.identity_text().equation, lab.identity_text().meter};
    for (const GroupType& type : group_types()) texts.push_back(lab.formula(type.group, s->config()));
    if (s->data().size() > 0)
      for (const Phase& phase : lab.phases(*s, 0)) texts.push_back(phase.symbol);
    for (const FigureType& type : lab.figures()) {
      if (type.needs.slow) continue;
      for (const Panel& panel : lab.figure(type.id, *s, {s->config(), {}, {}}).panels)
        texts.push_back(panel.title_tex);
    }
    std::set<std::string> own;
    for (const Parameter& parameter : lab.parameters()->all())
      if (!parameter.label.empty() && !parameter.help.empty()) own.insert(parameter.symbol);
    for (const std::string& tex : texts) {
      formulas += tex.empty() ? 0 : 1;
      for (const SymbolWords& symbol : symbols_of(tex, lab.id())) {
        seen.insert(symbol.tex);
        EXPECT_EQ(symbol.name.empty(), symbol.sentence.empty()) << symbol.tex;
        if (!symbol.sentence.empty()) EXPECT_EQ(symbol.sentence.back(), '.') << symbol.tex;
        if (symbol.name.empty() && !own.contains(symbol.tex))
          unknown.insert(name + ": " + symbol.tex + " in " + tex);
      }
    }
  }
  EXPECT_GT(formulas, 800u);
  EXPECT_GT(seen.size(), 60u);
  for (const std::string& each : unknown) ADD_FAILURE() << each;
}

}  // namespace
}  // namespace iem
