#include "app/export/tikz_canvas.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "app/export/escape.h"
#include "app/export/extents.h"
#include "app/export/page_layout.h"
#include "core/base/number.h"
#include "core/figure/caption.h"
#include "core/figure/ticks.h"

namespace iem::paint {
namespace {

// TeX reads neither exponents nor more than five decimals in a length.
std::string decimal(double v, int decimals) {
  std::string text = format_fixed(v, decimals);
  if (text.starts_with("\u2212")) text = "-" + text.substr(3);
  return text;
}

}  // namespace

// Nine digits: a hundredth of what a printer can show, wherever on the axis.
std::string short_coordinate(double v) {
  std::array<char, 32> buffer;
  return {buffer.data(),
          std::to_chars(buffer.data(), buffer.data() + buffer.size(), v, std::chars_format::general, 9).ptr};
}

std::string tikz_length(double px, PaperScale scale) { return decimal(px * scale.points_per_px, 3) + "pt"; }

std::string tex_of_marked(std::string_view marked) {
  std::string out;
  for (const CaptionPart& part : caption_parts(marked))
    out += part.tex ? "$" + part.text + "$" : tex_escaped(part.text);
  return out;
}

std::string tikz_colour(const char* kind, Rgba c) {
  const auto bytes = to_bytes(c.rgb);
  std::string out = std::string(kind) + "={rgb,255:red," + std::to_string(bytes[0]) + ";green," +
                    std::to_string(bytes[1]) + ";blue," + std::to_string(bytes[2]) + "}";
  if (c.a < 0.9995) out += std::string(", ") + kind + " opacity=" + decimal(c.a, 3);
  return out;
}

std::string tikz_stroke(const Stroke& s, PaperScale scale) {
  std::string out = tikz_colour("draw", s.colour) +
                    ", line width=" + tikz_length(std::max(s.width_px, scale.least_line_px()), scale) +
                    ", line join=round";
  const DashPattern pattern = dash_pattern(s);
  if (pattern.on > 0)
    out += ", dash pattern=on " + tikz_length(pattern.on, scale) + " off " + tikz_length(pattern.off, scale);
  if (pattern.on2 > 0)
    out += " on " + tikz_length(pattern.on2, scale) + " off " + tikz_length(pattern.off2, scale);
  return out;
}

TikzCanvas::TikzCanvas(const Transform& to_px, Gallery gallery, PaperScale scale)
    : to_px_(to_px),
      x_offset_(tick_offset(to_px.x())),
      y_offset_(tick_offset(to_px.y())),
      gallery_(std::move(gallery)),
      scale_(scale) {}

TikzCanvas::TikzCanvas(Px origin, PaperScale scale)
    : TikzCanvas(Transform(Axis{}, Axis{}, {0, 0, 1, 1}), {}, scale) {
  origin_ = origin;
}

// More digits than TeX can use only make it slow.
std::string TikzCanvas::x_of(double px) const { return short_coordinate(to_px_.x_at(px) - x_offset_); }
std::string TikzCanvas::y_of(double px) const { return short_coordinate(to_px_.y_at(px) - y_offset_); }

std::string TikzCanvas::at(Px p) const {
  if (origin_)
    return "(" + tikz_length(p.x - origin_->x, scale_) + "," + tikz_length(origin_->y - p.y, scale_) + ")";
  return "(axis cs:" + x_of(p.x) + "," + y_of(p.y) + ")";
}

void TikzCanvas::path(std::span<const Px> points, bool closed) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    code_ += (i > 0 ? " -- " : "") + at(points[i]);
    if (i % 4 == 3) code_ += "\n  ";  // TeX's line buffer is finite
  }
  code_ += closed ? " -- cycle;\n" : ";\n";
}

void TikzCanvas::polyline(std::span<const Px> points, const Stroke& s) {
  if (points.size() < 2) return;
  code_ += "\\draw[" + tikz_stroke(s, scale_) + "] ";
  path(points, s.closed);
}

void TikzCanvas::fill_polygon(std::span<const Px> points, Rgba colour) {
  code_ += "\\fill[" + tikz_colour("fill", colour) + "] ";
  path(points, true);
}

void TikzCanvas::fill_rect(const PxRect& r, Rgba colour, double radius) {
  code_ += "\\fill[" + tikz_colour("fill", colour);
  if (radius > 0) code_ += ", rounded corners=" + tikz_length(radius, scale_);
  code_ += "] " + at({r.x0, r.y0}) + " rectangle " + at({r.x1, r.y1}) + ";\n";
}

