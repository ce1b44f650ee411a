#include "app/export/grid/figure_grid.h"

#include <algorithm>
#include <new>
#include <utility>

#include "app/export/grid/shared_parts.h"
#include "app/export/svg_canvas.h"
#include "app/export/writers.h"
#include "core/base/error.h"
#include "core/base/memory_room.h"
#include "core/base/words.h"
#include "core/figure/caption.h"

namespace iem {
namespace {

using paint::Page;
using paint::PageRoom;
using paint::PxRect;

constexpr double kBetweenColumns = 14, kBetweenRows = 12, kKeyGap = 8, kCaptionGap = 14, kFoot = 4;
constexpr double kCaptionSize = 12, kCaptionLine = 17;
constexpr double kLeastRow = 60;  // px: where there is still a plot between title and numbers

const paint::TextStyle kCaptionStyle{kCaptionSize, false, Anchor::left, {}};

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

void move(Page& page, double x, double y) {
  for (Page::Cell& cell : page.cells) {
    cell.plot = {cell.plot.x0 + x, cell.plot.y0 + y, cell.plot.x1 + x, cell.plot.y1 + y};
    cell.title = {cell.title.x + x, cell.title.y + y};
    cell.names_at = {cell.names_at.x + x, cell.names_at.y + y};
  }
  for (Page::Words& words : page.caption) words.at = {words.at.x + x, words.at.y + y};
}

// Where everything stands. Each figure is a page of its own, laid out in its part of the whole one.
class Grid {
 public:
  Grid(const std::vector<GridFigure>& figures, const GridOptions& options, const Panel& names)
      : figures_(figures),
        options_(options),
        scale_(paint::PaperScale::of_type(figures.front().figure.paper.type_pt)),
        width_(options.paper.width_cm * scale_.px_per_cm()),
        ruler_(1, 1, scale_.least_line_px()) {
    place_cells();
    for (std::size_t i = 0; i < figures.size(); ++i) rooms_.push_back(laid_out(i, 0, nullptr).room);
    align_columns();
    align_rows();
    take_heights(names);
    place_pages();
  }

  double width() const { return width_; }
  double height() const { return height_; }
  paint::PaperScale scale() const { return scale_; }

  void draw(paint::Canvas& canvas, bool raster) const {
    const ExportOptions& paper = options_.paper;
    const paint::Theme& theme = paint::theme(paper.theme, figures_.front().figure.paper.palette);
    if (!paper.transparent) canvas.fill_rect({0, 0, width_, height_}, paint::with_alpha(theme.paper, 1));
    for (std::size_t i = 0; i < figures_.size(); ++i) draw_figure(i, canvas, raster);
    paint::paint_names_below(names_, names_at_, theme, canvas);
    if (caption_.empty()) return;
    paint::TextStyle style = kCaptionStyle;
    style.colour = paint::with_alpha(theme.ink, 1);
    canvas.begin_group("caption");
    for (const Page::Words& w : caption_)
      w.tex ? canvas.formula(w.text, w.at, style) : canvas.text(w.text, w.at, style);
    canvas.end_group();
  }

 private:
  struct Cell {
    std::size_t row = 0, first = 0, last = 0;  // columns
  };

  std::size_t columns() const { return static_cast<std::size_t>(options_.columns); }

  void place_cells() {
    std::size_t row = 0, next = 0;
    for (const GridFigure& each : figures_) {
      const auto span = std::min(static_cast<std::size_t>(each.columns), columns());
      if (next + span > columns()) ++row, next = 0;
      cells_.push_back({row, next, next + span - 1});
      next += span;
    }
    rows_ = row + 1;
  }

  double column_px() const {
    const auto count = static_cast<double>(columns());
    return (width_ - kBetweenColumns * (count - 1)) / count;
  }
  double x_of(std::size_t column) const {
    return static_cast<double>(column) * (column_px() + kBetweenColumns);
  }
  double width_of(const Cell& cell) const { return x_of(cell.last) + column_px() - x_of(cell.first); }

  Page laid_out(std::size_t i, double height_px, const PageRoom* room) const {
    return paint::lay_out_page(figures_[i].figure, width_of(cells_[i]), height_px, ruler_, room);
  }

  // Of the figures that begin in one column the plots begin in line; of those that end in one they end so.
  void align_columns() {
    std::vector<double> left(columns()), right(columns());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      left[cells_[i].first] = std::max(left[cells_[i].first], rooms_[i].left);
      right[cells_[i].last] = std::max(right[cells_[i].last], rooms_[i].right);
    }
    for (std::size_t i = 0; i < cells_.size(); ++i)
      rooms_[i].left = left[cells_[i].first], rooms_[i].right = right[cells_[i].last], set_words_again(i);
  }

  // What stands below the plots, in a room that has become narrower.
  void set_words_again(std::size_t i) {
    PageRoom& room = rooms_[i];
    const Figure& figure = figures_[i].figure;
    const double whole = width_of(cells_[i]) - room.left - room.right;
    paint::set_lines(figure.caption, whole, kCaptionLine, kCaptionStyle, ruler_, room.caption_lines);
    room.key_px = paint::names_below(figure.panels, whole, ruler_).height_px;
  }

