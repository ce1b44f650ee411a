// Hypotheses -> energies -> log-partition and responsibilities -> statistic -> activation: one panel each,
// over the same z.
#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/labs/activation/figures/list.h"
#include "core/labs/kit/figure_parts.h"

namespace iem {
namespace {

Panel step_panel(const ActivationCurves& c, const char* title, double height) {
  Panel panel;
  panel.title = title;
  panel.height = height;
  panel.x = {.label = "z", .lo = c.z.front(), .hi = c.z.back()};
  panel.y.max_ticks = 4;
  return panel;
}

void set_range(Axis& axis, std::pair<double, double> range) { axis.lo = range.first, axis.hi = range.second; }

Line curve(Figure& figure, const std::string& series, Values z, const std::vector<double>& y, const Ink& ink,
           double width_px) {
  return {.series = series, .x = z, .y = figure.own(y), .ink = ink, .width_px = width_px};
}

void name(Line& line, const std::string& tex, double at, double dy_px = -8) {
  line.label = tex;
  line.label_tex = true;
  line.label_at = at;
  line.label_dy_px = dy_px;
}

Ink ink_of(std::size_t hypothesis, double alpha = 1) {
  return {Role::line, static_cast<int>(hypothesis), alpha};
}
// The curve of one hypothesis, with a dash of its own; solid curves are for sums over all.
Line hypothesis_curve(Figure& figure, const std::string& series, Values z, const std::vector<double>& y,
                      std::size_t hypothesis) {
  Line line = curve(figure, series, z, y, {}, 1.8);
  mark_as_prototype(line, static_cast<int>(hypothesis), 1);
  return line;
}
// The edge of the area of a hypothesis, because pale areas look the same grey in print.
Line hypothesis_edge(Figure& figure, const std::string& mark, Values z, const std::vector<double>& y,
                     std::size_t hypothesis) {
  Line line = hypothesis_curve(figure, "edge of part " + mark, z, y, hypothesis);
  line.width_px = 1;
  return line;
}
Ink mark_of(std::size_t hypothesis, double alpha = 1) {
  return {Role::mark, static_cast<int>(hypothesis), alpha};
}

double at_probe(const View& view) { return view.config.real("view.at"); }

bool shows(const Panel& panel, double z) { return z >= panel.x.lo && z <= panel.x.hi; }

// The hairline at the probe, and a mark on each curve.
void add_probe(Figure& figure, Panel& panel, double z) {
  if (!shows(panel, z)) return;
  Line line{.series = "probe", .x = {}, .y = {}, .ink = {Role::accent}, .width_px = 1};
  line.follows = Follows::is_probe;
  line.x = figure.own({z, z});
  line.y = figure.own({panel.y.lo, panel.y.hi});
  panel.marks.push_back(line);
}

void add_here(Panel& panel, const std::string& series, double z, double y, Shape shape, const Ink& ink) {
  if (!shows(panel, z) || !(y >= panel.y.lo && y <= panel.y.hi)) return;
  Marker here{.series = series + " here", .x = z, .y = y, .shape = shape, .ink = ink};
  here.radius_px = 4;
  here.halo_px = 1.5;
  here.follows = Follows::probe;
  panel.marks.push_back(here);
}

// The part of the axis, 0 to 1, at which a curve is named: where its hypothesis has the largest r.
double name_place(const ActivationCurves& c, std::size_t j) {
  if (c.r.size() == 2) return j == 0 ? 0.16 : 0.84;
  const auto most = std::ranges::max_element(c.r[j]) - c.r[j].begin();
  return std::clamp(static_cast<double>(most) / static_cast<double>(c.z.size()), 0.08, 0.92);
}

// Whether the name of a place stands to its right (true) or left, on the side without another place; nothing
// where both sides are taken.
std::optional<bool> name_side(const Hypotheses& h, const Panel& panel, std::size_t j) {
  const double room = 0.07 * (panel.x.hi - panel.x.lo);
  const auto taken = [&](double from, double to) {
    for (std::size_t k = 0; k < static_cast<std::size_t>(h.count); ++k)
      if (k != j && h.mu[k] >= from && h.mu[k] <= to) return true;
    return false;
  };
  const bool wish = h.mu[j] < 0.5 * (panel.x.lo + panel.x.hi) - 1e-9;
  for (const bool left : {wish, !wish})
    if (left ? !taken(h.mu[j] - room, h.mu[j]) : !taken(h.mu[j], h.mu[j] + room)) return left;
  return std::nullopt;
}

// A histogram of the data: 40 bars over the axis with total area 1.
void add_histogram(Figure& figure, Panel& panel, const Dataset& data) {
  constexpr std::size_t kBars = 40;
  const double width = (panel.x.hi - panel.x.lo) / kBars;
  std::vector<double> at(kBars), share(kBars);
  for (std::size_t b = 0; b < kBars; ++b) at[b] = panel.x.lo + (static_cast<double>(b) + 0.5) * width;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    const double bar = std::floor((data.points(i, 0) - panel.x.lo) / width);
    if (bar >= 0 && bar < kBars) share[static_cast<std::size_t>(bar)] += 1;
  }
  for (double& s : share) s /= width * static_cast<double>(data.size());
  Bars bars{.series = "data", .x = {}, .y = {}, .ink = {{Role::faint, 0, 0.3}}};
  bars.width = 0.94 * width;
  bars.x = figure.own(std::move(at));
  bars.y = figure.own(std::move(share));
  panel.marks.push_back(bars);
}

// Notes how many points lie beyond the axis on either side, and how far out.
void add_left_out(Panel& panel, const Dataset& data) {
  for (const bool right : {false, true}) {
    int count = 0;
    double farthest = right ? panel.x.hi : panel.x.lo;
    for (const double z : data.points.col(0)) {
      if (right ? z <= panel.x.hi : z >= panel.x.lo) continue;
      ++count;
      farthest = right ? std::max(farthest, z) : std::min(farthest, z);
    }
    if (count == 0) continue;
    const std::string words = std::to_string(count) + (right ? " further right, " : " further left, ") +
                              (count == 1 ? "at " : "to ") + format_number(farthest, 3);
    panel.marks.push_back(Text{right ? panel.x.hi : panel.x.lo,
                               0.16 * panel.y.hi,
                               words,
                               false,
                               {Role::muted},
                               right ? -4.0 : 4.0,
                               0,
                               right ? Anchor::right : Anchor::left,
                               true});
  }
}

double largest_bar(const Panel& panel) {
  double most = 0;
  for (const Mark& mark : panel.marks)
    if (const auto* bars = std::get_if<Bars>(&mark))
      for (double y : bars->y) most = std::max(most, y);
  return most;
}

}  // namespace

