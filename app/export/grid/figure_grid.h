// Several figures on one page, row after row: axes of one column and of one row stand in line, and what they
// have in common (ranges, names of curves) is shared.
#pragma once

#include <string>
#include <vector>

#include "app/export/export.h"
#include "app/export/formats.h"

namespace iem {

struct GridFigure {
  Figure figure;  // with its furniture
  int columns = 1;
  double height_cm = 0;  // of its row, at least; 0: what it asks for
  paint::ThemeId theme = paint::ThemeId::light;
  bool own_x = false, own_y = false;  // its ranges were chosen for it alone
};

struct GridLook {
  int columns = 2;
  bool share_x = true, share_y = true;  // ranges of the same axes of figures of the same id
  bool share_legend = true;             // names of curves that several figures have stand once, below all
};

struct GridOptions {
  GridLook look;
  ExportOptions paper;       // of the whole page; height 0: what the rows ask for
  std::string title, about;  // what the file says of itself
  std::string caption;       // below all, with $formulas$; empty: none
};

// Formats that can hold such a page: ".svg, .pdf or .png".
std::string grid_extensions();
// That of a file by its name; null where it is none of them.
const FigureFormat* grid_format_of(const std::string& path);

// The bytes of the page in this format. All figures have type of one size. Throws InputError as write_figure
// does.
std::string grid_as(const FigureFormat& format, std::vector<GridFigure> figures, const GridOptions& options);

}  // namespace iem
