// A figure as a table (writers.h says what each mark becomes).
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/export/escape.h"
#include "app/export/table_file.h"
#include "app/export/writers.h"
#include "core/base/number.h"
#include "core/figure/caption.h"

namespace iem {
namespace {

bool has_z(const Mark& mark) {
  if (const auto* scatter = std::get_if<Scatter>(&mark))
    return !scatter->weights.empty() && scatter->components > 0;
  if (const auto* ring = std::get_if<RingMark>(&mark)) return !ring->weights.empty();
  if (const auto* arrow = std::get_if<Arrow>(&mark)) return arrow->value.has_value();
  return std::holds_alternative<Heatmap>(mark);
}

class Table {
 public:
  explicit Table(bool with_z) : with_z_(with_z) {}
  void row(const std::string& series, double x, double y) { put(series, x, y, ""); }
  void row(const std::string& series, double x, double y, double z) { put(series, x, y, exact_number(z)); }
  const std::string& rows() const { return text_; }

 private:
  void put(const std::string& series, double x, double y, const std::string& z) {
    text_ += csv_field(series) + "," + exact_number(x) + "," + exact_number(y);
    text_ += with_z_ ? "," + z + "\n" : "\n";
  }
  bool with_z_;
  std::string text_;
};

std::string name_of(const std::string& series, const char* kind) { return series.empty() ? kind : series; }

void weighted(Table& table, const std::string& name, double x, double y, std::size_t j, double weight) {
  table.row(name + "[" + std::to_string(j + 1) + "]", x, y, weight);
}

void add(Table& table, const Line& m) {
  for (std::size_t i = 0; i < std::min(m.x.size(), m.y.size()); ++i)
    table.row(name_of(m.series, "line"), m.x[i], m.y[i]);
}
void add(Table& table, const Bars& m) {
  for (std::size_t i = 0; i < std::min(m.x.size(), m.y.size()); ++i)
    table.row(name_of(m.series, "bars"), m.x[i], m.y[i]);
}
void add(Table& table, const Scatter& m) {
  const std::string name = name_of(m.series, "points");
  const auto k = static_cast<std::size_t>(std::max(m.components, 0));
  const std::size_t n = std::min(m.x.size(), m.y.size());
  for (std::size_t i = 0; i < n; ++i) {
    if (m.weights.empty() || k == 0) {
      table.row(i < m.groups.size() ? name + " " + std::to_string(m.groups[i] + 1) : name, m.x[i], m.y[i]);
    } else {
      for (std::size_t j = 0; j < k; ++j) weighted(table, name, m.x[i], m.y[i], j, m.weights[j * n + i]);
    }
  }
}
void add(Table& table, const Band& m) {
  const std::string name = name_of(m.series, "band");
  for (std::size_t i = 0; i < std::min(m.x.size(), m.lower.size()); ++i)
    table.row(name + ".lower", m.x[i], m.lower[i]);
  for (std::size_t i = 0; i < std::min(m.x.size(), m.upper.size()); ++i)
    table.row(name + ".upper", m.x[i], m.upper[i]);
}
void add(Table& table, const Ellipse& m) {
  const std::string name = name_of(m.series, "ellipse");
  table.row(name, m.x, m.y);
  table.row(name + ".covariance", m.xx, m.xy);
  table.row(name + ".covariance", m.xy, m.yy);
}
void add(Table& table, const Arrow& m) {
  const std::string name = name_of(m.series, "arrow");
  for (const auto& [x, y] : {std::pair(m.x0, m.y0), std::pair(m.x1, m.y1)})
    m.value ? table.row(name, x, y, *m.value) : table.row(name, x, y);
}
void add(Table& table, const Marker& m) { table.row(name_of(m.series, "marker"), m.x, m.y); }
void add(Table& table, const RingMark& m) {
  if (m.weights.empty()) table.row(name_of(m.series, "ring"), m.x, m.y);
  for (std::size_t j = 0; j < m.weights.size() && m.filled > 0; ++j)
    weighted(table, name_of(m.series, "ring"), m.x, m.y, j, m.weights[j]);
}
void add(Table& table, const Gauge& m) { table.row(name_of(m.series, "gauge"), m.x, m.y, m.value); }
void add(Table& table, const Heatmap& m) {
  const auto columns = static_cast<std::size_t>(std::max(m.columns, 1));
  for (std::size_t i = 0; i < m.values.size(); ++i) {
    if (!m.kinds.empty()) {  // a map of the plane: a row for each cell, at its middle; the topmost row first
      const auto at = [](double lo, double hi, double cell, int cells) {
        return lo + (hi - lo) * (cell + 0.5) / cells;
      };
      const auto across = static_cast<double>(i % columns), down = static_cast<double>(i / columns);
      table.row(name_of(m.known[m.kinds[i]].name, "heatmap"), at(m.x0, m.x1, across, m.columns),
                at(m.y0, m.y1, m.rows - 1 - down, m.rows), m.values[i]);
      continue;
    }
    table.row(name_of(m.series, "heatmap"), static_cast<double>(i % columns + 1),
              static_cast<double>(i / columns + 1), m.values[i]);
  }
}
void add(Table&, const FieldMark&) {}
void add(Table&, const SurfaceMark&) {}
void add(Table&, const Legend&) {}
void add(Table&, const Text&) {}

bool needs_z(const Figure& figure) {
  return std::ranges::any_of(figure.panels,
                             [](const Panel& panel) { return std::ranges::any_of(panel.marks, has_z); });
}

std::string rows_of(const Figure& figure) {
  Table table(needs_z(figure));
  for (const Panel& panel : figure.panels)
    for (const Mark& mark : panel.marks) std::visit([&](const auto& m) { add(table, m); }, mark);
  return table.rows();
}

std::string words_of(const Axis& axis) { return axis.marked ? plain_caption(axis.label) : axis.label; }

// The coordinate along an axis; where panels measure different things, their axes say what.
TableColumn axis_column(const Figure& figure, const char* id, Axis Panel::*axis) {
  TableColumn out{.id = id};
  if (figure.panels.empty()) return out;
  const Axis& first = figure.panels.front().*axis;
  const bool same = std::ranges::all_of(figure.panels, [&](const Panel& panel) {
    return (panel.*axis).label == first.label && (panel.*axis).unit == first.unit;
  });
  if (!same) return out.help = "As the axes of the panels say.", out;
  out.label = words_of(first);
  out.unit = first.unit;
  return out;
}

// Where an axis is that of standardised data, its shift and scale.
void add_standardised(const nlohmann::ordered_json& about, TableColumn& column) {
  if (column.label.empty() || !about.contains("data")) return;
  for (const auto& known : about["data"]["columns"])
    if (known["label"] == column.label && known.contains("shift"))
      column.standardised = {known["shift"], known["scale"], known["scale_unit"]};
}

std::vector<TableColumn> columns_of(const Figure& figure) {
  std::vector<TableColumn> out = {{.id = "series", .help = "Which mark of the picture a row belongs to."},
                                  axis_column(figure, "x", &Panel::x),
                                  axis_column(figure, "y", &Panel::y)};
  if (needs_z(figure))
    out.push_back({.id = "z", .help = "A weight or a value; empty where a mark has none."});
  return out;
}

nlohmann::ordered_json panels_json(const Figure& figure) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  const auto axis = [](const Axis& a) {
    return nlohmann::ordered_json{{"label", words_of(a)}, {"unit", a.unit}};
  };
  for (const Panel& panel : figure.panels)
    out.push_back({{"title", panel.title}, {"x", axis(panel.x)}, {"y", axis(panel.y)}});
  return out;
}

}  // namespace

std::string figure_as_csv(const Figure& figure) {
  return (needs_z(figure) ? "series,x,y,z\n" : "series,x,y\n") + rows_of(figure);
}

void write_csv_figure(const Figure& figure, const std::string& path, const ExportOptions& options) {
  if (!options.about) return write_file_atomically(path, figure_as_csv(figure));
  nlohmann::ordered_json about = *options.about;
  about["table"] = "figure " + figure.id;
  about["title"] = figure.title;
  about["caption"] = plain_caption(figure.caption);
  about["panels"] = panels_json(figure);
  std::vector<TableColumn> columns = columns_of(figure);
  for (TableColumn& column : columns) add_standardised(about, column);
  TableFile file(path, std::move(columns));
  file.write(rows_of(figure));
  file.commit(std::move(about));
}

}  // namespace iem
