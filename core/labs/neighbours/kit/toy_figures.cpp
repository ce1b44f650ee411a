#include "core/labs/neighbours/kit/toy_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "core/base/number.h"
#include "core/figure/caption.h"
#include "core/labs/kit/identity_figure.h"
#include "core/labs/kit/other_runs.h"

namespace iem {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

// Whose run a curve is of: its hue and its name where there are several.
struct RunInk {
  Ink ink;
  Dash dash = Dash::solid;
  std::string name;
};

RunInk ink_of_this(const Snapshot& s, const std::vector<const ComparedRun*>& beside) {
  if (beside.empty()) return {{Role::accent}, Dash::solid, {}};
  return {{Role::lane, s.mark}, series_dash(s.mark), s.name.empty() ? "this run" : s.name};
}

void name_curve(Line& line, const std::string& name) {
  line.label = name;
  line.name_at_end = !name.empty();
}

}  // namespace

std::string short_toy_caption(const Snapshot& snapshot, const std::string& words) {
  return caption_start(snapshot) + ". " + words;
}

std::string toy_caption(const Snapshot& snapshot, const std::string& words) {
  const ToyType& toy = toy_of(snapshot).type();
  std::string out = short_toy_caption(snapshot, words) + " $" + toy.objective_tex(snapshot.config()) + "$.";
  for (const ExactQuantity& each : snapshot.exact)
    if (std::isfinite(each.measured) && std::isfinite(each.theory))
      out += " " + each.label + ": " + caption_number(each.measured) + " measured, " +
             caption_number(each.theory) + " in theory" + (each.unit.empty() ? "." : " (" + each.unit + ").");
  return out + " " + toy.paper + ". " + toy.limits;
}

Panel toy_stage(const View& view, std::pair<double, double> x, std::pair<double, double> y, bool equal) {
  Panel panel;
  for (const auto& [key, axis, range] :
       {std::tuple{"view.x", &panel.x, x}, std::tuple{"view.y", &panel.y, y}}) {
    const Tensor& given = view.config.tensor(key);
    const bool said = given.data.size() == 2 && given.data[0] < given.data[1];
    axis->lo = said ? given.data[0] : range.first;
    axis->hi = said ? given.data[1] : range.second;
  }
  panel.equal_aspect = equal;
  panel.grid = false;
  return panel;
}

void name_plane(Panel& panel, const std::string& x_tex, const std::string& y_tex) {
  panel.x.label = "$" + x_tex + "$", panel.y.label = "$" + y_tex + "$";
  panel.x.marked = panel.y.marked = true;
}

void add_level(Figure& figure, Panel& panel, const std::string& series, double y, const std::string& name,
               bool tex) {
  if (!std::isfinite(y)) return;
  Line line{.series = series, .x = {}, .y = {}, .ink = {Role::muted}, .width_px = 1, .dash = Dash::dashed};
  line.x = figure.own({panel.x.lo, panel.x.hi});
  line.y = figure.own({y, y});
  line.label = name;
  line.label_tex = tex;
  line.label_at = 0.62;  // between the names of both axes
  panel.marks.push_back(std::move(line));
}

void add_ways(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view, std::size_t at) {
  if (!view.config.flag("view.trails")) return;
  const auto add = [&](const std::vector<Track::Row>& rows, const RunInk& run, const std::string& series) {
    std::vector<double> x, y;
    for (const auto& [step, row] : rows) {
      if (at + 1 >= row.size() || !std::isfinite(row[at]) || !std::isfinite(row[at + 1])) continue;
      x.push_back(row[at]), y.push_back(row[at + 1]);
    }
    if (x.empty()) return;
    Line line{.series = series, .x = {}, .y = {}, .ink = run.ink, .width_px = 1.8, .dash = run.dash};
    line.halo_px = 1;
    const double end_x = x.back(), end_y = y.back();
    line.x = figure.own(std::move(x)), line.y = figure.own(std::move(y));
    line.label = run.name;
    line.named_on_screen = false;  // ways cross and end together; the strip of runs names them
    panel.marks.push_back(std::move(line));
    if (series == "way") return;
    Marker end{.series = series + " now", .x = end_x, .y = end_y, .ink = run.ink};
    end.radius_px = 4;
    panel.marks.push_back(end);
  };
  const std::vector<const ComparedRun*> others = runs_on_stage(snapshot, view);
  for (const ComparedRun* lane : others) {
    std::vector<Track::Row> rows = lane->history.trails();
    std::erase_if(rows, [&](const Track::Row& row) { return row.step > lane->state.step; });
    add(rows, {{Role::lane, lane->mark}, series_dash(lane->mark), lane->label}, "way of " + lane->label);
  }
  add(trails_until_now(snapshot, 2000), ink_of_this(snapshot, others), "way");
}

