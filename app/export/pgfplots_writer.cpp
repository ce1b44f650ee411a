// A panel of a figure as an axis of pgfplots. Axes, curves and clouds of one colour are pgfplots' own, with
// their data in place to be edited; everything else is drawn in axis coordinates by the same painter as every
// other format (tikz_canvas.h).
#include "app/export/pgfplots_writer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "app/export/escape.h"
#include "app/paint/clip.h"
#include "app/paint/end_names.h"
#include "core/base/number.h"
#include "core/figure/ticks.h"

namespace iem::paint {
namespace {

// The coordinates of a curve, relative to the offsets of the axes.
std::string coordinates(Values x, Values y, const Transform& to_px) {
  const double dx = tick_offset(to_px.x()), dy = tick_offset(to_px.y());
  const auto counted = [](double v, double from) {
    return from == 0 ? exact_number(v) : short_coordinate(v - from);
  };
  std::string out = " coordinates {\n";
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    out += "(" + counted(x[i], dx) + "," + counted(y[i], dy) + ")";
    out += i % 6 == 5 ? "\n" : " ";
  }
  return out + "};\n";
}

// The rectangle beyond which data are left out. TeX clips by itself, and data that is left out cannot be
// edited, but no length of TeX may exceed 16383 pt.
paint::PxRect surroundings(const Transform& to_px) {
  constexpr double kAround = 8000;  // style pixels: 4667 pt
  return to_px.rect().grown(kAround);
}

bool is_far(paint::Px p, const paint::PxRect& seen) { return finite(p) && !seen.contains(p); }

// A curve with its own numbers; one that leaves the surroundings of its plot is cut there.
std::string coordinates(const Line& line, const Transform& to_px) {
  const paint::PxRect seen = surroundings(to_px);
  std::vector<paint::Px> points;
  for (std::size_t i = 0; i < std::min(line.x.size(), line.y.size()); ++i)
    points.push_back(to_px(line.x[i], line.y[i]));
  if (std::ranges::none_of(points, [&](paint::Px p) { return is_far(p, seen); }))
    return coordinates(line.x, line.y, to_px);
  std::vector<double> x, y;
  const paint::DashPattern dashes = paint::dash_pattern({{}, line.width_px, line.dash});
  for (const auto& run : paint::clip_line(points, seen, false, dashes.period())) {
    for (const paint::Px& p : run) x.push_back(to_px.x_at(p.x)), y.push_back(to_px.y_at(p.y));
    x.push_back(std::nan("")), y.push_back(std::nan(""));  // lifts the pen
  }
  return coordinates(x, y, to_px);
}

std::string plot(const Line& line, const Theme& theme, const Transform& to_px, PaperScale scale) {
  const auto stroked = [&](const paint::Stroke& stroke) {
    return "\\addplot[" + paint::tikz_stroke(stroke, scale) +
           ", mark=none, unbounded coords=jump, forget plot]" + coordinates(line, to_px);
  };
  const std::string halo =
      line.halo_px > 0 ? stroked({{theme.paper, 1}, line.width_px + 2 * line.halo_px, Dash::solid}) : "";
  return halo + stroked({paint::resolve(theme, line.ink), line.width_px, line.dash});
}

std::string dots(const Scatter& cloud, const Rgba& colour, Values x, Values y, const Transform& to_px,
                 PaperScale scale) {
  return "\\addplot[only marks, mark=*, mark size=" + paint::tikz_length(cloud.radius_px, scale) +
         ", mark options={" + paint::tikz_colour("fill", colour) + ", draw opacity=0}, forget plot]" +
         coordinates(x, y, to_px);
}

std::string plot(const Scatter& cloud, const Theme& theme, const Transform& to_px, PaperScale scale) {
  const paint::PxRect seen = surroundings(to_px);
  std::vector<std::size_t> near;
  for (std::size_t i = 0; i < std::min(cloud.x.size(), cloud.y.size()); ++i)
    if (!is_far(to_px(cloud.x[i], cloud.y[i]), seen)) near.push_back(i);
  std::map<int, std::pair<std::vector<double>, std::vector<double>>> groups;
  for (const std::size_t i : near) {
    auto& [x, y] = groups[cloud.groups.empty() ? 0 : cloud.groups[i]];
    x.push_back(cloud.x[i]);
    y.push_back(cloud.y[i]);
  }
  std::string out;
  for (const auto& [group, places] : groups) {
    const Ink ink = cloud.groups.empty() ? cloud.ink : Ink{Role::mark, group, cloud.ink.alpha};
    out += dots(cloud, paint::resolve(theme, ink), places.first, places.second, to_px, scale);
  }
  return out;
}

std::string ticks_option(const char* axis, const std::vector<Tick>& ticks, bool shown, double offset) {
  std::string values, labels;
  for (const Tick& tick : ticks) {
    values += (values.empty() ? "" : ",") + exact_number(offset == 0 ? tick.value : tick.value - offset);
    labels += (labels.empty() ? "{" : ",{") + tex_escaped(tick.label) + "}";
  }
  if (!shown) labels.clear();
  const std::string a(axis);
  if (values.empty() || !shown)
    return a + "tick=" + (values.empty() ? "\\empty" : "{" + values + "}") + ", " + a + "ticklabels={}";
  return a + "tick={" + values + "}, " + a + "ticklabels={" + labels + "}";
}

std::string range_option(const std::string& name, const Axis& axis) {
  const bool reversed = axis.lo > axis.hi;
  const double offset = tick_offset(axis);
  return name + "min=" + exact_number(std::min(axis.lo, axis.hi) - offset) + ", " + name +
         "max=" + exact_number(std::max(axis.lo, axis.hi) - offset) +
         (reversed ? ", " + name + " dir=reverse" : "");
}

std::string axis_options(const Page::Cell& cell, const Transform& to_px, const Theme& theme,
                         PaperScale scale) {
  const paint::PxRect& r = cell.plot;
  const auto mode = [](const Axis& axis) { return axis.scale == Scale::log10 ? "mode=log" : "mode=linear"; };
  std::string title = tex_escaped(cell.panel.title);
  if (!title.empty()) title = "\\textbf{" + title + "}";
  if (!cell.panel.title_tex.empty()) title += "\\enspace $" + cell.panel.title_tex + "$";
  std::string out =
      "width=" + paint::tikz_length(r.width(), scale) + ", height=" + paint::tikz_length(r.height(), scale);
  out += std::string(", x") + mode(to_px.x()) + ", y" + mode(to_px.y());
  out += ",\n  " + range_option("x", to_px.x()) + ", " + range_option("y", to_px.y());
  out += ",\n  " + ticks_option("x", fitting_ticks(to_px.x(), r.width(), true), cell.panel.x.ticks,
                                tick_offset(to_px.x()));
  out += ",\n  " + ticks_option("y", y_ticks(cell.panel, to_px), cell.panel.y.ticks, tick_offset(to_px.y()));
  if (cell.panel.grid)
    out += ",\n  ymajorgrids, grid style={" + paint::tikz_colour("draw", {theme.hairline, 0.8}) +
           ", line width=0.4pt}";
  if (!title.empty())
    out += ",\n  title={" + title +
           "}, title style={yshift=" + paint::tikz_length(r.y0 - cell.title.y, scale) + "}";
  return out;
}

}  // namespace

