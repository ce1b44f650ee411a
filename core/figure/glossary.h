// What the symbols of formulas are called, all in one file: their name and a sentence in the field's terms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iem {

// Which number of a run a symbol is, where it is one.
enum class SymbolValue : std::uint8_t { none, loss, points };

// One symbol as a formula writes it, and what it is.
struct SymbolWords {
  std::string tex;       // "\\mu_j"
  std::string name;      // "mean"
  std::string sentence;  // "Where component j stands."
  SymbolValue value = SymbolValue::none;
  std::string letter = {};  // without its index, as in core/figure/symbol_marks.h: "\\mu", "N_"
};

// The symbols of a formula in the order in which they stand there, each once; indices and numbers are none.
// `lab`: whose formula it is, where labs mean different things by one letter. A symbol that has no words is
// there without a name.
std::vector<SymbolWords> symbols_of(std::string_view tex, std::string_view lab);

}  // namespace iem
