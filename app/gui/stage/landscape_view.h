// The surface of a panel in the window: turned by the right button, set back by a double click.
#pragma once

#include <cstdint>

#include "app/gui/context/panel_context.h"
#include "app/paint/surface_paint.h"
#include "imgui.h"

namespace iem::gui {

class LandscapeView {
 public:
  // In [min, max], screen pixels. False when the panel holds no surface.
  bool draw(PanelContext& context, const Panel& panel, const PlotRange& range, ImVec2 min, ImVec2 max);
  // The picture drawn last, for tests.
  const paint::SurfacePicture& picture() const { return picture_; }

 private:
  // Everything that a picture depends on.
  struct Print {
    std::uint64_t revision = 0;
    PlotRange range;
    double azimuth = 0, elevation = 0, width = 0, height = 0, scale = 0;
    paint::ThemeId theme = paint::ThemeId::light;
    bool operator==(const Print&) const = default;
  };
  static void turn(PanelContext& context, const SurfaceMark& surface);

  paint::SurfacePicture picture_;
  Print print_;
};

}  // namespace iem::gui
