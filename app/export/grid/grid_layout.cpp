#include "app/export/grid/grid_layout.h"

#include <algorithm>

#include "core/base/error.h"

namespace iem {
namespace {

using paint::Page;
using paint::PageRoom;

constexpr double kBetweenColumns = 14, kBetweenRows = 12, kKeyGap = 8, kCaptionGap = 14, kFoot = 4;
constexpr double kCaptionSize = 12, kCaptionLine = 17;
constexpr double kLeastRow = 60;  // px: where there is still a plot between title and numbers

const paint::TextStyle kCaptionStyle{kCaptionSize, false, Anchor::left, {}};

void move(Page& page, double x, double y) {
  for (Page::Cell& cell : page.cells) {
    cell.plot = {cell.plot.x0 + x, cell.plot.y0 + y, cell.plot.x1 + x, cell.plot.y1 + y};
    cell.title = {cell.title.x + x, cell.title.y + y};
    cell.names_at = {cell.names_at.x + x, cell.names_at.y + y};
  }
  for (Page::Words& words : page.caption) words.at = {words.at.x + x, words.at.y + y};
}

}  // namespace

GridLayout::GridLayout(const std::vector<GridFigure>& figures, const GridLook& look,
                       const ExportOptions& paper, const std::string& caption, const Panel& names,
                       const GridSpace& least)
    : figures_(figures),
      look_(look),
      paper_(paper),
      scale_(paint::PaperScale::of_type(figures.front().figure.paper.type_pt)),
      width_(paper.width_cm * scale_.px_per_cm()),
      ruler_(1, 1, scale_.least_line_px()) {
  place_cells();
  take_rooms(least);
  heights_ = least.heights_px;
  if (heights_.empty()) take_heights();
  place_below(caption, names, least.caption_lines);
  place_pages();
}

GridSpace GridLayout::space() const { return {rooms_, heights_, caption_lines_}; }

Sheet GridLayout::sheet(bool steady) const {
  return {width_, height_,
          scale_, {},
          {},     [this, steady](paint::Canvas& canvas, bool raster) {
            draw(canvas, raster, steady); }};
}

void GridLayout::draw(paint::Canvas& canvas, bool raster, bool steady) const {
  const paint::Theme& theme = paint::theme(paper_.theme, figures_.front().figure.paper.palette);
  if (!paper_.transparent) canvas.fill_rect({0, 0, width_, height_}, paint::with_alpha(theme.paper, 1));
  for (std::size_t i = 0; i < figures_.size(); ++i) draw_figure(i, canvas, raster, steady);
  paint::paint_names_below(names_, names_at_, theme, canvas);
  if (caption_.empty()) return;
  paint::TextStyle style = kCaptionStyle;
  style.colour = paint::with_alpha(theme.ink, 1);
  canvas.begin_group("caption");
  for (const Page::Words& w : caption_)
    w.tex ? canvas.formula(w.text, w.at, style) : canvas.text(w.text, w.at, style);
  canvas.end_group();
}

void GridLayout::place_cells() {
  std::size_t row = 0, next = 0;
  for (const GridFigure& each : figures_) {
    const auto span = std::min(static_cast<std::size_t>(each.columns), columns());
    if (next + span > columns()) ++row, next = 0;
    cells_.push_back({row, next, next + span - 1});
    next += span;
  }
  rows_ = row + 1;
}

double GridLayout::column_px() const {
  const auto count = static_cast<double>(columns());
  return (width_ - kBetweenColumns * (count - 1)) / count;
}

double GridLayout::x_of(std::size_t column) const {
  return static_cast<double>(column) * (column_px() + kBetweenColumns);
}

Page GridLayout::laid_out(std::size_t i, double height_px, const PageRoom* room) const {
  return paint::lay_out_page(figures_[i].figure, width_of(cells_[i]), height_px, ruler_, room);
}

void GridLayout::take_rooms(const GridSpace& least) {
  if (!least.heights_px.empty()) {
    rooms_ = least.rooms;
    return;
  }
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    rooms_.push_back(laid_out(i, 0, nullptr).room);
    if (i < least.rooms.size()) rooms_.back().include(least.rooms[i]);
  }
  align_columns();
  align_rows();
}

// Of the figures that begin in one column the plots begin in line; of those that end in one they end so.
void GridLayout::align_columns() {
  std::vector<double> left(columns()), right(columns());
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    left[cells_[i].first] = std::max(left[cells_[i].first], rooms_[i].left);
    right[cells_[i].last] = std::max(right[cells_[i].last], rooms_[i].right);
  }
  for (std::size_t i = 0; i < cells_.size(); ++i)
    rooms_[i].left = left[cells_[i].first], rooms_[i].right = right[cells_[i].last], set_words_again(i);
}

