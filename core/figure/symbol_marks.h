// Which marks of figures show a symbol, by the names of their series: those that all labs have alike, and
// those that a lab declares (Lab::symbol_marks).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/figure/figure.h"

namespace iem {

// Marks of `series` in `figure` show the symbol of this glossary letter; in any figure if that is empty.
struct SymbolMark {
  std::string_view letter, figure, series;
};
std::span<const SymbolMark> common_symbol_marks();

// Whether marks of `series` show the symbol whose glossary letter (SymbolWords::letter) this is, in all labs
// or by a lab's `own` declarations. A numbered series ("prototype 2") counts as its kind ("prototype").
bool shows_symbol(std::span<const SymbolMark> own, std::string_view figure, std::string_view series,
                  std::string_view letter);

// A panel with only the marks that show one of the symbols, in the accent colour and stronger, to be painted
// over the original; it has no marks where none does.
Panel lit_panel(const Panel& panel, std::span<const SymbolMark> own, std::string_view figure,
                std::span<const std::string> letters);

// The series of the mark that stands for `element`; empty where there is none.
std::string series_of(const Panel& panel, const ElementId& element);

}  // namespace iem
