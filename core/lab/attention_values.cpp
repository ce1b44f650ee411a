// Keys and values of any width on their first two principal components.
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <tuple>

#include "core/lab/attention_figures.h"
#include "core/lab/figure_parts.h"
#include "core/lab/free_side.h"

namespace iem {
namespace {

struct Plane {
  Eigen::MatrixXd at;          // rows x 2
  double share = 1;            // of the variance
  Eigen::RowVectorXd mean;     // of the rows
  Eigen::MatrixXd directions;  // width x 2
};

// Rows about their mean on the two directions of largest variance. A direction's sign is fixed by its largest
// entry.
Plane principal_plane(const Eigen::MatrixXd& rows) {
  Plane out;
  out.mean = rows.colwise().mean();
  const Eigen::MatrixXd centred = rows.rowwise() - out.mean;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(centred.transpose() * centred);
  const Eigen::Index width = rows.cols();
  out.at.setZero(rows.rows(), 2);
  out.directions.setZero(width, 2);
  for (Eigen::Index c = 0; c < std::min<Eigen::Index>(2, width); ++c) {
    Eigen::VectorXd direction = solver.eigenvectors().col(width - 1 - c);
    Eigen::Index largest = 0;
    direction.cwiseAbs().maxCoeff(&largest);
    if (direction[largest] < 0) direction = -direction;
    out.directions.col(c) = direction;
    out.at.col(c) = centred * direction;
  }
  const double all = solver.eigenvalues().sum();
  if (all > 0) out.share = solver.eigenvalues().tail(std::min<Eigen::Index>(2, width)).sum() / all;
  return out;
}

std::string percent(double share) {
  return std::to_string(static_cast<int>(std::lround(100 * share))) + " %";
}

// What colours a token: its symbol, its class, or itself when there are few.
int colour_of(const Snapshot& snapshot, Eigen::Index j) {
  const Dataset& data = snapshot.data();
  if (data.chain) return data.chain->symbols[j];
  if (data.has_labels() && data.size() == attention_of(snapshot).keys()) return data.labels[j];
  return snapshot.data().size() <= 64 ? static_cast<int>(j) : 0;
}

constexpr Eigen::Index kNamed = 12;  // as many keys have a shape and a name each

// Where keys fall on each other, one shape with all their names.
void add_named(Panel& panel, const Plane& plane, const char* letter) {
  const double reach = 1e-6 * (panel.x.hi - panel.x.lo);
  std::vector<bool> done(static_cast<std::size_t>(plane.at.rows()), false);
  for (Eigen::Index j = 0; j < plane.at.rows(); ++j) {
    if (done[static_cast<std::size_t>(j)]) continue;
    std::string names;
    FreeSide side(plane.at(j, 0), plane.at(j, 1), 0.1 * (panel.x.hi - panel.x.lo));
    for (Eigen::Index i = 0; i < plane.at.rows(); ++i) {
      if ((plane.at.row(i) - plane.at.row(j)).norm() > reach) {
        side.avoid_mark(plane.at(i, 0), plane.at(i, 1));
        continue;
      }
      done[static_cast<std::size_t>(i)] = true;
      names += (names.empty() ? "" : ",\\,") + std::string(letter) + "_{" + std::to_string(i + 1) + "}";
    }
    const int index = static_cast<int>(j);
    Marker marker{.series = letter + std::to_string(j + 1),
                  .x = plane.at(j, 0),
                  .y = plane.at(j, 1),
                  .shape = Shape::prototype,
                  .ink = {Role::mark, index, 1}};
    marker.radius_px = 6;
    marker.element = {ElementId::Kind::key, index};
    panel.marks.push_back(std::move(marker));
    const auto [dx, dy] = side.best(1.2);
    panel.marks.push_back(Text{plane.at(j, 0),
                               plane.at(j, 1),
                               names,
                               true,
                               {Role::line, index, 1},
                               18 * dx,
                               5 - 17 * dy,
                               Anchor::centre});
  }
}

// Discs in the colours of what the tokens are.
void add_discs(Figure& figure, Panel& panel, const Snapshot& snapshot, Values x, Values y,
               const std::string& name) {
  const std::size_t n = x.size();
  int colours = 0;
  for (std::size_t j = 0; j < n; ++j)
    colours = std::max(colours, colour_of(snapshot, static_cast<Eigen::Index>(j)) + 1);
  for (int c = 0; c < colours; ++c) {
    std::vector<double> cx, cy;
    for (std::size_t j = 0; j < n; ++j) {
      if (colour_of(snapshot, static_cast<Eigen::Index>(j)) != c) continue;
      cx.push_back(x[j]);
      cy.push_back(y[j]);
    }
    if (cx.empty()) continue;
    Scatter dots{.series = name + " " + std::to_string(c),
                 .x = figure.own(std::move(cx)),
                 .y = figure.own(std::move(cy))};
    dots.ink = {Role::mark, c, 1};
    panel.marks.push_back(std::move(dots));
  }
}

Panel plane_panel(Figure& figure, const Snapshot& snapshot, const View& view, const Plane& plane,
                  const std::string& name) {
  Panel panel;
  panel.title = name + ", " + percent(plane.share) + " of the variance";
  panel.equal_aspect = true;
  panel.grid = false;
  const auto n = static_cast<std::size_t>(plane.at.rows());
  const Values x = figure.own({plane.at.col(0).data(), plane.at.col(0).data() + n});
  const Values y = figure.own({plane.at.col(1).data(), plane.at.col(1).data() + n});
  std::tie(panel.x.lo, panel.x.hi) = range_of(x, 0.08);
  std::tie(panel.y.lo, panel.y.hi) = range_of(y, 0.08);
  panel.x.label = "first component";
  panel.y.label = "second";
  if (plane.at.rows() <= kNamed)
    add_named(panel, plane, name == "Keys" ? "k" : "v");
  else
    add_discs(figure, panel, snapshot, x, y, name);
  if (const int key = shown_key(snapshot, view); key >= 0) {
    const auto j = static_cast<std::size_t>(key);
    Marker ring{.series = "hovered", .x = x[j], .y = y[j], .shape = Shape::ring, .ink = {Role::accent}};
    ring.radius_px = 9;
    panel.marks.push_back(std::move(ring));
  }
  return panel;
}

// Lines from where a query lies in the plane of the keys to those it attends to most.
void add_routing(Panel& panel, const Snapshot& snapshot, const Plane& plane, int query,
                 const Eigen::RowVectorXd& q, std::size_t most) {
  const Eigen::RowVectorXd alpha = rows_of(snapshot, {query}).attention.row(0);
  std::vector<Eigen::Index> order(static_cast<std::size_t>(alpha.size()));
  std::iota(order.begin(), order.end(), 0);
  const std::size_t count = std::min(most, order.size());
  std::partial_sort(
      order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
      [&](Eigen::Index a, Eigen::Index b) { return alpha[a] != alpha[b] ? alpha[a] > alpha[b] : a < b; });
  const Eigen::RowVectorXd at = (q - plane.mean) * plane.directions;
  const bool few = alpha.size() <= kNamed;
  std::vector<Mark> lines;  // below the keys
  for (std::size_t rank = count; rank-- > 0;) {
    const Eigen::Index j = order[rank];
    if (!(alpha[j] > 0)) continue;
    const double shade = std::sqrt(few ? alpha[j] : alpha[j] / alpha[order[0]]);
    Arrow line{"alpha " + std::to_string(j), at[0], at[1], plane.at(j, 0), plane.at(j, 1)};
    line.ink = few ? Ink{Role::mark, static_cast<int>(j), 0.12 + 0.88 * shade}
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
  panel.marks.push_back(Text{
      at[0], at[1], "q_{" + std::to_string(query + 1) + "}", true, {Role::ink}, 12, 5, Anchor::left, true});
}

}  // namespace

Figure projected_stage_figure(const Snapshot& snapshot, const View& view, std::size_t most_lines) {
  Figure figure{.id = "stage", .title = "Stage", .caption = {}, .panels = {}, .keep = {}};
  const AttentionVectors v = attention_of(snapshot).vectors(snapshot.state.theta, snapshot.data());
  const Plane plane = principal_plane(v.keys);
  figure.caption =
      caption_start(snapshot) + ". Keys on their first two principal components, " + percent(plane.share) +
      " of their variance, with the largest attention of the pinned query. Competition is on usefulness, "
      "not on proximity.";
  Panel panel = plane_panel(figure, snapshot, view, plane, "Keys");
  const Tensor &x = view.config.tensor("view.x"), &y = view.config.tensor("view.y");
  if (x.data.size() == 2) panel.x.lo = x.data[0], panel.x.hi = x.data[1];
  if (y.data.size() == 2) panel.y.lo = y.data[0], panel.y.hi = y.data[1];
  panel.equal_aspect = view.config.text("view.aspect") == "equal";
  const int query = shown_query(snapshot, view);
  if (query >= 0) add_routing(panel, snapshot, plane, query, v.queries.row(query), most_lines);
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure attention_values_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "values", .title = "Keys and values", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". Keys and values on their first two principal components.";
  const AttentionVectors v = attention_of(snapshot).vectors(snapshot.state.theta, snapshot.data());
  figure.panels.push_back(plane_panel(figure, snapshot, view, principal_plane(v.keys), "Keys"));
  figure.panels.push_back(plane_panel(figure, snapshot, view, principal_plane(v.values), "Values"));
  return figure;
}

}  // namespace iem
