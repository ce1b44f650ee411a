// What of the window a lesson can name, in `show`, `cover`, `highlight` and `controls` of a moment and in
// links.
//
//   panel    stage, controls, strip, meter, step           (core/session/window_parts.h)
//   part     arrows, pulls, future, m_phases, shares, loss_value
//   figure   a figure of the lab by its id: loss, responsibilities
//   key      model.temperature
//   element  prototype 2 (counted from 1, as on screen), point 0 (from 0), key 1, query 1, value 1
//   formula  formula r_j: a symbol of formulas
//   number   loss, grad_norm, a metric or a block of the state, wherever it is shown
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/figure/figure.h"
#include "core/lesson/lesson.h"
#include "core/session/window_parts.h"

namespace iem {

struct Snapshot;

struct WindowElement {
  enum class Kind : std::uint8_t { panel, part, figure, key, element, formula, number };
  Kind kind = Kind::panel;
  std::string name;   // id of a panel, part or figure; the key; the TeX of a symbol; the name of a number
  ElementId element;  // of Kind::element; counted from 0
  bool operator==(const WindowElement&) const = default;
};

bool has_element(const std::vector<WindowElement>& list, WindowElement::Kind kind, std::string_view name);

// Where a name stands, each of which allows some kinds of elements.
enum class NamedIn : std::uint8_t {
  show,       // panels, figures
  controls,   // keys, elements, the panels stage and step
  highlight,  // panels, figures, keys, elements, formulas
  cover,      // panels, parts, numbers, figures, formulas
};

// The element of this name; where several kinds have it, the one that the line above names first. Throws
// InputError without a place: what is allowed, and what may have been meant.
WindowElement element_named(const std::string& name, NamedIn where, const Snapshot& snapshot);

// What is covered while the question is open unless the moment says `cover`.
//
//   where    what shows the next step: parts and figures that tell it (WindowPart, FigureType::tells_step)
//   sketch   the figure that is sketched
//   number   every name in the expression, wherever it is shown
//   choice   nothing
std::vector<WindowElement> default_cover(const Question& question, const Snapshot& snapshot);

// The figures, panels and parts that show a number, beside the rows of inspectors that bear its name.
std::vector<WindowElement> places_of_number(const std::string& name, const Snapshot& snapshot);

// Where an element stands on the stage of a snapshot, in axis units; the stage of a lab that has none is its
// first figure. Throws InputError where it does not stand there.
std::pair<double, double> place_on_stage(const ElementId& element, const Snapshot& snapshot);

}  // namespace iem
