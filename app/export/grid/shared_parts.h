// What figures of one page share, and those of all pages that are to be alike, as frames of a film are.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/export/grid/figure_grid.h"
#include "app/export/shared_ranges.h"

namespace iem {

// Ranges of axes: figures of the same id have the same ones where their axes measure the same. With `steady`
// each of the others keeps one range over all pages.
class GridRanges {
 public:
  GridRanges(const GridLook& look, bool steady) : look_(look), steady_(steady) {}

  // There is to be room for the figures of this page too.
  void include(const std::vector<GridFigure>& figures);
  // All are included; `figures` say what their axes measure.
  void settle(const std::vector<GridFigure>& figures);
  void apply(std::vector<GridFigure>& figures) const;

 private:
  GridLook look_;
  bool steady_;
  std::vector<SharedRanges> own_, x_, y_;  // of each figure
};

// Names of curves that more than one figure of a page shows, in the same look on every page: they stand once
// below all. Keys to signs that an earlier figure of the page has are left out.
class GridNames {
 public:
  // The figures of page `page`.
  void include(const std::vector<GridFigure>& figures, int page = 0);
  void take_from(std::vector<GridFigure>& figures) const;
  // A panel with the curves whose names are taken, in the order of their first appearance.
  Panel taken() const;

 private:
  // How a curve and its name look.
  struct Look {
    Role role;
    int index;
    Dash dash;
    bool tex;
    paint::ThemeId theme;
    std::string palette;
    bool operator==(const Look&) const = default;
  };
  struct Name {
    Look look;
    Line line;                  // of its first appearance, without its points
    std::pair<int, int> first;  // the page, and the how manieth name on it
    std::set<std::size_t> in;   // which figures
    bool alike = true;
    bool is_shared() const { return alike && in.size() > 1; }
  };
  static Look look_of(const Line& line, const GridFigure& in);

  std::map<std::string, Name> names_;
};

}  // namespace iem
