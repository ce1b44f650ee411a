#include "app/gui/shell/palette_entries.h"

#include <algorithm>
#include <cctype>

#include "app/gui/context/actions.h"
#include "app/gui/controls/control_row.h"
#include "app/gui/look/text.h"
#include "app/gui/sessions/scene_list.h"
#include "core/figure/furniture.h"
#include "core/labs/registry.h"

namespace iem::gui {
namespace {

bool is_of_a_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0; }

void add_words(std::string_view text, std::vector<std::string>& words) {
  bool inside = false;
  for (const char c : text) {
    if (is_of_a_word(c)) {
      if (!inside) words.emplace_back();
      words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    inside = is_of_a_word(c);
  }
}

class EntryList {
 public:
  void add(PaletteEntry entry, const std::vector<std::string>& others = {}) {
    add_words(entry.label, entry.words);
    add_words(entry.place, entry.others);
    add_words(entry.symbol, entry.others);
    for (const std::string& other : others) {
      const std::size_t before = entry.others.size();
      add_words(other, entry.others);
      if (entry.others.size() == before) entry.others.push_back(other);  // a key: "?"
    }
    all_.push_back(std::move(entry));
  }
  std::vector<PaletteEntry> take() { return std::move(all_); }

 private:
  std::vector<PaletteEntry> all_;
};

void add_actions_to(EntryList& out, const Actions& actions) {
  for (const Action& action : actions.all()) {
    if (action.id == "palette.open") continue;
    std::vector<std::string> keys;
    for (const ImGuiKeyChord chord : action.chords) keys.push_back(words_of_chord(chord));
    out.add({.kind = PaletteEntry::Kind::action, .id = action.id, .label = action.label}, keys);
  }
}

void add_figures_to(EntryList& out, const PanelContext& context) {
  const Config& view = context.view().config;
  if (!view.table().find("view.centre")) return;
  const std::size_t cells = view.table().find("view.plots") ? view.list("view.plots").size() : 0;
  for (const FigureType& type : context.lab().figures()) {
    if (!is_offered(type, context.snapshot().config())) continue;
    const std::string label = word(text::kFigure) + ": " + type.title;
    out.add({.kind = PaletteEntry::Kind::figure,
             .id = type.id,
             .label = label,
             .place = word(text::kPlaceMiddle)},
            {type.id});
    if (type.use == FigureUse::stage) continue;
    for (std::size_t cell = 0; cell < cells; ++cell)
      out.add({.kind = PaletteEntry::Kind::figure,
               .id = type.id,
               .label = label,
               .place = word(text::kPlaceCell) + " " + std::to_string(cell + 1),
               .cell = static_cast<int>(cell)});
  }
}

// A choice, a switch (one of on and off) and a member of a list have an entry for each; anything else is
// typed. The furniture of figures is set where they are exported, and which of them stands in the middle has
// an entry with the figure.
void add_settings_to(EntryList& out, const ParameterTable& table) {
  for (const Parameter& p : table.all()) {
    if (p.label.empty() || is_furniture(p.key) || p.key == "view.centre") continue;
    const PaletteEntry entry{
        .kind = PaletteEntry::Kind::setting, .id = p.key, .label = p.label, .symbol = p.symbol};
    const auto called = [&](const std::string& name) {
      PaletteEntry each = entry;
      each.label += ": " + name;
      return each;
    };
    if (p.kind == ParameterKind::choice)
      for (const std::string& id : p.choices) {
        PaletteEntry each = called(choice_label(p, id));
        each.value = id;
        out.add(std::move(each), {p.key, id});
      }
    else if (p.kind == ParameterKind::boolean)
      for (const bool on : {true, false}) {
        PaletteEntry each = called(word(on ? text::kOn : text::kOff));
        each.value = on;
        out.add(std::move(each), {p.key});
      }
    else if (p.kind == ParameterKind::choices && p.in_panel)
      for (const std::string& id : p.choices) {
        PaletteEntry each = called(choice_label(p, id));
        each.member = id;
        out.add(std::move(each), {p.key, id});
      }
    else
      out.add(entry, {p.key});
  }
}

void add_scenes_to(EntryList& out) {
  for (const SceneEntry& scene : scene_entries())
    out.add({.kind = PaletteEntry::Kind::scene,
             .id = scene.name,
             .label = word(text::kScene) + ": " + scene.title,
             .place = find_lab(scene.lab)->label()},
            {scene.name});
}

}  // namespace

std::vector<PaletteEntry> palette_entries(const PanelContext& context) {
  EntryList out;
  add_actions_to(out, *context.actions);
  add_settings_to(out, *context.lab().parameters());
  add_figures_to(out, context);
  add_scenes_to(out);
  return out.take();
}

}  // namespace iem::gui
