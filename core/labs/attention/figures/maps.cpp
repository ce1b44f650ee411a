// Maps of all queries and keys: attention, usefulness, and the transition matrix that has been learned.
#include <algorithm>
#include <cmath>

#include "core/base/number.h"
#include "core/labs/attention/figures/formulas.h"
#include "core/labs/attention/figures/list.h"
#include "core/labs/attention/model/detail.h"
#include "core/labs/kit/figure_parts.h"

namespace iem {
namespace {

constexpr int kReadable = 8;  // up to this many columns there is room for a number in each cell

const AttentionDetail& detail_of(const Snapshot& snapshot) {
  return static_cast<const AttentionDetail&>(*snapshot.detail);
}

// A frame around the entries in [x0, x1] x [y0, y1].
Line frame(Figure& figure, double x0, double x1, double y0, double y1) {
  Line line{.series = "pinned", .x = {}, .y = {}, .ink = {Role::accent}, .width_px = 2};
  line.x = figure.own({x0, x1, x1, x0, x0});
  line.y = figure.own({y0, y0, y1, y1, y0});
  return line;
}

std::string pooled_words(const PooledCells& cells) {
  if (cells.side() == 1) return "";
  const std::string side = std::to_string(cells.side());
  return " A cell shows the entry of greatest magnitude out of " + side + " × " + side + ".";
}

// Shapes of keys above their columns and names of queries before their rows, where there are few.
void add_names(Panel& panel, const Attention& model) {
  const auto rows = static_cast<double>(model.queries()), columns = static_cast<double>(model.keys());
  panel.x.ticks = false;
  panel.x.label.clear();
  panel.y.label.clear();
  panel.x.lo = -0.09 * columns;
  panel.y.hi = rows + 0.12 * rows;
  for (Eigen::Index j = 0; j < model.keys(); ++j) {
    Marker shape{.series = "key " + std::to_string(j + 1),
                 .x = static_cast<double>(j) + 0.5,
                 .y = rows + 0.07 * rows,
                 .shape = Shape::prototype,
                 .ink = {Role::mark, static_cast<int>(j), 1}};
    shape.radius_px = 4.5;
    shape.halo_px = 0;
    panel.marks.push_back(std::move(shape));
  }
  for (Eigen::Index i = 0; i < model.queries(); ++i)
    panel.marks.push_back(Text{-0.05 * columns,
                               rows - static_cast<double>(i) - 0.5,
                               "q_{" + std::to_string(i + 1) + "}",
                               true,
                               {Role::muted},
                               0,
                               4,
                               Anchor::centre});
}

// Numbers of the symbols, left of the rows and above the columns; of many every second, fourth, ...
void add_symbol_names(Panel& panel, int symbols) {
  int each = 1;
  while (symbols / each > 16) each *= 2;
  const auto n = static_cast<double>(symbols);
  for (int s = 0; s < symbols; s += each) {
    const std::string name = std::to_string(s + 1);
    Text row{-0.02 * n, n - s - 0.5, name, false, {Role::muted}, 0, 4, Anchor::right};
    Text column{s + 0.5, n, name, false, {Role::muted}, 0, -5, Anchor::centre};
    row.row = column.row = each;
    panel.marks.push_back(std::move(row));
    panel.marks.push_back(std::move(column));
  }
}

// The scale of an unsigned map: a column of shades right of it, from 0 at the bottom to `limit`.
void add_scale(Figure& figure, Panel& panel, double x, double height, double limit) {
  constexpr int kShades = 32;
  std::vector<double> shades;
  for (int i = kShades; i-- > 0;) shades.push_back(limit * i / (kShades - 1));
  Heatmap scale{.series = "scale", .rows = kShades, .columns = 1};
  scale.values = figure.own(std::move(shades));
  scale.x0 = x, scale.x1 = x + 0.035 * height, scale.y0 = 0, scale.y1 = height;
  scale.limit = limit;
  panel.marks.push_back(std::move(scale));
  for (const double share : {0.0, 0.5, 1.0})
    panel.marks.push_back(Text{x + 0.045 * height,
                               share * height,
                               format_number(share * limit, 2),
                               false,
                               {Role::muted},
                               0,
                               share == 0   ? 0.0
                               : share == 1 ? 9.0
                                            : 4.0});
}

// Keys to the right, queries downwards.
Panel map_panel(Figure& figure, const Snapshot& snapshot, const View& view, const PooledCells& cells,
                bool is_signed) {
  const Attention& model = attention_of(snapshot);
  const auto side = static_cast<double>(cells.side());
  Panel panel;
  if (!is_signed && cells.side() > 1)
    figure.caption += " Darkest from " + format_number(detail_of(snapshot).strong, 2) + " on.";
  panel.x = {.label = "key", .lo = 0, .hi = static_cast<double>(model.keys()), .whole = true};
  // Row 0 is at the top: query i lies between rows - i - 1 and rows - i.
  panel.y = {.label = "query", .lo = 0, .hi = static_cast<double>(model.queries())};
  panel.y.downwards = panel.y.whole = true;
  panel.y.top = panel.y.hi;
  panel.grid = false;
  const bool few = model.keys() <= kReadable && model.queries() <= kReadable;
  panel.y.ticks = !few;
  if (few) add_names(panel, model);
  Heatmap map{.series = figure.id, .rows = cells.rows(), .columns = cells.columns()};
  map.values = cells.values();
  map.x0 = 0;
  map.x1 = side * cells.columns();
  map.y0 = static_cast<double>(model.queries()) - side * cells.rows();
  map.y1 = static_cast<double>(model.queries());
  map.is_signed = is_signed;
  // Under a causal mask the first queries have few keys and thus large shares, which must not set the scale
  // for all others.
  if (!is_signed && cells.side() > 1) map.limit = detail_of(snapshot).strong;
  map.cell_text = few;
  map.elements = ElementId::Kind::score;
  map.side = static_cast<int>(cells.side());
  map.element_columns = static_cast<int>(model.keys());
  panel.marks.push_back(map);
  const auto columns = static_cast<double>(model.keys()), rows = static_cast<double>(model.queries());
  if (const int query = shown_query(snapshot, view); query >= 0)
    panel.marks.push_back(frame(figure, 0, columns, rows - query - 1, rows - query));
  if (const int key = shown_key(snapshot, view); key >= 0) {
    Line line = frame(figure, key, key + 1, 0, rows);
    line.series = "key";
    line.width_px = 1;
    panel.marks.push_back(std::move(line));
  }
  return panel;
}

}  // namespace

Figure attention_map_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{
      .id = "attention", .title = "Routing", .caption = {}, .panels = {}, .keep = {snapshot.detail}};
  const PooledCells& cells = detail_of(snapshot).attention;
  figure.caption = caption_start(snapshot) + ". $\\alpha_{ij} = " + attention_formula(snapshot.temperature) +
                   "$." + pooled_words(cells);
  figure.panels.push_back(map_panel(figure, snapshot, view, cells, false));
  figure.panels[0].title = "Routing";
  figure.panels[0].title_tex = "\\alpha_{ij}";
  return figure;
}

