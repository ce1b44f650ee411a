// The stage of every run side by side, or of every draw of the first, on shared axes and with one pin, so
// that places can be compared.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/plots/plot_area.h"
#include "core/labs/kit/run_rows.h"

namespace iem::gui {

class StageGrid {
 public:
  // Whether the view asks for runs side by side or for draws, and there are some.
  static bool is_asked_for(const PanelContext& context);
  // Whether it draws whole snapshots of other runs.
  static bool needs_all_runs(const PanelContext& context);
  // Fills the present ImGui window.
  void draw(PanelContext& context);

 private:
  struct Tile {
    RunRow run;
    std::shared_ptr<const Snapshot> snapshot;
    const std::vector<Edit>* begins = nullptr;  // the settings of a draw
    bool best = false;                          // no draw has a lower J
  };
  struct Kept {
    Figure figure;
    std::shared_ptr<const Snapshot> snapshot;
    std::uint64_t view_revision = 0;
  };
  static std::vector<Tile> runs_of(const PanelContext& context);
  static std::vector<Tile> draws_of(const PanelContext& context);
  static std::vector<Tile> tiles_of(const PanelContext& context);
  Panel* panel_of(PanelContext& context, const Tile& tile, std::size_t i);
  void update_range(PanelContext& context, const Panel& panel);
  // `ticks`: of y and of x, which the outer edges have.
  void draw_tile(PanelContext& context, const Tile& tile, std::size_t i, ImVec2 min, ImVec2 max,
                 std::pair<bool, bool> ticks);
  static void heading(const Tile& tile, ImVec2 min, float right);
  static bool heading_button(std::size_t i, ImVec2 min, ImVec2 max);
  void point_at(PanelContext& context, const Panel& panel, const Snapshot& of, const PlotArea& area);

  std::map<std::size_t, Kept> kept_;  // by tile
  std::optional<PlotRange> range_;
  std::uint64_t opened_ = 0;
  int fits_ = -1;
  bool over_element_ = false;
};

}  // namespace iem::gui
