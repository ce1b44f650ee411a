// The painter's canvas on an ImDrawList: figures in the window are drawn by the same code as on paper.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "app/paint/canvas.h"
#include "imgui.h"

namespace iem::gui {

class ImGuiCanvas final : public paint::Canvas {
 public:
  // Style pixel (0, 0) lies at `origin`, in screen pixels; lengths are scaled by gui::scale().
  explicit ImGuiCanvas(ImDrawList* list, ImVec2 origin = {0, 0});

  // Between the canvas's style pixels and the screen, e.g. for ImPlot's rectangle.
  ImVec2 to_screen(paint::Px p) const;
  paint::Px from_screen(ImVec2 p) const;

  // A texture of our own (a field) instead of an image.
  void texture(ImTextureID texture, const paint::PxRect& where);

  void polyline(std::span<const paint::Px> points, const paint::Stroke& stroke) override;
  void fill_polygon(std::span<const paint::Px> points, paint::Rgba colour) override;
  void fill_band(std::span<const paint::Px> upper, std::span<const paint::Px> lower,
                 paint::Rgba colour) override;
  void fill_rect(const paint::PxRect& rect, paint::Rgba colour, double corner_radius_px) override;
  void disc(paint::Px centre, double radius_px, paint::Rgba colour, double halo_px,
            paint::Rgba halo) override;
  void discs(std::span<const paint::Disc> discs, double halo_px, paint::Rgba halo) override;
  void circle(paint::Px centre, double radius_px, const paint::Stroke& stroke) override;
  void image(const paint::Image& image, const paint::PxRect& where, bool smooth) override;
  void text(std::string_view text, paint::Px at, const paint::TextStyle& style) override;
  paint::TextExtent measure_text(std::string_view text, const paint::TextStyle& style) override;
  void formula(std::string_view tex, paint::Px at, const paint::TextStyle& style) override;
  paint::TextExtent measure_formula(std::string_view tex, const paint::TextStyle& style) override;
  void push_clip(const paint::PxRect& rect) override;
  void pop_clip() override;

 private:
  void stroke_run(const std::vector<ImVec2>& run, const paint::Stroke& stroke);
  void dots(std::span<const paint::Px> points, const paint::Stroke& stroke);
  float width_of(const paint::Stroke& stroke) const;

  ImDrawList* list_;
  ImVec2 origin_;
  float scale_;
};

}  // namespace iem::gui
