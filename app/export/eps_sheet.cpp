#include "app/export/eps_sheet.h"

#include <cairo-ps.h>
#include <cairo.h>

#include <memory>

#include "app/export/cairo_canvas.h"
#include "core/base/utf8.h"

namespace iem {
namespace {

constexpr double kPixelsPerInch = 600;
constexpr std::size_t kLongestTitle = 200;  // of a comment's line

// Cairo writes the present time, but the same figure must give the same file.
void forget_date(std::string& eps) {
  const std::string key = "%%CreationDate:";
  const std::size_t at = eps.find(key);
  if (at == std::string::npos) return;
  eps.replace(at, eps.find('\n', at) - at, key + " 2000-01-01");
}

}  // namespace

std::string eps_sheet(double width_px, double height_px, const std::string& title, paint::PaperScale scale,
                      const std::function<void(paint::Canvas&)>& draw) {
  std::string bytes;
  const auto append = [](void* out, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
  };
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_ps_surface_create_for_stream(append, &bytes, width_px * scale.points_per_px,
                                         height_px * scale.points_per_px),
      &cairo_surface_destroy);
  cairo_ps_surface_set_eps(surface.get(), 1);
  cairo_surface_set_fallback_resolution(surface.get(), kPixelsPerInch, kPixelsPerInch);
  cairo_ps_surface_dsc_comment(surface.get(), ("%%Title: " + printable(title, kLongestTitle)).c_str());
  {
    const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> context(cairo_create(surface.get()),
                                                                     &cairo_destroy);
    {
      paint::CairoCanvas canvas(context.get(), scale.points_per_px, scale.least_line_px());
      draw(canvas);
    }
    cairo_show_page(context.get());
    paint::require_success(cairo_status(context.get()));
  }
  cairo_surface_finish(surface.get());
  paint::require_success(cairo_surface_status(surface.get()));
  forget_date(bytes);
  return bytes;
}

}  // namespace iem
