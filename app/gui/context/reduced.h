// What of the window is there, reacts and is covered, as the page of a lesson or the scene ([view] show,
// controls, lock) has it. Whoever draws something asks here; whoever changes something goes through
// PanelContext, which asks here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/lesson/covers.h"
#include "core/lesson/play_lesson.h"

namespace iem::gui {

class Reduced {
 public:
  Reduced() = default;
  // `asks`: the page's question is open, so that what the page covers is covered.
  Reduced(Arrangement arrangement, bool asks) : arrangement_(std::move(arrangement)), asks_(asks) {}

  const Arrangement& arrangement() const { return arrangement_; }

  // --- is it there? ---
  bool shows_panel(std::string_view id) const;
  bool shows_all() const { return arrangement_.shows_all; }
  // The figures that are there beside the stage, in the order named; empty where all are.
  std::vector<std::string> figures() const;

  // Whether every setting is there, else those that are named in `controls`: keys().
  bool has_all_controls() const { return arrangement_.has_all_controls; }
  std::vector<std::string> keys() const;

  // --- does it react? ---
  bool locked() const { return arrangement_.lock; }
  bool reacts(std::string_view key) const;      // a setting
  bool reacts(const ElementId& element) const;  // something that is dragged
  bool steps() const;                           // play, step, scrub

  // --- is it lit? ---
  bool highlights_panel(std::string_view id) const { return highlights(WindowElement::Kind::panel, id); }
  bool highlights_figure(std::string_view id) const { return highlights(WindowElement::Kind::figure, id); }
  bool highlights_key(std::string_view key) const { return highlights(WindowElement::Kind::key, key); }
  bool highlights_figures() const;
  std::vector<ElementId> highlighted() const;                                 // on the stage
  bool highlights_formula(std::string_view tex, std::string_view lab) const;  // it has a symbol that is lit

  // --- is it covered? ---
  bool asks() const { return asks_; }
  bool covers_panel(std::string_view id) const { return covers(WindowElement::Kind::panel, id); }
  bool covers_part(std::string_view id) const { return covers(WindowElement::Kind::part, id); }
  bool covers_key(std::string_view key) const { return covers(WindowElement::Kind::key, key); }
  bool covers_figure(std::string_view id) const { return covers(WindowElement::Kind::figure, id); }
  bool covers_next_step() const { return asks_ && iem::covers_next_step(arrangement_); }
  bool covers_anything() const { return asks_ && !arrangement_.cover.empty(); }
  // The numbers of a phase; `shares`: r of the shown point.
  bool covers_phase(const Phase& phase, std::span<const double> shares, std::string_view lab) const;
  // The value of a symbol.
  bool covers_symbol(const SymbolWords& symbol, std::string_view lab) const;
  // A figure without the marks that tell; one that is covered as a whole stays as it is.
  Figure without_covered(Figure figure, const FigureType& type, std::int64_t step) const;

 private:
  bool covers(WindowElement::Kind kind, std::string_view name) const;
  bool highlights(WindowElement::Kind kind, std::string_view name) const {
    return has_element(arrangement_.highlight, kind, name);
  }

  Arrangement arrangement_;
  bool asks_ = false;
};

}  // namespace iem::gui
