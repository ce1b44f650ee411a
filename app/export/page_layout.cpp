#include "app/export/page_layout.h"

#include <algorithm>
#include <cmath>

#include "app/paint/curve_name.h"
#include "app/paint/end_names.h"
#include "core/figure/shared_axes.h"

namespace iem::paint {
namespace {

constexpr double kTitleSize = 13, kTitleFormulaSize = 15, kCaptionSize = 12, kCaptionLine = 17;
constexpr double kTop = 8, kRight = 10, kTickRow = 20, kTitleRow = 24, kBetween = 14, kCaptionGap = 12,
                 kFoot = 4, kEdge = 4, kKeyGap = 10, kBetweenTitles = 8;
// So many names of curves can stand on these where they do not fit beside the plot.
constexpr std::size_t kMostOnCurves = 2;

TextStyle caption_style() { return {kCaptionSize, false, Anchor::left, {}}; }

bool has_title(const Panel& panel) { return !panel.title.empty() || !panel.title_tex.empty(); }

// A single panel stands below the title of its figure; the letter is that of the first.
std::vector<Panel> with_titles(const Figure& figure, std::vector<Panel> panels) {
  if (panels.empty()) return panels;
  Panel& first = panels.front();
  if (panels.size() == 1 && !figure.paper.title)
    first.title.clear(), first.title_tex.clear();
  else if (panels.size() == 1 && !has_title(first))
    first.title = figure.title;
  if (const std::string& letter = figure.paper.letter; !letter.empty())
    first.title = "(" + letter + ")" + (first.title.empty() ? "" : " ") + first.title;
  return panels;
}

// From the plot's top up: a gap below the baseline, then the letters and a little air.
void add_title(const Panel& panel, Canvas& canvas, PageRoom::Row& row) {
  if (!has_title(panel)) return;
  TextExtent symbol;
  if (!panel.title_tex.empty()) {
    symbol = canvas.measure_formula(panel.title_tex, {kTitleFormulaSize, false, Anchor::left, {}});
  }
  row.title_below = std::max(9.0, symbol.descent + 6);
  row.title_height = row.title_below + std::max(kTitleRow - 9, symbol.ascent + 3);
}

// A title that would reach into the next column or off the page ends in "…".
void cut_title(Panel& panel, double room, Canvas& canvas) {
  const TextStyle bold{kTitleSize, true, Anchor::left, {}};
  const TextStyle symbol{kTitleFormulaSize, false, Anchor::left, {}};
  if (!panel.title_tex.empty()) room -= 10 + canvas.measure_formula(panel.title_tex, symbol).width;
  panel.title = cut_words(panel.title, room, bold, canvas);
}

// Words in rows, without a scale: room above and below them would only take them apart.
bool is_table(const Panel& panel) {
  return !panel.x.ticks && !panel.y.ticks && !panel.marks.empty() &&
         std::ranges::all_of(panel.marks,
                             [](const Mark& mark) { return std::holds_alternative<Text>(mark); });
}

// Heights of the plots where the page may choose: an equal-aspect panel gets its natural shape, a table that
// of its rows, others a wide rectangle.
std::vector<double> wished_heights(const std::vector<Panel>& panels, double plot_width) {
  std::vector<double> heights;
  for (const Panel& panel : panels) {
    const double alone = std::min(0.62 * plot_width, 300.0);
    const double row = std::clamp(0.20 * plot_width, 92.0, 150.0);
    constexpr double kLeast = 76;  // where a curve and three numbers can be read
    constexpr double kTableRow = 22;
    if (is_table(panel)) {
      heights.push_back(kTableRow * std::abs(panel.y.hi - panel.y.lo));
      continue;
    }
    const double oblong = panels.size() == 1 ? panel.height * alone : std::max(kLeast, panel.height * row);
    heights.push_back(panel.equal_aspect ? plot_width * std::clamp(natural_aspect(panel), 0.2, 1.4) : oblong);
  }
  return heights;
}

// What is around each plot.
std::vector<PageRoom::Row> surrounds(const std::vector<Panel>& panels, const std::vector<double>& heights,
                                     double width, const PaintOptions& options, Canvas& canvas) {
  std::vector<PageRoom::Row> out;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const NameRoom names =
        axis_name_room(panels[i], Transform(panels[i], {0, 0, width, heights[i]}), canvas, options);
    PageRoom::Row s;
    add_title(panels[i], canvas, s);
    s.above = s.title_height + names.above;
    s.below =
        (panels[i].x.ticks ? kTickRow : 0) + names.below + legend_room(panels[i], width, canvas, options);
    out.push_back(s);
  }
  return out;
}

// The largest value of each row of panels, by `better`.
template <class T, class Better>
std::vector<T> by_row(const std::vector<T>& cells, std::size_t columns, Better better) {
  std::vector<T> rows;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i % columns == 0)
      rows.push_back(cells[i]);
    else
      rows.back() = better(rows.back(), cells[i]);
  }
  return rows;
}

