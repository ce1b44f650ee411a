#include "app/export/tikz_canvas.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/export/escape.h"
#include "app/export/extents.h"
#include "app/export/page_layout.h"
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

std::string tikz_length(double px) { return decimal(px * kPointsPerPx, 3) + "pt"; }

std::string tikz_colour(const char* kind, Rgba c) {
  const auto bytes = to_bytes(c.rgb);
  std::string out = std::string(kind) + "={rgb,255:red," + std::to_string(bytes[0]) + ";green," +
                    std::to_string(bytes[1]) + ";blue," + std::to_string(bytes[2]) + "}";
  if (c.a < 0.9995) out += std::string(", ") + kind + " opacity=" + decimal(c.a, 3);
  return out;
}

std::string tikz_stroke(const Stroke& s) {
  std::string out = tikz_colour("draw", s.colour) +
                    ", line width=" + tikz_length(std::max(s.width_px, kLeastLinePx)) + ", line join=round";
  const DashPattern pattern = dash_pattern(s);
  if (pattern.on > 0)
    out += ", dash pattern=on " + tikz_length(pattern.on) + " off " + tikz_length(pattern.off);
  return out;
}

std::string TikzCanvas::at(Px p) const {
  return "(axis cs:" + exact_number(to_px_.x_at(p.x)) + "," + exact_number(to_px_.y_at(p.y)) + ")";
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
  code_ += "\\draw[" + tikz_stroke(s) + "] ";
  path(points, s.closed);
}

void TikzCanvas::fill_polygon(std::span<const Px> points, Rgba colour) {
  code_ += "\\fill[" + tikz_colour("fill", colour) + "] ";
  path(points, true);
}

void TikzCanvas::fill_rect(const PxRect& r, Rgba colour, double radius) {
  code_ += "\\fill[" + tikz_colour("fill", colour);
  if (radius > 0) code_ += ", rounded corners=" + tikz_length(radius);
  code_ += "] " + at({r.x0, r.y0}) + " rectangle " + at({r.x1, r.y1}) + ";\n";
}

void TikzCanvas::disc(Px c, double radius, Rgba colour, double halo_px, Rgba halo) {
  if (halo_px > 0) disc(c, radius + halo_px, halo);
  code_ += "\\fill[" + tikz_colour("fill", colour) + "] " + at(c) + " circle[radius=" + tikz_length(radius) +
           "];\n";
}

void TikzCanvas::circle(Px c, double radius, const Stroke& s) {
  code_ += "\\draw[" + tikz_stroke(s) + "] " + at(c) + " circle[radius=" + tikz_length(radius) + "];\n";
}

void TikzCanvas::image(const Image& image, const PxRect& where, bool) {
  // One file is the promise, so no picture beside it: cells of one colour, equal neighbours joined. Each
  // reaches a little under the next, or viewers show the paper between them.
  const int columns = std::min(image.width, 64);
  const int rows =
      std::clamp(static_cast<int>(std::lround(columns * where.height() / where.width())), 1, image.height);
  const double w = where.width() / columns, h = where.height() / rows;
  const auto colour_of = [&](int row, int column) {
    const auto x = static_cast<std::size_t>((column + 0.5) * image.width / columns);
    const auto y = static_cast<std::size_t>((row + 0.5) * image.height / rows);
    const std::uint8_t* p = &image.rgba[4 * (y * static_cast<std::size_t>(image.width) + x)];
    return std::array<std::uint8_t, 4>{p[0], p[1], p[2], p[3]};
  };
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns;) {
      const auto colour = colour_of(row, column);
      const int start = column;
      while (column < columns && colour_of(row, column) == colour) ++column;
      if (colour[3] == 0) continue;
      const double under = 0.4;
      const PxRect cell{where.x0 + start * w, where.y0 + row * h,
                        std::min(where.x1, where.x0 + column * w + under),
                        std::min(where.y1, where.y0 + (row + 1) * h + under)};
      fill_rect(cell, {{colour[0] / 255.0, colour[1] / 255.0, colour[2] / 255.0}, colour[3] / 255.0});
    }
  }
}

void TikzCanvas::node(const std::string& content, Px p, const TextStyle& style) {
  const char* anchor = style.anchor == Anchor::left     ? "base west"
                       : style.anchor == Anchor::centre ? "base"
                                                        : "base east";
  const std::string size = decimal(style.size_px * kPointsPerPx, 2),
                    skip = decimal(1.2 * style.size_px * kPointsPerPx, 2);
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

TextExtent TikzCanvas::measure_formula(std::string_view tex, const TextStyle& style) {
  return formula_extent(tex, style);
}

}  // namespace iem::paint
