// The palette: everything that can be done, set, shown and opened has an entry, found by what it is called.
#include "app/gui/shell/palette_entries.h"

#include <cmath>
#include <set>

#include "core/figure/furniture.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

namespace iem::gui {
namespace {

class FoundByName : public AppTest {
 protected:
  void type(const std::string& words, bool enter) {
    run([&](ImGuiTestContext& at) {
      at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_P);
      at.Yield(2);
      at.KeyChars(words.c_str());
      at.Yield(2);
      if (enter) at.KeyPress(ImGuiKey_Enter);
      at.Yield(2);
    });
  }
  double real(const char* key) { return settled()->config().real(key); }
};

// A legal number of a setting that is not its default, as a person types it.
std::string typed_number(const Parameter& p) {
  double value = p.slider_max > p.slider_min ? p.slider_min + 0.25 * (p.slider_max - p.slider_min)
                                             : std::max(p.min, 0.0) + 1;
  if (p.kind == ParameterKind::integer) value = std::round(value);
  if (p.kind == ParameterKind::real) value = std::round(100 * value) / 100 + (p.min_open ? 0.01 : 0);
  value = std::clamp(value, p.min, p.max);
  return p.kind == ParameterKind::integer ? std::to_string(static_cast<long long>(value))
                                          : std::to_string(value);
}

// Among the best of all: settings of one name are told apart by their values now.
bool is_first(const std::vector<PaletteMatch>& matches, const std::vector<PaletteEntry>& entries,
              const std::function<bool(const PaletteEntry&, const PaletteMatch&)>& wanted) {
  for (const PaletteMatch& match : matches) {
    if (match.score < matches.front().score) return false;
    if (wanted(entries[match.entry], match)) return true;
  }
  return false;
}

// Every setting of every lab by its label, its key and its symbol, with a number after it; every choice by
// label and id.
TEST(PaletteEntries, EverySettingAndEveryChoiceOfEveryLabIsFirstByItsName) {
  std::set<std::string> shown;
  int numbers = 0, choices = 0;
  for (const std::string& name : builtin_scenes()) {
    const std::string lab = load_scene(name).config.lab();
    if (!shown.insert(lab).second) continue;
    AppFrame frame;
    Driver driver(frame);
    frame.app = std::make_unique<App>(driver.window(), open_scene(name).run);
    for (int i = 0; i < 3; ++i) driver.window().render(frame);
    const std::vector<PaletteEntry> entries = palette_entries(frame.app->context());
    const ParameterTable& table = *find_lab(lab)->parameters();
    for (const Parameter& p : table.all()) {
      if (is_furniture(p.key)) continue;     // set where figures are exported
      if (p.key == "view.centre") continue;  // an entry of each figure
      if (p.kind == ParameterKind::real || p.kind == ParameterKind::integer) {
        const std::string number = typed_number(p);
        for (const std::string& called : {p.label, p.key}) {
          const auto found = palette_matches(entries, table, called + " " + number);
          EXPECT_TRUE(is_first(found, entries,
                               [&](const PaletteEntry& e, const PaletteMatch& m) {
                                 return e.id == p.key && m.value.has_value() && m.typed == number;
                               }))
              << lab << ": " << called << " " << number;
          ++numbers;
        }
      }
      if (p.kind != ParameterKind::choice) continue;
      for (const std::string& id : p.choices) {
        const auto found = palette_matches(entries, table, p.label + " " + id);
        EXPECT_TRUE(is_first(found, entries,
                             [&](const PaletteEntry& e, const PaletteMatch&) {
                               return e.id == p.key && e.value == Value(id);
                             }))
            << lab << ": " << p.label << " " << id;
        ++choices;
      }
    }
    frame.app.reset();
  }
  EXPECT_EQ(shown.size(), labs().size());
  EXPECT_GT(numbers, 150);
  EXPECT_GT(choices, 100);
}

TEST_F(FoundByName, EveryFigureInEveryPlaceEverySceneAndEveryShortcutHasAnEntry) {
  const std::vector<PaletteEntry> entries = palette_entries(app().context());
  const auto count = [&](PaletteEntry::Kind kind, const std::string& id) {
    return std::ranges::count_if(entries, [&](const auto& e) { return e.kind == kind && e.id == id; });
  };
  for (const FigureType& figure : app().context().lab().figures())
    EXPECT_EQ(count(PaletteEntry::Kind::figure, figure.id), figure.use == FigureUse::stage ? 1 : 5)
        << figure.id;
  for (const std::string& scene : builtin_scenes())
    EXPECT_EQ(count(PaletteEntry::Kind::scene, scene), 1) << scene;
  int keys = 0;
  for (const Action& action : app().actions().all()) {
    if (action.id == "palette.open") continue;
    EXPECT_EQ(count(PaletteEntry::Kind::action, action.id), 1) << action.id;
    if (action.keys.empty()) continue;
    const auto found = palette_matches(entries, *app().context().lab().parameters(), action.keys);
    EXPECT_TRUE(std::ranges::any_of(found, [&](const PaletteMatch& match) {
      return match.score > 0 && entries[match.entry].id == action.id;
    })) << action.keys;
    ++keys;
  }
  EXPECT_GT(keys, 20);
}

// By name and id, and by the name of the setting that keeps it; once.
TEST_F(FoundByName, AFigureIsPutInTheMiddleByOneEntry) {
  const std::vector<PaletteEntry> entries = palette_entries(app().context());
  const auto none = [](const PaletteEntry& e) { return e.id == "view.centre"; };
  EXPECT_TRUE(std::ranges::none_of(entries, none));
  for (const FigureType& figure : app().context().lab().figures()) {
    if (!is_offered(figure, settled()->config())) continue;
    const auto found =
        palette_matches(entries, *app().context().lab().parameters(), "in the middle " + figure.id);
    EXPECT_TRUE(is_first(found, entries, [&](const PaletteEntry& e, const PaletteMatch&) {
      return e.kind == PaletteEntry::Kind::figure && e.id == figure.id && e.cell < 0;
    })) << figure.id;
  }
}

// Of those that match alike. What matches better and cannot be taken stays first: Enter does nothing else.
TEST_F(FoundByName, WhatCanBeTakenComesBeforeWhatCannot) {
  app().context().set("view.field", std::string("entropy"));
  settled();
  const Parameter& landscape = *app().context().lab().parameters()->find("view.landscape");
  ASSERT_NE(landscape.unavailable(app().context().shown_config()), "");
  type("landsc", false);
  const auto entry = [&](std::size_t i) {
    return app().palette().entries()[app().palette().matches()[i].entry];
  };
  const auto place_of = [&](const std::string& id) {
    std::size_t i = 0;
    while (i < app().palette().matches().size() && entry(i).id != id) ++i;
    return i;
  };
  ASSERT_LT(place_of("view.landscape"), app().palette().matches().size());
  EXPECT_LT(place_of("landscape"), place_of("view.landscape")) << "the figure before the refused setting";
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_Escape); });
  ASSERT_FALSE(settled()->can_undo);
  type("undo", true);
  EXPECT_EQ(entry(0).id, "edit.undo");
  EXPECT_TRUE(app().palette().is_open());
}