// A path of some hundred is read sooner than as many paths, and much sooner than one of thousands.
void TikzCanvas::fill_rects(std::span<const PxRect> rects, Rgba colour) {
  constexpr std::size_t kInPath = 200;
  for (std::size_t i = 0; i < rects.size(); ++i) {
    if (i % kInPath == 0) code_ += "\\fill[" + tikz_colour("fill", colour) + "]";
    code_ += "\n  " + at({rects[i].x0, rects[i].y0}) + " rectangle " + at({rects[i].x1, rects[i].y1});
    if (i % kInPath + 1 == kInPath || i + 1 == rects.size()) code_ += ";\n";
  }
}

void TikzCanvas::disc(Px c, double radius, Rgba colour, double halo_px, Rgba halo) {
  if (halo_px > 0) disc(c, radius + halo_px, halo);
  code_ += "\\fill[" + tikz_colour("fill", colour) + "] " + at(c) +
           " circle[radius=" + tikz_length(radius, scale_) + "];\n";
}

void TikzCanvas::circle(Px c, double radius, const Stroke& s) {
  code_ += "\\draw[" + tikz_stroke(s, scale_) + "] " + at(c) +
           " circle[radius=" + tikz_length(radius, scale_) + "];\n";
}

// A picture of few cells, of which a page may have many, is drawn; others lie beside the file.
bool TikzCanvas::draw_cells(const Image& image, const PxRect& where) {
  constexpr int kMostCells = 100;
  const int zoom = std::max(1, image.zoom), columns = image.width / zoom, rows = image.height / zoom;
  if (columns * rows > kMostCells) return false;
  const double dx = where.width() / columns, dy = where.height() / rows;
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      const auto* pixel =
          image.rgba.data() + 4 * (static_cast<std::ptrdiff_t>(row) * zoom * image.width + column * zoom);
      if (pixel[3] == 0) continue;
      const double x = where.x0 + dx * column, y = where.y0 + dy * row;
      fill_rect({x, y, x + dx, y + dy},
                {{pixel[0] / 255.0, pixel[1] / 255.0, pixel[2] / 255.0}, pixel[3] / 255.0}, 0);
    }
  return true;
}

void TikzCanvas::image(const Image& image, const PxRect& where, bool smooth) {
  if (!gallery_ || (!smooth && draw_cells(image, where))) return;
  code_ += "\\addplot[forget plot] graphics[xmin=" + x_of(where.x0) + ", xmax=" + x_of(where.x1) +
           ", ymin=" + y_of(where.y1) + ", ymax=" + y_of(where.y0) + "] {" + gallery_(image) + "};\n";
}

void TikzCanvas::node(const std::string& content, Px p, const TextStyle& style) {
  const char* anchor = style.anchor == Anchor::left     ? "base west"
                       : style.anchor == Anchor::centre ? "base"
                                                        : "base east";
  const std::string size = decimal(style.size_px * scale_.points_per_px, 2),
                    skip = decimal(1.2 * style.size_px * scale_.points_per_px, 2);
  code_ += std::string("\\node[anchor=") + anchor + ", inner sep=0pt, outer sep=0pt, " +
           tikz_colour("text", style.colour) + ", font=\\sffamily\\fontsize{" + size + "}{" + skip +
           "}\\selectfont] at " + at(p) + " {" + content + "};\n";
}

void TikzCanvas::text(std::string_view text, Px p, const TextStyle& style) {
  const std::string words = tex_escaped(text);
  node(style.bold ? "\\textbf{" + words + "}" : words, p, style);
}

TextExtent TikzCanvas::measure_text(std::string_view text, const TextStyle& style) {
  return text_extent(text, style);
}

void TikzCanvas::formula(std::string_view tex, Px p, const TextStyle& style) {
  node("$" + std::string(tex) + "$", p, style);
}

// LaTeX sets it as one line, with gaps of its own.
void TikzCanvas::marked_text(std::string_view marked, Px p, const TextStyle& style) {
  node(tex_of_marked(marked), p, style);
}

TextExtent TikzCanvas::measure_formula(std::string_view tex, const TextStyle& style) {
  return formula_extent(tex, style);
}

}  // namespace iem::paint
