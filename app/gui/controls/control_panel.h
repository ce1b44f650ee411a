// The controls, generated from the lab's parameter table in the order of the mathematics: Data, Model,
// Objective, Learning rule, Schedule, View, and what else a lab has. Each group shows its formula, with the
// numbers of the pinned point plugged in.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/controls/control_row.h"
#include "app/gui/pages/page.h"

namespace iem::gui {

class ControlPanel {
 public:
  void draw(PanelContext& context, const PageWindows& page);
  // The key of a path row that has asked for a file; empty: none.
  std::string take_browse() { return rows_.take_browse(); }
  // Rows of the last frame.
  const std::set<std::string>& rows() const { return rows_now_; }

  // Whether a group is folded to one line.
  bool is_folded(const PanelContext& context, Group group) const;

 private:
  void draw_groups(PanelContext& context);
  // False when the group has nothing to show.
  bool draw_group(PanelContext& context, const Config& config, Group group, bool first);
  void draw_rows(PanelContext& context, const Config& config, Group group);
  void draw_readings(PanelContext& context, Group group);
  const std::vector<Reading>& readings(PanelContext& context, Group group);
  void reveal(const std::string& key, ImVec2 top);
  void fold(Group group, bool folded);

  ControlRows rows_;
  const PageWindows* page_ = nullptr;
  std::map<std::string, bool> folded_;  // by setting
  std::map<Group, bool> more_;
  int code_ = 1;  // the language last copied
  // Of a snapshot and a view, for as many frames as they are shown.
  struct KeptReadings {
    std::vector<Reading> readings;
    std::uint64_t opened = 0, serial = 0, view_revision = 0;
    bool made = false;
  };
  std::map<Group, KeptReadings> readings_;
  bool last_was_folded_ = false;
  std::set<std::string> rows_now_, rows_before_;  // keys, of this frame and the one before
  std::uint64_t opened_ = 0;
};

}  // namespace iem::gui
