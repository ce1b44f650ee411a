// One row of the controls, made from the description of a key: kind, range and choices decide the widget.
#pragma once

#include <map>
#include <string>

#include "app/gui/context/desk.h"
#include "app/gui/widgets/widgets.h"
#include "core/config/parameter.h"

namespace iem::gui {

inline constexpr std::size_t kMostSegments = 3;

class ControlRows {
 public:
  // `config` holds all keys as the user sees them. Changes go out through the desk.
  void draw(Desk& desk, const Config& config, const Parameter& parameter);
  // The first few of a choice as segments.
  void draw_segments(Desk& desk, const Parameter& parameter);
  // A path row whose folder button was pressed in this frame; empty: none.
  std::string take_browse() { return std::exchange(browse_, {}); }

 private:
  void answer(Desk& desk, const Parameter& parameter, const Response& response, Value value);
  void draw_number(Desk& desk, const Row& row, const Parameter& parameter);
  void draw_choice(Desk& desk, const Row& row, const Parameter& parameter);
  void draw_choices(Desk& desk, const Row& row, const Parameter& parameter);
  void draw_text(Desk& desk, const Row& row, const Parameter& parameter);

  std::uint64_t gesture_ = 0;
  std::string typing_, typed_;  // key of the text being typed, and its text
  std::string browse_;
};

// What a choice is called on screen, and why it cannot be taken now (empty: it can).
std::string choice_label(const Parameter& parameter, const std::string& id);
std::string choice_unavailable(const Parameter& parameter, const std::string& id, const Model& model);

}  // namespace iem::gui