Panel hypotheses_panel(Figure& figure, const ActivationCurves& c, const Snapshot& snapshot,
                       const View& view) {
  Panel panel = step_panel(c, "Hypotheses", 1);
  const Hypotheses& h = c.hypotheses;
  const bool gate = h.kind == HypothesisKind::gate;
  if (!gate && snapshot.data().size() > 0 && view.config.flag("view.histogram"))
    add_histogram(figure, panel, snapshot.data());
  double most = 0;
  for (double total : c.total) most = std::max(most, std::isfinite(total) ? total : 0);
  if (gate) most = h.kernel ? 1 : 4;  // the odds grow without bound
  const double top = 1.25 * std::clamp(largest_bar(panel), most, 2.5 * most);
  set_range(panel.y, {0, top > 0 && std::isfinite(top) ? top : 1});

  if (largest_bar(panel) > 0) add_left_out(panel, snapshot.data());
  const Values z = figure.own(c.z);
  if (!gate) panel.marks.push_back(curve(figure, "sum", z, c.total, {Role::ink, 0, 0.45}, 3.4));
  for (std::size_t j = 0; j < c.density.size(); ++j) {
    const std::string mark = hypothesis_mark(h, j);
    Line line = hypothesis_curve(figure, "density " + mark, z, c.density[j], j);
    if (h.count == 2) {
      const std::string tex =
          h.normalised ? "\\pi_{" + mark + "}\\,p(z\\mid " + mark + ")" : "e^{-d_{" + mark + "}}";
      name(line, tex, j == 0 ? 0.14 : 0.86);
      line.name_at_end = true;
    }
    panel.marks.push_back(std::move(line));
  }
  add_probe(figure, panel, at_probe(view));
  const Posterior here = posterior(h, at_probe(view));
  for (std::size_t j = 0; j < c.density.size(); ++j)
    add_here(panel, "density", here.z, libm::exp(-here.energy[j]), Shape::prototype, mark_of(j));
  // The places themselves, to be dragged.
  for (std::size_t j = 0; !gate && j < c.density.size(); ++j) {
    if (!shows(panel, h.mu[j])) continue;
    const double y = panel.y.hi * 0.93;
    Line stem{.series = "place", .x = {}, .y = {}, .ink = ink_of(j, 0.8), .width_px = 1};
    stem.x = figure.own({h.mu[j], h.mu[j]});
    stem.y = figure.own({0.0, y});
    panel.marks.push_back(stem);
    Marker place{.series = "place " + hypothesis_mark(h, j), .x = h.mu[j], .y = y, .shape = Shape::prototype};
    place.ink = mark_of(j);
    place.element = {ElementId::Kind::prototype, static_cast<int>(j)};
    panel.marks.push_back(place);
    const bool sign = h.kind == HypothesisKind::sign;
    const std::optional<bool> side = name_side(h, panel, j);
    if (!side) continue;
    const bool left = *side;
    const std::string what = sign ? (j == 0 ? "-m" : "+m") : "\\mu_{" + hypothesis_mark(h, j) + "}";
    panel.marks.push_back(
        Text{h.mu[j], y, what, true, ink_of(j), left ? -12.0 : 12.0, 4, left ? Anchor::right : Anchor::left});
  }
  return panel;
}

