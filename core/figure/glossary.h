// The glossary: for each symbol of the formulas its name and one sentence in the field's terms, all in one
// file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iem {

// The number of a run that a symbol stands for, if it stands for one.
enum class SymbolValue : std::uint8_t { none, loss, points };

// One symbol as a formula writes it, and what it is.
struct SymbolWords {
  std::string tex;       // "\\mu_j"
  std::string name;      // "mean"
  std::string sentence;  // "Where component j stands."
  SymbolValue value = SymbolValue::none;
  std::string letter = {};  // without its index, as in core/figure/symbol_marks.h: "\\mu", "N_"
  bool is_share = false;    // it is the share of a component
};

// The symbols of a formula in the order in which they occur, each once; indices and numbers are left out.
// `lab` is the lab of the formula, since labs may use one letter for different things. A symbol that is not
// in the glossary has an empty name.
std::vector<SymbolWords> symbols_of(std::string_view tex, std::string_view lab);

}  // namespace iem
