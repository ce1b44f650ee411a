#include "app/export/grid/shared_parts.h"

#include <algorithm>
#include <tuple>
#include <variant>

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

// The ranges of each figure together with those of its kind.
template <Axis Panel::*which>
std::vector<SharedRanges> shared(const std::vector<SharedRanges>& own, const std::vector<GridFigure>& figures,
                                 bool GridFigure::*apart) {
  std::map<std::string, SharedRanges> kinds;
  for (std::size_t i = 0; i < figures.size(); ++i)
    if (!(figures[i].*apart)) kinds[kind_of<which>(figures[i].figure)].include(own[i]);
  std::vector<SharedRanges> out;
  for (std::size_t i = 0; i < figures.size(); ++i)
    out.push_back(figures[i].*apart ? own[i] : kinds[kind_of<which>(figures[i].figure)]);
  return out;
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

void GridRanges::include(const std::vector<GridFigure>& figures) {
  own_.resize(figures.size());
  for (std::size_t i = 0; i < figures.size(); ++i) own_[i].include(figures[i].figure);
}

void GridRanges::settle(const std::vector<GridFigure>& figures) {
  x_ = look_.share_x ? shared<&Panel::x>(own_, figures, &GridFigure::own_x) : own_;
  y_ = look_.share_y ? shared<&Panel::y>(own_, figures, &GridFigure::own_y) : own_;
}

void GridRanges::apply(std::vector<GridFigure>& figures) const {
  for (std::size_t i = 0; i < figures.size(); ++i) {
    GridFigure& each = figures[i];
    if (steady_ || (look_.share_x && !each.own_x))
      each.figure = x_[i].over_all(std::move(each.figure), SharedRanges::Axes::x);
    if (steady_ || (look_.share_y && !each.own_y))
      each.figure = y_[i].over_all(std::move(each.figure), SharedRanges::Axes::y);
  }
}

GridNames::Look GridNames::look_of(const Line& line, const GridFigure& in) {
  return {line.ink.role, line.ink.index, line.dash, line.label_tex, in.theme, in.figure.paper.palette};
}

void GridNames::include(const std::vector<GridFigure>& figures, int page) {
  int order = 0;
  for (std::size_t i = 0; i < figures.size(); ++i)
    for_each_named(figures[i].figure, [&](const Line& line) {
      const Look look = look_of(line, figures[i]);
      const std::pair<int, int> here{page, order++};
      Line plain = line;
      plain.x = plain.y = {};
      const auto [at, fresh] = names_.try_emplace(line.label, Name{look, plain, here, {}});
      Name& name = at->second;
      name.alike = name.alike && name.look == look;
      name.in.insert(i);
      if (here < name.first) name.line = std::move(plain), name.first = here;
    });
}

void GridNames::take_from(std::vector<GridFigure>& figures) const {
  for (GridFigure& each : figures)
    for_each_named(each.figure, [&](Line& line) {
      const auto name = names_.find(line.label);
      if (name == names_.end() || !name->second.is_shared()) return;
      line.name_at_end = false, line.label.clear();
    });
  keep_first_keys(figures);
}

Panel GridNames::taken() const {
  std::vector<const Name*> shared;
  for (const auto& [label, name] : names_)
    if (name.is_shared()) shared.push_back(&name);
  std::ranges::sort(shared, {}, &Name::first);
  Panel out;
  for (const Name* name : shared) out.marks.push_back(name->line);
  return out;
}

}  // namespace iem
