// Where everything stands on a page of several figures. Each figure is a page of its own, laid out in its
// part of the whole one.
#pragma once

#include <string>
#include <vector>

#include "app/export/grid/figure_grid.h"
#include "app/export/page_layout.h"
#include "app/export/svg_canvas.h"
#include "app/export/writers.h"

namespace iem {

// What the parts of a page take. Pages that are laid out with the same space have everything at the same
// places, as frames of an animation must.
struct GridSpace {
  std::vector<paint::PageRoom> rooms;   // around the plots of each figure
  std::vector<double> heights_px = {};  // of the rows; empty: what the figures ask for
  int caption_lines = 0;                // at least
};

class GridLayout {
 public:
  // `names`: curves whose names stand below all (GridNames). There is at least `least` space around each
  // plot; where heights are given it is taken as it is. Everything given is used as long as this is.
  GridLayout(const std::vector<GridFigure>& figures, const GridLook& look, const ExportOptions& paper,
             const std::string& caption, const Panel& names, const GridSpace& least = {});

  // That it took.
  GridSpace space() const;
  // The page. `steady`: words stay where they are put (paint::PaintOptions).
  Sheet sheet(bool steady = false) const;

 private:
  struct Cell {
    std::size_t row = 0, first = 0, last = 0;  // columns
  };

  std::size_t columns() const { return static_cast<std::size_t>(look_.columns); }
  void place_cells();
  double column_px() const;
  double x_of(std::size_t column) const;
  double width_of(const Cell& cell) const { return x_of(cell.last) + column_px() - x_of(cell.first); }
  paint::Page laid_out(std::size_t i, double height_px, const paint::PageRoom* room) const;
  void take_rooms(const GridSpace& least);
  void align_columns();
  void set_words_again(std::size_t i);
  void align_rows();
  double foot_of(std::size_t i) const;
  template <class Act>
  void for_each_in(std::size_t row, Act act) const;
  void take_heights();
  void place_below(const std::string& caption, const Panel& names, int least_lines);
  void stretch(double wanted, double sum);
  void place_pages();
  void draw(paint::Canvas& canvas, bool raster, bool steady) const;
  void draw_figure(std::size_t i, paint::Canvas& canvas, bool raster, bool steady) const;

  const std::vector<GridFigure>& figures_;
  const GridLook& look_;
  const ExportOptions& paper_;
  paint::PaperScale scale_;
  double width_, height_ = 0;
  mutable paint::SvgCanvas ruler_;  // only measures
  std::vector<Cell> cells_;
  std::size_t rows_ = 0;
  std::vector<paint::PageRoom> rooms_;
  std::vector<double> heights_;  // of the rows
  std::vector<paint::Page> pages_;
  std::vector<paint::PxRect> places_;
  paint::NamesBelow names_;
  paint::Px names_at_;
  std::vector<paint::Page::Words> caption_;
  int caption_lines_ = 0;
};

}  // namespace iem
