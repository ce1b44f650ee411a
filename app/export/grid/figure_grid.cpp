#include "app/export/grid/figure_grid.h"

#include <algorithm>
#include <new>
#include <utility>

#include "app/export/grid/grid_layout.h"
#include "app/export/grid/shared_parts.h"
#include "app/export/writers.h"
#include "core/base/error.h"
#include "core/base/words.h"
#include "core/system/memory_room.h"

namespace iem {
namespace {

struct Format {
  std::string_view extension;
  std::string (*bytes)(const Sheet& sheet, const ExportOptions& options);
};
constexpr Format kGridFormats[] = {
    {".svg", sheet_as_svg}, {".pdf", sheet_as_pdf}, {".eps", sheet_as_eps}, {".png", sheet_as_png}};

const Format* format_of(const FigureFormat& format) {
  const auto* found = std::ranges::find(kGridFormats, format.extension, &Format::extension);
  return found == std::end(kGridFormats) ? nullptr : found;
}

void require_shown(const std::vector<GridFigure>& figures) {
  for (const GridFigure& each : figures)
    if (!each.figure.sentence.empty())
      throw InputError("the figure " + each.figure.id + " has nothing to show: " + each.figure.sentence);
    else if (each.figure.panels.empty())
      throw InputError("the figure " + each.figure.id + " has nothing to show");
}

}  // namespace

std::string grid_extensions() {
  std::vector<std::string> all;
  for (const Format& format : kGridFormats) all.emplace_back(format.extension);
  return listed_words(all, "or");
}

const FigureFormat* grid_format_of(const std::string& path) {
  const FigureFormat* format = figure_format_of(path);
  return format && format_of(*format) ? format : nullptr;
}

std::string grid_as(const FigureFormat& format, std::vector<GridFigure> figures, const GridOptions& options) {
  const Format* writer = format_of(format);
  if (!writer || figures.empty()) throw InputError("a page of figures is written as " + grid_extensions());
  require_shown(figures);
  require_drawable(options.paper);
  constexpr std::size_t kDrawing = std::size_t{48} << 20;  // what fonts, formulas and a field take
  if (!has_memory_for(kDrawing)) throw std::bad_alloc();
  GridRanges ranges(options.look, false);
  ranges.include(figures);
  ranges.settle(figures);
  ranges.apply(figures);
  GridNames names;
  if (options.look.share_legend) {
    names.include(figures);
    names.take_from(figures);
  }
  const Panel below = names.taken();
  const GridLayout grid(figures, options.look, options.paper, options.caption, below);
  Sheet sheet = grid.sheet();
  sheet.title = options.title, sheet.about = options.about;
  return writer->bytes(sheet, options.paper);
}

}  // namespace iem
