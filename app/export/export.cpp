#include "app/export/export.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>

#include "app/export/eps_sheet.h"
#include "app/export/page_layout.h"
#include "app/export/pdf_sheets.h"
#include "app/export/pixels.h"
#include "app/export/svg_canvas.h"
#include "app/export/writers.h"
#include "app/paint/png_file.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/figure/caption.h"
#include "core/system/memory_room.h"

namespace iem {
namespace {

using paint::kPointsPerPx;
using paint::Page;
using paint::PaperScale;

PaperScale scale_of(const Figure& figure) { return PaperScale::of_type(figure.paper.type_pt); }

void check(const ExportOptions& o) {
  if (!(o.width_cm >= 1 && o.width_cm <= 500)) throw InputError("the width of a figure must be 1 to 500 cm");
  if (!(o.height_cm >= 0 && o.height_cm <= 500))
    throw InputError("the height of a figure must be 0 (automatic) to 500 cm");
  if (!(o.dpi >= 10 && o.dpi <= 2400)) throw InputError("the resolution of a figure must be 10 to 2400 dpi");
}

constexpr int kMostPixels = 32767;  // a side, cairo's

double pixels_per_px(const ExportOptions& options, PaperScale scale) {
  return options.dpi / 72 * scale.points_per_px;
}

// A height of 0 is not known yet.
PixelSize size_of(double width_px, double height_px, const ExportOptions& options, PaperScale scale = {}) {
  const auto whole = [&](double px) {
    return std::max(1, static_cast<int>(std::lround(px * pixels_per_px(options, scale))));
  };
  const PixelSize size{whole(width_px), whole(height_px)};
  const std::string height =
      height_px > 0 ? " x " + std::to_string(size.height) + " pixels" : " pixels across";
  if (size.width > kMostPixels || size.height > kMostPixels)
    throw InputError("a picture of " + std::to_string(size.width) + height +
                     " is too large: a side has at most " + std::to_string(kMostPixels));
  return size;
}

// The figure and its page are used while the sheet is.
Sheet sheet_of(const Figure& figure, const Page& page, const ExportOptions& options, bool steady = false) {
  Sheet out{page.width_px, page.height_px, scale_of(figure), figure.title, plain_caption(figure.caption), {}};
  out.draw = [&, steady](paint::Canvas& canvas, bool raster) {
    paint::PaintOptions paint = paper_options(figure, options, raster);
    paint.steady_words = steady;
    const paint::Theme& theme = theme_of(figure, options);
    paint::draw_page(page, theme, options.transparent, canvas, paint);
    paint::draw_link_words(page.link, theme, canvas);
    const double pixel_px = raster ? 1 / pixels_per_px(options, scale_of(figure)) : 0;
    paint::draw_link_code(page.link, theme, options.transparent, canvas, pixel_px);
  };
  return out;
}

}  // namespace

const paint::Theme& theme_of(const Figure& figure, const ExportOptions& options) {
  return paint::theme(options.theme, figure.paper.palette);
}

paint::PaintOptions paper_options(const Figure& figure, const ExportOptions& options, bool raster) {
  const double points = scale_of(figure).points_per_px;
  paint::PaintOptions paint;
  paint.place_labels = true;
  // Fields in a PNG are computed at its own resolution.
  paint.image_density =
      raster ? std::clamp(options.dpi / 72 * points, 1.0, 4.0) : options.density * (points / kPointsPerPx);
  return paint;
}

SvgText svg_text_from_name(std::string_view name) {
  if (name == "outlines") return SvgText::outlines;
  if (name == "real") return SvgText::real;
  throw InputError("svg-text is '" + printable(name) + "', allowed are real and outlines");
}

Page page_of(const Figure& figure, const ExportOptions& options, const paint::PageRoom* room) {
  check(options);
  const PaperScale scale = scale_of(figure);
  // Only to measure: lays out before the size of the surface is known.
  paint::SvgCanvas ruler(1, 1, scale.least_line_px());
  const paint::LinkRoom link(options.link, scale.px_per_cm());
  return paint::lay_out_page(figure, options.width_cm * scale.px_per_cm(),
                             options.height_cm * scale.px_per_cm(), ruler, room, &link);
}

PixelSize size_of_sheet(const Sheet& sheet, const ExportOptions& options) {
  return size_of(sheet.width_px, sheet.height_px, options, sheet.scale);
}

paint::Image render_sheet(const Sheet& sheet, const ExportOptions& options) {
  const PixelSize size = size_of_sheet(sheet, options);
  // Four buffers of 4 bytes a pixel: the surface, its copy, and the input and output of the compression.
  const auto pixels = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
  if (!has_memory_for(16 * pixels)) throw std::bad_alloc();
  const auto draw = [&](paint::Canvas& canvas) { sheet.draw(canvas, true); };
  return drawn_pixels(size.width, size.height, pixels_per_px(options, sheet.scale), draw,
                      sheet.scale.least_line_px());
}

std::string sheet_as_svg(const Sheet& sheet, const ExportOptions& options) {
  paint::SvgCanvas canvas(sheet.width_px, sheet.height_px, sheet.scale.least_line_px(), options.svg_text);
  sheet.draw(canvas, false);
  return canvas.document(options.width_cm, sheet.title, sheet.about, options.metadata);
}

std::string sheet_as_pdf(const Sheet& sheet, const ExportOptions& options) {
  PdfSheets out(sheet.width_px, sheet.height_px, {sheet.title, sheet.about, options.metadata}, sheet.scale);
  out.draw_at({0, 0}, [&](paint::Canvas& canvas) { sheet.draw(canvas, false); });
  return out.finish();
}

std::string sheet_as_eps(const Sheet& sheet, const ExportOptions&) {
  return eps_sheet(sheet.width_px, sheet.height_px, sheet.title, sheet.scale,
                   [&](paint::Canvas& canvas) { sheet.draw(canvas, false); });
}

std::string sheet_as_png(const Sheet& sheet, const ExportOptions& options) {
  return encode_png(render_sheet(sheet, options), options.dpi,
                    {{"Title", sheet.title},
                     {"Description", sheet.about},
                     {"Software", "Implicit EM Lab"},
                     {"iemlab", options.metadata}});
}

std::string figure_as_svg(const Figure& figure, const ExportOptions& options) {
  const Page page = page_of(figure, options);
  return sheet_as_svg(sheet_of(figure, page, options), options);
}

std::string figure_as_pdf(const Figure& figure, const ExportOptions& options) {
  const Page page = page_of(figure, options);
  return sheet_as_pdf(sheet_of(figure, page, options), options);
}

std::string figure_as_eps(const Figure& figure, const ExportOptions& options) {
  const Page page = page_of(figure, options);
  return sheet_as_eps(sheet_of(figure, page, options), options);
}

std::string figure_as_png(const Figure& figure, const ExportOptions& options) {
  const Page page = page_of(figure, options);
  return sheet_as_png(sheet_of(figure, page, options), options);
}

PixelSize size_of_page(const Figure& figure, const Page& page, const ExportOptions& options) {
  return size_of(page.width_px, page.height_px, options, scale_of(figure));
}

paint::Image render_page(const Figure& figure, const Page& page, const ExportOptions& options, bool steady) {
  return render_sheet(sheet_of(figure, page, options, steady), options);
}

paint::Image render_figure(const Figure& figure, const ExportOptions& options) {
  return render_page(figure, page_of(figure, options), options);
}

void require_drawable(const ExportOptions& options) {
  check(options);
  constexpr double px_per_cm = PaperScale{}.px_per_cm();
  size_of(options.width_cm * px_per_cm, options.height_cm * px_per_cm, options);
}

void require_drawable(const Figure& figure, const ExportOptions& options) {
  const Page page = page_of(figure, options);
  size_of(page.width_px, page.height_px, options, scale_of(figure));
}

}  // namespace iem
