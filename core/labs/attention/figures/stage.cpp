// The attention stage: queries as ticks, keys as shapes, values as arrows from their key, and of one query
// where it looks, what it reads and how useful each value is to it.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "core/base/number.h"
#include "core/figure/arrow_scale.h"
#include "core/labs/attention/figures/formulas.h"
#include "core/labs/attention/figures/retrieval.h"
#include "core/labs/attention/figures/stage_names.h"

namespace iem {
namespace {

constexpr std::size_t kMostLines = 24;  // routing lines where there are more keys

std::string key_name(Eigen::Index j) { return "key " + std::to_string(j + 1); }
void set_axis(Axis& axis, const Tensor& given, Values all) {
  std::tie(axis.lo, axis.hi) =
      given.data.size() == 2 ? std::pair(given.data[0], given.data[1]) : range_of(all, 0.1);
}

Panel empty_panel(Figure& figure, const View& view, std::vector<double> x, std::vector<double> y) {
  Panel panel;
  set_axis(panel.x, view.config.tensor("view.x"), figure.own(std::move(x)));
  set_axis(panel.y, view.config.tensor("view.y"), figure.own(std::move(y)));
  panel.x.label = "first coordinate", panel.y.label = "second coordinate";
  panel.equal_aspect = view.config.text("view.aspect") != "free";
  panel.grid = false;
  return panel;
}

// A panel that contains everything that has a place.
Panel fitted_panel(Figure& figure, const AttentionStage& s) {
  std::vector<double> x, y;
  const auto add = [&](const Eigen::RowVector2d& at) {
    x.push_back(at[0]);
    y.push_back(at[1]);
  };
  const Eigen::MatrixXd& targets = s.snapshot.data().targets;
  for (Eigen::Index j = 0; j < s.now.keys.rows(); ++j) {
    add(s.now.keys.row(j));
    add(s.tip(j));
  }
  for (Eigen::Index i = 0; i < s.now.queries.rows(); ++i) {
    add(s.now.queries.row(i));
    if (targets.rows() > 0) add(s.from_query(i, targets));
  }
  return empty_panel(figure, s.view, std::move(x), std::move(y));
}

void add_trail(Figure& figure, Panel& panel, const AttentionStage& s, std::size_t index, const Ink& ink) {
  StageTrail way = trail_of(s, index);
  if (way.x.size() < 2) return;
  Line line{.series = "trail", .x = {}, .y = {}, .ink = ink, .width_px = 1};
  line.x = figure.own(std::move(way.x));
  line.y = figure.own(std::move(way.y));
  panel.marks.push_back(std::move(line));
}

void add_trails(Figure& figure, Panel& panel, const AttentionStage& s) {
  if (!s.view.config.flag("view.trails")) return;
  const auto queries = static_cast<std::size_t>(s.model.queries());
  for (std::size_t i = 0; i < queries; ++i) add_trail(figure, panel, s, i, {Role::faint, 0, 0.8});
  for (std::size_t j = 0; j < static_cast<std::size_t>(s.model.keys()); ++j)
    add_trail(figure, panel, s, queries + j, {Role::line, static_cast<int>(j), 0.4});
}

// Lines from the query to the keys; opacity and width show alpha.
void add_routing(Panel& panel, const AttentionStage& s) {
  if (s.query < 0) return;
  for (Eigen::Index j = 0; j < s.model.visible(s.query); ++j) {
    const double alpha = s.rows.attention(s.query, j);
    Arrow line{"alpha " + std::to_string(j + 1), s.now.queries(s.query, 0), s.now.queries(s.query, 1),
               s.now.keys(j, 0), s.now.keys(j, 1)};
    line.ink = {Role::line, static_cast<int>(j), 0.12 + 0.88 * std::sqrt(alpha)};
    line.width_px = 1 + 7 * alpha;
    line.head_length_px = line.head_width_px = 0;
    line.halo = false;
    panel.marks.push_back(std::move(line));
  }
}

double longest_of(const Eigen::MatrixXd& rows) {
  return rows.rows() > 0 ? rows.rowwise().norm().maxCoeff() : 0;
}

// Whether there is a pull at all: beside the values it is more than their rounding and what that grows to.
bool is_pull(const Eigen::MatrixXd& pull, const Eigen::MatrixXd& values) {
  constexpr double kNone = 1e-9;  // of the longest value
  return longest_of(pull) > kNone * longest_of(values);
}

// ", 60×", or with a power of ten where the digits would be many: ", 6 × 10^7 times"; empty for 1.
std::string times(double factor) {
  if (factor <= 1) return "";
  return ", " + (factor < 1e5 ? format_fixed(factor, 0) + "×" : format_number(factor, 1) + " times");
}

// A round factor (1, 2, 3, 6, 10, 20 ...) by which the longest pull is magnified to be visible.
double magnification(const Eigen::MatrixXd& pull, const Panel& panel, const View& view) {
  const double longest = longest_of(pull);
  const double wanted = 0.07 * std::min(panel.x.hi - panel.x.lo, panel.y.hi - panel.y.lo) / longest;
  double factor = 1;
  for (double decade = 1; decade <= 1e9; decade *= 10)
    for (const double step : {1.0, 2.0, 3.0, 6.0})
      if (decade * step <= wanted) factor = decade * step;
  return view.arrows ? view.arrows->agreed(factor) : factor;
}

void add_values(Panel& panel, const AttentionStage& s) {
  // The step of plain gradient descent, whatever the rule: it shows the value law.
  const Eigen::MatrixXd pull =
      s.model.vectors(s.snapshot.gradient_target, s.snapshot.data()).values - s.now.values;
  const bool pulls = s.view.config.flag("view.pull") && !s.phases.on() && is_pull(pull, s.now.values);
  const double factor = pulls ? magnification(pull, panel, s.view) : 1;
  for (Eigen::Index j = 0; j < s.model.keys(); ++j) {
    const int index = static_cast<int>(j);
    const double x = s.now.keys(j, 0), y = s.now.keys(j, 1), tx = s.tip(j)[0], ty = s.tip(j)[1];
    if (pulls && factor * pull.row(j).norm() > 0) {
      Arrow way{"pull " + std::to_string(j + 1), tx, ty, tx + factor * pull(j, 0), ty + factor * pull(j, 1)};
      way.ink = {Role::line, index, 1};
      way.width_px = 1.4;
      way.head_length_px = way.head_width_px = 0;
      way.dash = Dash::dashed;
      panel.marks.push_back(way);
      Marker end{
          .series = "pull", .x = way.x1, .y = way.y1, .shape = Shape::disc, .ink = {Role::line, index, 1}};
      end.radius_px = 2.2;
      end.halo_px = 0;
      panel.marks.push_back(std::move(end));
    }
    if (tx == x && ty == y) continue;  // the value is the key, and its shape the tip
    Arrow value{"value " + std::to_string(j + 1), x, y, tx, ty, {Role::line, index, 1}};
    value.width_px = 1.8;
    panel.marks.push_back(std::move(value));
    Marker tip{.series = "tip", .x = tx, .y = ty, .shape = Shape::disc, .ink = {Role::line, index, 0}};
    tip.radius_px = 5;
    tip.halo_px = 0;
    tip.element = {ElementId::Kind::value, index};
    panel.marks.push_back(std::move(tip));
  }
  Legend legend;
  if (s.query >= 0 && !s.phases.on()) legend = gauge_legend();
  if (pulls) legend.entries.emplace_back(Sign::dashes, "pull on value" + times(factor));
  if (!legend.entries.empty()) panel.marks.push_back(std::move(legend));
}

void add_keys(Panel& panel, const AttentionStage& s) {
  const double most = s.rows.usefulness.size() > 0 ? s.rows.usefulness.cwiseAbs().maxCoeff() : 0;
  const double root = std::sqrt(static_cast<double>(s.model.options().key_width));
  for (Eigen::Index j = 0; j < s.model.keys(); ++j) {
    const int index = static_cast<int>(j);
    const double marker_x = s.now.keys(j, 0), marker_y = s.now.keys(j, 1);
    Marker marker{.series = key_name(j),
                  .x = marker_x,
                  .y = marker_y,
                  .shape = Shape::prototype,
                  .ink = {Role::mark, index, 1}};
    marker.radius_px = 8;
    marker.element = {ElementId::Kind::key, index};
    panel.marks.push_back(std::move(marker));
    if (s.model.keys() <= kMostNamed) {
      FreeSide side = side_at(s, panel, marker_x, marker_y);
      if (const Eigen::RowVector2d tip = s.tip(j); tip != s.now.keys.row(j)) side.avoid_line(tip[0], tip[1]);
      if (s.query >= 0 && j < s.model.visible(s.query)) {
        side.avoid_line(s.now.queries(s.query, 0), s.now.queries(s.query, 1));
        side.avoid_angle(0);  // the gauge
        side.avoid_angle(s.rows.usefulness(s.query, j) > 0 ? 0.7 : -0.7);
      }
      panel.marks.push_back(
          beside(marker_x, marker_y, symbol("k", j), {Role::line, index, 1}, side, kLowerLeft, 21));
    }
    if (s.query < 0 || j >= s.model.visible(s.query) || !(most > 0) || s.phases.on()) continue;
    const double change =
        s.next.queries.row(s.query).dot(s.next.keys.row(j)) / root - s.rows.scores(s.query, j);
    Gauge gauge{"usefulness " + std::to_string(j + 1), s.now.keys(j, 0), s.now.keys(j, 1), 24,
                s.rows.usefulness(s.query, j) / most};
    gauge.direction = change > 0 ? 1 : change < 0 ? -1 : 0;
    panel.marks.push_back(std::move(gauge));
  }
}

// The places before the step, without the movement of the phase that is shown.
AttentionPlaces places_of_stage(const AttentionStage& s) {
  AttentionPlaces out;
  const AttentionVectors here = s.model.vectors(s.snapshot.state.theta, s.snapshot.data());
  if (s.query >= 0) out.query = here.queries.row(s.query).transpose();
  if (!s.places()) out.origin = out.query;
  for (Eigen::Index j = 0; j < s.model.keys(); ++j) {
    const Eigen::Vector2d key = here.keys.row(j).transpose(), value = here.values.row(j).transpose(),
                          next = s.next.values.row(j).transpose(), next_key = s.next.keys.row(j).transpose();
    out.keys.push_back(key);
    out.values.push_back(value);
    out.tips.push_back(s.places() ? value : key + value);
    out.next_tips.push_back(s.places() ? next : next_key + next);
  }
  return out;
}

// Free points in the plane: everything is drawn where it is.
Figure plane_stage(Figure figure, const AttentionStage& s) {
  figure.caption =
      caption_start(s.snapshot) + ". " + (s.query >= 0 ? "Lines: attention of the pinned query. " : "") +
      (s.places() ? "Arrows from queries end at their outputs; rings: targets; values, outputs and targets "
                    "are places in the plane of the keys."
                  : "Arrows from keys: values; from queries: outputs; rings: targets.") +
      (s.query >= 0 ? " " + gauge_words() : "");
  Panel panel = fitted_panel(figure, s);
  panel.title = s.query < 0 ? "Stage" : "Query " + std::to_string(s.query + 1);
  if (s.query >= 0) panel.title_tex = "\\alpha_{" + std::to_string(s.query + 1) + "j}";
  if (s.view.config.flag("view.retrieval")) {
    add_retrieval(figure, panel, s.snapshot, s.now, s.query);
    figure.caption +=
        " Thin lines: the energy $" + retrieval_energy_formula(s.snapshot.temperature) +
        "$ of the keys; on it, where the query goes as $q \\leftarrow \\sum_j \\alpha_j k_j$: " +
        pass_words() + ".";
  }
  if (!s.phases.stands_still()) add_trails(figure, panel, s);
  if (!s.phases.on()) add_routing(panel, s);
  name_phase(figure, panel, s.phases, "query " + std::to_string(s.query + 1));
  if (!s.phases.on()) add_other_values(figure, panel, s);
  add_values(panel, s);
  add_attention_phase(figure, panel, s.snapshot, s.view, s.phases, places_of_stage(s));
  for (Eigen::Index i = 0; i < s.model.queries(); ++i)
    if (i != s.query) add_query(panel, s, i);
  // Under its key, which keeps its shape and colour.
  if (const int key = shown_key(s.snapshot, s.view); key >= 0) {
    Marker ring{.series = "hovered",
                .x = s.now.keys(key, 0),
                .y = s.now.keys(key, 1),
                .shape = Shape::ring,
                .ink = {Role::accent}};
    ring.radius_px = 12;
    panel.marks.push_back(std::move(ring));
  }
  add_keys(panel, s);
  if (s.query >= 0) add_query(panel, s, s.query);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace

Figure attention_stage_figure(const Snapshot& snapshot, const View& view) {
  const Attention& model = attention_of(snapshot);
  const AttentionOptions& o = model.options();
  Figure figure{.id = "stage", .title = "Stage", .caption = {}, .panels = {}, .keep = {}};
  const bool plane = o.direct && o.key_width == 2 && o.value_width == 2 && model.queries() <= kMostDrawn &&
                     model.keys() <= kMostDrawn;
  if (!plane) return projected_stage_figure(snapshot, view, kMostLines);
  std::vector<Eigen::Index> all(static_cast<std::size_t>(model.queries()));
  std::iota(all.begin(), all.end(), 0);
  const int query = shown_query(snapshot, view);
  PhaseInView phases = phase_in_view(snapshot, view, query);
  AttentionStage stage{snapshot,
                       view,
                       model,
                       model.vectors(shown_theta(snapshot, phases), snapshot.data()),
                       model.vectors(snapshot.next, snapshot.data()),
                       rows_of(snapshot, std::move(all)),
                       query,
                       std::move(phases)};
  if (model.queries() + model.keys() <= 2 * kMostNamed) stage.lines = stage_lines(stage);
  return plane_stage(std::move(figure), stage);
}

}  // namespace iem
