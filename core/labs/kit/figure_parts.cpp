#include "core/labs/kit/figure_parts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/check.h"
#include "core/base/number.h"
#include "core/figure/caption.h"
#include "core/figure/notation.h"
#include "core/labs/kit/lab.h"

namespace iem {
Figure sentence_figure(const FigureType& type, const std::string& sentence, const std::string& lead) {
  Figure figure{.id = type.id, .title = type.title, .caption = lead + sentence, .panels = {}, .keep = {}};
  figure.sentence = sentence;
  Panel panel;
  panel.title = type.title;
  panel.grid = panel.x.ticks = panel.y.ticks = false;
  panel.x.lo = panel.y.lo = -1;
  panel.x.hi = panel.y.hi = 1;
  panel.marks.push_back(
      Text{.text = plain_caption(figure.caption), .ink = {Role::muted}, .anchor = Anchor::centre});
  figure.panels.push_back(std::move(panel));
  return figure;
}

std::vector<Parameter> page_parameters(const std::vector<FigureType>& figures,
                                       const std::function<const Value*(const Config&)>& plots) {
  constexpr std::size_t kCells = 4;
  Parameter column{.key = "view.plots",
                   .group = Group::view,
                   .kind = ParameterKind::choices,
                   .effect = Effect::view,
                   .label = "Plots",
                   .help = "The figures beside the stage, from the top; at most four.",
                   .default_value = std::vector<std::string>{},
                   .default_in = plots,
                   .in_panel = false};  // chosen at the title of each
  column.misfit = [](const Value& value) -> std::string {
    return std::get<std::vector<std::string>>(value).size() <= kCells ? "" : "at most four";
  };
  Parameter centre{.key = "view.centre",
                   .group = Group::view,
                   .kind = ParameterKind::choice,
                   .effect = Effect::view,
                   .label = "In the middle",
                   .help = "The figure in the middle of the window.",
                   .default_value = figures.front().id,
                   .in_panel = false};
  for (const FigureType& type : figures) {
    if (type.use == FigureUse::stage) {
      centre.default_value = type.id;
    } else {
      column.choices.push_back(type.id);
      column.choice_labels.push_back(type.title);
    }
    centre.choices.push_back(type.id);
    centre.choice_labels.push_back(type.title);
  }
  Parameter runs{
      .key = "view.runs",
      .group = Group::view,
      .kind = ParameterKind::choice,
      .effect = Effect::view,
      .label = "Several runs",
      .help =
          "Other runs on the stage: as ghosts on that of the first, or each on a stage of its own; or "
          "draws of the first, where there are some.",
      .default_value = std::string("overlay"),
      .choices = {"overlay", "multiples", "draws"},
      .choice_labels = {"on one stage", "side by side", "draws"},
      .in_panel = false};  // chosen in the strip of the runs
  return {column, centre, runs};
}

std::string notation_of(const Config& config) {
  return config.table().find("view.notation") != nullptr ? config.text("view.notation")
                                                         : std::string(kOwnNotation);
}

Figure in_notation_of(const Config& config, Figure figure) {
  return in_notation(std::move(figure), notation_of(config), config.lab());
}

Parameter notation_parameter() {
  return {.key = "view.notation",
          .group = Group::view,
          .kind = ParameterKind::choice,
          .effect = Effect::view,
          .label = "Notation",
          .help = "The letters of formulas: the program's own, or those of Bishop's book (2006).",
          .default_value = std::string(kOwnNotation),
          .choices = {std::string(kOwnNotation), std::string(kBishop)},
          .choice_labels = {"r, J, component j", "γ, L, component k (Bishop)"}};
}

Dump points_dump(const Dataset& data, const std::vector<std::string>& names) {
  const bool labelled = data.has_labels();
  std::vector<TableColumn> columns =
      point_columns(data, names, labelled ? std::vector<std::string>{"label"} : std::vector<std::string>());
  if (labelled) columns.push_back({.id = "label", .label = "class", .help = "Counted from 0; -1: none."});
  return {std::move(columns), data.size(), [&data](Eigen::Index first, Eigen::Index n) {
            Eigen::MatrixXd rows = data.points.middleRows(first, n);
            if (!data.has_labels()) return rows;
            rows.conservativeResize(Eigen::NoChange, rows.cols() + 1);
            rows.rightCols(1) = data.labels.segment(first, n).cast<double>();
            return rows;
          }};
}

namespace {

// The rows of some points, from the snapshot or, where it has none, evaluated anew by the model.
Evaluation rows_of_points(const Snapshot& snapshot, Eigen::Index first, Eigen::Index n) {
  Evaluation out;
  const Evaluation& all = snapshot.evaluation;
  if (all.energies.rows() > 0) {
    const auto some = [&](const Eigen::MatrixXd& rows) {
      return rows.rows() > 0 ? Eigen::MatrixXd(rows.middleRows(first, n)) : rows;
    };
    out.energies = some(all.energies);
    out.responsibilities = some(all.responsibilities);
    out.pulls = some(all.pulls);
    return out;
  }
  Dataset part;
  part.points = snapshot.data().points.middleRows(first, n);
  if (snapshot.data().has_labels()) part.labels = snapshot.data().labels.segment(first, n);
  ThreadPool alone(1);
  snapshot.model().evaluate(snapshot.state.theta, snapshot.temperature, part, {}, Wanted::rows, alone, out);
  return out;
}

}  // namespace

std::vector<TableColumn> energy_columns(const std::string& id, int count) {
  if (id == "energies") return component_columns("d", count, "energy", "nats");
  if (id == "gradient") return component_columns("g", count, "dJ/dd");
  return component_columns("r", count, "responsibility");
}

Dump energies_dump(const std::string& id, const Snapshot& snapshot) {
  return {energy_columns(id, static_cast<int>(snapshot.evaluation.statistics.rows())), snapshot.data().size(),
          [id, &snapshot](Eigen::Index first, Eigen::Index n) {
            Evaluation rows = rows_of_points(snapshot, first, n);
            if (id == "energies") return std::move(rows.energies);
            if (id == "responsibilities") return std::move(rows.responsibilities);
            Eigen::MatrixXd& pulls = rows.pulls.rows() > 0 ? rows.pulls : rows.responsibilities;
            pulls /= static_cast<double>(snapshot.data().size());
            return std::move(pulls);
          }};
}

namespace {

// Seeds that are set separately, which a caption must name: the seed alone does not determine the run.
std::string own_seeds(const Config& config) {
  std::string out;
  for (const auto& [key, name] :
       {std::pair{"seeds.data", "data"}, std::pair{"seeds.init", "start"}, std::pair{"seeds.batch", "batch"}})
    if (config.is_set(key)) out += std::string(", ") + name + " seed " + std::to_string(config.integer(key));
  return out;
}

}  // namespace

std::string caption_start(const Snapshot& snapshot) {
  const Scene& scene = snapshot.setup->scene;
  return caption_words(scene.title.empty() ? scene.name : scene.title) + ", step " +
         std::to_string(snapshot.state.step) + ", seed " + std::to_string(snapshot.config().integer("seed")) +
         own_seeds(snapshot.config()) +
         (snapshot.data().words.empty() ? "" : ", " + caption_words(snapshot.data().words));
}

std::string standardised_words(const Dataset& data) {
  if (!data.standardised || data.shift.size() != data.points.cols()) return {};
  std::string out;
  for (Eigen::Index d = 0; d < data.shift.size(); ++d) {
    const auto a = static_cast<std::size_t>(d);
    const std::string unit = a < data.units.size() && !data.units[a].empty() ? " " + data.units[a] : "";
    const std::string name =
        a < data.names.size() && !data.names[a].empty() ? data.names[a] : "axis " + std::to_string(d + 1);
    out += (d == 0 ? " Standardised: " : "; ") + name + " minus " + format_number(data.shift[d]) + unit +
           ", divided by " + format_number(data.scale[d]) + unit;
  }
  return caption_words(out) + ".";
}

std::pair<double, double> range_of(Values values, double margin) {
  double lo = std::numeric_limits<double>::infinity(), hi = -lo;
  for (double value : values) {
    if (!std::isfinite(value)) continue;
    lo = std::min(lo, value);
    hi = std::max(hi, value);
  }
  if (!(lo <= hi)) return {0, 1};
  constexpr double kMost = 1e300;  // so that widths and margins stay finite
  lo = std::clamp(lo, -kMost, kMost), hi = std::clamp(hi, -kMost, kMost);
  // Values that differ by rounding only count as equal, so that no plot shows rounding errors.
  constexpr double kRounding = 1e-13;
  const double size = std::max(std::abs(lo), std::abs(hi));
  const bool one_number = !(hi - lo > kRounding * size);
  const double room = one_number ? std::max(1e-3, size * 1e-3) : margin * (hi - lo);
  return {lo - room, hi + room};
}

std::size_t StepCurve::index(std::int64_t step) const {
  const auto after = std::upper_bound(steps.begin(), steps.end(), static_cast<double>(step));
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - steps.begin(), 1)) - 1;
}