Figure advantage_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{
      .id = "advantage", .title = "Usefulness", .caption = {}, .panels = {}, .keep = {snapshot.detail}};
  const PooledCells& cells = detail_of(snapshot).usefulness;
  figure.caption = caption_start(snapshot) +
                   ". $\\mathrm{E}_i[b] - b_{ij}$ with $b_{ij} = u_i\\cdot v_j$: " + usefulness_words() +
                   " Competition is on usefulness, not on proximity." + pooled_words(cells);
  figure.panels.push_back(map_panel(figure, snapshot, view, cells, true));
  figure.panels[0].title = "Usefulness";
  figure.panels[0].title_tex = "\\mathrm{E}_i[b]-b_{ij}";
  return figure;
}

Figure transition_figure(const Snapshot& snapshot, const View&) {
  const FigureType type{"transition", "Transition", ""};
  if (!snapshot.data().chain)
    return sentence_figure(type, "Only the task \"sticky_markov\" has a transition matrix.",
                           caption_start(snapshot) + ". ");
  Figure figure{
      .id = "transition", .title = "Transition", .caption = {}, .panels = {}, .keep = {snapshot.detail}};
  figure.caption =
      caption_start(snapshot) +
      ". Above: the chain. Below: the mean prediction after each symbol. Rows: from, columns: to.";
  const Eigen::MatrixXd &truth = snapshot.data().chain->transition, &learned = detail_of(snapshot).learned;
  const double limit = truth.maxCoeff();
  const auto n = static_cast<double>(truth.rows());
  for (const bool is_truth : {true, false}) {
    const Eigen::MatrixXd& p = is_truth ? truth : learned;
    std::vector<double> values;
    for (Eigen::Index i = 0; i < p.rows(); ++i)
      for (Eigen::Index j = 0; j < p.cols(); ++j) values.push_back(p(i, j));
    Heatmap map{.series = is_truth ? "true" : "learned",
                .rows = static_cast<int>(p.rows()),
                .columns = static_cast<int>(p.cols())};
    map.values = figure.own(std::move(values));
    map.x0 = 0, map.x1 = n, map.y0 = 0, map.y1 = n;
    map.limit = limit;
    map.cell_text = p.rows() <= kReadable;
    Panel panel;
    panel.title = figure.title + (is_truth ? ", true" : ", learned");
    panel.height = 1.4;  // on paper a number fits into each cell
    panel.x = {.label = "to symbol", .lo = -0.08 * n, .hi = 1.18 * n};
    panel.y = {.label = "from symbol", .lo = 0, .hi = n};
    panel.x.whole = true;
    panel.y.downwards = true;
    panel.y.hi += 0.09 * n;  // the names of the columns
    panel.x.ticks = panel.y.ticks = false;
    panel.grid = false;
    panel.marks.push_back(map);
    add_symbol_names(panel, static_cast<int>(p.rows()));
    add_scale(figure, panel, 1.05 * n, n, limit);
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

}  // namespace iem
