// The entries of the command palette, from the registries: every action, setting, choice, figure and scene.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/context/panel_context.h"

namespace iem::gui {

struct PaletteEntry {
  enum class Kind : std::uint8_t { action, setting, figure, scene };
  Kind kind = Kind::action;
  std::string id;              // of the action, the key, the figure or the scene
  std::string label;           // "Temperature", "Energy: laplace"
  std::string symbol;          // TeX, after the label; empty: none
  std::string place;           // muted after the label: "in the middle", the lab of a scene
  std::optional<Value> value;  // of a setting; none: a person types it after the label
  std::string member;          // of a list that is a setting: taken in or out
  int cell = -1;               // of a figure: in the column; -1: the middle
  // The words by which it is found, in lower case: those of the label, and others (key, symbol, choice).
  std::vector<std::string> words, others;
};

// Everything there is for the shown lab. Depends on the lab alone, and on how many cells its column has.
std::vector<PaletteEntry> palette_entries(const PanelContext& context);

// An entry that matches the typed text, with the value typed after its name.
struct PaletteMatch {
  std::size_t entry = 0;
  std::string typed;           // after the name of a setting; empty: nothing
  std::optional<Value> value;  // that it is; none: it is not legal
  std::string illegal;         // why not
  int score = 0;
};

// The best first; all in their order where nothing was typed.
std::vector<PaletteMatch> palette_matches(const std::vector<PaletteEntry>& entries,
                                          const ParameterTable& table, const std::string& typed);

}  // namespace iem::gui
