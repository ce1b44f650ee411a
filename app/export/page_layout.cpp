#include "app/export/page_layout.h"

#include <algorithm>
#include <cmath>

namespace iem::paint {
namespace {

constexpr double kTitleSize = 13, kTitleFormulaSize = 15, kCaptionSize = 12, kCaptionLine = 17;
constexpr double kTop = 8, kRight = 10, kTickRow = 20, kTitleRow = 24, kBetween = 14, kCaptionGap = 12,
                 kFoot = 4;

TextStyle caption_style() { return {kCaptionSize, false, Anchor::left, {}}; }

bool same_x(const Panel& a, const Panel& b) {
  return a.x.lo == b.x.lo && a.x.hi == b.x.hi && a.x.scale == b.x.scale;
}

// Panels that share an axis show its numbers and its name once, at the bottom.
std::vector<Panel> with_shared_axes(const Figure& figure) {
  std::vector<Panel> panels = figure.panels;
  for (std::size_t i = 0; i + 1 < panels.size(); ++i) {
    if (!same_x(panels[i], panels[i + 1]) || panels[i].equal_aspect) continue;
    panels[i].x.ticks = false;
    if (panels[i].x.label == panels[i + 1].x.label) panels[i].x.label = panels[i].x.unit = "";
  }
  if (panels.size() == 1 && panels[0].title.empty() && panels[0].title_tex.empty())
    panels[0].title = figure.title;
  return panels;
}

double title_height(const Panel& panel) {
  return panel.title.empty() && panel.title_tex.empty() ? 0 : kTitleRow;
}
double tick_height(const Panel& panel) { return panel.x.ticks ? kTickRow : 0; }

// Heights of the plots when the page may choose: an equal-aspect panel its own shape, others a calm oblong.
std::vector<double> wished_heights(const std::vector<Panel>& panels, double plot_width) {
  std::vector<double> heights;
  for (const Panel& panel : panels) {
    const double alone = std::min(0.62 * plot_width, 300.0);
    const double row = std::clamp(0.20 * plot_width, 92.0, 150.0);
    const double free_height = panels.size() == 1 ? alone * panel.height : row * panel.height;
    heights.push_back(panel.equal_aspect ? plot_width * std::clamp(natural_aspect(panel), 0.2, 1.4)
                                         : free_height);
  }
  return heights;
}

double tick_room(const std::vector<Panel>& panels, const std::vector<double>& heights, double width,
                 Canvas& canvas) {
  double room = 2;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const Transform to_px(panels[i], {0, 0, width, heights[i]});
    room = std::max(room, std::ceil(y_tick_width(panels[i], to_px, canvas)) + 1);
  }
  return room;
}

}  // namespace

std::vector<Page::Words> set_lines(const std::string& text, double width_px, double line_px,
                                   const TextStyle& style, Canvas& canvas, int& lines) {
  // Words and formulas in turn; what touches without a space stays together on a line.
  struct Atom {
    std::string text;
    bool tex, space_before;
    double width;
  };
  std::vector<Atom> atoms;
  bool tex = false, space = false;
  std::string current;
  const auto flush = [&](bool is_tex) {
    if (current.empty()) return;
    const double w =
        is_tex ? canvas.measure_formula(current, style).width : canvas.measure_text(current, style).width;
    atoms.push_back({current, is_tex, space, w});
    current.clear(), space = false;
  };
  for (char c : text) {
    if (c == '$') {
      flush(tex);
      tex = !tex;
    } else if (!tex && (c == ' ' || c == '\n')) {
      flush(false);
      space = true;
    } else {
      current += c;
    }
  }
  flush(tex);

  std::vector<Page::Words> words;
  const double blank = canvas.measure_text("a a", style).width - canvas.measure_text("aa", style).width;
  double x = 0;
  lines = atoms.empty() ? 0 : 1;
  for (std::size_t i = 0; i < atoms.size();) {
    std::size_t end = i + 1;
    double run = atoms[i].width;
    while (end < atoms.size() && !atoms[end].space_before) run += atoms[end++].width;
    const double lead = x > 0 ? blank : 0;
    if (x > 0 && x + lead + run > width_px) {
      x = 0, ++lines;
    } else {
      x += lead;
    }
    for (; i < end; ++i) {
      words.push_back({atoms[i].text, atoms[i].tex, {x, (lines - 1) * line_px}});
      x += atoms[i].width;
    }
  }
  return words;
}

Page lay_out_page(const Figure& figure, double width_px, double height_px, Canvas& canvas) {
  const std::vector<Panel> panels = with_shared_axes(figure);
  int lines = 0;
  std::vector<Page::Words> caption =
      set_lines(figure.caption, width_px - 8, kCaptionLine, caption_style(), canvas, lines);

  // What is not plot: titles, ticks, gaps, caption.
  const double caption_height = lines > 0 ? kCaptionGap + lines * kCaptionLine : 0;
  double fixed = kTop + kFoot + caption_height;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    fixed += title_height(panels[i]) + tick_height(panels[i]) + (i > 0 ? kBetween : 0);
  }

  double left = 40;
  std::vector<double> heights;
  for (int pass = 0; pass < 2;
       ++pass) {  // the width of the tick numbers depends on the heights, and these on it
    heights = wished_heights(panels, width_px - left - kRight);
    if (height_px > 0 && !heights.empty()) {
      double sum = 0;
      for (double h : heights) sum += h;
      const double stretch =
          std::max(40.0 * static_cast<double>(heights.size()), height_px - fixed) / std::max(sum, 1.0);
      for (double& h : heights) h *= stretch;
    }
    left = tick_room(panels, heights, width_px - left - kRight, canvas);
  }

  Page page;
  page.width_px = width_px;
  double y = kTop;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    if (i > 0) y += kBetween;
    y += title_height(panels[i]);
    page.cells.push_back({panels[i], {left, y, width_px - kRight, y + heights[i]}, {left, y - 9}});
    y += heights[i] + tick_height(panels[i]);
  }
  for (Page::Words& w : caption) w.at.x += 4, w.at.y += y + kCaptionGap + kCaptionSize;
  page.caption = std::move(caption);
  page.height_px = std::max(height_px, y + caption_height + kFoot);
  return page;
}

void draw_page(const Page& page, const Theme& theme, bool transparent, Canvas& canvas,
               const PaintOptions& options) {
  if (!transparent) canvas.fill_rect({0, 0, page.width_px, page.height_px}, with_alpha(theme.paper, 1));
  int index = 0;
  for (const Page::Cell& cell : page.cells) {
    const Transform to_px(cell.panel, cell.plot);
    canvas.begin_group("panel" + std::to_string(++index));
    if (title_height(cell.panel) > 0) {
      const TextStyle bold{kTitleSize, true, Anchor::left, with_alpha(theme.ink, 1)};
      const TextStyle symbol{kTitleFormulaSize, false, Anchor::left, with_alpha(theme.muted, 1)};
      canvas.text(cell.panel.title, cell.title, bold);
      const double gap = cell.panel.title.empty() ? 0 : canvas.measure_text(cell.panel.title, bold).width + 9;
      if (!cell.panel.title_tex.empty())
        canvas.formula(cell.panel.title_tex, {cell.title.x + gap, cell.title.y}, symbol);
    }
    paint_grid(cell.panel, to_px, theme, canvas, options);
    paint_marks(cell.panel, to_px, theme, canvas, options);
    paint_axes(cell.panel, to_px, theme, canvas, options);
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
