// SVG written by hand: groups named after the series, words as outlines or as real text, and the same bytes
// for the same figure.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/export/export.h"
#include "app/paint/canvas.h"
#include "app/paint/formula.h"

namespace iem::paint {

class SvgCanvas : public Canvas {
 public:
  SvgCanvas(double width_px, double height_px, double least_width_px, SvgText words = SvgText::outlines);

  // The whole document; the canvas can go on drawing. `title`, `description` and `metadata` may be empty.
  std::string document(double width_cm, const std::string& title, const std::string& description,
                       const std::string& metadata) const;

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
  void begin_group(std::string_view name) override;
  void end_group() override;
  void begin_link(std::string_view address) override;
  void end_link() override;

 private:
  void put_path(std::span<const Px> points, bool closed);
  void put_stroke(const Stroke& stroke);
  void put_outline(const FormulaOutline& outline, std::string_view label, Px at, const TextStyle& style);
  std::string fonts() const;

  double width_px_, height_px_, least_width_px_;
  SvgText words_;
  std::string body_;
  std::string letters_, bold_letters_;  // all text set so far
  std::set<std::string> ids_ = {"iemlab"};
  std::map<std::string, int> clips_;  // rectangle -> number of its clipPath
};

}  // namespace iem::paint