StepCurve loss_curve(const History& history) { return {history.steps(), history.column(kLossColumn)}; }

StepCurve metric_curve(const Snapshot& snapshot, std::size_t place) {
  return {snapshot.history.steps(), snapshot.history.column(kMetricColumns + place)};
}

StepCurve metric_curve(const Snapshot& snapshot, std::string_view id) {
  const std::vector<std::string> ids = snapshot.setup->model->metric_ids();
  const auto place = static_cast<std::size_t>(std::ranges::find(ids, id) - ids.begin());
  return metric_curve(snapshot, place < ids.size() ? place : History::kNoColumn - kMetricColumns);
}

std::vector<Track::Row> trails_until_now(const Snapshot& snapshot, std::size_t most) {
  std::vector<Track::Row> rows = snapshot.history.trails();
  std::erase_if(rows, [&](const Track::Row& row) { return row.step > snapshot.state.step; });
  if (rows.size() <= most) return rows;
  // The distance of kept steps is a power of two, so that the choice of steps changes only when it doubles.
  const std::size_t recent = most / 2, older = rows.size() - recent;
  std::int64_t apart = 2;
  while (older / static_cast<std::size_t>(apart) > most - recent) apart *= 2;
  std::vector<Track::Row> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (i >= older || i == 0 || rows[i].step % apart == 0) out.push_back(rows[i]);
  return out;
}

