// The energy over the plane as a landscape that can be turned (ImPlot3D): each prototype at the bottom of its
// well, the ground in the colours of the territories, levelled at the rim.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/paint/theme.h"
#include "core/field/field.h"
#include "imgui.h"

struct ImPlot3DContext;

namespace iem::gui {

class LandscapeView {
 public:
  LandscapeView();
  ~LandscapeView();
  LandscapeView(const LandscapeView&) = delete;
  LandscapeView& operator=(const LandscapeView&) = delete;

  // The field of `panel` over its range, in [min, max]. Returns false when there is no field of an energy.
  bool draw(const Panel& panel, const PlotRange& range, ImVec2 min, ImVec2 max);
  // Heights of the last picture, row 0 at y0; for tests.
  const std::vector<double>& heights() const { return heights_; }
  double floor() const { return floor_; }
  double rim() const { return rim_; }

 private:
  void sample(const FieldInput& input, const PlotRange& range);
  void draw_ground() const;
  void draw_prototypes(const Panel& panel, const FieldInput& input) const;

  ImPlot3DContext* context_;
  PlotRange range_;
  std::uint64_t revision_ = 0;
  paint::ThemeId theme_ = paint::ThemeId::light;
  std::vector<double> heights_;
  std::vector<Oklab> colours_;
  double floor_ = 0, rim_ = 1;
};

}  // namespace iem::gui
