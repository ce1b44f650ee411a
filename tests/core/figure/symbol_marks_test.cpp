// Symbols light up marks that exist, and marks are found again by the symbols.
#include "core/figure/symbol_marks.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <span>

#include "core/figure/glossary.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"
#include "tests/support/scenes.h"

namespace iem {
namespace {

struct Drawn {
  std::string lab, figure, series;
  auto operator<=>(const Drawn&) const = default;
};

void collect(const Lab& lab, const Snapshot& s, std::set<Drawn>& drawn) {
  const int point = s.data().size() > 0 ? 0 : -1;
  Config config = s.config();
  if (config.table().find("view.pinned") != nullptr && point >= 0) config.set("view.pinned", std::int64_t{1});
  for (const FigureType& type : lab.figures()) {
    if (type.needs.slow || !is_offered(type, config)) continue;
    for (const Panel& panel : lab.figure(type.id, s, {config, {}, {}}).panels)
      for (const Mark& mark : panel.marks)
        std::visit(
            [&](const auto& each) {
              if constexpr (requires { each.series; }) drawn.insert({lab.id(), type.id, each.series});
            },
            mark);
  }
}

// Of the lab that declares it; null: of any lab.
void expect_drawn(const SymbolMark& each, const Lab* lab, const std::set<Drawn>& drawn) {
  const std::span<const SymbolMark> own = lab != nullptr ? lab->symbol_marks() : common_symbol_marks();
  std::set<std::string> of;
  for (const Drawn& d : drawn)
    if ((lab == nullptr || lab->id() == d.lab) && shows_symbol(own, d.figure, d.series, each.letter))
      of.insert(d.lab);
  EXPECT_FALSE(of.empty()) << each.letter << " of " << (lab ? lab->id() : "any lab") << ": " << each.series;
  for (const std::string& id : of) {
    const std::vector<SymbolWords> words = symbols_of(
        each.letter.ends_with("_") ? std::string(each.letter) + "j" : std::string(each.letter), id);
    ASSERT_EQ(words.size(), 1u) << each.letter;
    EXPECT_EQ(words[0].letter, each.letter);
    EXPECT_FALSE(words[0].name.empty()) << each.letter << " in " << id;
  }
}

// A symbol that lights up nothing would be a promise that is not kept.
TEST(SymbolMarks, AreDrawnSomewhereAndHaveWords) {
  std::set<Drawn> drawn;
  std::map<std::string, int> scenes;
  for (const std::string& name : test::scenes_of_every_kind()) {
    if (name.starts_with("sticky_markov")) continue;  // as other chains, and slow
    iem::Run run(load_scene(name), testing::pool());
    const std::string lab = run.setup().problem().id();
    if (++scenes[lab] > 9) continue;
    run.step();
    const auto s = take_snapshot(run);
    collect(lab_of(*s->setup), *s, drawn);
  }
  ASSERT_GE(scenes.size(), 6u);
  for (const SymbolMark& each : common_symbol_marks()) expect_drawn(each, nullptr, drawn);
  int own = 0;
  for (const Lab* lab : labs())
    for (const SymbolMark& each : lab->symbol_marks()) {
      expect_drawn(each, lab, drawn);
      ++own;
    }
  EXPECT_GT(own, 40);
}

TEST(SymbolMarks, OfAPanelAreItsOwnMarksInAccentWithoutWords) {
  const std::vector<double> x = {0, 1}, y = {1, 2};
  Panel panel;
  panel.marks = {Line{.series = "loss", .x = x, .y = y, .ink = {Role::ink}, .label = "J"},
                 Line{.series = "losses", .x = x, .y = y, .ink = {Role::ink}},
                 Marker{.series = "prototype 2", .element = {ElementId::Kind::prototype, 1}},
                 Text{.text = "words"}};
  const std::vector<std::string> objective = {"J"}, mean = {"\\mu"}, other = {"q"};
  const std::span<const SymbolMark> own = find_lab("mixture")->symbol_marks();
  const Panel lit = lit_panel(panel, own, "loss", objective);
  ASSERT_EQ(lit.marks.size(), 1u);
  const auto& line = std::get<Line>(lit.marks[0]);
  EXPECT_EQ(line.ink.role, Role::accent);
  EXPECT_TRUE(line.label.empty());
  EXPECT_GT(line.width_px, std::get<Line>(panel.marks[0]).width_px);
  EXPECT_EQ(lit_panel(panel, own, "stage", mean).marks.size(), 1u);
  EXPECT_TRUE(lit_panel(panel, own, "stage", other).marks.empty());
  EXPECT_TRUE(lit_panel(panel, find_lab("layer")->symbol_marks(), "stage", mean).marks.empty())
      << "what one lab declares is not another's";
  EXPECT_EQ(series_of(panel, {ElementId::Kind::prototype, 1}), "prototype 2");
  EXPECT_EQ(series_of(panel, {ElementId::Kind::prototype, 0}), "");
}

// What tells components apart by its colours is outlined, so that these stay seen.
TEST(SymbolMarks, LeaveTheColoursOfBarsAndRingsSeen) {
  const std::vector<double> x = {0.2, 0.8}, y = {0, 1};
  Panel panel;
  panel.marks = {Bars{.series = "r", .x = x, .y = y, .ink = {{Role::mark, 0}, {Role::mark, 1}}},
                 RingMark{.series = "pinned", .x = 1, .y = 2, .weights = x}};
  const std::vector<std::string> share = {"r"};
  const Panel lit = lit_panel(panel, find_lab("mixture")->symbol_marks(), "stage", share);
  ASSERT_EQ(lit.marks.size(), 2u);
  EXPECT_GT(std::get<Bars>(lit.marks[0]).outline_px, 0);
  EXPECT_TRUE(std::get<Marker>(lit.marks[1]).clear);
  EXPECT_GT(std::get<Marker>(lit.marks[1]).radius_px, std::get<RingMark>(panel.marks[1]).radius_px);
}

}  // namespace
}  // namespace iem
