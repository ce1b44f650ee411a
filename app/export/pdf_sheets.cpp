#include "app/export/pdf_sheets.h"

#include <cairo-pdf.h>
#include <cairo.h>

#include <new>

#include "app/export/cairo_canvas.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace iem {

using paint::kPointsPerPx;

struct PdfSheets::Parts {
  std::string bytes;
  cairo_surface_t* surface = nullptr;
  cairo_t* context = nullptr;
};

PdfSheets::PdfSheets(double width_px, double height_px, const std::string& title)
    : parts_(std::make_unique<Parts>()) {
  const auto append = [](void* out, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
  };
  parts_->surface = cairo_pdf_surface_create_for_stream(append, &parts_->bytes, width_px * kPointsPerPx,
                                                        height_px * kPointsPerPx);
  parts_->context = cairo_create(parts_->surface);
  cairo_pdf_surface_set_metadata(parts_->surface, CAIRO_PDF_METADATA_TITLE, one_line(title).c_str());
  cairo_pdf_surface_set_metadata(parts_->surface, CAIRO_PDF_METADATA_CREATOR, "Implicit EM Lab");
  // Cairo would write the present time, but the same lesson must give the same file.
  cairo_pdf_surface_set_metadata(parts_->surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
}

PdfSheets::~PdfSheets() {
  cairo_destroy(parts_->context);
  cairo_surface_destroy(parts_->surface);
}

void PdfSheets::draw_at(paint::Px origin, const std::function<void(paint::Canvas&)>& draw) {
  cairo_save(parts_->context);
  cairo_translate(parts_->context, origin.x * kPointsPerPx, origin.y * kPointsPerPx);
  {
    paint::CairoCanvas canvas(parts_->context, kPointsPerPx, paint::kLeastLinePx);
    draw(canvas);
  }
  cairo_restore(parts_->context);
}

void PdfSheets::next_sheet() { cairo_show_page(parts_->context); }

std::string PdfSheets::finish() {
  cairo_show_page(parts_->context);
  cairo_surface_finish(parts_->surface);
  for (const cairo_status_t status : {cairo_status(parts_->context), cairo_surface_status(parts_->surface)}) {
    if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
    if (status != CAIRO_STATUS_SUCCESS) throw InputError(cairo_status_to_string(status), {}, ErrorKind::io);
  }
  return std::move(parts_->bytes);
}

}  // namespace iem