Line& add_curve(Figure& figure, Panel& panel, const std::string& name, const StepCurve& curve,
                std::int64_t now, const Ink& ink, double width_px, Dash dash, Shape shape) {
  const std::size_t split = curve.index(now);
  const Values all_x = figure.own(curve.steps), all_y = figure.own(curve.y);
  if (split + 1 < curve.y.size()) {
    Line future{.series = name + " future", .x = all_x.subspan(split), .y = all_y.subspan(split), .ink = ink};
    future.ink.alpha = 0.38;
    future.width_px = width_px - 0.2;
    future.dash = dash;
    future.read_as = name;
    panel.marks.push_back(future);
  }
  Line past{.series = name,
            .x = all_x.first(split + 1),
            .y = all_y.first(split + 1),
            .ink = ink,
            .width_px = width_px,
            .dash = dash};
  const std::size_t at = panel.marks.size();
  panel.marks.push_back(past);
  Marker here{.series = "now", .x = all_x[split], .y = all_y[split], .shape = shape, .ink = ink};
  here.radius_px = 4;
  here.halo_px = 1.5;
  if (std::isfinite(here.y)) panel.marks.push_back(here);
  return std::get<Line>(panel.marks[at]);
}

Axis step_axis(double last) {
  Axis axis{.label = "step", .lo = 0, .hi = std::max(1.0, last), .whole = true};
  axis.quantity = Quantity::step;
  return axis;
}