Panel energies_panel(Figure& figure, const ActivationCurves& c, const View& view) {
  Panel panel = step_panel(c, "Energies", 1);
  auto [lo, hi] = range_of(c.negative, 0);
  // Where the probabilities sum to 1 at every z, -L is 0 up to rounding and cannot set the range, so a fixed
  // one is used.
  if (!(hi - lo > 1e-6)) lo = 0, hi = 3;
  set_range(panel.y, {lo - 0.45 * (hi - lo), lo + 1.5 * (hi - lo)});
  const Values z = figure.own(c.z);
  Line least = curve(figure, "-L", z, c.negative, {Role::ink, 0, 0.45}, 3.4);
  name(least, "-L", 0.5, 5);
  least.name_at_end = true;
  panel.marks.push_back(std::move(least));
  for (std::size_t j = 0; j < c.energy.size(); ++j) {
    const std::string mark = hypothesis_mark(c.hypotheses, j);
    Line line = hypothesis_curve(figure, "energy " + mark, z, c.energy[j], j);
    if (c.energy.size() <= 4)
      name(line, "d_{" + mark + "}", c.energy.size() == 2 ? (j == 0 ? 0.78 : 0.22) : name_place(c, j));
    line.name_at_end = true;
    panel.marks.push_back(std::move(line));
  }
  add_probe(figure, panel, at_probe(view));
  const Posterior here = posterior(c.hypotheses, at_probe(view));
  for (std::size_t j = 0; j < c.energy.size(); ++j)
    add_here(panel, "energy", here.z, here.energy[j], Shape::prototype, mark_of(j));
  return panel;
}

Panel responsibilities_panel(Figure& figure, const ActivationCurves& c, const View& view) {
  Panel panel = step_panel(c, "Responsibilities", 0.86);
  set_range(panel.y, {-0.02, 1.08});
  panel.y.max_ticks = 3;
  const Values z = figure.own(c.z);
  for (std::size_t j = 0; j < c.r.size(); ++j) {
    const std::string mark = hypothesis_mark(c.hypotheses, j);
    Line line = hypothesis_curve(figure, "r " + mark, z, c.r[j], j);
    if (c.r.size() <= 6) name(line, "r_{" + mark + "}", name_place(c, j), 5);
    line.name_at_end = true;
    panel.marks.push_back(std::move(line));
  }
  add_probe(figure, panel, at_probe(view));
  const Posterior here = posterior(c.hypotheses, at_probe(view));
  for (std::size_t j = 0; j < c.r.size(); ++j)
    add_here(panel, "r", here.z, here.r[j], Shape::prototype, mark_of(j));
  return panel;
}

Panel statistic_panel(Figure& figure, const ActivationCurves& c, const View& view) {
  Panel panel = step_panel(c, "Statistic", 0.86);
  std::vector<double> shown = c.value;
  for (const auto& part : c.part) shown.insert(shown.end(), part.begin(), part.end());
  set_range(panel.y, range_of(shown, 0.06));
  panel.y.max_ticks = 3;
  const Values z = figure.own(c.z), zero = figure.own(std::vector<double>(c.z.size(), 0.0));
  const bool sum = c.statistic != Statistic::log_partition;
  for (std::size_t j = 0; sum && j < c.part.size(); ++j) {
    const std::string mark = hypothesis_mark(c.hypotheses, j);
    panel.marks.push_back(Band{"part " + mark, z, zero, figure.own(c.part[j]), mark_of(j, 0.13)});
    panel.marks.push_back(hypothesis_edge(figure, mark, z, c.part[j], j));
    if (c.statistic == Statistic::mean && c.hypotheses.kind == HypothesisKind::sign) {
      // In the middle of its area, unless the curve runs there.
      const std::size_t at = (c.z.size() - 1) * (j == 0 ? 18 : 82) / 100;
      const double middle = 0.5 * c.part[j][at];
      if (std::abs(c.value[at] - middle) > 0.15 * (panel.y.hi - panel.y.lo))
        panel.marks.push_back(Text{c.z[at], middle, j == 0 ? "(-1)\\,r_-" : "(+1)\\,r_+", true, ink_of(j), 0,
                                   4, Anchor::centre});
    }
  }
  Line value = curve(figure, "statistic", z, c.value, {Role::ink}, 1.6);
  panel.marks.push_back(std::move(value));
  add_probe(figure, panel, at_probe(view));
  const Posterior here = posterior(c.hypotheses, at_probe(view));
  for (std::size_t j = 0; sum && j < c.part.size() && shows(panel, here.z); ++j) {
    Line bar{.series = "part " + hypothesis_mark(c.hypotheses, j) + " here",
             .x = {},
             .y = {},
             .ink = mark_of(j),
             .width_px = 5,
             .follows = Follows::probe};
    bar.x = figure.own({here.z, here.z});
    bar.y = figure.own({0.0, part_of(c.hypotheses, here, c.statistic, j)});
    panel.marks.push_back(bar);
  }
  return panel;
}

