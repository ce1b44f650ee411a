// Writes a figure to a file in the format (formats.h) of its extension.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "app/export/link/run_link.h"
#include "app/paint/canvas.h"
#include "app/paint/theme.h"
#include "core/figure/figure.h"

namespace iem {

// A LaTeX document of its own, or a picture that a paper reads with \input.
enum class TexKind : std::uint8_t { document, fragment };
TexKind tex_kind_from_name(std::string_view name);  // document | fragment; InputError otherwise

// The words of an SVG: letters in a font that travels with it, which browsers honour and can search, or the
// outlines of the letters, which look the same everywhere (librsvg, Inkscape and office programs set text of
// an SVG in a font of their own, wider or narrower).
enum class SvgText : std::uint8_t { outlines, real };
SvgText svg_text_from_name(std::string_view name);  // real | outlines; InputError otherwise

// Pixels of fields on paper: 300 and a few an inch. They are smooth; many journals ask for it.
constexpr double kPaperDensity = 2.5;  // a style pixel

struct ExportOptions {
  double width_cm = 17;
  double height_cm = 0;            // 0: what the figure's panels ask for
  double dpi = 300;                // PNG
  double density = kPaperDensity;  // of fields in all other formats
  paint::ThemeId theme = paint::ThemeId::light;
  bool transparent = false;  // no paper
  TexKind tex = TexKind::document;
  SvgText svg_text = SvgText::outlines;
  std::string metadata;   // the state string, so that a figure can reopen its run
  RunLink link = {};      // of pages of one figure
  std::string link_base;  // the program's own page (run_link), empty where it is not known
  // What stands beside the numbers of a figure (table_file.h); null: nothing does.
  std::shared_ptr<const nlohmann::ordered_json> about;
};

// Atomic: the file appears whole or not at all, and so do the pictures beside a .tex
// (app/export/tex_figure.h). InputError: ErrorKind::io when it cannot be written, bad_input for an
// unknown extension, a size that is not positive, or a figure that has nothing to show.
void write_figure(const Figure& figure, const std::string& path, const ExportOptions& options = {});

// Throws the InputError with which drawing a PNG of this size would fail; the second form is for a height
// that follows from the figure.
void require_drawable(const ExportOptions& options);
void require_drawable(const Figure& figure, const ExportOptions& options);

// The page as pixels, for animations and the clipboard. width = round(width_cm / 2.54 * dpi).
paint::Image render_figure(const Figure& figure, const ExportOptions& options = {});

}  // namespace iem
