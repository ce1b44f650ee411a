// A figure as the bytes of each format. write_figure (export.h) picks one and puts it into a file.
#pragma once

#include <functional>
#include <string>

#include "app/export/export.h"
#include "app/export/page_layout.h"

namespace iem {

// The page a figure fills, with room as in lay_out_page, and its pixels. `steady`: words stay where they are
// put (paint::PaintOptions).
paint::Page page_of(const Figure& figure, const ExportOptions& options,
                    const paint::PageRoom* room = nullptr);
struct PixelSize {
  int width = 0, height = 0;
};
PixelSize size_of_page(const Figure& figure, const paint::Page& page, const ExportOptions& options);
paint::Image render_page(const Figure& figure, const paint::Page& page, const ExportOptions& options,
                         bool steady = false);

// One page of paper, whichever the format: its size in style pixels of its scale, and who draws on it.
struct Sheet {
  double width_px = 0, height_px = 0;
  paint::PaperScale scale = {};
  std::string title, about;  // what the file says of itself
  // `raster`: on pixels, which fields are computed for.
  std::function<void(paint::Canvas& canvas, bool raster)> draw;
};
PixelSize size_of_sheet(const Sheet& sheet, const ExportOptions& options);
paint::Image render_sheet(const Sheet& sheet, const ExportOptions& options);
std::string sheet_as_svg(const Sheet& sheet, const ExportOptions& options);
std::string sheet_as_pdf(const Sheet& sheet, const ExportOptions& options);
std::string sheet_as_eps(const Sheet& sheet, const ExportOptions& options);
std::string sheet_as_png(const Sheet& sheet, const ExportOptions& options);

// How a figure is painted on paper of these options.
const paint::Theme& theme_of(const Figure& figure, const ExportOptions& options);
paint::PaintOptions paper_options(const Figure& figure, const ExportOptions& options, bool raster);

std::string figure_as_svg(const Figure& figure, const ExportOptions& options);
std::string figure_as_pdf(const Figure& figure, const ExportOptions& options);
std::string figure_as_eps(const Figure& figure, const ExportOptions& options);
std::string figure_as_png(const Figure& figure, const ExportOptions& options);

// The text alone, as it would stand in figure.tex; see app/export/tex_figure.h.
std::string figure_as_tex(const Figure& figure, const ExportOptions& options);

// Long form `series,x,y[,z]`: the numbers behind the picture, each with as many digits as read back to the
// same double (at most 17). The column z is there when some mark has one.
//   lines, bars, markers      x, y
//   scatter, pinned point     x, y; with weights one row a prototype, series `name[1]`..., z the weight
//   band                      `name.lower`, `name.upper`
//   ellipse                   `name` its centre, `name.covariance` the two rows of its covariance
//   arrow                     two rows: tail, tip
//   heat map                  x the column, y the row (from 1, row 1 on top), z the value
// Fields and words have no rows.
std::string figure_as_csv(const Figure& figure);

// The same as a file, with a description of its columns and panels beside it where `options.about` says what
// it is of.
void write_csv_figure(const Figure& figure, const std::string& path, const ExportOptions& options);

}  // namespace iem
