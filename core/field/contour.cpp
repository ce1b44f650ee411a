#include "core/field/contour.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <unordered_map>

#include "core/base/check.h"

namespace iem {
namespace {

// A crossing lies on a grid edge, so edges name the ends of segments and joining needs no comparison of
// positions. Edge 2 * node runs right from a node, 2 * node + 1 up.
using EdgeId = std::size_t;
struct Segment {
  EdgeId a, b;
};

struct Grid {
  std::span<const double> values;
  int rows, columns;
  double level;
  double at(int row, int column) const {
    return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                  static_cast<std::size_t>(column)];
  }
  EdgeId edge(int row, int column, bool up) const {
    return 2 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                static_cast<std::size_t>(column)) +
           (up ? 1 : 0);
  }
};

void cell_segments(const Grid& g, int row, int column, std::vector<Segment>& out) {
  const double sw = g.at(row, column) - g.level, se = g.at(row, column + 1) - g.level;
  const double nw = g.at(row + 1, column) - g.level, ne = g.at(row + 1, column + 1) - g.level;
  if (!std::isfinite(sw + se + nw + ne)) return;
  const EdgeId south = g.edge(row, column, false), north = g.edge(row + 1, column, false);
  const EdgeId west = g.edge(row, column, true), east = g.edge(row, column + 1, true);
  const unsigned above = (sw > 0 ? 1u : 0u) | (se > 0 ? 2u : 0u) | (ne > 0 ? 4u : 0u) | (nw > 0 ? 8u : 0u);
  switch (above) {
    case 1:
    case 14: out.push_back({south, west}); break;
    case 2:
    case 13: out.push_back({south, east}); break;
    case 4:
    case 11: out.push_back({north, east}); break;
    case 8:
    case 7: out.push_back({north, west}); break;
    case 3:
    case 12: out.push_back({west, east}); break;
    case 6:
    case 9: out.push_back({south, north}); break;
    case 5:
    case 10: {
      // Two opposite corners lie above the level (a saddle): the mean of the cell decides which pairs of
      // edges are joined.
      const bool joined = (sw + se + nw + ne > 0) == (above == 5);
      if (joined) {
        out.push_back({south, east}), out.push_back({north, west});
      } else {
        out.push_back({south, west}), out.push_back({north, east});
      }
      break;
    }
    default: break;
  }
}

}  // namespace

void append(Polylines& lines, const Polylines& more) {
  if (more.x.empty()) return;
  if (!lines.x.empty()) {
    lines.x.push_back(std::numeric_limits<double>::quiet_NaN());
    lines.y.push_back(std::numeric_limits<double>::quiet_NaN());
  }
  lines.x.insert(lines.x.end(), more.x.begin(), more.x.end());
  lines.y.insert(lines.y.end(), more.y.begin(), more.y.end());
}

Polylines iso_lines(std::span<const double> values, int rows, int columns, double x0, double x1, double y0,
                    double y1, double level) {
  Polylines lines;
  if (rows < 2 || columns < 2) return lines;
  IEM_CHECK(values.size() == static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  const Grid grid{values, rows, columns, level};
  std::vector<Segment> segments;
  for (int row = 0; row + 1 < rows; ++row) {
    for (int column = 0; column + 1 < columns; ++column) cell_segments(grid, row, column, segments);
  }

  // Each crossing belongs to at most two segments.
  constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::unordered_map<EdgeId, std::array<std::size_t, 2>> at_edge;
  for (std::size_t s = 0; s < segments.size(); ++s) {
    for (EdgeId e : {segments[s].a, segments[s].b}) {
      auto [it, fresh] = at_edge.try_emplace(e, std::array<std::size_t, 2>{s, kNone});
      if (!fresh) it->second[1] = s;
    }
  }

  const auto append = [&](EdgeId edge) {
    const std::size_t node = edge / 2;
    const int row = static_cast<int>(node / static_cast<std::size_t>(columns));
    const int column = static_cast<int>(node % static_cast<std::size_t>(columns));
    const bool up = edge % 2 == 1;
    const double from = grid.at(row, column), to = up ? grid.at(row + 1, column) : grid.at(row, column + 1);
    const double t = (level - from) / (to - from);
    lines.x.push_back(x0 + (x1 - x0) * (column + (up ? 0 : t)) / (columns - 1));
    lines.y.push_back(y0 + (y1 - y0) * (row + (up ? t : 0)) / (rows - 1));
  };

  std::vector<bool> used(segments.size(), false);
  const auto next_segment = [&](EdgeId edge) {
    for (std::size_t s : at_edge.at(edge)) {
      if (s != kNone && !used[s]) return s;
    }
    return kNone;
  };
  const auto follow = [&](std::size_t s, EdgeId start) {
    if (!lines.x.empty()) {
      lines.x.push_back(std::numeric_limits<double>::quiet_NaN());
      lines.y.push_back(std::numeric_limits<double>::quiet_NaN());
    }
    append(start);
    for (EdgeId end = start; s != kNone; s = next_segment(end)) {
      used[s] = true;
      end = segments[s].a == end ? segments[s].b : segments[s].a;
      append(end);
    }
  };
  // Open lines are followed from their ends first; the lines that are left are closed.
  for (std::size_t s = 0; s < segments.size(); ++s) {
    for (EdgeId e : {segments[s].a, segments[s].b}) {
      if (!used[s] && at_edge.at(e)[1] == kNone) follow(s, e);
    }
  }
  for (std::size_t s = 0; s < segments.size(); ++s) {
    if (!used[s]) follow(s, segments[s].a);
  }
  return lines;
}

}  // namespace iem
