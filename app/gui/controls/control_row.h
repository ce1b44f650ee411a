// One row of the controls, made from the description of a key: kind, range and choices decide the widget.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/widgets/widgets.h"
#include "core/config/parameter.h"

namespace iem::gui {

// The number of choices shown as segments: all of up to four, else the first three.
inline constexpr std::size_t segments_of(std::size_t choices) { return choices <= 4 ? choices : 3; }

class ControlRows {
 public:
  // `config` holds all keys as the user sees them. Changes go out through the context. The row's menu sets
  // another value beside the run.
  void draw(PanelContext& context, const Config& config, const Parameter& parameter);
  // The first few of a choice as segments.
  void draw_segments(PanelContext& context, const Parameter& parameter);
  // The rows of these keys, in this order.
  void draw_keys(PanelContext& context, const std::vector<std::string>& keys);
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

// The legal range of a number of this key, and the range of its slider.
Range range_of(const Parameter& parameter);
// choice_label: the name of a choice on screen. choice_unavailable: one sentence why it cannot be chosen now;
// empty where it can.
std::string choice_label(const Parameter& parameter, const std::string& id);
std::string choice_unavailable(const Parameter& parameter, const std::string& id, const Model& model);

}  // namespace iem::gui
