// What a frame of an animation shows, and pictures of frames that differ only where something moves.
#pragma once

#include <string>
#include <vector>

#include "app/export/grid/figure_grid.h"
#include "app/export/writers.h"
#include "app/paint/canvas.h"

namespace iem {

struct FrameContent {
  std::vector<GridFigure> panels;  // one, or as many as stand on the page
  std::string caption = {};        // below several
  std::string state = {};          // the state string that reopens what it shows; empty: not asked for
};

// Ranges of axes, colour scales and the room around the plots are those that all frames need.
class Steady {
 public:
  virtual ~Steady() = default;

  // Frame `index`. On any thread, in any order, until settle().
  virtual void see(int index, const FrameContent& frame) = 0;
  // Throws InputError when a panel has nothing to show in any frame.
  virtual void settle() = 0;
  virtual PixelSize size() const = 0;  // of every picture, once settled
  // On any thread; `scale` 0.5 is half as many pixels each way.
  virtual paint::Image draw(FrameContent frame, double scale) const = 0;
};

}  // namespace iem
