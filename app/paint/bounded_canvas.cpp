#include "app/paint/bounded_canvas.h"

#include <algorithm>
#include <cmath>

#include "app/paint/clip.h"

namespace iem::paint {

bool BoundedCanvas::holds(std::span<const Px> points) const {
  return std::ranges::all_of(points, [this](Px p) { return bounds_.contains(p); });  // false for NaN
}

bool BoundedCanvas::touches(Px centre, double reach) const {
  return std::isfinite(reach) && bounds_.grown(reach).contains(centre);
}

// A long word may begin far beside the plot and still reach into it.
bool BoundedCanvas::can_say(Px at) const { return bounds_.grown(1e4).contains(at); }

void BoundedCanvas::polyline(std::span<const Px> points, const Stroke& stroke) {
  if (holds(points)) return surface_.polyline(points, stroke);
  const DashPattern dashes = dash_pattern(stroke);
  Stroke open = stroke;
  open.closed = false;
  for (const auto& run : clip_line(points, bounds_, stroke.closed, dashes.period()))
    surface_.polyline(run, open);
}

void BoundedCanvas::fill_polygon(std::span<const Px> points, Rgba colour) {
  if (holds(points)) return surface_.fill_polygon(points, colour);
  if (const std::vector<Px> inside = clip_area(points, bounds_); !inside.empty())
    surface_.fill_polygon(inside, colour);
}

void BoundedCanvas::fill_band(std::span<const Px> upper, std::span<const Px> lower, Rgba colour) {
  if (holds(upper) && holds(lower)) return surface_.fill_band(upper, lower, colour);
  for (const BandPiece& piece : clip_band(upper, lower, bounds_))
    surface_.fill_band(piece.upper, piece.lower, colour);
}

void BoundedCanvas::fill_rect(const PxRect& r, Rgba colour, double corner_radius_px) {
  const PxRect inside{std::max(r.x0, bounds_.x0), std::max(r.y0, bounds_.y0), std::min(r.x1, bounds_.x1),
                      std::min(r.y1, bounds_.y1)};
  if (!finite({r.x0, r.y0}) || !finite({r.x1, r.y1}) || inside.x1 < inside.x0 || inside.y1 < inside.y0)
    return;
  surface_.fill_rect(inside, colour, corner_radius_px);
}

void BoundedCanvas::disc(Px centre, double radius_px, Rgba colour, double halo_px, Rgba halo) {
  if (touches(centre, radius_px + halo_px)) surface_.disc(centre, radius_px, colour, halo_px, halo);
}

void BoundedCanvas::discs(std::span<const Disc> discs, double halo_px, Rgba halo) {
  const auto seen = [&](const Disc& d) { return touches(d.centre, d.radius_px + halo_px); };
  if (std::ranges::all_of(discs, seen)) return surface_.discs(discs, halo_px, halo);
  std::vector<Disc> inside;
  std::ranges::copy_if(discs, std::back_inserter(inside), seen);
  surface_.discs(inside, halo_px, halo);
}

void BoundedCanvas::circle(Px centre, double radius_px, const Stroke& stroke) {
  if (touches(centre, radius_px + stroke.width_px)) surface_.circle(centre, radius_px, stroke);
}

void BoundedCanvas::image(const Image& image, const PxRect& where, bool smooth) {
  const bool is_finite = finite({where.x0, where.y0}) && finite({where.x1, where.y1});
  if (is_finite && where.overlaps(bounds_)) surface_.image(image, where, smooth);
}

void BoundedCanvas::text(std::string_view text, Px at, const TextStyle& style) {
  if (can_say(at)) surface_.text(text, at, style);
}

void BoundedCanvas::formula(std::string_view tex, Px at, const TextStyle& style) {
  if (can_say(at)) surface_.formula(tex, at, style);
}

void BoundedCanvas::marked_text(std::string_view marked, Px at, const TextStyle& style) {
  if (can_say(at)) surface_.marked_text(marked, at, style);
}

}  // namespace iem::paint
