// The trails of the prototypes on the stage.
#include "core/labs/kit/other_runs.h"
#include "core/labs/mixture/figures/stage_layers.h"

namespace iem {
namespace {

// Adds the trail of component j. Where K has changed the trail begins anew. Its start is added to `starts`.
void add_trail(Figure& figure, Panel& panel, const std::vector<Track::Row>& way, int j,
               std::vector<Marker>& starts) {
  auto [x, y] = way_of(way, j, way.empty() ? 0 : way.back().step);
  if (x.size() < 2) return;
  const double x0 = x[0], y0 = y[0];
  Line line{.series = "trail " + std::to_string(j + 1), .x = {}, .y = {}, .ink = {Role::line, j, 0.7}};
  line.x = figure.own(std::move(x));
  line.y = figure.own(std::move(y));
  line.width_px = 1.6;
  line.halo_px = 1.2;
  panel.marks.push_back(line);
  Scatter knots{.series = "knots " + std::to_string(j + 1), .x = line.x, .y = line.y};
  knots.ink = {Role::line, j, 0.9};
  knots.radius_px = 1.9;
  knots.halo_px = 0;
  if (line.x.size() <= 20) panel.marks.push_back(std::move(knots));  // more knots would touch
  Marker start{.series = "start", .x = x0, .y = y0, .shape = Shape::disc, .ink = {Role::line, j, 1}};
  start.radius_px = 3.6;
  start.halo_px = 1;
  start.hollow = true;
  start.stroke_px = 1.4;
  starts.push_back(std::move(start));
}

}  // namespace

void add_trails(Figure& figure, Panel& panel, const Snapshot& snapshot, std::size_t most) {
  const std::vector<Track::Row> way = trails_until_now(snapshot, most);
  std::vector<Marker> starts;
  for (int j = 0; j < mixture_of(snapshot).components(); ++j) add_trail(figure, panel, way, j, starts);
  panel.marks.insert(panel.marks.end(), starts.begin(), starts.end());
}

}  // namespace iem
