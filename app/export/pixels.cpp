#include "app/export/pixels.h"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>

#include "app/export/cairo_canvas.h"
#include "app/export/page_layout.h"
#include "app/paint/figure_painter.h"
#include "core/base/error.h"

namespace iem {
namespace {

constexpr double kShownAcross = 420;  // style pixels of a figure that a thumbnail shows in little
constexpr double kGapOfPanels = 6;

using PixelSurface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using PixelContext = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

// cairo's alpha is premultiplied.
paint::Image taken_from(cairo_surface_t* surface, int width, int height) {
  cairo_surface_flush(surface);
  paint::Image image;
  image.width = width, image.height = height;
  image.rgba.reserve(4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const unsigned char* rows = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < height; ++y) {
    const auto* row = reinterpret_cast<const std::uint32_t*>(rows + static_cast<std::ptrdiff_t>(y) * stride);
    for (int x = 0; x < width; ++x) {
      const std::uint32_t a = row[x] >> 24;
      const auto channel = [&](int shift) {
        const std::uint32_t v = (row[x] >> shift) & 255;
        return static_cast<std::uint8_t>(a == 0 ? 0 : std::min(255u, (v * 255 + a / 2) / a));
      };
      image.rgba.insert(image.rgba.end(),
                        {channel(16), channel(8), channel(0), static_cast<std::uint8_t>(a)});
    }
  }
  return image;
}

Panel without_words(Panel panel) {
  std::erase_if(panel.marks, [](const Mark& mark) {
    return std::holds_alternative<Text>(mark) || std::holds_alternative<Legend>(mark);
  });
  for (Mark& mark : panel.marks) {
    if (auto* ring = std::get_if<RingMark>(&mark)) ring->label.clear();
    if (auto* cells = std::get_if<Heatmap>(&mark)) cells->cell_text = false;
  }
  return panel;
}

// Of stacked panels only the first is drawn; panels side by side are drawn all.
std::vector<std::pair<const Panel*, paint::PxRect>> places(const Figure& figure, double width,
                                                           double height) {
  std::vector<std::pair<const Panel*, paint::PxRect>> out;
  if (figure.columns <= 1) return {{&figure.panels.front(), {0, 0, width, height}}};
  const int columns = figure.columns, count = static_cast<int>(figure.panels.size());
  const int rows = (count + columns - 1) / columns;
  const double each = std::min(width / columns, height / rows);
  const double x0 = 0.5 * (width - each * columns), y0 = 0.5 * (height - each * rows);
  for (int i = 0; i < count; ++i) {
    const double x = x0 + each * (i % columns), y = y0 + each * (i / columns), gap = 0.5 * kGapOfPanels;
    out.push_back(
        {&figure.panels[static_cast<std::size_t>(i)], {x + gap, y + gap, x + each - gap, y + each - gap}});
  }
  return out;
}

}  // namespace

paint::Image drawn_pixels(int width, int height, double scale,
                          const std::function<void(paint::Canvas&)>& draw, double least_line_px) {
  const PixelSurface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height),
                             &cairo_surface_destroy);
  paint::require_success(cairo_surface_status(surface.get()));
  {
    const PixelContext context(cairo_create(surface.get()), &cairo_destroy);
    paint::CairoCanvas canvas(context.get(), scale, least_line_px);
    draw(canvas);
    paint::require_success(cairo_status(context.get()));
  }
  return taken_from(surface.get(), width, height);
}

paint::Image render_thumbnail(const Figure& figure, int width, int height, paint::ThemeId id) {
  const double scale = width / kShownAcross;
  const paint::Theme& theme = paint::theme(id);
  paint::PaintOptions options;
  options.image_density = std::max(0.5, scale);
  return drawn_pixels(width, height, scale, [&](paint::Canvas& page) {
    const paint::PxRect whole{0, 0, kShownAcross, height / scale};
    page.fill_rect(whole, {theme.paper});
    if (!figure.sentence.empty() || figure.panels.empty()) return;
    for (const auto& [panel, rect] : places(figure, whole.width(), whole.height())) {
      const Panel bare = without_words(*panel);
      const paint::Transform to_px(bare, rect);
      page.push_clip(rect);
      paint::paint_shapes(bare, to_px, theme, page, options);
      page.pop_clip();
    }
  });
}

}  // namespace iem
