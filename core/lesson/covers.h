// What a cover hides. Whoever says `cover = ["loss"]` means J wherever it is shown: all_covered adds to what
// was named everything else that would tell it, and the rest of this file answers from that list.
#pragma once

#include <span>
#include <vector>

#include "core/figure/figure.h"
#include "core/figure/glossary.h"
#include "core/labs/kit/lab.h"
#include "core/lesson/elements.h"

namespace iem {

struct Snapshot;

// The cover, and what shows the same: of a number its places (places_of_number), of a symbol its setting and
// its number, of shares the figures that are made of them. Nothing twice.
std::vector<WindowElement> all_covered(const std::vector<WindowElement>& cover, const Snapshot& snapshot);

// Whether a phase tells something of a complete list: all of them of the half that is covered, the one of a
// covered number or symbol, and those with a share of the point among their values, or minus it.
bool covers_phase(const std::vector<WindowElement>& covered, const Phase& phase,
                  std::span<const double> shares, std::string_view lab);

// Whether the value of a symbol is covered.
bool covers_symbol(const std::vector<WindowElement>& covered, const SymbolWords& symbol,
                   std::string_view lab);

// A figure without the marks that tell what is covered: of a stage the next step and the ring's arcs, over
// steps everything after `step`. What is covered as a whole is not this function's business.
Figure covered_figure(Figure figure, const FigureType& type, const std::vector<WindowElement>& covered,
                      std::int64_t step);

}  // namespace iem
