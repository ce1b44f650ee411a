// A canvas that clips all drawing to a plot and its surroundings, and drops everything that is not finite.
// All painting of panels goes through one, so that no surface receives a huge coordinate.
#pragma once

#include "app/paint/canvas.h"

namespace iem::paint {

class BoundedCanvas : public Canvas {
 public:
  BoundedCanvas(Canvas& surface, const PxRect& plot) : surface_(surface), bounds_(plot.grown(kAround)) {}

  // Style pixels around a plot in which names, leaders, halos and whole shapes have room.
  static constexpr double kAround = 256;

  void polyline(std::span<const Px> points, const Stroke& stroke) override;
  void fill_polygon(std::span<const Px> points, Rgba colour) override;
  void fill_band(std::span<const Px> upper, std::span<const Px> lower, Rgba colour) override;
  void fill_rect(const PxRect& rect, Rgba colour, double corner_radius_px) override;
  void disc(Px centre, double radius_px, Rgba colour, double halo_px, Rgba halo) override;
  void discs(std::span<const Disc> discs, double halo_px, Rgba halo) override;
  void circle(Px centre, double radius_px, const Stroke& stroke) override;
  void image(const Image& image, const PxRect& where, bool smooth) override;
  void text(std::string_view text, Px at, const TextStyle& style) override;
  void formula(std::string_view tex, Px at, const TextStyle& style) override;
  void marked_text(std::string_view marked, Px at, const TextStyle& style) override;

  TextExtent measure_text(std::string_view text, const TextStyle& style) override {
    return surface_.measure_text(text, style);
  }
  TextExtent measure_formula(std::string_view tex, const TextStyle& style) override {
    return surface_.measure_formula(tex, style);
  }
  void push_clip(const PxRect& rect) override { surface_.push_clip(rect); }
  void pop_clip() override { surface_.pop_clip(); }
  void begin_group(std::string_view name) override { surface_.begin_group(name); }
  void end_group() override { surface_.end_group(); }

 private:
  bool holds(std::span<const Px> points) const;
  bool touches(Px centre, double reach) const;
  bool can_say(Px at) const;

  Canvas& surface_;
  PxRect bounds_;
};

}  // namespace iem::paint
