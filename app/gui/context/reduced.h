// What of the window is there, reacts and is covered, as the page of a lesson or the scene ([view] show,
// controls, lock) has it. Whoever draws something asks here; whoever changes something goes through
// PanelContext, which asks here.
#pragma once

#include <string>
#include <string_view>

#include "core/lesson/play_lesson.h"

namespace iem::gui {

class Reduced {
 public:
  Reduced() = default;
  // `covered`: what the page covers is covered now, because its question is open.
  Reduced(Arrangement arrangement, bool covered) : arrangement_(std::move(arrangement)), covered_(covered) {}

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

  // --- is it covered? ---
  bool covers_part(std::string_view id) const { return covers(WindowElement::Kind::part, id); }
  bool covers_figure(std::string_view id) const { return covers(WindowElement::Kind::figure, id); }
  bool covers_next_step() const { return covered_ && iem::covers_next_step(arrangement_); }
  bool covers_anything() const { return covered_ && !arrangement_.cover.empty(); }

 private:
  bool covers(WindowElement::Kind kind, std::string_view name) const;

  Arrangement arrangement_;
  bool covered_ = false;
};

}  // namespace iem::gui
