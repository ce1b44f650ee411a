// Writes a figure to a file: SVG, PDF, PNG, TeX (pgfplots) or CSV, by the extension.
#pragma once

#include <string>

#include "app/paint/canvas.h"
#include "app/paint/theme.h"
#include "core/figure/figure.h"

namespace iem {

struct ExportOptions {
  double width_cm = 17;
  double height_cm = 0;  // 0: what the figure's panels ask for
  double dpi = 300;      // PNG
  paint::ThemeId theme = paint::ThemeId::light;
  bool transparent = false;  // no paper
  std::string metadata;      // the state string, so that a figure can reopen its run
};

// Atomic: the file appears whole or not at all. InputError: ErrorKind::io when it cannot be written,
// bad_input for an unknown extension, a size that is not positive, or a figure that has nothing to show.
void write_figure(const Figure& figure, const std::string& path, const ExportOptions& options = {});

// Throws the InputError that a PNG of this size, or of this figure where the height follows from it, would
// end with.
void require_drawable(const ExportOptions& options);
void require_drawable(const Figure& figure, const ExportOptions& options);

// The page as pixels, for animations and the clipboard. width = round(width_cm / 2.54 * dpi).
paint::Image render_figure(const Figure& figure, const ExportOptions& options = {});

}  // namespace iem