PageRoom::Row larger(PageRoom::Row a, const PageRoom::Row& b) {
  if (b.title_height > a.title_height) a.title_below = b.title_below, a.title_height = b.title_height;
  a.above = std::max(a.above, b.above), a.below = std::max(a.below, b.below);
  return a;
}

double end_names_width(const std::vector<Panel>& panels, Canvas& canvas) {
  double room = 0;
  for (const Panel& panel : panels) room = std::max(room, end_name_room(panel, canvas));
  return room;
}

// The room left and right of all plots: for y tick numbers, names of curves, and x tick numbers that reach
// beyond the ends of their axis. It is rounded up to whole steps, so that plots do not move while a run goes
// on and its numbers change.
Overhang side_room(const std::vector<Panel>& panels, const std::vector<double>& heights, double width,
                   double end_names, Canvas& canvas) {
  constexpr double kLeast = 36, kStep = 12;
  Overhang room{0, std::max(kRight - kEdge, end_names)};
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const Transform to_px(panels[i], {0, 0, width, heights[i]});
    const Overhang x = x_tick_overhang(panels[i], to_px, canvas);
    room.left = std::max({room.left, x.left, std::ceil(y_tick_width(panels[i], to_px, canvas))});
    room.right = std::max(room.right, x.right);
  }
  const auto in_steps = [](double least, double px) {
    return least + kStep * std::ceil(std::max(0.0, px - least) / kStep);
  };
  return {in_steps(kLeast, room.left) + kEdge, in_steps(kStep, room.right) + kEdge};
}

void stretch_to(double wanted, std::vector<double>& heights) {
  double sum = 0;
  for (double h : heights) sum += h;
  const double total = std::max(40.0 * static_cast<double>(heights.size()), wanted);
  for (double& h : heights) h *= total / std::max(sum, 1.0);
}

double total(const std::vector<PageRoom::Row>& around) {
  double sum = around.empty() ? 0 : kBetween * static_cast<double>(around.size() - 1);
  for (const PageRoom::Row& s : around) sum += s.above + s.below;
  return sum;
}

}  // namespace

std::size_t Page::columns() const {
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(
      1, std::ranges::count_if(cells, [&](const Cell& cell) { return cell.plot.y0 == cells[0].plot.y0; })));
}

PaintOptions with_names_of(const Page& page, PaintOptions options) {
  options.names_at_ends = page.names_at_ends;
  options.names_in_key = page.names_in_key;
  options.key_inside = page.key_inside;
  return options;
}

void PageRoom::include(const PageRoom& other) {
  const bool takes_first = rows.empty();
  left = std::max(left, other.left), right = std::max(right, other.right);
  rows.resize(std::max(rows.size(), other.rows.size()));
  for (std::size_t i = 0; i < other.rows.size(); ++i) rows[i] = larger(rows[i], other.rows[i]);
  names_in_key = names_in_key || other.names_in_key;
  names_at_ends = (names_at_ends || other.names_at_ends) && !names_in_key;
  key_inside = (takes_first || key_inside) && other.key_inside;
  key_px = std::max(key_px, other.key_px);
  caption_lines = std::max(caption_lines, other.caption_lines);
}

namespace {

// Lays a figure out once: what it needs around its plots, then the places of everything.
class Layout {
 public:
  Layout(const Figure& figure, double width_px, double height_px, Canvas& canvas, const LinkRoom* link)
      : figure_(figure),
        canvas_(canvas),
        link_(link),
        width_(width_px),
        height_(height_px),
        columns_(columns_on(figure, width_px)),
        panels_(with_titles(figure, with_shared_axes(figure, columns_))),
        gap_(column_gap(panels_, columns_)) {}

