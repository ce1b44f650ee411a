#include "app/export/cairo_canvas.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <array>
#include <cmath>
#include <new>
#include <numbers>
#include <span>
#include <string>

#include "app/export/extents.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace iem::paint {
namespace {

constexpr double kPi = std::numbers::pi;

cairo_font_face_t* cairo_face(bool bold) {
  const auto load = [](bool heavy) {
    static const FT_Library library = [] {
      FT_Library made = nullptr;
      if (FT_Init_FreeType(&made) != 0) throw std::bad_alloc();
      return made;
    }();
    const auto bytes = face_file(heavy);
    FT_Face face = nullptr;
    if (FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(bytes.data()),
                           static_cast<FT_Long>(bytes.size()), 0, &face) != 0)
      throw std::bad_alloc();  // the bytes are ours
    return cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
  };
  static cairo_font_face_t* const regular = load(false);
  static cairo_font_face_t* const heavy = load(true);
  return bold ? heavy : regular;
}

// Bytes of the UTF-8 character that begins at `at`.
int utf8_length(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return static_cast<int>(end - at);
}

}  // namespace

CairoCanvas::CairoCanvas(cairo_t* context, double scale, double least_width_px)
    : cr_(cairo_reference(context)),
      least_width_px_(least_width_px) {
  cairo_scale(cr_, scale, scale);
  cairo_set_line_join(cr_, CAIRO_LINE_JOIN_ROUND);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_set_font_options(cr_, options);
  cairo_font_options_destroy(options);
}

CairoCanvas::~CairoCanvas() { cairo_destroy(cr_); }

void CairoCanvas::set_colour(Rgba c) { cairo_set_source_rgba(cr_, c.rgb.r, c.rgb.g, c.rgb.b, c.a); }

void CairoCanvas::trace(std::span<const Px> points, bool closed) {
  cairo_new_path(cr_);
  for (const Px& p : points) cairo_line_to(cr_, p.x, p.y);
  if (closed) cairo_close_path(cr_);
}

void CairoCanvas::stroke(const Stroke& s) {
  set_colour(s.colour);
  cairo_set_line_width(cr_, std::max(s.width_px, least_width_px_));
  const DashPattern pattern = dash_pattern(s);
  const std::array<double, 4> dashes = {pattern.on, pattern.off, pattern.on2, pattern.off2};
  cairo_set_dash(cr_, dashes.data(), pattern.on2 > 0 ? 4 : pattern.on > 0 ? 2 : 0, 0);
  cairo_stroke(cr_);
}

void CairoCanvas::polyline(std::span<const Px> points, const Stroke& s) {
  if (points.size() < 2) return;
  trace(points, s.closed);
  stroke(s);
}

void CairoCanvas::fill_polygon(std::span<const Px> points, Rgba colour) {
  trace(points, true);
  set_colour(colour);
  cairo_fill(cr_);
}

void CairoCanvas::fill_rect(const PxRect& r, Rgba colour, double radius) {
  radius = std::min({radius, r.width() / 2, r.height() / 2});
  cairo_new_path(cr_);
  if (radius <= 0) {
    cairo_rectangle(cr_, r.x0, r.y0, r.width(), r.height());
  } else {
    cairo_arc(cr_, r.x1 - radius, r.y0 + radius, radius, -kPi / 2, 0);
    cairo_arc(cr_, r.x1 - radius, r.y1 - radius, radius, 0, kPi / 2);
    cairo_arc(cr_, r.x0 + radius, r.y1 - radius, radius, kPi / 2, kPi);
    cairo_arc(cr_, r.x0 + radius, r.y0 + radius, radius, kPi, 1.5 * kPi);
    cairo_close_path(cr_);
  }
  set_colour(colour);
  cairo_fill(cr_);
}

void CairoCanvas::fill_rects(std::span<const PxRect> rects, Rgba colour) {
  cairo_new_path(cr_);
  for (const PxRect& r : rects) cairo_rectangle(cr_, r.x0, r.y0, r.width(), r.height());
  set_colour(colour);
  cairo_fill(cr_);
}

void CairoCanvas::disc(Px c, double radius, Rgba colour, double halo_px, Rgba halo) {
  if (halo_px > 0) disc(c, radius + halo_px, halo);
  cairo_new_path(cr_);
  cairo_arc(cr_, c.x, c.y, radius, 0, 2 * kPi);
  set_colour(colour);
  cairo_fill(cr_);
}

void CairoCanvas::circle(Px c, double radius, const Stroke& s) {
  cairo_new_path(cr_);
  cairo_arc(cr_, c.x, c.y, radius, 0, 2 * kPi);
  cairo_close_path(cr_);
  stroke(s);
}

void CairoCanvas::image(const Image& image, const PxRect& where, bool smooth) {
  if (image.width <= 0 || image.height <= 0) return;
  bool opaque = true;
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) opaque = opaque && image.rgba[i] == 255;
  // Without an alpha channel a PDF needs no mask, which print shops dislike.
  cairo_surface_t* surface = cairo_image_surface_create(opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32,
                                                        image.width, image.height);
  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
  unsigned char* rows = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < image.height; ++y) {
    auto* out = reinterpret_cast<std::uint32_t*>(rows + static_cast<std::ptrdiff_t>(y) * stride);
    const std::uint8_t* in =
        &image.rgba[4 * static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width)];
    for (int x = 0; x < image.width; ++x, in += 4) {
      const std::uint32_t a = in[3];
      const auto channel = [a](std::uint32_t v) { return (v * a + 127) / 255; };
      out[x] = a << 24 | channel(in[0]) << 16 | channel(in[1]) << 8 | channel(in[2]);
    }
  }
  cairo_surface_mark_dirty(surface);
  cairo_save(cr_);
  cairo_rectangle(cr_, where.x0, where.y0, where.width(), where.height());
  cairo_clip(cr_);
  cairo_translate(cr_, where.x0, where.y0);
  cairo_scale(cr_, where.width() / image.width, where.height() / image.height);
  cairo_set_source_surface(cr_, surface, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cr_), smooth ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
  // Pictures would fade at their edges; a PDF viewer does not, and would be sent a tiling instead.
  if (cairo_surface_get_type(cairo_get_target(cr_)) == CAIRO_SURFACE_TYPE_IMAGE) {
    cairo_pattern_set_extend(cairo_get_source(cr_), CAIRO_EXTEND_PAD);
  }
  cairo_paint(cr_);
  cairo_restore(cr_);
  cairo_surface_destroy(surface);
}