  // In one row the titles, the tops of the plots and their feet are in line.
  void align_rows() {
    for (std::size_t row = 0; row < rows_; ++row) {
      PageRoom::Row top;
      double names = 0, foot = 0;
      for_each_in(row, [&](std::size_t i) {
        const PageRoom::Row& own = rooms_[i].rows.front();
        names = std::max(names, own.above - own.title_height);
        if (own.title_height > top.title_height)
          top.title_height = own.title_height, top.title_below = own.title_below;
      });
      for_each_in(row, [&](std::size_t i) {
        PageRoom::Row& own = rooms_[i].rows.front();
        own.title_height = top.title_height, own.title_below = top.title_below;
        own.above = top.title_height + names;
        foot = std::max(foot, foot_of(i));
      });
      for_each_in(row, [&](std::size_t i) { rooms_[i].rows.back().below += foot - foot_of(i); });
    }
  }
  double foot_of(std::size_t i) const {
    const Page page = laid_out(i, 0, &rooms_[i]);
    return page.height_px - page.cells.back().plot.y1;
  }

  template <class Act>
  void for_each_in(std::size_t row, Act act) const {
    for (std::size_t i = 0; i < cells_.size(); ++i)
      if (cells_[i].row == row) act(i);
  }

  void take_heights(const Panel& names) {
    heights_.assign(rows_, 0);
    double sum = 0;
    for (std::size_t row = 0; row < rows_; ++row) {
      for_each_in(row, [&](std::size_t i) {
        const double own = laid_out(i, 0, &rooms_[i]).height_px;
        const double wished = figures_[i].height_cm * scale_.px_per_cm();
        heights_[row] = std::max(heights_[row], wished > 0 ? wished : own);
      });
      sum += heights_[row];
    }
    const double left = rooms_.front().left, room = width_ - left - kFoot;
    names_ = paint::names_below({names}, room, ruler_);
    int lines = 0;
    caption_ = paint::set_lines(options_.caption, room, kCaptionLine, kCaptionStyle, ruler_, lines);
    const double key = names_.lines.empty() ? 0 : kKeyGap + names_.height_px;
    const double caption = caption_.empty() ? 0 : kCaptionGap + lines * kCaptionLine;
    const double rest = kBetweenRows * static_cast<double>(rows_ - 1) + key + caption + kFoot;
    if (const double wanted = options_.paper.height_cm * scale_.px_per_cm(); wanted > 0)
      stretch(wanted - rest, sum);
    double y = kBetweenRows * static_cast<double>(rows_ - 1);
    for (const double height : heights_) y += height;
    names_at_ = {left, y + kKeyGap};
    for (Page::Words& w : caption_) w.at.x += left, w.at.y += y + key + kCaptionGap + kCaptionSize;
    height_ = std::max(options_.paper.height_cm * scale_.px_per_cm(), y + key + caption + kFoot);
  }

  void stretch(double wanted, double sum) {
    if (wanted < kLeastRow * static_cast<double>(rows_))
      throw InputError("a page of this height has no room for " + std::to_string(rows_) +
                       (rows_ == 1 ? " row" : " rows") + " of figures");
    for (double& height : heights_) height *= wanted / sum;
  }

  void place_pages() {
    double y = 0;
    for (std::size_t row = 0; row < rows_; ++row) {
      for_each_in(row, [&](std::size_t i) {
        pages_.push_back(laid_out(i, heights_[row], &rooms_[i]));
        move(pages_.back(), x_of(cells_[i].first), y);
        places_.push_back(
            {x_of(cells_[i].first), y, x_of(cells_[i].first) + pages_.back().width_px, y + heights_[row]});
      });
      y += heights_[row] + kBetweenRows;
    }
  }

  void draw_figure(std::size_t i, paint::Canvas& canvas, bool raster) const {
    const Figure& figure = figures_[i].figure;
    ExportOptions paper = options_.paper;
    paper.theme = figures_[i].theme;
    const paint::Theme& theme = theme_of(figure, paper);
    if (!paper.transparent && figures_[i].theme != options_.paper.theme)
      canvas.fill_rect(places_[i], paint::with_alpha(theme.paper, 1));
    canvas.begin_group("figure" + std::to_string(i + 1));
    paint::draw_page(pages_[i], theme, true, canvas, paper_options(figure, paper, raster));
    canvas.end_group();
  }

  const std::vector<GridFigure>& figures_;
  const GridOptions& options_;
  paint::PaperScale scale_;
  double width_, height_ = 0;
  mutable paint::SvgCanvas ruler_;  // only measures
  std::vector<Cell> cells_;
  std::size_t rows_ = 0;
  std::vector<PageRoom> rooms_;
  std::vector<double> heights_;  // of the rows
  std::vector<Page> pages_;
  std::vector<PxRect> places_;
  paint::NamesBelow names_;
  paint::Px names_at_;
  std::vector<Page::Words> caption_;
};

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
  share_ranges(figures, options.share_x, options.share_y);
  const Panel names = options.share_legend ? take_shared_names(figures) : Panel{};
  const Grid grid(figures, options, names);
  const Sheet sheet{grid.width(),  grid.height(),
                    grid.scale(),  options.title,
                    options.about, [&](paint::Canvas& canvas, bool raster) {
                      grid.draw(canvas, raster); }};
  return writer->bytes(sheet, options.paper);
}

}  // namespace iem