std::string panel_as_axis(const Page::Cell& cell, const Theme& theme, const PaintOptions& options,
                          const TikzCanvas::Gallery& gallery, PaperScale scale) {
  const Transform to_px(cell.panel, cell.plot);
  TikzCanvas canvas(to_px, gallery, scale);
  // Names may stand outside the plot, where the axis would clip them.
  TikzCanvas names(to_px, {}, scale);
  paint_axis_names(cell.panel, to_px, theme, names, options);
  if (options.names_at_ends) paint_end_names(cell.panel, to_px, theme, names, options);
  paint_names_below(cell.names, cell.names_at, theme, names);
  paint_legend(cell.panel, to_px, theme, names, options);
  canvas.append("\\nextgroupplot[" + axis_options(cell, to_px, theme, scale) +
                ",\n  after end axis/.code={\n" + names.code() + "}]\n");
  for (const Mark& mark : cell.panel.marks) {
    const auto* scatter = std::get_if<Scatter>(&mark);
    if (std::holds_alternative<Legend>(mark)) continue;
    if (const auto* line = std::get_if<Line>(&mark)) {
      canvas.append(plot(*line, theme, to_px, scale));
    } else if (scatter && scatter->weights.empty() && !scatter->density && !scatter->shapes &&
               scatter->forms.empty()) {
      canvas.append(plot(*scatter, theme, to_px, scale));
    } else {
      Panel one = cell.panel;
      one.marks = {mark};
      paint_shapes(one, to_px, theme, canvas, options);
    }
  }
  paint_words(cell.panel, to_px, theme, canvas, options);
  return canvas.code();
}

}  // namespace iem::paint