TEST_F(FoundByName, ATypedValueIsSetAsOneEdit) {
  type("temperature 2", true);
  EXPECT_EQ(real("model.temperature"), 2);
  EXPECT_FALSE(app().palette().is_open());
  type("K 5", true);
  EXPECT_EQ(settled()->config().integer("model.components"), 5);
  type("energy laplace", true);
  EXPECT_EQ(settled()->config().text("model.energy"), "laplace");
  type("eta = .05", true);
  EXPECT_EQ(real("optimizer.learning_rate"), 0.05);
  type("density lines off", true);
  EXPECT_FALSE(app().context().view().config.flag("view.density"));
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_NE(real("optimizer.learning_rate"), 0.05);
}

TEST_F(FoundByName, AnIllegalValueSaysWhyAndChangesNothing) {
  const std::uint64_t before = hash();
  type("temperature -1", true);
  EXPECT_TRUE(app().palette().is_open());
  EXPECT_EQ(hash(), before);
  EXPECT_EQ(real("model.temperature"), 1);
  const PaletteMatch& first = app().palette().matches().front();
  EXPECT_EQ(app().palette().entries()[first.entry].id, "model.temperature");
  EXPECT_EQ(first.illegal, "must be greater than 0");
  EXPECT_TRUE(app().context().notices().history().empty());
}

// One without a value takes the field: its name stands there, and the value is typed after it.
TEST_F(FoundByName, ASettingWaitsForItsValue) {
  run([&](ImGuiTestContext& at) {
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_P);
    at.Yield(2);
    at.KeyChars("temperatu");
    at.Yield(2);
    at.KeyPress(ImGuiKey_Enter);
    at.Yield(4);
    EXPECT_TRUE(app().palette().is_open());
    at.KeyChars("3");
    at.Yield(2);
    at.KeyPress(ImGuiKey_Enter);
  });
  EXPECT_EQ(real("model.temperature"), 3);
}

// A setting that is empty has no words for what it is now.
TEST_F(FoundByName, AnEmptySettingAsksForItsValueAlone) {
  ASSERT_EQ(app().context().view().config.text("view.landscape_x"), "");
  type("landscape", false);
  settled();
  std::string all;  // without blanks
  for (const DrawnText& each : drawn_words()) all += each.words;
  EXPECT_NE(all.find("typeavalue"), std::string::npos) << all;
  EXPECT_EQ(all.find("now,"), std::string::npos) << all;
}

TEST_F(FoundByName, WhatAModelCannotDoIsNotTaken) {
  app().context().set("model.energy", std::string("laplace"));
  settled();
  const std::string before = settled()->config().text("optimizer.method");
  ASSERT_NE(before, "em");
  const std::string why = [&] {
    const OptimizerType* em = find_optimizer("em");
    return em->unavailable ? em->unavailable(settled()->model()) : std::string();
  }();
  if (why.empty()) GTEST_SKIP() << "every rule fits this model";
  type("rule EM", true);
  EXPECT_EQ(settled()->config().text("optimizer.method"), before);
}

TEST_F(FoundByName, AFigureIsPutIntoACell) {
  type("figure convergence cell 2", true);
  EXPECT_EQ(app().context().view().config.list("view.plots")[1], "convergence");
}

TEST_F(FoundByName, ASceneOfAnotherLabIsOpened) {
  type("scene gelu gate", true);
  EXPECT_EQ(settled()->setup->scene.name, "gelu_gate");
}

}  // namespace
}  // namespace iem::gui