  // What the figure needs by itself.
  PageRoom needed() const {
    PageRoom room;
    room.left = 40, room.right = kRight;
    room.key_inside = figure_.paper.legend_inside;
    const double end_names = end_names_width(panels_, canvas_);
    const bool many = names_below(panels_, whole(room), canvas_).lines.size() > kMostOnCurves;
    const auto place_names = [&] {
      room.names_at_ends = !room.key_inside && end_names > 0 && end_names < 0.4 * width_;
      room.names_in_key = !room.key_inside && many && !room.names_at_ends;
    };
    place_names();
    // The width of the tick numbers depends on the heights, and these on it.
    for (int pass = 0; pass < 2; ++pass) {
      add_rows(room);
      const std::vector<double> heights = heights_in(room);
      for (std::size_t k = 0; room.key_inside && k < panels_.size(); ++k) {
        room.key_inside = key_fits(panels_[k], heights[k / columns_]);
        if (!room.key_inside) place_names();
      }
      for (std::size_t k = 0; many && k < panels_.size(); ++k)
        room.names_at_ends = room.names_at_ends && end_names_fit(panels_[k], heights[k / columns_]);
      room.names_in_key = !room.key_inside && many && !room.names_at_ends;
      const Overhang sides = side_room(panels_, of_panels(heights), plot_width(room),
                                       room.names_at_ends ? end_names : 0, canvas_);
      room.left = sides.left, room.right = sides.right;
    }
    caption_in(room, room.caption_lines);
    room.key_px = names_below(panels_, whole(room), canvas_).height_px;
    return room;
  }

  Page page(const PageRoom& given) const {
    PageRoom room = given;
    const std::vector<double> heights = heights_in(room);
    const double across = plot_width(room);
    Page page;
    page.width_px = width_;
    page.names_at_ends = room.names_at_ends, page.names_in_key = room.names_in_key;
    page.key_inside = room.key_inside;
    page.mark_scale = std::clamp(across / 540, 0.75, 1.0);
    double y = kTop;
    for (std::size_t row = 0; row < heights.size(); ++row) {
      if (row > 0) y += kBetween;
      const PageRoom::Row around = row < room.rows.size() ? room.rows[row] : PageRoom::Row{};
      const double title = y + around.title_height - around.title_below;
      y += around.above;
      for (std::size_t i = row * columns_; i < std::min(panels_.size(), (row + 1) * columns_); ++i) {
        const double x = room.left + (across + gap_) * static_cast<double>(i % columns_);
        const double end = columns_ > 1 ? x + across : width_ - room.right;
        page.cells.push_back({panels_[i], {x, y, end, y + heights[row]}, {x, title}});
        const double next = columns_ > 1 ? end + gap_ - kBetweenTitles : width_ - kEdge;
        cut_title(page.cells.back().panel, next - x, canvas_);
      }
      y += heights[row] + around.below;
    }
    if (room.names_in_key && !page.cells.empty()) {
      page.cells.back().names_at = {room.left, y + kKeyGap};
      page.cells.back().names = names_below(panels_, whole(room), canvas_);
      y += key_height(room);
    }
    int lines = 0;
    page.caption = caption_in(room, lines);
    page.caption_px = words_px(room);
    for (Page::Words& w : page.caption) w.at.x += room.left, w.at.y += y + kCaptionGap + kCaptionSize;
    if (link_)
      page.link = place_link(*link_, {room.left, y + kCaptionGap}, whole(room), caption_px(room), canvas_);
    page.height_px = std::max(height_, y + foot_height(room) + kFoot);
    page.room = std::move(room);
    return page;
  }

 private:
  double whole(const PageRoom& room) const { return width_ - room.left - room.right; }
  double plot_width(const PageRoom& room) const {
    const double gaps = gap_ * static_cast<double>(columns_ - 1);
    return columns_ > 1 ? (whole(room) - gaps) / static_cast<double>(columns_) : whole(room);
  }
  static double caption_px(const PageRoom& room) { return room.caption_lines * kCaptionLine; }
  double words_px(const PageRoom& room) const { return link_ ? link_->words_px(whole(room)) : whole(room); }
  // Of the caption and the link.
  double foot_height(const PageRoom& room) const {
    const double px = link_ ? link_->foot_px(whole(room), caption_px(room)) : caption_px(room);
    return px > 0 ? kCaptionGap + px : 0;
  }
  static double key_height(const PageRoom& room) { return room.names_in_key ? kKeyGap + room.key_px : 0; }

