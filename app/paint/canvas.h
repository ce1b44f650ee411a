// The few things a surface must be able to draw. Lengths are style pixels: one is 1/96 inch at interface
// scale 1 on screen and 7/12 point on paper (12 px type is 7 pt); a canvas applies its own scale. x to the
// right, y down.
//
// Canvases: app/export (cairo for PDF and PNG, SVG), app/gui (an ImDrawList). Outlines may be concave (star,
// cross); none intersects itself.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "app/paint/theme.h"
#include "core/figure/figure.h"

namespace iem::paint {

struct Px {
  double x = 0, y = 0;
};
// Of points of a page or near it: far away the squares would overflow, which std::hypot, twice as slow,
// avoids.
inline double distance(Px a, Px b) {
  const double dx = b.x - a.x, dy = b.y - a.y;
  return std::sqrt(dx * dx + dy * dy);
}
inline bool finite(Px p) { return std::isfinite(p.x) && std::isfinite(p.y); }

struct PxRect {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;  // x0 <= x1, y0 <= y1
  double width() const { return x1 - x0; }
  double height() const { return y1 - y0; }
  bool contains(Px p) const { return p.x >= x0 && p.x <= x1 && p.y >= y0 && p.y <= y1; }
  bool overlaps(const PxRect& o) const { return x0 < o.x1 && o.x0 < x1 && y0 < o.y1 && o.y0 < y1; }
  PxRect grown(double by) const { return {x0 - by, y0 - by, x1 + by, y1 + by}; }
};

// Joins are round, caps butt; see dash_pattern.
struct Stroke {
  Rgba colour;
  double width_px = 1;
  Dash dash = Dash::solid;
  bool closed = false;
};

struct TextStyle {
  double size_px = 12;
  bool bold = false;  // text only
  Anchor anchor = Anchor::left;
  Rgba colour;
};

// Ascent and descent are above and below the baseline, both positive. For formulas they are those of the ink;
// for text those of tall letters, the same for every text of a size, so that plates in a row are equally
// high.
struct TextExtent {
  double width = 0, ascent = 0, descent = 0;
};
constexpr double kTextAscent = 0.76, kTextDescent = 0.21;  // em, Roboto

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  // 8 bits a channel, alpha not premultiplied, row 0 at the top
  std::uint64_t key = 0;           // the same key is the same picture (a texture can be kept); 0: unknown
  int zoom = 1;                    // every cell is a square of zoom x zoom equal pixels
};

struct Disc {
  Px centre;
  double radius_px = 0;
  Rgba colour;
};

class Canvas {
 public:
  virtual ~Canvas() = default;

  virtual void polyline(std::span<const Px> points, const Stroke& stroke) = 0;
  virtual void fill_polygon(std::span<const Px> points, Rgba colour) = 0;
  // Between two curves of equal length; a canvas that needs convex pieces fills it quad by quad.
  virtual void fill_band(std::span<const Px> upper, std::span<const Px> lower, Rgba colour);
  virtual void fill_rect(const PxRect& rect, Rgba colour, double corner_radius_px = 0) = 0;
  // Many, none over another; a canvas that can draws them at once, without seams where they touch.
  virtual void fill_rects(std::span<const PxRect> rects, Rgba colour);
  // A disc with a ring of `halo_px` around it (drawn first); no halo when 0.
  virtual void disc(Px centre, double radius_px, Rgba colour, double halo_px = 0, Rgba halo = {}) = 0;
  // Many, in order; a canvas that can draws them at once.
  virtual void discs(std::span<const Disc> discs, double halo_px, Rgba halo);
  virtual void circle(Px centre, double radius_px, const Stroke& stroke) = 0;
  // `smooth`: interpolate between pixels; otherwise cells keep their edges.
  virtual void image(const Image& image, const PxRect& where, bool smooth) = 0;

  // `at` is on the baseline, at the side the anchor names. UTF-8.
  virtual void text(std::string_view text, Px at, const TextStyle& style) = 0;
  virtual TextExtent measure_text(std::string_view text, const TextStyle& style) = 0;
  // TeX mathematics without dollar signs; a formula that does not parse is set as text.
  virtual void formula(std::string_view tex, Px at, const TextStyle& style) = 0;
  virtual TextExtent measure_formula(std::string_view tex, const TextStyle& style) = 0;
  // Words with $formulas$ among them, as captions have (core/figure/caption.h), on one line.
  virtual void marked_text(std::string_view marked, Px at, const TextStyle& style);
  TextExtent measure_marked(std::string_view marked, const TextStyle& style);

  virtual void push_clip(const PxRect& rect) = 0;
  virtual void pop_clip() = 0;

  // Names what follows until end_group (SVG: <g id="...">). `name` is ASCII without spaces.
  virtual void begin_group(std::string_view name) { static_cast<void>(name); }
  virtual void end_group() {}
  // What follows until end_link leads to this address, in formats that can say so.
  virtual void begin_link(std::string_view address) { static_cast<void>(address); }
  virtual void end_link() {}
};

// Lengths of dash and gap in pixels, and of a second dash and gap where there are two kinds, growing with
// wide strokes. Zero: solid.
struct DashPattern {
  double on = 0, off = 0;
  double on2 = 0, off2 = 0;
  double period() const { return on + off + on2 + off2; }
};
DashPattern dash_pattern(const Stroke& stroke);
// For canvases without dashes of their own.
std::vector<std::vector<Px>> cut_into_dashes(std::span<const Px> points, const DashPattern& pattern);

}  // namespace iem::paint
