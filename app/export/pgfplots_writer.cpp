// A figure as a LaTeX document. Axes, curves and clouds are pgfplots' own, with their data in place to be
// edited; everything else is drawn in axis coordinates by the same painter as every other format
// (tikz_canvas.h).
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "app/export/escape.h"
#include "app/export/page_layout.h"
#include "app/export/tikz_canvas.h"
#include "app/export/writers.h"
#include "app/paint/clip.h"
#include "core/base/text.h"
#include "core/figure/caption.h"
#include "core/figure/ticks.h"
#include "core/scene/state_string.h"

namespace iem {
namespace {

using paint::Page;
using paint::Theme;
using paint::TikzCanvas;
using paint::Transform;

std::string coordinates(Values x, Values y) {
  std::string out = " coordinates {\n";
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    out += "(" + exact_number(x[i]) + "," + exact_number(y[i]) + ")";
    out += i % 6 == 5 ? "\n" : " ";
  }
  return out + "};\n";
}

// What TeX is told of: it clips by itself, but no length of its own exceeds 16383 pt, and data that is left
// out cannot be edited.
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
    return coordinates(line.x, line.y);
  std::vector<double> x, y;
  const paint::DashPattern dashes = paint::dash_pattern({{}, line.width_px, line.dash});
  for (const auto& run : paint::clip_line(points, seen, false, dashes.on + dashes.off)) {
    for (const paint::Px& p : run) x.push_back(to_px.x_at(p.x)), y.push_back(to_px.y_at(p.y));
    x.push_back(std::nan("")), y.push_back(std::nan(""));  // lifts the pen
  }
  return coordinates(x, y);
}

std::string plot(const Line& line, const Theme& theme, const Transform& to_px) {
  const auto stroked = [&](const paint::Stroke& stroke) {
    return "\\addplot[" + paint::tikz_stroke(stroke) + ", mark=none, unbounded coords=jump, forget plot]" +
           coordinates(line, to_px);
  };
  const std::string halo =
      line.halo_px > 0 ? stroked({{theme.paper, 1}, line.width_px + 2 * line.halo_px, Dash::solid}) : "";
  return halo + stroked({paint::resolve(theme, line.ink), line.width_px, line.dash});
}

std::string dots(const Scatter& cloud, const paint::Rgba& colour, Values x, Values y) {
  return "\\addplot[only marks, mark=*, mark size=" + paint::tikz_length(cloud.radius_px) +
         ", mark options={" + paint::tikz_colour("fill", colour) + ", draw opacity=0}, forget plot]" +
         coordinates(x, y);
}

std::string plot(const Scatter& cloud, const Theme& theme, const Transform& to_px) {
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
    out += dots(cloud, paint::resolve(theme, ink), places.first, places.second);
  }
  return out;
}

std::string ticks_option(const char* axis, const std::vector<Tick>& ticks, bool shown) {
  std::string values, labels;
  for (const Tick& tick : ticks) {
    values += (values.empty() ? "" : ",") + exact_number(tick.value);
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
  return name + "min=" + exact_number(std::min(axis.lo, axis.hi)) + ", " + name +
         "max=" + exact_number(std::max(axis.lo, axis.hi)) + (reversed ? ", " + name + " dir=reverse" : "");
}

std::string axis_options(const Page::Cell& cell, const Transform& to_px, const Theme& theme) {
  const paint::PxRect& r = cell.plot;
  const auto mode = [](const Axis& axis) { return axis.scale == Scale::log10 ? "mode=log" : "mode=linear"; };
  std::string title = tex_escaped(cell.panel.title);
  if (!title.empty()) title = "\\textbf{" + title + "}";
  if (!cell.panel.title_tex.empty()) title += "\\enspace $" + cell.panel.title_tex + "$";
  std::string out = "width=" + paint::tikz_length(r.width()) + ", height=" + paint::tikz_length(r.height());
  out += std::string(", x") + mode(to_px.x()) + ", y" + mode(to_px.y());
  out += ",\n  " + range_option("x", to_px.x()) + ", " + range_option("y", to_px.y());
  out += ",\n  " + ticks_option("x", paint::fitting_ticks(to_px.x(), r.width(), true), cell.panel.x.ticks);
  out += ",\n  " + ticks_option("y", paint::fitting_ticks(to_px.y(), r.height(), false), cell.panel.y.ticks);
  if (cell.panel.grid)
    out += ",\n  ymajorgrids, grid style={" + paint::tikz_colour("draw", {theme.hairline, 0.8}) +
           ", line width=0.4pt}";
  if (!title.empty())
    out += ",\n  title={" + title + "}, title style={yshift=" + paint::tikz_length(r.y0 - cell.title.y) + "}";
  return out;
}

std::string panel_code(const Page::Cell& cell, const Theme& theme, const paint::PaintOptions& options) {
  const Transform to_px(cell.panel, cell.plot);
  TikzCanvas canvas(to_px);
  // Names may stand outside the plot, where the axis would clip them.
  TikzCanvas names(to_px);
  paint::paint_axis_names(cell.panel, to_px, theme, names, options);
  canvas.append("\\nextgroupplot[" + axis_options(cell, to_px, theme) + ",\n  after end axis/.code={\n" +
                names.code() + "}]\n");
  for (const Mark& mark : cell.panel.marks) {
    const auto* scatter = std::get_if<Scatter>(&mark);
    if (const auto* line = std::get_if<Line>(&mark)) {
      canvas.append(plot(*line, theme, to_px));
    } else if (scatter && scatter->weights.empty()) {
      canvas.append(plot(*scatter, theme, to_px));
    } else {
      Panel one = cell.panel;
      one.marks = {mark};
      paint::paint_shapes(one, to_px, theme, canvas, options);
    }
  }
  paint::paint_words(cell.panel, to_px, theme, canvas, options);
  return canvas.code();
}

std::string caption_tex(const std::string& caption) {
  std::string out;
  for (const CaptionPart& part : caption_parts(caption))
    out += part.tex ? "$" + part.text + "$" : tex_escaped(part.text);
  return out;
}

// Between the plots of two panels, in style pixels: as much as the largest needs, a group has one for all.
double gap_between(const Page& page) {
  double most = 0;
  for (std::size_t i = 1; i < page.cells.size(); ++i)
    most = std::max(most, page.cells[i].plot.y0 - page.cells[i - 1].plot.y1);
  return most;
}

}  // namespace