namespace {

struct RunHistory {
  const History* history;
  const Model* model;
  std::int64_t now;
  RunInk ink;
  std::string series;
};

std::vector<RunHistory> histories(const Snapshot& s, const std::string& series) {
  std::vector<RunHistory> out;
  const std::vector<const ComparedRun*> others = s.shown_lanes();
  for (const ComparedRun* lane : others)
    out.push_back({&lane->history,
                   lane->setup ? lane->setup->model.get() : &s.model(),
                   lane->kept ? lane->history.size() - 1 : lane->state.step,
                   {{Role::lane, lane->mark, lane->kept ? 0.45 : 1.0}, series_dash(lane->mark), lane->label},
                   lane->label});
  out.push_back({&s.history, &s.model(), s.state.step, ink_of_this(s, others), series});
  return out;
}

std::vector<double> column_of(const RunHistory& run, const std::string& metric) {
  const std::vector<std::string> ids = run.model->metric_ids();
  const auto place = static_cast<std::size_t>(std::ranges::find(ids, metric) - ids.begin());
  return run.history->column(place < ids.size() ? kMetricColumns + place : History::kNoColumn);
}

}  // namespace

void add_curves_against(Figure& figure, Panel& panel, const Snapshot& snapshot, const Against& against,
                        const std::string& series) {
  for (const RunHistory& run : histories(snapshot, series)) {
    const std::vector<double> loss = run.history->column(kLossColumn), steps = run.history->steps(),
                              value = column_of(run, against.metric);
    std::vector<double> x, y;
    double now_x = kNoNumber, now_y = kNoNumber;
    for (std::size_t t = 0; t < steps.size(); ++t) {
      const double px = against.x(loss[t], value[t]), py = against.y(loss[t], value[t]);
      const bool there = std::isfinite(px) && std::isfinite(py);
      x.push_back(there ? px : kNoNumber), y.push_back(there ? py : kNoNumber);
      if (there && steps[t] <= static_cast<double>(run.now)) now_x = px, now_y = py;
    }
    Line line{.series = run.series, .x = {}, .y = {}, .ink = run.ink.ink, .dash = run.ink.dash};
    line.width_px = 2;
    line.x = figure.own(std::move(x)), line.y = figure.own(std::move(y));
    name_curve(line, run.ink.name);
    panel.marks.push_back(std::move(line));
    if (!std::isfinite(now_x)) continue;
    Marker here{.series = "now", .x = now_x, .y = now_y, .ink = run.ink.ink};
    here.radius_px = 4, here.halo_px = 1.5;
    panel.marks.push_back(here);
  }
}

void fit_to_curves(Panel& panel, double margin_x, double margin_y) {
  std::vector<double> x, y;
  for (const Mark& mark : panel.marks)
    if (const auto* line = std::get_if<Line>(&mark)) {
      x.insert(x.end(), line->x.begin(), line->x.end());
      y.insert(y.end(), line->y.begin(), line->y.end());
    }
  std::tie(panel.x.lo, panel.x.hi) = range_of(x, margin_x);
  std::tie(panel.y.lo, panel.y.hi) = range_of(y, margin_y);
}

void add_metric_curves(Figure& figure, Panel& panel, const Snapshot& snapshot, const std::string& metric,
                       const std::string& series) {
  for (const RunHistory& run : histories(snapshot, series)) {
    Line& line = add_curve(figure, panel, run.series, {run.history->steps(), column_of(run, metric)}, run.now,
                           run.ink.ink, 2, run.ink.dash);
    name_curve(line, run.ink.name);
    panel.x.hi = std::max(panel.x.hi, static_cast<double>(run.history->size() - 1));
  }
}

Figure toy_stage_figure(const Snapshot& snapshot, const View& view) {
  return toy_of(snapshot).type().stage(snapshot, view);
}

