// Pages of one figure at many steps that differ only where something moves: ranges of axes, colour scales and
// the room around the plots are those that all of them need.
#pragma once

#include <cstdint>
#include <mutex>

#include "app/export/export.h"
#include "app/export/page_layout.h"
#include "app/export/shared_ranges.h"
#include "app/export/writers.h"

namespace iem {

class SteadyPages {
 public:
  explicit SteadyPages(const ExportOptions& options) : options_(options) {}

  // The figure of frame `index`. On any thread, in any order, until settle().
  void see(int index, const Figure& figure);
  // Throws InputError when no figure has anything to show.
  void settle();
  PixelSize size() const { return size_; }  // of every picture, once settled
  // On any thread; `scale` 0.5 is half as many pixels each way.
  paint::Image draw(Figure figure, double scale = 1) const;

 private:
  Figure limited(Figure figure) const;

  ExportOptions options_;
  std::mutex mutex_;
  SharedRanges ranges_;
  paint::PageRoom room_;
  double height_px_ = 0;
  PixelSize size_;
  // The figure with most panels, of those the first: it says how high the page is.
  Figure fullest_;
  int fullest_index_ = -1;
};

}  // namespace iem