// What stands below the plots, in a room that has become narrower.
void GridLayout::set_words_again(std::size_t i) {
  PageRoom& room = rooms_[i];
  const Figure& figure = figures_[i].figure;
  const double whole = width_of(cells_[i]) - room.left - room.right;
  int lines = 0;
  paint::set_lines(figure.caption, whole, kCaptionLine, kCaptionStyle, ruler_, lines);
  room.caption_lines = std::max(room.caption_lines, lines);
  room.key_px = std::max(room.key_px, paint::names_below(figure.panels, whole, ruler_).height_px);
}

// In one row the titles, the tops of the plots and their feet are in line.
void GridLayout::align_rows() {
  for (std::size_t row = 0; row < rows_; ++row) {
    PageRoom::Row top;
    double names = 0, foot = 0;
    const auto for_each_shown = [&](auto act) {
      for_each_in(row, [&](std::size_t i) {
        if (!figures_[i].figure.panels.empty()) act(i);
      });
    };
    for_each_shown([&](std::size_t i) {
      const PageRoom::Row& own = rooms_[i].rows.front();
      names = std::max(names, own.above - own.title_height);
      if (own.title_height > top.title_height)
        top.title_height = own.title_height, top.title_below = own.title_below;
    });
    for_each_shown([&](std::size_t i) {
      PageRoom::Row& own = rooms_[i].rows.front();
      own.title_height = top.title_height, own.title_below = top.title_below;
      own.above = top.title_height + names;
      foot = std::max(foot, foot_of(i));
    });
    for_each_shown([&](std::size_t i) { rooms_[i].rows.back().below += foot - foot_of(i); });
  }
}

double GridLayout::foot_of(std::size_t i) const {
  const Page page = laid_out(i, 0, &rooms_[i]);
  return page.height_px - page.cells.back().plot.y1;
}

template <class Act>
void GridLayout::for_each_in(std::size_t row, Act act) const {
  for (std::size_t i = 0; i < cells_.size(); ++i)
    if (cells_[i].row == row) act(i);
}

void GridLayout::take_heights() {
  heights_.assign(rows_, 0);
  for (std::size_t row = 0; row < rows_; ++row)
    for_each_in(row, [&](std::size_t i) {
      const double own = laid_out(i, 0, &rooms_[i]).height_px;
      const double wished = figures_[i].height_cm * scale_.px_per_cm();
      heights_[row] = std::max(heights_[row], wished > 0 ? wished : own);
    });
}

void GridLayout::place_below(const std::string& caption, const Panel& names, int least_lines) {
  const double left = rooms_.front().left, room = width_ - left - kFoot;
  names_ = paint::names_below({names}, room, ruler_);
  caption_ = paint::set_lines(caption, room, kCaptionLine, kCaptionStyle, ruler_, caption_lines_);
  caption_lines_ = std::max(caption_lines_, least_lines);
  const double key_px = names_.lines.empty() ? 0 : kKeyGap + names_.height_px;
  const double caption_px = caption_lines_ == 0 ? 0 : kCaptionGap + caption_lines_ * kCaptionLine;
  const double between = kBetweenRows * static_cast<double>(rows_ - 1);
  const double wanted = paper_.height_cm * scale_.px_per_cm();
  double sum = 0;
  for (const double height : heights_) sum += height;
  if (wanted > 0) stretch(wanted - between - key_px - caption_px - kFoot, sum);
  double y = between;
  for (const double height : heights_) y += height;
  names_at_ = {left, y + kKeyGap};
  for (Page::Words& w : caption_) w.at.x += left, w.at.y += y + key_px + kCaptionGap + kCaptionSize;
  height_ = std::max(wanted, y + key_px + caption_px + kFoot);
}

void GridLayout::stretch(double wanted, double sum) {
  if (wanted < kLeastRow * static_cast<double>(rows_))
    throw InputError("a page of this height has no room for " + std::to_string(rows_) +
                     (rows_ == 1 ? " row" : " rows") + " of figures");
  for (double& height : heights_) height *= wanted / sum;
}

void GridLayout::place_pages() {
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

void GridLayout::draw_figure(std::size_t i, paint::Canvas& canvas, bool raster, bool steady) const {
  const Figure& figure = figures_[i].figure;
  ExportOptions paper = paper_;
  paper.theme = figures_[i].theme;
  const paint::Theme& theme = theme_of(figure, paper);
  if (!paper.transparent && figures_[i].theme != paper_.theme)
    canvas.fill_rect(places_[i], paint::with_alpha(theme.paper, 1));
  paint::PaintOptions paint = paper_options(figure, paper, raster);
  paint.steady_words = steady;
  canvas.begin_group("figure" + std::to_string(i + 1));
  paint::draw_page(pages_[i], theme, true, canvas, paint);
  canvas.end_group();
}

}  // namespace iem
