#include "core/labs/attention/figures/retrieval.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/field/contour.h"
#include "core/figure/caption.h"
#include "core/labs/attention/figures/formulas.h"
#include "core/labs/kit/figure_parts.h"

namespace iem {
namespace {

constexpr int kSamples = 97;  // of the energy along each axis
constexpr int kContours = 14;
constexpr int kPasses = 24;
constexpr Eigen::Index kMostOrbits = 64;  // queries with an orbit each

double scale_of(const Snapshot& snapshot) {
  return 1 /
         (snapshot.temperature * std::sqrt(static_cast<double>(attention_of(snapshot).options().key_width)));
}

void add_iso_lines(Figure& figure, Panel& panel, const Eigen::MatrixXd& keys, double c) {
  const double wide = panel.x.hi - panel.x.lo, high = panel.y.hi - panel.y.lo;
  // The samples cover more than the panel, since equal aspect may show more of one axis.
  const double more_x = std::max(0.5 * wide, high - 0.5 * wide),
               more_y = std::max(0.5 * high, 0.8 * wide - 0.5 * high);
  const double x0 = panel.x.lo - more_x, x1 = panel.x.hi + more_x, y0 = panel.y.lo - more_y,
               y1 = panel.y.hi + more_y;
  std::vector<double> values(static_cast<std::size_t>(kSamples) * kSamples);
  for (int r = 0; r < kSamples; ++r)
    for (int k = 0; k < kSamples; ++k) {
      const Eigen::RowVector2d at(x0 + (x1 - x0) * k / (kSamples - 1), y0 + (y1 - y0) * r / (kSamples - 1));
      values[static_cast<std::size_t>(r * kSamples + k)] = retrieval_energy(keys, at, c);
    }
  const auto [lowest, highest] = std::ranges::minmax(values);
  // Closer together near the bottom, where the modes are.
  for (int i = 1; i <= kContours; ++i) {
    const double part = static_cast<double>(i) / kContours;
    const Polylines lines =
        iso_lines(values, kSamples, kSamples, x0, x1, y0, y1, lowest + part * part * (highest - lowest));
    if (lines.x.empty()) continue;
    Line line{.series = "energy", .x = {}, .y = {}, .ink = {Role::ink, 0, 0.15}, .width_px = 1};
    line.x = figure.own(lines.x);
    line.y = figure.own(lines.y);
    panel.marks.push_back(std::move(line));
  }
}

void add_orbit(Figure& figure, Panel& panel, const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query,
               double c, const Ink& ink, double radius_px) {
  const Eigen::MatrixXd orbit = retrieval_orbit(keys, query, c, kPasses);
  const auto n = static_cast<std::size_t>(orbit.rows());
  const Values x = figure.own({orbit.col(0).data(), orbit.col(0).data() + n});
  const Values y = figure.own({orbit.col(1).data(), orbit.col(1).data() + n});
  panel.marks.push_back(Line{.series = "orbit", .x = x, .y = y, .ink = ink, .width_px = 1.6});
  Scatter passes{.series = "passes", .x = x, .y = y};
  passes.ink = ink;
  passes.radius_px = radius_px;
  panel.marks.push_back(std::move(passes));
}

// Whether the bound of the distance after one pass says anything: a pass ends among the keys, where no two
// places are farther apart than the two keys that are farthest apart.
bool bound_says(const HopfieldReading& r, const Eigen::MatrixXd& keys) {
  double widest = 0;
  for (Eigen::Index i = 0; i < keys.rows(); ++i)
    widest = std::max(widest, (keys.rowwise() - keys.row(i)).rowwise().norm().maxCoeff());
  return r.bound <= widest;
}

// For the shown query: which key is nearest to it, and whether one pass retrieves that key.
std::string hopfield_words(const Snapshot& snapshot, const View& view, const AttentionVectors& v) {
  const int shown = shown_query(snapshot, view);
  if (shown < 0 || !v.keys.allFinite() || !v.queries.allFinite()) return "";
  const HopfieldReading r = hopfield_reading(v.keys, v.queries.row(shown), scale_of(snapshot));
  const std::string bound =
      bound_says(r, v.keys) ? " (at most " + caption_number(r.bound) + " by Ramsauer et al. 2021)" : "";
  return " Query " + std::to_string(shown + 1) + " is nearest to key " + std::to_string(r.nearest + 1) +
         ", whose separation from the others is " + caption_number(r.separation) + ": one pass leaves it " +
         caption_number(r.one_pass) + " from it" + bound + ", all of them " + caption_number(r.at_rest) + ".";
}

bool in_plane(const AttentionVectors& v) { return v.keys.cols() == 2 && v.keys.rows() <= kMostOrbits; }

}  // namespace

void add_retrieval(Figure& figure, Panel& panel, const Snapshot& snapshot, const AttentionVectors& now,
                   int query) {
  if (!in_plane(now)) return;
  const double c = scale_of(snapshot);
  add_iso_lines(figure, panel, now.keys, c);
  if (query >= 0) add_orbit(figure, panel, now.keys, now.queries.row(query), c, {Role::accent}, 3);
}

std::vector<Reading> hopfield_readings(const Snapshot& snapshot, const View& view) {
  if (!view.config.flag("view.retrieval")) return {};
  const AttentionVectors v = attention_of(snapshot).vectors(snapshot.state.theta, snapshot.data());
  const int shown = shown_query(snapshot, view);
  if (!in_plane(v) || shown < 0 || !v.keys.allFinite() || !v.queries.allFinite()) return {};
  const HopfieldReading r = hopfield_reading(v.keys, v.queries.row(shown), scale_of(snapshot));
  std::vector<Reading> out = {
      {"Separation", "How far the key nearest to the query is from the others, k.k less the largest k.k'.",
       r.separation},
      {"After one pass", "How far from that key one pass brings the query.", r.one_pass},
      {"At most", "The bound of that by the separation, of modern Hopfield networks.", r.bound},
      {"At rest", "How far from that key the query comes to rest.", r.at_rest},
      {"Keys that share it",
       "How many keys have a tenth of the attention or more there: with several it rests "
       "between them.",
       static_cast<double>(r.shares)}};
  if (!bound_says(r, v.keys)) std::erase_if(out, [](const Reading& each) { return each.label == "At most"; });
  return out;
}

Figure retrieval_figure(const Snapshot& snapshot, const View& view) {
  const FigureType type{"retrieval", "Retrieval", ""};
  const AttentionVectors v = attention_of(snapshot).vectors(snapshot.state.theta, snapshot.data());
  if (!in_plane(v))
    return sentence_figure(type, "Retrieval is drawn for at most 64 keys in the plane.",
                           caption_start(snapshot) + ". ");
  Figure figure{.id = type.id, .title = type.title, .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) +
                   ". $q \\leftarrow \\sum_j \\alpha_j k_j$ from each query, on the energy $" +
                   retrieval_energy_formula(snapshot.temperature) + "$ of the keys: " + pass_words() +
                   ". No pass raises the energy, and its minima are what is retrieved." +
                   hopfield_words(snapshot, view, v);
  std::vector<double> x, y;
  for (const Eigen::MatrixXd* rows : {&v.keys, &v.queries}) {
    x.insert(x.end(), rows->col(0).begin(), rows->col(0).end());
    y.insert(y.end(), rows->col(1).begin(), rows->col(1).end());
  }
  Panel panel;
  panel.title = "Retrieval";
  panel.x.label = "first coordinate", panel.y.label = "second coordinate";
  panel.title_tex = "q\\leftarrow\\sum_j\\alpha_jk_j";
  panel.equal_aspect = true;
  panel.grid = false;
  std::tie(panel.x.lo, panel.x.hi) = range_of(figure.own(std::move(x)), 0.12);
  std::tie(panel.y.lo, panel.y.hi) = range_of(figure.own(std::move(y)), 0.12);
  widen_strip(panel);
  const double c = scale_of(snapshot);
  add_iso_lines(figure, panel, v.keys, c);
  const int shown = shown_query(snapshot, view);
  for (Eigen::Index i = 0; i < v.queries.rows() && i < kMostOrbits; ++i)
    if (i != shown) add_orbit(figure, panel, v.keys, v.queries.row(i), c, {Role::muted}, 1.8);
  for (Eigen::Index j = 0; j < v.keys.rows(); ++j) {
    Marker key{.series = "key " + std::to_string(j + 1),
               .x = v.keys(j, 0),
               .y = v.keys(j, 1),
               .shape = Shape::prototype,
               .ink = {Role::mark, static_cast<int>(j), 1}};
    key.element = {ElementId::Kind::key, static_cast<int>(j)};
    panel.marks.push_back(std::move(key));
  }
  if (shown >= 0) add_orbit(figure, panel, v.keys, v.queries.row(shown), c, {Role::accent}, 3);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
