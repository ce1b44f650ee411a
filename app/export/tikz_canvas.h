// A canvas that writes TikZ inside a pgfplots axis. Positions are axis coordinates, so that what is drawn
// stays with the axis when it is resized in the document; sizes are points. Words and formulas are left to
// LaTeX. Axes far from 0 are counted from their offset (core/figure/ticks.h): TeX computes in 16 bits before
// the point and 16 after it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/export/page_layout.h"
#include "app/paint/canvas.h"
#include "app/paint/transform.h"

namespace iem::paint {

class TikzCanvas : public Canvas {
 public:
  // Takes a picture and returns the name under which LaTeX will find it.
  using Gallery = std::function<std::string(const Image&)>;
  explicit TikzCanvas(const Transform& to_px, Gallery gallery = {}, PaperScale scale = {});
  // Outside of an axis: positions are lengths from `origin`, which the picture has to be shifted to.
  TikzCanvas(Px origin, PaperScale scale);

  const std::string& code() const { return code_; }
  void append(const std::string& code) { code_ += code; }

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
  void marked_text(std::string_view marked, Px at, const TextStyle& style) override;
  void push_clip(const PxRect&) override {}  // the axis clips
  void pop_clip() override {}

 private:
  bool draw_cells(const paint::Image& image, const paint::PxRect& where);
  std::string x_of(double px) const;
  std::string y_of(double px) const;
  std::string at(Px p) const;
  void path(std::span<const Px> points, bool closed);
  void node(const std::string& content, Px p, const TextStyle& style);

  Transform to_px_;
  double x_offset_, y_offset_;
  std::optional<Px> origin_;
  Gallery gallery_;
  PaperScale scale_;
  std::string code_;
};

// "fill={rgb,255:red,1;green,2;blue,3}, fill opacity=0.5" for kind fill, draw or text.
std::string tikz_colour(const char* kind, Rgba colour);
std::string tikz_stroke(const Stroke& stroke, PaperScale scale);
std::string tikz_length(double px, PaperScale scale);  // "1.2pt"
// Words with $formulas$ among them, for LaTeX.
std::string tex_of_marked(std::string_view marked);
std::string short_coordinate(double v);

}  // namespace iem::paint
