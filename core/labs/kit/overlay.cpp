#include "core/labs/kit/overlay.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "core/base/number.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/runs_figures.h"

namespace iem {
namespace {

constexpr double kBandAlpha = 0.13, kWidth = 2.2, kThin = 0.8;  // the look of a run's curve
constexpr double kMiddleWidth = 1.2, kMiddleAlpha = 0.6;        // for draws behind the run's own curve

// Whether a line is a curve of the run; its known future is another curve.
bool is_curve(const Line& line) {
  const bool marks_a_place =
      line.ink.role == Role::muted || line.ink.role == Role::faint || line.ink.role == Role::hairline;
  return !marks_a_place && line.read_as.empty();
}

// Whether a line marks a level from one end of the axis to the other.
bool is_level(const Line& line) { return line.y.size() == 2 && line.y[0] == line.y[1]; }

std::vector<const Line*> curves_in(const Panel& panel) {
  std::vector<const Line*> out;
  for (const Mark& mark : panel.marks)
    if (const auto* line = std::get_if<Line>(&mark); line && is_curve(*line)) out.push_back(line);
  return out;
}

DrawnCurve numbers_of(const Line& line) {
  return {{line.x.begin(), line.x.end()}, {line.y.begin(), line.y.end()}};
}

bool has_bands(const Panel& panel) {
  return std::ranges::any_of(panel.marks, [](const Mark& m) { return std::holds_alternative<Band>(m); });
}

// The curve of panel p in each draw.
std::vector<DrawnCurve> curves_of(const RunFigures& run, std::size_t p) {
  std::vector<DrawnCurve> out;
  for (const Figure& draw : run.draws) out.push_back(numbers_of(*curves_in(draw.panels[p]).front()));
  return out;
}

// The range of a panel's curves, extended value by value.
struct Span {
  double lo = std::numeric_limits<double>::infinity(), hi = -lo;
  bool logarithmic = false;
  void take(double value) {
    if (!std::isfinite(value) || (logarithmic && value <= 0)) return;
    lo = std::min(lo, value);
    hi = std::max(hi, value);
  }
  void take(const std::vector<double>& values) {
    for (const double value : values) take(value);
  }
  std::pair<double, double> range() const {
    if (!logarithmic) return range_of(std::vector<double>{lo, hi}, 0.08);
    return lo <= hi ? std::pair(0.5 * lo, 2 * hi) : std::pair(0.1, 1.0);
  }
};

Line run_line(const RunFigures& run, Figure& figure, std::vector<double> x, std::vector<double> y) {
  Line line{.series = run.name, .x = figure.own(std::move(x)), .y = figure.own(std::move(y))};
  line.ink = {Role::lane, run.mark};
  line.dash = series_dash(run.mark);
  line.width_px = kWidth;
  line.label = run.name;
  line.name_at_end = true;
  return line;
}

void add_draws(const RunFigures& run, std::vector<DrawnCurve> curves, const OverlayOptions& options,
               Figure& figure, Panel& panel, std::vector<Line>& lines, Span& span) {
  CurveBand band = band_of(curves, options.band, span.logarithmic);
  span.take(band.lower);
  span.take(band.upper);
  Band area{.series = run.name + " band", .ink = {Role::lane, run.mark, kBandAlpha}};
  area.incomplete = band.incomplete;
  area.x = figure.own(band.steps);
  area.lower = figure.own(band.lower);
  area.upper = figure.own(band.upper);
  panel.marks.push_back(std::move(area));
  for (std::size_t k = 0; k < curves.size() && options.single_lines; ++k) {
    span.take(curves[k].y);
    Line thin = run_line(run, figure, std::move(curves[k].steps), std::move(curves[k].y));
    thin.series += " " + std::to_string(k + 1);
    thin.ink.alpha = 0.4;
    thin.width_px = kThin;
    thin.label.clear();
    thin.name_at_end = false;
    panel.marks.push_back(std::move(thin));
  }
  lines.push_back(run_line(run, figure, std::move(band.steps), std::move(band.middle)));
}

// Panel p of all runs in one. Lines that mark a place are taken from the first run.
Panel overlaid_panel(const std::vector<RunFigures>& runs, std::size_t p, const OverlayOptions& options,
                     Figure& figure) {
  Panel panel = runs.front().draws.front().panels[p];
  if (options.log_x) panel.x.scale = Scale::log10;
  if (options.log_y) panel.y.scale = Scale::log10;
  std::erase_if(panel.marks, [](const Mark& mark) {
    const auto* line = std::get_if<Line>(&mark);
    return !line || is_curve(*line) || !line->read_as.empty();
  });
  Span span{.logarithmic = panel.y.scale == Scale::log10};
  std::vector<Line> lines;
  double last = 1;
  for (const RunFigures& run : runs) {
    std::vector<DrawnCurve> curves = curves_of(run, p);
    for (const DrawnCurve& curve : curves)
      if (!curve.steps.empty()) last = std::max(last, curve.steps.back());
    if (curves.size() > 1) {
      add_draws(run, std::move(curves), options, figure, panel, lines, span);
    } else {
      span.take(curves.front().y);
      lines.push_back(run_line(run, figure, std::move(curves[0].steps), std::move(curves[0].y)));
    }
  }
  panel.x.hi = last;
  panel.x.lo = panel.x.scale == Scale::log10 ? 1 : 0;
  for (Mark& mark : panel.marks)
    if (auto* place = std::get_if<Line>(&mark); place && is_level(*place) && !is_curve(*place))
      place->x = figure.own({panel.x.lo, panel.x.hi});
  for (Line& line : lines) panel.marks.push_back(std::move(line));
  std::tie(panel.y.lo, panel.y.hi) = span.range();
  return panel;
}

void widen(Axis& axis, const Axis& other) {
  const bool downwards = axis.lo > axis.hi;
  const double lo = std::min({axis.lo, axis.hi, other.lo, other.hi});
  const double hi = std::max({axis.lo, axis.hi, other.lo, other.hi});
  axis.lo = downwards ? hi : lo;
  axis.hi = downwards ? lo : hi;
}

// Adds the run's name to the series of every mark, for tables.
void name_marks(Panel& panel, const std::string& name) {
  for (Mark& mark : panel.marks)
    std::visit(
        [&](auto& m) {
          if constexpr (requires { m.series; }) m.series = m.series.empty() ? name : name + " " + m.series;
          if constexpr (requires { m.known; })
            for (auto& kind : m.known) kind.name = name + " " + kind.name;
        },
        mark);
}

bool measure_the_same(const Axis& a, const Axis& b) {
  return a.quantity == b.quantity && a.scale == b.scale && a.label == b.label;
}

// All panels of all runs, with the axes of the same panel shared. A run may have other panels than the first,
// where its model or rule is another one.
void set_side_by_side(const std::vector<RunFigures>& runs, Figure& figure) {
  std::vector<std::size_t> places;  // of the panels in the figures of their runs
  std::size_t most = 0;
  bool alike = true;
  for (const RunFigures& run : runs) {
    const std::vector<Panel>& panels = run.draws.front().panels;
    alike &= panels.size() == runs.front().draws.front().panels.size();
    most = std::max(most, panels.size());
    for (std::size_t p = 0; p < panels.size(); ++p) {
      Panel panel = panels[p];
      name_marks(panel, run.name);
      panel.title = run.name + (panels.size() > 1 && !panel.title.empty() ? ": " + panel.title : "");
      if (panels.size() == 1) panel.title_tex.clear();
      figure.panels.push_back(std::move(panel));
      places.push_back(p);
    }
  }
  for (std::size_t i = 0; i < figure.panels.size(); ++i)
    for (std::size_t j = 0; j < figure.panels.size(); ++j) {
      Panel &one = figure.panels[i], &other = figure.panels[j];
      if (places[i] != places[j] || !measure_the_same(one.x, other.x) || !measure_the_same(one.y, other.y))
        continue;
      widen(one.x, other.x);
      widen(one.y, other.y);
    }
  const std::size_t all = runs.size();
  figure.columns = static_cast<int>(most > 1 && alike ? most : all <= 1 ? 1 : all <= 4 ? 2 : 3);
}

}  // namespace

bool is_one_curve_over_steps(const Figure& figure) {
  return !figure.panels.empty() && std::ranges::all_of(figure.panels, [](const Panel& panel) {
    return panel.x.quantity == Quantity::step && curves_in(panel).size() == 1;
  });
}

namespace {

// Which draws are not in the bands, if any.
std::string words_of_left_out(const Figure& banded) {
  const bool any = std::ranges::any_of(banded.panels, [](const Panel& panel) {
    return std::ranges::any_of(panel.marks, [](const Mark& mark) {
      const auto* band = std::get_if<Band>(&mark);
      return band && band->incomplete;
    });
  });
  if (!any) return "";
  return banded.id == "excess" ? " A draw is left out where it is no more than $" +
                                     number_tex(kExcessFloor, 1) + "$ above $J^\\star$."
                               : " A draw is left out where its number has no logarithm.";
}

}  // namespace

std::string words_of_draws(const Figure& banded, BandKind band, std::size_t draws, bool best_given) {
  const bool logarithmic = std::ranges::any_of(
      banded.panels, [](const Panel& panel) { return panel.y.scale == Scale::log10 && has_bands(panel); });
  const char* mean = logarithmic ? " Geometric mean and deviation" : " Mean and deviation";
  const bool own_best = banded.id == "excess" && !best_given;
  return (band == BandKind::quartiles ? " Median and quartiles" : mean) + std::string(" of ") +
         std::to_string(draws) + " draws" +
         (own_best ? ", each above a $J^\\star$ of its own; the number is that of the first." : ".") +
         words_of_left_out(banded);
}

Figure bands_of_runs(const std::vector<RunFigures>& runs, const OverlayOptions& options) {
  const Figure& first = runs.front().draws.front();
  Figure out{.id = first.id, .title = first.title, .caption = {}, .panels = {}, .keep = {}};
  for (const RunFigures& run : runs)
    for (const Figure& draw : run.draws)
      if (!is_one_curve_over_steps(draw) || draw.panels.size() != first.panels.size()) return out;
  for (std::size_t p = 0; p < first.panels.size(); ++p) {
    Panel panel{.x = first.panels[p].x, .y = first.panels[p].y};
    Span span{.logarithmic = panel.y.scale == Scale::log10};
    std::vector<Line> middles;
    for (const RunFigures& run : runs) {
      std::vector<DrawnCurve> curves = curves_of(run, p);
      for (const DrawnCurve& curve : curves)
        if (!curve.steps.empty()) panel.x.hi = std::max(panel.x.hi, curve.steps.back());
      add_draws(run, std::move(curves), options, out, panel, middles, span);
    }
    for (Line& line : middles) {
      line.series += options.band == BandKind::quartiles ? " median" : " mean";
      line.label.clear();
      line.name_at_end = false;
      line.width_px = kMiddleWidth;
      line.ink.alpha = kMiddleAlpha;
      panel.marks.push_back(std::move(line));
    }
    std::tie(panel.y.lo, panel.y.hi) = span.range();
    out.panels.push_back(std::move(panel));
  }
  return out;
}

Figure figure_of_runs(const std::vector<RunFigures>& runs, const OverlayOptions& options) {
  const Figure& first = runs.front().draws.front();
  Figure out{.id = first.id, .title = first.title, .caption = first.caption};
  const auto shows = [](const RunFigures& run) { return run.draws.front().sentence.empty(); };
  if (std::ranges::none_of(runs, shows)) out.sentence = first.sentence;
  bool curves = true;
  for (const RunFigures& run : runs)
    for (const Figure& draw : run.draws) {
      out.keep.insert(out.keep.end(), draw.keep.begin(), draw.keep.end());
      curves &= is_one_curve_over_steps(draw) && draw.panels.size() == first.panels.size();
    }
  if (!curves) {
    set_side_by_side(runs, out);
    return out;
  }
  for (std::size_t p = 0; p < first.panels.size(); ++p)
    out.panels.push_back(overlaid_panel(runs, p, options, out));
  return out;
}

}  // namespace iem