std::string figure_as_tex(const Figure& figure, const ExportOptions& options) {
  const Theme& theme = paint::theme(options.theme);
  TikzCanvas ruler(Transform(Axis{}, Axis{}, {0, 0, 1, 1}));
  const Page page = paint::lay_out_page(figure, options.width_cm * paint::kPxPerCm,
                                        options.height_cm * paint::kPxPerCm, ruler);
  paint::PaintOptions paint;
  paint.place_labels = true;
  paint.image_density = 0.5;
  // A cloud of many thousands would exhaust TeX's memory as discs; the picture's cells do not.
  paint.splat_above = 5000;

  const std::string ink = paint::tikz_colour("text", {theme.ink, 1}),
                    muted = paint::tikz_colour("text", {theme.muted, 1});
  std::string out = "% " + comment_text(figure.title) + "\n";
  if (is_state_string(options.metadata)) out += "% " + options.metadata + "\n";
  out +=
      "\\documentclass[border=2pt]{standalone}\n\\usepackage{amsmath,amssymb}\n"
      "\\usepackage{pgfplots}\n"
      "\\usepgfplotslibrary{groupplots}\n\\pgfplotsset{compat=1.16}\n\\begin{document}\n";
  if (!options.transparent && options.theme == paint::ThemeId::dark) {
    out += "\\definecolor{paper}{rgb}{" + exact_number(theme.paper.r) + "," + exact_number(theme.paper.g) +
           "," + exact_number(theme.paper.b) + "}\\pagecolor{paper}\n";
  }
  out +=
      "\\begin{tikzpicture}\n\\begin{groupplot}[\n  group style={group size=1 by " +
      std::to_string(page.cells.size()) + ", vertical sep=" + paint::tikz_length(gap_between(page)) +
      "},\n  scale only axis, scaled ticks=false, axis x line*=bottom, axis y line*=left, axis line style={" +
      paint::tikz_colour("draw", {theme.hairline, 1}) +
      ", line width=0.4pt},\n  tick style={draw=none}, every tick label/.append style={" + muted +
      ", font=\\sffamily\\fontsize{7}{8.4}\\selectfont},\n  title style={at={(0,1)}, anchor=base west, "
      "inner sep=0pt, " +
      ink + ", font=\\sffamily\\fontsize{7.6}{9}\\selectfont}]\n";
  for (const Page::Cell& cell : page.cells) out += panel_code(cell, theme, paint);
  out += "\\end{groupplot}\n";
  if (!page.caption.empty() && !page.cells.empty()) {
    const double below = page.caption.front().at.y - page.cells.back().plot.y1;
    out += "\\node[anchor=base west, text width=" + paint::tikz_length(page.cells[0].plot.width()) +
           ", inner sep=0pt, " + ink + ", font=\\sffamily\\fontsize{7}{9.4}\\selectfont] at ([yshift=-" +
           paint::tikz_length(below) + "]group c1r" + std::to_string(page.cells.size()) + ".south west) {" +
           caption_tex(figure.caption) + "};\n";
  }
  return out + "\\end{tikzpicture}\n\\end{document}\n";
}

}  // namespace iem
