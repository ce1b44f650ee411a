// What the symbols of formulas are called, all in one file: their name and a sentence in the field's terms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace iem {

// One symbol as a formula writes it, and what it is.
struct SymbolWords {
  std::string tex;       // "\\mu_j"
  std::string name;      // "mean"
  std::string sentence;  // "Where component j stands."
};

// The symbols of a formula in the order in which they stand there, each once; indices and numbers are none.
// `lab`: whose formula it is, where labs mean different things by one letter. A symbol that has no words is
// there without a name.
std::vector<SymbolWords> symbols_of(std::string_view tex, std::string_view lab);

}  // namespace iem