void CairoCanvas::text(std::string_view given, Px at, const TextStyle& style) {
  const std::string text = one_line(given);  // a PDF fails as a whole at a byte that is not UTF-8
  const ShapedText shaped = shape_text(text, style.bold);
  at.x = left_of(at.x, shaped.width * style.size_px, style.anchor);
  cairo_set_font_face(cr_, cairo_face(style.bold));
  set_colour(style.colour);
  const std::span<const ShapedGlyph> all(shaped.glyphs);
  for (std::size_t first = 0, end = 0; first < all.size(); first = end) {
    while (end < all.size() && all[end].size == all[first].size) ++end;
    const std::size_t last_byte = end < all.size() ? all[end].cluster : text.size();
    show(std::string_view(text).substr(0, last_byte), all.subspan(first, end - first), at, style.size_px);
  }
}

// Glyphs of one size, of the text from their first cluster on.
void CairoCanvas::show(std::string_view text, std::span<const ShapedGlyph> shaped, Px left, double size_px) {
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
  for (std::size_t i = 0; i < shaped.size(); ++i) {
    const ShapedGlyph& g = shaped[i];
    glyphs.push_back({g.glyph, left.x + g.x * size_px, left.y + g.y * size_px});
    const bool same = i > 0 && g.cluster == shaped[i - 1].cluster;
    if (same) {
      ++clusters.back().num_glyphs;
      continue;
    }
    const std::size_t next = [&] {
      for (std::size_t k = i + 1; k < shaped.size(); ++k) {
        if (shaped[k].cluster != g.cluster) return std::size_t{shaped[k].cluster};
      }
      return text.size();
    }();
    const int bytes = next > g.cluster ? static_cast<int>(next - g.cluster) : utf8_length(text, g.cluster);
    clusters.push_back({bytes, 1});
  }
  const std::size_t begin = shaped[0].cluster;
  cairo_set_font_size(cr_, shaped[0].size * size_px);
  cairo_show_text_glyphs(cr_, text.data() + begin, static_cast<int>(text.size() - begin), glyphs.data(),
                         static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                         cairo_text_cluster_flags_t{});
}

TextExtent CairoCanvas::measure_text(std::string_view text, const TextStyle& style) {
  return text_extent(text, style);
}

void CairoCanvas::formula(std::string_view tex, Px at, const TextStyle& style) {
  const auto outline = formula_outline(tex);
  if (!outline) return text(tex, at, style);
  cairo_save(cr_);
  cairo_translate(cr_, left_of(at.x, outline->width * style.size_px, style.anchor), at.y);
  cairo_scale(cr_, style.size_px, style.size_px);
  cairo_new_path(cr_);
  const float* p = outline->points.data();
  for (FormulaOutline::Verb verb : outline->verbs) {
    switch (verb) {
      case FormulaOutline::Verb::move: cairo_move_to(cr_, double{p[0]}, double{p[1]}), p += 2; break;
      case FormulaOutline::Verb::line: cairo_line_to(cr_, double{p[0]}, double{p[1]}), p += 2; break;
      case FormulaOutline::Verb::cubic:
        cairo_curve_to(cr_, double{p[0]}, double{p[1]}, double{p[2]}, double{p[3]}, double{p[4]},
                       double{p[5]});
        p += 6;
        break;
      case FormulaOutline::Verb::close: cairo_close_path(cr_); break;
    }
  }
  set_colour(style.colour);
  cairo_fill_preserve(cr_);
  // Latin Modern is thin beside Roboto: a rim of a fiftieth of an em evens the grey of words and formulas.
  cairo_set_line_width(cr_, kFormulaRim);
  cairo_set_dash(cr_, nullptr, 0, 0);
  cairo_stroke(cr_);
  cairo_restore(cr_);
}

TextExtent CairoCanvas::measure_formula(std::string_view tex, const TextStyle& style) {
  return formula_extent(tex, style);
}

void CairoCanvas::push_clip(const PxRect& r) {
  cairo_save(cr_);
  cairo_rectangle(cr_, r.x0, r.y0, r.width(), r.height());
  cairo_clip(cr_);
}

void CairoCanvas::pop_clip() { cairo_restore(cr_); }

// Only a PDF heeds it.
void CairoCanvas::begin_link(std::string_view address) {
  std::string quoted;
  for (const char c : address) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  cairo_tag_begin(cr_, CAIRO_TAG_LINK, ("uri='" + quoted + "'").c_str());
}

void CairoCanvas::end_link() { cairo_tag_end(cr_, CAIRO_TAG_LINK); }

void require_success(cairo_status_t status) {
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
  if (status != CAIRO_STATUS_SUCCESS) throw InputError(cairo_status_to_string(status), {}, ErrorKind::io);
}

}  // namespace iem::paint
