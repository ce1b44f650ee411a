// Very many points as one picture, splatted on a worker and kept until points, colours or view change. Until
// a new one is ready the old one is shown, moved to the present place of its part of the plane.
#pragma once

#include <cstdint>
#include <memory>

#include "app/gui/platform/job.h"
#include "app/paint/figure_painter.h"
#include "core/run/snapshot.h"

namespace iem::gui {

class SplatCache {
 public:
  // Draws `scatter`, whose spans live in `snapshot`.
  void draw(const Scatter& scatter, const paint::Transform& to_px, paint::Canvas& canvas,
            const std::shared_ptr<const Snapshot>& snapshot);
  bool working() const { return job_.running(); }

 private:
  struct Request {
    const double* x = nullptr;
    const double* weights = nullptr;
    bool as_density = false;
    double x0 = 0, x1 = 0, y0 = 0, y1 = 0, width = 0, height = 0, density = 1;
    paint::ThemeId theme = paint::ThemeId::light;
    std::uint64_t serial = 0;
    bool operator==(const Request&) const = default;
  };
  struct Picture {
    Request request;
    paint::Image image;
  };
  void collect();

  Picture shown_;
  Request asked_;  // the last request, which is not repeated at once if it failed
  Job<Picture> job_;
  std::uint64_t next_key_ = 1;
};

}  // namespace iem::gui
