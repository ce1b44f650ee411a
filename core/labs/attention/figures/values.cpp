// Keys and values of any width on their first two principal components.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numbers>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/libm.h"
#include "core/labs/attention/figures/formulas.h"
#include "core/labs/attention/figures/list.h"
#include "core/labs/attention/figures/names.h"
#include "core/labs/attention/figures/phases.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/free_side.h"

namespace iem {
namespace {

std::string percent(double share) {
  return std::to_string(static_cast<int>(std::lround(100 * share))) + " %";
}

// The index of the colour of a token: its symbol, its class, or its own index when there are few.
int colour_of(const Snapshot& snapshot, Eigen::Index j) {
  const Dataset& data = snapshot.data();
  if (data.chain) return data.chain->symbols[j];
  if (data.has_labels() && data.size() == attention_of(snapshot).keys()) return data.labels[j];
  return snapshot.data().size() <= 64 ? static_cast<int>(j) : 0;
}

constexpr Eigen::Index kNamed = 12;  // up to this many keys have a shape and a name each

// The shown query and the keys in order of its attention.
struct Looking {
  int query;
  Eigen::RowVectorXd at;  // in the plane of the keys
  AttentionRows rows;
  Eigen::RowVectorXd change;  // of its scores by the next step
  std::vector<Eigen::Index> order;
};

Looking looking(const Snapshot& snapshot, const AttentionVectors& now, const Plane& plane, int query,
                std::size_t most) {
  Looking out{
      query, (now.queries.row(query) - plane.mean) * plane.directions, rows_of(snapshot, {query}), {}, {}};
  const AttentionVectors next = attention_of(snapshot).vectors(snapshot.next, snapshot.data());
  const double root = std::sqrt(static_cast<double>(now.keys.cols()));
  out.change =
      (next.queries.row(query) * next.keys.transpose() - now.queries.row(query) * now.keys.transpose()) /
      root;
  const Eigen::RowVectorXd alpha = out.rows.attention.row(0);
  out.order.resize(static_cast<std::size_t>(attention_of(snapshot).visible(query)));
  std::iota(out.order.begin(), out.order.end(), 0);
  const std::size_t count = std::min(most, out.order.size());
  std::partial_sort(
      out.order.begin(), out.order.begin() + static_cast<std::ptrdiff_t>(count), out.order.end(),
      [&](Eigen::Index a, Eigen::Index b) { return alpha[a] != alpha[b] ? alpha[a] > alpha[b] : a < b; });
  out.order.resize(count);
  return out;
}

bool same_place(const Gauge& a, const Gauge& b, double pixel) {
  return libm::hypot(a.x - b.x, a.y - b.y) < 1e-3 * pixel;
}

// Whether an equal gauge stands in the same place already, which happens for keys of equal tokens.
bool is_said(const Gauge& gauge, const std::vector<Gauge>& placed, double pixel) {
  return std::ranges::any_of(placed, [&](const Gauge& other) {
    return same_place(gauge, other, pixel) && std::abs(gauge.value - other.value) < 1e-9 &&
           gauge.direction == other.direction;
  });
}

// Places a gauge to the right of its key or to the left, so that it hides no other gauge, not the query and
// no other key; gauges of keys in the same place stand side by side. Returns false where there is no room.
bool place(Gauge& gauge, const Panel& panel, const Plane& plane, const Eigen::RowVectorXd& query,
           const std::vector<Gauge>& placed) {
  constexpr double kRight = 24, kLeft = -38, kWide = 34, kHigh = 38;  // pixels
  const double pixel = pixel_of(panel);
  for (const double dx : {kRight, kLeft}) {
    gauge.dx_px = dx;
    bool hides = false;
    for (const Gauge& other : placed) {
      if (same_place(gauge, other, pixel)) {
        gauge.dx_px = other.dx_px + (other.dx_px > 0 ? kWide : -kWide);
        hides = false;
      } else if (std::abs((gauge.x - other.x) / pixel + gauge.dx_px - other.dx_px) < kWide &&
                 std::abs(gauge.y - other.y) < kHigh * pixel) {
        hides = true;
      }
    }
    const auto covers = [&](double x, double y) {
      x = (x - gauge.x) / pixel, y = (y - gauge.y) / pixel;
      return libm::hypot(x, y) > 1e-3 && std::abs(x - gauge.dx_px - 6) < 20 && std::abs(y) < 24;
    };
    hides = hides || covers(query[0], query[1]);
    for (Eigen::Index j = 0; j < plane.at.rows() && plane.at.rows() <= kNamed; ++j)
      hides = hides || covers(plane.at(j, 0), plane.at(j, 1));
    if (!hides) return true;
  }
  return false;
}

// Usefulness and the next change of the score beside the keys that are attended to most.
std::vector<Gauge> gauges_of(const Panel& panel, const Plane& plane, const Looking& look) {
  constexpr std::size_t kMost = 8;  // in a cloud of keys
  const Eigen::RowVectorXd gain = look.rows.usefulness.row(0);
  double most = 0;
  for (const Eigen::Index j : look.order) most = std::max(most, std::abs(gain[j]));
  std::vector<Gauge> placed;
  if (!(most > 0)) return placed;
  for (const Eigen::Index j : look.order) {
    Gauge gauge{"usefulness " + std::to_string(j + 1), plane.at(j, 0), plane.at(j, 1), 0, gain[j] / most};
    gauge.direction = look.change[j] > 0 ? 1 : look.change[j] < 0 ? -1 : 0;
    if (is_said(gauge, placed, pixel_of(panel)) || !place(gauge, panel, plane, look.at, placed)) continue;
    placed.push_back(std::move(gauge));
    if (plane.at.rows() > kNamed && placed.size() == kMost) break;
  }
  return placed;
}

// Discs in the colours of what the tokens are.
void add_discs(Panel& panel, const Snapshot& snapshot, Values x, Values y, const std::string& name) {
  Scatter dots{.series = name, .x = x, .y = y};
  for (std::size_t j = 0; j < x.size(); ++j)
    dots.groups.push_back(colour_of(snapshot, static_cast<Eigen::Index>(j)));
  dots.element = ElementId::Kind::token;
  dots.shapes = true;
  panel.marks.push_back(std::move(dots));
}

// The legend of the shapes and colours of tokens; empty where each token has its own, or there are too many.
Legend symbol_legend(const Snapshot& snapshot) {
  constexpr int kMost = 16;
  const Dataset& data = snapshot.data();
  const bool symbols = data.chain != nullptr;
  if (!symbols && !(data.has_labels() && data.size() == attention_of(snapshot).keys())) return {};
  std::set<int> kinds;
  for (Eigen::Index j = 0; j < attention_of(snapshot).keys(); ++j) kinds.insert(colour_of(snapshot, j));
  Legend legend;
  if (kinds.size() > kMost) return legend;
  for (const int kind : kinds) {
    const std::string what = legend.entries.empty() ? (symbols ? "symbol " : "class ") : "";
    legend.entries.emplace_back(Sign::shape, what + std::to_string(kind + 1));
    legend.prototypes.push_back(kind);
  }
  return legend;
}

// Marks that only the stage has: the shown query, if any, and its gauges.
struct OnStage {
  const Looking* look = nullptr;
  std::vector<Gauge> gauges;
};

Panel plane_panel(Figure& figure, const Snapshot& snapshot, const View& view, const Plane& plane,
                  const std::string& name, OnStage* stage = nullptr) {
  Panel panel;
  panel.title = name + ", " + percent(plane.share) + " of the variance";
  panel.equal_aspect = true;
  panel.grid = false;
  const auto n = static_cast<std::size_t>(plane.at.rows());
  const Values x = figure.own({plane.at.col(0).data(), plane.at.col(0).data() + n});
  const Values y = figure.own({plane.at.col(1).data(), plane.at.col(1).data() + n});
  std::tie(panel.x.lo, panel.x.hi) = range_of(x, 0.08);
  std::tie(panel.y.lo, panel.y.hi) = range_of(y, 0.08);
  widen_strip(panel);
  if (stage) {  // room for gauges even if there are none now, so that the view does not jump
    const double room = 0.07 * (panel.x.hi - panel.x.lo);
    panel.x.lo -= room;
    panel.x.hi += room;
  }
  if (stage && stage->look) stage->gauges = gauges_of(panel, plane, *stage->look);
  panel.x.label = "first component";
  panel.y.label = "second component";
  // Under what it rings, which keeps its shape and colour.
  if (const int key = shown_key(snapshot, view); key >= 0) {
    const auto j = static_cast<std::size_t>(key);
    Marker ring{.series = "hovered", .x = x[j], .y = y[j], .shape = Shape::ring, .ink = {Role::accent}};
    ring.radius_px = 12;
    panel.marks.push_back(std::move(ring));
  }
  if (plane.at.rows() <= kNamed)
    add_named(
        panel, plane, name == "Keys" ? "k" : "v",
        {stage ? stage->gauges : std::vector<Gauge>(), stage && stage->look ? &stage->look->at : nullptr});
  else
    add_discs(panel, snapshot, x, y, name);
  return panel;
}

// Adds the gauges and the legend of all signs of the stage.
void add_gauges(Panel& panel, std::vector<Gauge> gauges, Legend legend) {
  if (!gauges.empty()) {
    const Legend signs = gauge_legend();
    if (!legend.prototypes.empty()) legend.prototypes.resize(legend.entries.size() + signs.entries.size());
    legend.entries.insert(legend.entries.end(), signs.entries.begin(), signs.entries.end());
  }
  for (Gauge& gauge : gauges) panel.marks.push_back(std::move(gauge));
  if (!legend.entries.empty()) panel.marks.push_back(std::move(legend));
}

// Lines from where a query lies in the plane of the keys to those it attends to most.
void add_routing(Panel& panel, const Plane& plane, const Looking& look, const std::vector<Gauge>& gauges,
                 bool with_lines) {
  const Eigen::RowVectorXd alpha = look.rows.attention.row(0);
  const Eigen::RowVectorXd& at = look.at;
  const bool few = alpha.size() <= kNamed;
  std::vector<Mark> lines;  // below the keys
  for (std::size_t rank = look.order.size(); rank-- > 0;) {
    const Eigen::Index j = look.order[rank];
    if (!(alpha[j] > 0) || !with_lines) continue;
    const double shade = std::sqrt(few ? alpha[j] : alpha[j] / alpha[look.order[0]]);
    Arrow line{"alpha " + std::to_string(j), at[0], at[1], plane.at(j, 0), plane.at(j, 1)};
    line.ink = few ? Ink{Role::line, static_cast<int>(j), 0.12 + 0.88 * shade}
                   : Ink{Role::ink, 0, 0.12 + 0.6 * shade};
    line.width_px = 1 + (few ? 7 : 3) * alpha[j];
    line.head_length_px = line.head_width_px = 0;
    line.halo = false;
    lines.push_back(std::move(line));
  }
  panel.marks.insert(panel.marks.begin(), std::make_move_iterator(lines.begin()),
                     std::make_move_iterator(lines.end()));
  Marker tick{.series = "query", .x = at[0], .y = at[1], .shape = Shape::tick, .ink = {Role::ink}};
  tick.radius_px = 7;
  panel.marks.push_back(std::move(tick));
  FreeSide side(at[0], at[1], 0.1 * (panel.x.hi - panel.x.lo));
  for (const Eigen::Index j : look.order) {
    side.avoid_mark(plane.at(j, 0), plane.at(j, 1));
    if (alpha[j] > 0.02) side.avoid_line(plane.at(j, 0), plane.at(j, 1));
  }
  for (const Gauge& gauge : gauges)
    side.avoid_mark(gauge.x + gauge.dx_px * pixel_of(panel), gauge.y + 17 * gauge.value * pixel_of(panel));
  const auto [dx, dy] = side.best(0);
  panel.marks.push_back(Text{at[0],
                             at[1],
                             "q_{" + std::to_string(look.query + 1) + "}",
                             true,
                             {Role::ink},
                             19 * dx,
                             5 - 17 * dy,
                             Anchor::centre,
                             true});
}

}  // namespace

Figure projected_stage_figure(const Snapshot& snapshot, const View& view, std::size_t most_lines) {
  Figure figure{.id = "stage", .title = "Stage", .caption = {}, .panels = {}, .keep = {}};
  const AttentionVectors v = attention_of(snapshot).vectors(snapshot.state.theta, snapshot.data());
  const Plane plane = principal_plane(v.keys);
  figure.caption = caption_start(snapshot) + ". Keys on their first two principal components, " +
                   percent(plane.share) + " of their variance";
  const int query = shown_query(snapshot, view);
  figure.caption +=
      query >= 0 ? ", with the largest attention of the pinned query. " + gauge_words() : std::string(".");
  std::optional<Looking> look;
  if (query >= 0) look = looking(snapshot, v, plane, query, most_lines);
  OnStage stage{look ? &*look : nullptr, {}};
  Panel panel = plane_panel(figure, snapshot, view, plane, "Keys", &stage);
  const PhaseInView phases = phase_in_view(snapshot, view, query);
  if (phases.on()) stage.gauges.clear();
  const Tensor &x = view.config.tensor("view.x"), &y = view.config.tensor("view.y");
  if (x.data.size() == 2) panel.x.lo = x.data[0], panel.x.hi = x.data[1];
  if (y.data.size() == 2) panel.y.lo = y.data[0], panel.y.hi = y.data[1];
  panel.equal_aspect = view.config.text("view.aspect") != "free";
  if (look) add_routing(panel, plane, *look, stage.gauges, !phases.on());
  if (phases.on()) {
    name_phase(figure, panel, phases, "query " + std::to_string(query + 1));
    AttentionPlaces places;
    if (look) places.query = look->at.transpose();
    for (Eigen::Index j = 0; j < plane.at.rows(); ++j)
      places.keys.emplace_back(plane.at(j, 0), plane.at(j, 1));
    add_attention_phase(figure, panel, snapshot, view, phases, places);
  }
  add_gauges(panel, std::move(stage.gauges), plane.at.rows() > kNamed ? symbol_legend(snapshot) : Legend{});
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure attention_values_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "values", .title = "Keys and values", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". Keys and values on their first two principal components.";
  const AttentionVectors v = attention_of(snapshot).vectors(snapshot.state.theta, snapshot.data());
  figure.panels.push_back(plane_panel(figure, snapshot, view, principal_plane(v.keys), "Keys"));
  figure.panels.push_back(plane_panel(figure, snapshot, view, principal_plane(v.values), "Values"));
  for (Panel& panel : figure.panels)
    if (attention_of(snapshot).keys() > kNamed) add_gauges(panel, {}, symbol_legend(snapshot));
  return figure;
}

}  // namespace iem
