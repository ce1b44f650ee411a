#include "core/data/table_column.h"

#include <algorithm>
#include <utility>

#include "core/data/cell.h"

namespace iem {
namespace {

std::string at_or_empty(const std::vector<std::string>& words, int at) {
  const auto i = static_cast<std::size_t>(at);
  return i < words.size() ? words[i] : std::string();
}

// "bill_length_mm" becomes "bill_length".
std::string without_unit(const std::string& column) {
  std::string name, unit;
  split_unit(column, name, unit);
  return unit.empty() ? column : column.substr(0, name.size());
}

}  // namespace

TableColumn point_column(const Dataset& data, int coordinate, const std::string& otherwise) {
  TableColumn out{.id = at_or_empty(data.columns, coordinate),
                  .label = at_or_empty(data.names, coordinate),
                  .unit = at_or_empty(data.units, coordinate)};
  if (out.id.empty()) out.id = otherwise;
  if (!data.standardised) return out;
  out.id = without_unit(out.id);  // or who reads the table takes its numbers for millimetres
  if (coordinate < data.shift.size())
    out.standardised = {data.shift[coordinate], data.scale[coordinate], out.unit};
  // Standardised numbers are no longer in the unit, so the unit becomes part of the name.
  if (!out.unit.empty()) out.label += (out.label.empty() ? "(" : " (") + out.unit + ")";
  out.label += out.label.empty() ? "standardised" : ", standardised";
  out.unit.clear();
  return out;
}

std::vector<TableColumn> point_columns(const Dataset& data, const std::vector<std::string>& otherwise,
                                       const std::vector<std::string>& taken) {
  std::vector<std::string> used = taken;
  std::vector<TableColumn> out;
  for (int d = 0; d < data.dimension(); ++d) {
    TableColumn column = point_column(data, d, at_or_empty(otherwise, d));
    while (std::ranges::find(used, column.id) != used.end()) column.id += "_";
    used.push_back(column.id);
    out.push_back(std::move(column));
  }
  return out;
}

std::vector<TableColumn> component_columns(const std::string& letter, int count, const std::string& label,
                                           const std::string& unit, const std::string& of) {
  std::vector<TableColumn> out;
  for (int j = 0; j < count; ++j) {
    const std::string number = std::to_string(j);
    out.push_back({.id = letter + number, .label = label + ", " + of + " " + number, .unit = unit});
  }
  return out;
}

}  // namespace iem
