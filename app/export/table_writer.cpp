// A figure as a table (writers.h says what each mark becomes).
#include <algorithm>

#include "app/export/escape.h"
#include "app/export/writers.h"
#include "core/base/number.h"

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
  explicit Table(bool with_z) : with_z_(with_z), text_(with_z ? "series,x,y,z\n" : "series,x,y\n") {}
  void row(const std::string& series, double x, double y) { put(series, x, y, ""); }
  void row(const std::string& series, double x, double y, double z) { put(series, x, y, exact_number(z)); }
  const std::string& text() const { return text_; }

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
    table.row(name_of(m.series, "heatmap"), static_cast<double>(i % columns + 1),
              static_cast<double>(i / columns + 1), m.values[i]);
  }
}
void add(Table&, const FieldMark&) {}
void add(Table&, const SurfaceMark&) {}
void add(Table&, const Legend&) {}
void add(Table&, const Text&) {}

}  // namespace

std::string figure_as_csv(const Figure& figure) {
  bool with_z = false;
  for (const Panel& panel : figure.panels) {
    with_z = with_z || std::any_of(panel.marks.begin(), panel.marks.end(), has_z);
  }
  Table table(with_z);
  for (const Panel& panel : figure.panels) {
    for (const Mark& mark : panel.marks) {
      std::visit([&](const auto& m) { add(table, m); }, mark);
    }
  }
  return table.text();
}

}  // namespace iem
