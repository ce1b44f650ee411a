#include "core/labs/kit/plane_stage.h"

#include <algorithm>

#include "core/data/source.h"
#include "core/data/table_column.h"
#include "core/labs/kit/figure_parts.h"

namespace iem {

std::pair<double, double> stage_range(const Snapshot& snapshot, const View& view, int axis) {
  const Tensor& given = view.config.tensor(axis == 0 ? "view.x" : "view.y");
  if (given.data.size() == 2 && given.data[0] < given.data[1]) return {given.data[0], given.data[1]};
  const auto column = snapshot.data().points.col(axis);
  return range_of({column.data(), static_cast<std::size_t>(column.size())}, 0.08);
}

Axis data_axis(const Snapshot& snapshot, int axis, std::pair<double, double> range) {
  TableColumn column = point_column(snapshot.data(), axis);
  Axis out;
  out.label = std::move(column.label);
  out.unit = std::move(column.unit);
  out.lo = range.first;
  out.hi = range.second;
  return out;
}

bool has_equal_aspect(const Snapshot& snapshot, const View& view) {
  constexpr double kUnlike = 5;  // times
  const std::string& aspect = view.config.text("view.aspect");
  if (aspect != "automatic") return aspect == "equal";
  const Dataset& data = snapshot.data();
  if (!data_source(snapshot.config()).is_given || data.standardised || data.size() == 0) return true;
  const double x = data.points.col(0).maxCoeff() - data.points.col(0).minCoeff();
  const double y = data.points.col(1).maxCoeff() - data.points.col(1).minCoeff();
  return std::min(x, y) == 0 || std::max(x, y) <= kUnlike * std::min(x, y);
}

int pinned_point(const Snapshot& snapshot, const View& view) {
  const auto n = static_cast<int>(snapshot.data().size());
  if (view.pinned.kind == ElementId::Kind::point && view.pinned.index < n) return view.pinned.index;
  if (view.config.table().find("view.pinned") == nullptr) return -1;
  const auto given = static_cast<int>(view.config.integer("view.pinned"));
  return given < n ? given : -1;
}

int shown_point(const Snapshot& snapshot, const View& view) {
  const bool hovers =
      view.hovered.kind == ElementId::Kind::point && view.hovered.index < snapshot.data().size();
  return hovers ? view.hovered.index : pinned_point(snapshot, view);
}

Panel empty_stage(const Snapshot& snapshot, const View& view) {
  Panel panel;
  panel.x = data_axis(snapshot, 0, stage_range(snapshot, view, 0));
  panel.y = data_axis(snapshot, 1, stage_range(snapshot, view, 1));
  panel.equal_aspect = has_equal_aspect(snapshot, view);
  panel.grid = false;
  return panel;
}

}  // namespace iem
