// Pages of several figures at many steps.
#pragma once

#include <mutex>
#include <vector>

#include "app/export/animation/steady.h"
#include "app/export/grid/grid_layout.h"
#include "app/export/grid/shared_parts.h"

namespace iem {

class SteadyGrid : public Steady {
 public:
  SteadyGrid(const ExportOptions& paper, const GridLook& look)
      : paper_(paper),
        look_(look),
        ranges_(look, true) {}

  void see(int index, const FrameContent& frame) override;
  void settle() override;
  PixelSize size() const override { return size_; }
  paint::Image draw(FrameContent frame, double scale) const override;

 private:
  // Of the frames where a panel has most plots the first: they say how high the page is.
  struct Fullest {
    GridFigure figure;
    int index = -1;
  };
  void take(std::size_t panel, int index, const GridFigure& figure);
  std::vector<GridFigure> alike(std::vector<GridFigure> panels) const;

  ExportOptions paper_;
  GridLook look_;
  std::mutex mutex_;
  GridRanges ranges_;
  GridNames names_;
  Panel below_;
  GridSpace space_;
  PixelSize size_;
  std::vector<Fullest> fullest_;
};

}  // namespace iem