  std::vector<double> of_panels(const std::vector<double>& rows) const {
    std::vector<double> out;
    for (std::size_t i = 0; i < panels_.size(); ++i) out.push_back(rows[i / columns_]);
    return out;
  }
  std::vector<double> natural_heights(const PageRoom& room) const {
    return by_row(wished_heights(panels_, plot_width(room)), columns_,
                  [](double a, double b) { return std::max(a, b); });
  }
  // The heights of the rows of plots.
  std::vector<double> heights_in(const PageRoom& room) const {
    std::vector<double> heights = natural_heights(room);
    if (height_ > 0)
      stretch_to(height_ - kTop - kFoot - foot_height(room) - key_height(room) - total(room.rows), heights);
    return heights;
  }
  std::vector<Page::Words> caption_in(const PageRoom& room, int& lines) const {
    return set_lines(figure_.caption, words_px(room), kCaptionLine, caption_style(), canvas_, lines);
  }
  // Everything above and below the plots at the present width.
  void add_rows(PageRoom& room) const {
    PaintOptions options;
    options.place_labels = true;
    options.key_inside = room.key_inside;
    caption_in(room, room.caption_lines);
    room.key_px = names_below(panels_, whole(room), canvas_).height_px;
    room.rows =
        by_row(surrounds(panels_, of_panels(natural_heights(room)), plot_width(room), options, canvas_),
               columns_, larger);
  }

  const Figure& figure_;
  Canvas& canvas_;
  const LinkRoom* link_;
  double width_, height_;
  std::size_t columns_;
  std::vector<Panel> panels_;
  double gap_;
};

}  // namespace

Page lay_out_page(const Figure& figure, double width_px, double height_px, Canvas& canvas,
                  const PageRoom* room, const LinkRoom* link) {
  const Layout layout(figure, width_px, height_px, canvas, link);
  return layout.page(room ? *room : layout.needed());
}

void draw_page(const Page& page, const Theme& theme, bool transparent, Canvas& canvas, PaintOptions options) {
  options = with_names_of(page, options);
  options.mark_scale *= page.mark_scale;
  if (!transparent) canvas.fill_rect({0, 0, page.width_px, page.height_px}, with_alpha(theme.paper, 1));
  int index = 0;
  for (const Page::Cell& cell : page.cells) {
    const Transform to_px(cell.panel, cell.plot);
    canvas.begin_group("panel" + std::to_string(++index));
    if (has_title(cell.panel)) {
      const TextStyle bold{kTitleSize, true, Anchor::left, with_alpha(theme.ink, 1)};
      const TextStyle symbol{kTitleFormulaSize, false, Anchor::left, with_alpha(theme.muted, 1)};
      canvas.text(cell.panel.title, cell.title, bold);
      const double gap =
          cell.panel.title.empty() ? 0 : canvas.measure_text(cell.panel.title, bold).width + 10;
      if (!cell.panel.title_tex.empty())
        canvas.formula(cell.panel.title_tex, {cell.title.x + gap, cell.title.y}, symbol);
    }
    paint_grid(cell.panel, to_px, theme, canvas, options);
    paint_marks(cell.panel, to_px, theme, canvas, options);
    if (page.names_at_ends) paint_end_names(cell.panel, to_px, theme, canvas, options);
    paint_axes(cell.panel, to_px, theme, canvas, options);
    paint_names_below(cell.names, cell.names_at, theme, canvas);
    canvas.end_group();
  }
  if (page.caption.empty()) return;
  TextStyle style = caption_style();
  style.colour = with_alpha(theme.ink, 1);
  canvas.begin_group("caption");
  for (const Page::Words& w : page.caption)
    w.tex ? canvas.formula(w.text, w.at, style) : canvas.text(w.text, w.at, style);
  canvas.end_group();
}

}  // namespace iem::paint
