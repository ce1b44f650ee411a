#include "app/export/grid/shared_parts.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <variant>

#include "app/export/shared_ranges.h"

namespace iem {
namespace {

// Tells axes apart that measure different things.
std::string measured(const Axis& axis) {
  return axis.label + "\n" + axis.unit + "\n" + std::to_string(static_cast<int>(axis.scale)) +
         std::to_string(static_cast<int>(axis.quantity)) + (axis.lo > axis.hi ? "d" : "u") + "\n";
}

template <Axis Panel::*which>
std::string kind_of(const Figure& figure) {
  std::string out = figure.id + "\n";
  for (const Panel& panel : figure.panels) out += measured(panel.*which);
  return out;
}

template <Axis Panel::*which>
void share(std::vector<GridFigure>& figures, SharedRanges::Axes axes, bool GridFigure::*own) {
  std::map<std::string, SharedRanges> kinds;
  for (const GridFigure& each : figures)
    if (!(each.*own)) kinds[kind_of<which>(each.figure)].include(each.figure);
  for (GridFigure& each : figures)
    if (!(each.*own)) each.figure = kinds[kind_of<which>(each.figure)].over_all(std::move(each.figure), axes);
}

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

Look look_of(const Line& line, const GridFigure& in) {
  return {line.ink.role, line.ink.index, line.dash, line.label_tex, in.theme, in.figure.paper.palette};
}

// Calls `act` with each curve of a figure whose name stands beside or below its plot.
template <class F, class Act>
void for_each_named(F& figure, Act act) {
  if (figure.paper.legend_inside) return;
  for (auto& panel : figure.panels)
    for (auto& mark : panel.marks)
      if (auto* line = std::get_if<Line>(&mark); line && line->name_at_end && !line->label.empty())
        act(*line);
}

// The names that can stand once: of more than one figure, and of the same look in all.
std::set<std::string> shared_names(const std::vector<GridFigure>& figures) {
  struct Seen {
    std::optional<Look> look;
    std::set<const GridFigure*> in;
    bool alike = true;
  };
  std::map<std::string, Seen> seen;
  for (const GridFigure& each : figures)
    for_each_named(each.figure, [&](const Line& line) {
      Seen& name = seen[line.label];
      const Look look = look_of(line, each);
      name.alike = name.alike && (!name.look || *name.look == look);
      name.look = look;
      name.in.insert(&each);
    });
  std::set<std::string> out;
  for (const auto& [label, name] : seen)
    if (name.alike && name.in.size() > 1) out.insert(label);
  return out;
}

void keep_first_keys(std::vector<GridFigure>& figures) {
  using Key = std::tuple<std::string, std::vector<std::pair<Sign, std::string>>, std::vector<int>>;
  std::set<Key> seen;
  for (GridFigure& each : figures)
    for (Panel& panel : each.figure.panels)
      std::erase_if(panel.marks, [&](const Mark& mark) {
        const auto* key = std::get_if<Legend>(&mark);
        return key && !seen.insert({each.figure.id, key->entries, key->prototypes}).second;
      });
}

}  // namespace

void share_ranges(std::vector<GridFigure>& figures, bool x, bool y) {
  if (x) share<&Panel::x>(figures, SharedRanges::Axes::x, &GridFigure::own_x);
  if (y) share<&Panel::y>(figures, SharedRanges::Axes::y, &GridFigure::own_y);
}

Panel take_shared_names(std::vector<GridFigure>& figures) {
  const std::set<std::string> names = shared_names(figures);
  Panel out;
  for (GridFigure& each : figures)
    for_each_named(each.figure, [&](Line& line) {
      if (!names.contains(line.label)) return;
      out.marks.push_back(line);
      line.name_at_end = false, line.label.clear();
    });
  keep_first_keys(figures);
  return out;
}

}  // namespace iem
