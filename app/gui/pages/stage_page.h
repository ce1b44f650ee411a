// The stage with the lab's plots beside it (view.plots): loss, identity, the pinned point, the derived
// activation.
#pragma once

#include "app/gui/pages/page.h"
#include "app/gui/plots/plot_column.h"
#include "app/gui/stage/stage_grid.h"
#include "app/gui/stage/stage_view.h"

namespace iem::gui {

class StagePage : public Page {
 public:
  const PageWindows& windows() const override;
  void draw_centre(PanelContext& context) override;
  void begin_frame(PanelContext& context) override { plots_.begin_frame(context); }
  std::string title(const PanelContext& context, std::size_t cell) const override;
  std::vector<float> heights(const PanelContext& context) const override;
  void draw_column(PanelContext& context, std::size_t cell) override;
  bool working() const override { return stage_.working(); }
  PaintTool* brush() override { return &stage_.brush(); }
  StageView& stage() { return stage_; }
  const PlotColumn& plots() const { return plots_; }

 private:
  StageView stage_;
  StageGrid grid_;
  PlotColumn plots_;
  bool whole_ = false;  // snapshots of all runs are made
};

}  // namespace iem::gui
