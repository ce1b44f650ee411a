// The command palette: finds every action, setting, choice, figure and scene by approximate name; a setting
// takes a value typed after it ("temperature 2").
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/gui/shell/palette_entries.h"

namespace iem::gui {

struct Action;

class Palette {
 public:
  void open();
  bool is_open() const { return open_; }
  const std::string& typed() const { return typed_; }
  // A scene was chosen; empty: none.
  std::string take_scene() { return std::exchange(scene_, {}); }
  void draw(PanelContext& context);

  // What is listed, the best first.
  const std::vector<PaletteEntry>& entries() const { return entries_; }
  const std::vector<PaletteMatch>& matches() const { return matches_; }

 private:
  // Lists are made when it opens and for another lab, and matched again when something was typed.
  void follow(const PanelContext& context);
  void find(const PanelContext& context);
  void move_choice();
  void draw_field(PanelContext& context);
  void draw_rows(PanelContext& context, bool enter);
  bool draw_row(const PanelContext& context, const PaletteMatch& match, bool chosen);
  void take(PanelContext& context, const PaletteMatch& match);
  void take_setting(PanelContext& context, const PaletteEntry& entry, const PaletteMatch& match);

  bool open_ = false, appearing_ = false, moved_ = false, retyped_ = false;
  std::vector<PaletteEntry> entries_;
  std::vector<PaletteMatch> matches_;
  std::uint64_t of_opened_ = 0;  // what the lists were made for
  std::string typed_, scene_, run_;
  int chosen_ = 0;
};

}  // namespace iem::gui
