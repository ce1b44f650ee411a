// One row of the controls, made from the description of a key: kind, range and choices decide the widget.
#pragma once

#include <map>
#include <string>

#include "app/gui/context/panel_context.h"
#include "app/gui/widgets/widgets.h"
#include "core/config/parameter.h"

namespace iem::gui {

// How many of the choices are segments: all of a few, or the first.
inline constexpr std::size_t segments_of(std::size_t choices) { return choices <= 4 ? choices : 3; }

class ControlRows {
 public:
  // `config` holds all keys as the user sees them. Changes go out through the context. The row's menu sets
  // another value beside the run.
  void draw(PanelContext& context, const Config& config, const Parameter& parameter);
  // The first few of a choice as segments.
  void draw_segments(PanelContext& context, const Parameter& parameter);
  // A path row whose folder button was pressed in this frame; empty: none.
  std::string take_browse() { return std::exchange(browse_, {}); }

 private:
  void draw_row(PanelContext& context, const Config& config, const Parameter& parameter);
  void answer(PanelContext& context, const Parameter& parameter, const Response& response, Value value);
  void draw_number(PanelContext& context, const Row& row, const Parameter& parameter);
  void draw_choice(PanelContext& context, const Row& row, const Parameter& parameter);
  void draw_choices(PanelContext& context, const Row& row, const Parameter& parameter);
  void draw_text(PanelContext& context, const Row& row, const Parameter& parameter);

  std::uint64_t gesture_ = 0;
  std::string typing_, typed_;  // key of the text being typed, and its text
  std::string browse_;
};

// What a number of this key may be, and what its slider offers.
Range range_of(const Parameter& parameter);
// What a choice is called on screen, and why it cannot be taken now (empty: it can).
std::string choice_label(const Parameter& parameter, const std::string& id);
std::string choice_unavailable(const Parameter& parameter, const std::string& id, const Model& model);

}  // namespace iem::gui
