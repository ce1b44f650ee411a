// The furniture of a figure (core/figure/furniture.h) as rows of the export card. What is chosen is
// remembered for each figure, and lies over what the scene says in [paper]. Words and ranges are forgotten
// when another run is opened; the rest is there again at the next start.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "app/gui/cards/kept_furniture.h"
#include "app/gui/context/panel_context.h"
#include "app/gui/widgets/widgets.h"
#include "core/config/config.h"

namespace iem::gui {

class FurnitureRows {
 public:
  // A row for each piece; `disabled` says why a format has none of them.
  void draw(PanelContext& context, const std::string& figure, std::string_view disabled);
  // The view with the furniture of this figure.
  Config paper(PanelContext& context, const std::string& figure) const;
  // Forgets what belongs to a run where another one has been opened.
  void follow(const PanelContext& context);

 private:
  using Chosen = std::map<std::string, Value>;  // by key

  void choose(const Parameter& key, const std::function<Value()>& read, Chosen& chosen);
  void draw_choice(const Row& row, const Parameter& key, const Value& value, Chosen& chosen);
  void draw_words(const Row& row, const Parameter& key, const Value& value, Chosen& chosen);
  void draw_number(const Row& row, const Parameter& key, const Value& value, Chosen& chosen);
  void draw_range(const Row& row, const Parameter& key, const Value& value, Chosen& chosen);

  void say_idle(PanelContext& context, const std::string& figure, const Chosen& chosen) const;

  FurnitureByFigure chosen_;
  std::string typing_, typed_;  // key of a range being typed, and its text
  std::string wrong_;           // why what was typed does not fit
  std::string of_figure_;       // that figure
  std::uint64_t of_opened_ = 0;
  bool read_ = false;  // what was chosen before this start
};

}  // namespace iem::gui