Panel step_panel(const Snapshot& snapshot, std::pair<double, double> y) {
  Panel panel;
  panel.x = step_axis(static_cast<double>(snapshot.last_step()));
  panel.y.lo = y.first;
  panel.y.hi = y.second;
  return panel;
}

Panel loss_panel(Figure& figure, const Snapshot& snapshot) {
  const StepCurve loss = loss_curve(snapshot.history);
  std::vector<double> shown = loss.y;
  const std::vector<const ComparedRun*> lanes = snapshot.shown_lanes();
  for (const ComparedRun* lane : lanes) {
    const std::vector<double> other = lane->history.column(kLossColumn);
    shown.insert(shown.end(), other.begin(), other.end());
  }
  auto [lo, hi] = range_of(shown, 0.08);
  // At the start the curve has a single value, whose last digits would not make a useful scale.
  const double least = 0.05 * std::max(1.0, std::abs(lo));
  if (hi - lo < least && snapshot.last_step() < 1) lo -= least, hi += least;
  Panel panel = step_panel(snapshot, {lo, hi});
  panel.title = "Loss";
  panel.title_tex = "J";
  panel.y.unit = lab_of(*snapshot.setup).loss_unit(snapshot.config());
  if (!panel.y.unit.empty()) panel.y.label = "J";
  for (const ComparedRun* lane : lanes) {
    const StepCurve other = loss_curve(lane->history);
    const std::int64_t now = lane->kept ? lane->history.size() - 1 : lane->state.step;
    Line& line = add_curve(figure, panel, lane->label, other, now, {Role::lane, lane->mark}, 1.8,
                           series_dash(lane->mark));
    mark_as_lane(line, *lane, snapshot);
    panel.x.hi = std::max(panel.x.hi, other.steps.back());
  }
  const bool alone = lanes.empty();
  const Ink ink = alone ? Ink{Role::accent} : Ink{Role::lane, snapshot.mark};
  const Dash dash = alone ? Dash::solid : series_dash(snapshot.mark);
  Line& own = add_curve(figure, panel, "loss", loss, snapshot.state.step, ink, 2.2, dash);
  if (!alone) own.label = snapshot.name.empty() ? "this run" : snapshot.name, own.name_at_end = true;
  return panel;
}

void mark_as_lane(Line& line, const ComparedRun& lane, const Snapshot& snapshot) {
  const auto place = static_cast<double>(&lane - snapshot.lanes.data()) + 1;
  line.ink = {Role::lane, lane.mark};
  if (lane.kept) line.ink.alpha = 0.45;
  line.dash = series_dash(lane.mark);
  line.width_px = 1.8;
  line.label = lane.label;
  line.label_at = place / (static_cast<double>(snapshot.lanes.size()) + 1);
  line.name_at_end = true;
}

void mark_as_prototype(Line& line, int j, int first) {
  line.ink.role = Role::line;
  line.ink.index = j;
  line.dash = series_dash(first + j);
}

std::string while_it_cools(const Snapshot& snapshot) {
  if (snapshot.config().real("schedule.temperature_decay") == 1) return "";
  return " at the temperature of each step: as that falls J may rise from one to the next";
}

Figure log_sum_exp_loss(const Snapshot& snapshot) {
  Figure figure{.id = "loss", .title = "Loss", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) +
                   ". $J = -\\frac1N\\sum_i \\tau\\log\\sum_j e^{-d_{ij}/\\tau}$, minimised" +
                   while_it_cools(snapshot) + ".";
  figure.panels.push_back(loss_panel(figure, snapshot));
  return figure;
}

}  // namespace iem
