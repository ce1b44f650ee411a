// Pages of one figure at many steps.
#pragma once

#include <mutex>

#include "app/export/animation/steady.h"
#include "app/export/export.h"
#include "app/export/page_layout.h"
#include "app/export/shared_ranges.h"

namespace iem {

class SteadyPages : public Steady {
 public:
  explicit SteadyPages(const ExportOptions& options) : options_(options) {}

  void see(int index, const FrameContent& frame) override;
  void settle() override;
  PixelSize size() const override { return size_; }
  paint::Image draw(FrameContent frame, double scale) const override;

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
