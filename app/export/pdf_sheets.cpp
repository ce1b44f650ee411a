#include "app/export/pdf_sheets.h"

#include <cairo-pdf.h>
#include <cairo.h>

#include "app/export/cairo_canvas.h"
#include "core/base/text.h"

namespace iem {

struct PdfSheets::Parts {
  std::string bytes;
  cairo_surface_t* surface = nullptr;
  cairo_t* context = nullptr;
  paint::PaperScale scale;
};

PdfSheets::PdfSheets(double width_px, double height_px, const About& about, paint::PaperScale scale)
    : parts_(std::make_unique<Parts>()) {
  parts_->scale = scale;
  const auto append = [](void* out, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
  };
  parts_->surface = cairo_pdf_surface_create_for_stream(
      append, &parts_->bytes, width_px * scale.points_per_px, height_px * scale.points_per_px);
  const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
    if (!value.empty()) cairo_pdf_surface_set_metadata(parts_->surface, key, one_line(value).c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, about.title);
  set(CAIRO_PDF_METADATA_SUBJECT, about.subject);
  set(CAIRO_PDF_METADATA_CREATOR, "Implicit EM Lab");
  set(CAIRO_PDF_METADATA_KEYWORDS, about.keywords);  // the one free field
  // Cairo would write the present time, but the same figures must give the same file.
  set(CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  parts_->context = cairo_create(parts_->surface);
}

PdfSheets::~PdfSheets() {
  cairo_destroy(parts_->context);
  cairo_surface_destroy(parts_->surface);
}

void PdfSheets::draw_at(paint::Px origin, const std::function<void(paint::Canvas&)>& draw) {
  cairo_save(parts_->context);
  const paint::PaperScale& scale = parts_->scale;
  cairo_translate(parts_->context, origin.x * scale.points_per_px, origin.y * scale.points_per_px);
  {
    paint::CairoCanvas canvas(parts_->context, scale.points_per_px, scale.least_line_px());
    draw(canvas);
  }
  cairo_restore(parts_->context);
}

void PdfSheets::next_sheet() { cairo_show_page(parts_->context); }

std::string PdfSheets::finish() {
  cairo_show_page(parts_->context);
  paint::require_success(cairo_status(parts_->context));
  cairo_surface_finish(parts_->surface);
  paint::require_success(cairo_surface_status(parts_->surface));
  return std::move(parts_->bytes);
}

}  // namespace iem
