// A figure of several panels holds a run for each, and "page.svg#b" is its panel b.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace iem {

// The letter of panel `index`, from 0: a, b, ..., z, aa, ab, ...
std::string panel_letter(std::size_t index);
// The panel of a letter; nothing where it is none.
std::optional<std::size_t> panel_of_letter(std::string_view letter);

// A name on the command line that may end in the letter of a panel.
struct PanelName {
  std::string file;    // without the panel
  std::string letter;  // empty: none is named
};
PanelName panel_name(const std::string& name);

}  // namespace iem