Panel activation_panel(Figure& figure, const ActivationCurves& c, const Snapshot& snapshot,
                       const View& view) {
  Panel panel = step_panel(c, "Activation", 1.28);
  const bool with_slope = view.config.flag("view.slope");
  const NamedFunction* other = find_named_function(view.config.text("view.overlay"));
  const Values z = figure.own(c.z);
  std::vector<double> shown = c.value, overlay;
  if (with_slope) {
    // The steep slope at a jump must not set the scale; it may leave the panel.
    const auto [lo, hi] = range_of(c.value, 0);
    for (double s : c.slope) shown.push_back(std::clamp(s, lo - 1.5 * (hi - lo), hi + 1.5 * (hi - lo)));
  }
  const bool family = view.config.text("view.overlay") == "family";
  std::vector<KernelCurve> kernels;
  if (family) kernels = kernel_curves(snapshot, c);
  for (const KernelCurve& each : kernels) shown.insert(shown.end(), each.value.begin(), each.value.end());
  if (other) {
    for (double at : c.z) overlay.push_back(other->value(at));
    shown.insert(shown.end(), overlay.begin(), overlay.end());
  }
  const std::vector<LaneCurve> lanes = lane_curves(snapshot, c);
  for (const LaneCurve& lane : lanes) shown.insert(shown.end(), lane.value.begin(), lane.value.end());
  set_range(panel.y, range_of(shown, 0.08));
  // Each curve beside the activation in a hue and a dash of its own.
  int others = 0;
  for (const ComparedRun& lane : snapshot.lanes) others = std::max(others, lane.mark);
  const auto mark_as_other = [&](Line& line) {
    line.ink = {Role::lane, ++others};
    line.dash = series_dash(others);
    line.name_at_end = true;
  };
  for (const LaneCurve& lane : lanes) {
    Line line = curve(figure, "activation of " + lane.lane->label, z, lane.value, {Role::lane}, 1.8);
    mark_as_lane(line, *lane.lane, snapshot);
    panel.marks.push_back(std::move(line));
  }
  if (other) {
    Line line = curve(figure, "overlay", z, overlay, {}, 1.5);
    line.label = other->label;
    line.label_at = 0.78;
    line.label_dy_px = 5;
    mark_as_other(line);
    panel.marks.push_back(std::move(line));
  }
  double label_at = 0.94;
  for (const KernelCurve& each : kernels) {
    if (each.kernel->id == snapshot.config().text("model.energy")) continue;
    Line line = curve(figure, "overlay " + each.kernel->id, z, each.value, {}, 1.5);
    line.label = each.kernel->label;
    line.label_at = label_at -= 0.06;
    line.label_dy_px = 4;
    mark_as_other(line);
    panel.marks.push_back(std::move(line));
  }
  if (with_slope) {
    Line line = curve(figure, "slope", z, c.slope, {}, 1.5);
    name(line, "a'(z)", 0.36);
    mark_as_other(line);
    panel.marks.push_back(std::move(line));
  }
  Line value = curve(figure, "activation", z, c.value, {Role::ink}, 2.6);
  name(value, "a(z)", 0.9);
  value.name_at_end = true;
  panel.marks.push_back(std::move(value));
  add_probe(figure, panel, at_probe(view));
  const Posterior here = posterior(c.hypotheses, at_probe(view));
  add_here(panel, "activation", here.z, value_of(c.hypotheses, here, c.statistic), Shape::disc,
           {Role::accent});
  return panel;
}

}  // namespace iem
