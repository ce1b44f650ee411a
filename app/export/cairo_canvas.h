// A canvas on a cairo surface: PDF pages and pictures. Text keeps its letters (and in PDF its Unicode);
// formulas are filled outlines.
#pragma once

#include <cairo.h>

#include "app/export/type.h"
#include "app/paint/canvas.h"

namespace iem::paint {

class CairoCanvas : public Canvas {
 public:
  // Draws on `context` (kept alive), `scale` surface units per style pixel. Lines are never thinner than
  // `least_width_px`.
  CairoCanvas(cairo_t* context, double scale, double least_width_px);
  ~CairoCanvas() override;
  CairoCanvas(const CairoCanvas&) = delete;
  CairoCanvas& operator=(const CairoCanvas&) = delete;

  void polyline(std::span<const Px> points, const Stroke& stroke) override;
  void fill_polygon(std::span<const Px> points, Rgba colour) override;
  void fill_rect(const PxRect& rect, Rgba colour, double corner_radius_px = 0) override;
  void fill_rects(std::span<const PxRect> rects, Rgba colour) override;
  void disc(Px centre, double radius_px, Rgba colour, double halo_px = 0, Rgba halo = {}) override;
  void circle(Px centre, double radius_px, const Stroke& stroke) override;
  void image(const Image& image, const PxRect& where, bool smooth) override;
  void text(std::string_view text, Px at, const TextStyle& style) override;
  TextExtent measure_text(std::string_view text, const TextStyle& style) override;
  void formula(std::string_view tex, Px at, const TextStyle& style) override;
  TextExtent measure_formula(std::string_view tex, const TextStyle& style) override;
  void push_clip(const PxRect& rect) override;
  void pop_clip() override;
  void begin_link(std::string_view address) override;
  void end_link() override;

 private:
  void set_colour(Rgba colour);
  void show(std::string_view text, std::span<const ShapedGlyph> shaped, Px left, double size_px);
  void trace(std::span<const Px> points, bool closed);
  void stroke(const Stroke& stroke);

  cairo_t* cr_;
  double least_width_px_;
};

// Throws std::bad_alloc, or InputError (kind io), for a status that is no success.
void require_success(cairo_status_t status);

}  // namespace iem::paint