namespace {

// The axis is logarithmic from the first step on, so that it does not change during the run; it reaches down
// to where J counts as 0. A curve ends where its J is but rounding; a J of exactly 0 stays a number, for
// tables, and is not drawn.
void make_logarithmic(Figure& figure, Panel& panel, double nothing) {
  double least = std::numeric_limits<double>::infinity(), most = 0;
  for (const Mark& mark : panel.marks)
    if (const auto* line = std::get_if<Line>(&mark))
      for (const double v : line->y) {
        if (v < -1e-12) return;  // more than rounding
        if (std::isfinite(v) && v > nothing) least = std::min(least, v), most = std::max(most, v);
      }
  if (!(most > 0) || !(most < 1e300)) return;
  for (Mark& mark : panel.marks)
    if (auto* line = std::get_if<Line>(&mark)) {
      std::vector<double> y(line->y.begin(), line->y.end());
      for (double& v : y)
        if (v != 0 && std::abs(v) <= nothing) v = kNoNumber;
      line->y = figure.own(std::move(y));
    }
  std::erase_if(panel.marks, [&](const Mark& mark) {
    const auto* marker = std::get_if<Marker>(&mark);
    return marker && !(marker->y > nothing);
  });
  panel.y.scale = Scale::log10;
  panel.y.hi = most * 2, panel.y.lo = std::min(least / 2, panel.y.hi / 20);
}

}  // namespace

Figure toy_loss_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "loss", .title = "Objective", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      short_toy_caption(snapshot, "$" + toy_of(snapshot).type().objective_tex(snapshot.config()) +
                                      "$, minimised: $J=" + number_tex(snapshot.evaluation.loss) + "$.");
  Panel panel = loss_panel(figure, snapshot);
  panel.title = "Objective";
  const Toy& toy = toy_of(snapshot);
  if (toy.falls_by_decades()) make_logarithmic(figure, panel, toy.least_loss());
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure toy_identity_figure(const Snapshot& snapshot, const View&) {
  IdentityLook look{.words =
                        ". $\\partial J/\\partial\\theta$ by automatic differentiation of $J$'s definition "
                        "(computed) against its closed form (claimed), entry by entry.",
                    .title_tex = "\\partial J/\\partial\\theta"};
  const Eigen::MatrixXd& numbers = snapshot.identity.computed;
  std::tie(look.lo, look.hi) = range_of({numbers.data(), static_cast<std::size_t>(numbers.size())}, 0.08);
  look.series = "entry";
  return identity_figure(snapshot, look);
}

namespace {

// The conserved quantities at every remembered step; trails hold them behind the places.
std::vector<std::vector<double>> kept_over_steps(const Snapshot& s, std::vector<double>& steps) {
  const Toy& toy = toy_of(s);
  const std::size_t from = toy.places(s.state.theta).size(), count = toy.kept(s.state.theta).size();
  std::vector<std::vector<double>> out(count);
  const std::vector<Track::Row> rows = s.history.trails();
  for (const auto& [step, row] : rows) {
    if (row.size() != from + count) continue;
    steps.push_back(static_cast<double>(step));
    for (std::size_t k = 0; k < count; ++k) out[k].push_back(row[from + k]);
  }
  return out;
}

}  // namespace

Figure toy_kept_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "kept", .title = "What the flow keeps", .caption = {}, .panels = {}, .keep = {}};
  const Toy& toy = toy_of(snapshot);
  std::vector<double> steps;
  std::vector<std::vector<double>> curves = kept_over_steps(snapshot, steps);
  if (curves.empty() || steps.empty())
    return sentence_figure({.id = "kept", .title = figure.title, .help = {}},
                           "Gradient flow keeps nothing here that is known.", caption_start(snapshot) + ". ");
  figure.caption =
      short_toy_caption(snapshot, "$" + toy.kept_tex() +
                                      "$ of each: gradient flow keeps it, steps of rate $\\eta$ move it "
                                      "by an amount that goes to 0 with $\\eta$.");
  std::vector<double> all;
  for (const std::vector<double>& curve : curves) all.insert(all.end(), curve.begin(), curve.end());
  auto [lo, hi] = range_of(all, 0.15);
  const double middle = (lo + hi) / 2, least = 0.05 * std::max(std::abs(middle), 1e-12);
  if (hi - lo < least) lo = middle - least, hi = middle + least;
  Panel panel = step_panel(snapshot, {lo, hi});
  panel.title = "Kept";
  panel.title_tex = toy.kept_tex();
  const bool few = curves.size() <= 8;
  for (std::size_t k = 0; k < curves.size(); ++k) {
    const Ink ink = few ? Ink{Role::line, static_cast<int>(k)} : Ink{Role::ink, 0, 0.3};
    add_curve(figure, panel, "kept " + std::to_string(k + 1), {steps, curves[k]}, snapshot.state.step, ink,
              few ? 1.8 : 1.2, few ? series_dash(static_cast<int>(k)) : Dash::solid);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
