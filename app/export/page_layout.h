// A figure on a page: panels stacked over shared pixels, titles above, tick numbers left and below, caption
// at the foot. A long caption makes the page higher, never the type smaller.
#pragma once

#include <string>
#include <vector>

#include "app/export/link/page_link.h"
#include "app/paint/canvas.h"
#include "app/paint/end_names.h"
#include "app/paint/figure_painter.h"
#include "app/paint/theme.h"

namespace iem::paint {

// How large a style pixel is on paper, by the size that type of 12 px has.
struct PaperScale {
  double points_per_px = PaperLook::kTypePt / 12;

  static constexpr PaperScale of_type(double pt) { return {pt / 12}; }
  constexpr double px_per_cm() const { return 72 / 2.54 / points_per_px; }
  constexpr double least_line_px() const { return 0.4 / points_per_px; }  // 0.4 pt
};

constexpr double kPointsPerPx = PaperScale{}.points_per_px;  // 12 px type is 7 pt
constexpr double kPxPerCm = PaperScale{}.px_per_cm();        // 48.6
constexpr double kLeastLinePx = PaperScale{}.least_line_px();

// What surrounds the plots of a page. Pages laid out with the same room have their plots at the same places
// whatever they show, as frames of an animation must.
struct PageRoom {
  struct Row {
    double title_below = 0, title_height = 0;  // from the plots' top up: below the title's baseline, in all
    double above = 0, below = 0;               // titles and axis names; tick numbers, names and legends
  };
  double left = 0, right = 0;  // of all plots
  std::vector<Row> rows;
  bool names_at_ends = false, names_in_key = false, key_inside = false;  // as in Page
  double key_px = 0;  // the height of the names below the plots
  int caption_lines = 0;

  // Afterwards it has room for both.
  void include(const PageRoom& other);
};

struct Page {
  double width_px = 0, height_px = 0;
  double mark_scale = 1;       // small pages have smaller marks, never smaller type
  bool names_at_ends = false;  // there is room for the names of curves right of the plots
  bool names_in_key = false;   // there is none: they stand below the last of them
  bool key_inside = false;     // they stand within the plots, as the figure asked for
  struct Cell {
    Panel panel;  // ticks as this page draws them
    PxRect plot;
    Px title;               // baseline, left
    NamesBelow names = {};  // of all curves, below the last plot (Page::names_in_key)
    Px names_at = {};       // their upper left
  };
  std::vector<Cell> cells;      // row after row
  std::size_t columns() const;  // of cells side by side
  struct Words {                // one piece of the caption: words or a formula
    std::string text;
    bool tex = false;
    Px at;
  };
  std::vector<Words> caption;
  double caption_px = 0;  // the width it is set in
  PageLink link = {};     // to the run
  PageRoom room;          // that it took
};

// The options with which the page's names stand where it has left room for them.
PaintOptions with_names_of(const Page& page, PaintOptions options);

// height_px 0: what the panels ask for. Measures words with `canvas`, draws nothing. `room`: what to leave
// around the plots instead of what this figure needs; null: that. `link`: what the link to its run takes;
// null: there is none.
Page lay_out_page(const Figure& figure, double width_px, double height_px, Canvas& canvas,
                  const PageRoom* room = nullptr, const LinkRoom* link = nullptr);

// All of it but the link.
void draw_page(const Page& page, const Theme& theme, bool transparent, Canvas& canvas, PaintOptions options);

// Text with $formulas$ set in lines of at most `width_px`; the first baseline at y 0, then one every
// `line_px`. Returns the pieces; `lines` is their count.
std::vector<Page::Words> set_lines(const std::string& text, double width_px, double line_px,
                                   const TextStyle& style, Canvas& canvas, int& lines);

}  // namespace iem::paint
