#include "core/labs/attention/figures/names.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "core/base/libm.h"
#include "core/labs/kit/free_side.h"

namespace iem {
namespace {

// Keys in one place: one shape, with all their names.
struct Spot {
  Eigen::Index key;  // the first of them
  int count;
  std::string names;
};

std::vector<Spot> spots_of(const Plane& plane, const char* letter, double reach) {
  std::vector<Spot> spots;
  for (Eigen::Index j = 0; j < plane.at.rows(); ++j) {
    const std::string name = letter + ("_{" + std::to_string(j + 1)) + "}";
    const auto found = std::ranges::find_if(
        spots, [&](const Spot& spot) { return (plane.at.row(spot.key) - plane.at.row(j)).norm() <= reach; });
    if (found == spots.end())
      spots.push_back({j, 1, name});
    else
      found->names += ",\\," + name, ++found->count;
  }
  return spots;
}

// Groups of spots so near one another that a name beside one would overlap the next; nearness is followed
// from spot to spot.
std::vector<std::vector<Spot>> crowds_of(std::vector<Spot> spots, const Plane& plane, double near) {
  std::vector<std::vector<Spot>> crowds;
  while (!spots.empty()) {
    std::vector<Spot> crowd = {spots.front()};
    spots.erase(spots.begin());
    for (std::size_t k = 0; k < crowd.size(); ++k) {
      const auto is_far = [&](const Spot& spot) {
        return (plane.at.row(spot.key) - plane.at.row(crowd[k].key)).norm() > near;
      };
      const auto rest = std::stable_partition(spots.begin(), spots.end(), is_far);
      crowd.insert(crowd.end(), rest, spots.end());
      spots.erase(rest, spots.end());
    }
    std::ranges::stable_sort(crowd, {}, [&](const Spot& spot) { return plane.at(spot.key, 0); });
    crowds.push_back(std::move(crowd));
  }
  return crowds;
}

void add_name(Panel& panel, const Plane& plane, const Spot& spot, const std::vector<Spot>& all,
              const Around& around) {
  const double x = plane.at(spot.key, 0), y = plane.at(spot.key, 1), pixel = pixel_of(panel);
  FreeSide side(x, y, 0.1 * (panel.x.hi - panel.x.lo));
  for (const Spot& other : all)
    if (other.key != spot.key) side.avoid_mark(plane.at(other.key, 0), plane.at(other.key, 1));
  for (const auto& [name_x, name_y] : around.names)
    if (libm::hypot(name_x - x, name_y - y) < 45 * pixel) side.avoid_line(name_x, name_y);
  if (around.query) side.avoid_mark((*around.query)[0], (*around.query)[1]);
  double wish = 1.2;
  for (const Gauge& gauge : around.gauges) {
    const bool own = libm::hypot(gauge.x - x, gauge.y - y) < 1e-3 * pixel;
    if (own) wish = gauge.value > 0 ? -1.9 : 1.9;
    if (own)
      for (const double angle : {0.0, gauge.value > 0 ? 0.7 : -0.7})
        side.avoid_angle(gauge.dx_px > 0 ? angle : std::numbers::pi - angle);
    else
      side.avoid_mark(gauge.x + (gauge.dx_px + 6) * pixel, gauge.y + 17 * gauge.value * pixel);
  }
  // Several names are too wide for the side.
  const auto [dx, dy] = spot.count > 1 ? std::pair(0.0, wish > 0 ? 1.0 : -1.0) : side.best(wish);
  const Ink ink{Role::line, static_cast<int>(spot.key), 1};
  Text name{x, y, spot.names, true, ink, 18 * dx, 5 - 17 * dy, Anchor::centre};
  if (const double to_query = around.query ? ((*around.query)[0] - x) / pixel : 0;
      spot.count > 1 &&
      std::abs(to_query) > 40) {  // there the line to the query would cross half of the names
    name.anchor = to_query > 0 ? Anchor::right : Anchor::left;
    name.dx_px = to_query > 0 ? 6 : -6;
  }
  panel.marks.push_back(std::move(name));
}

// The names of a crowd in a row above or below it, from left to right as its keys are.
void add_names(Panel& panel, const Plane& plane, const std::vector<Spot>& crowd, Around& around) {
  constexpr double kWide = 24, kAway = 24, kBar = 40;  // pixels
  const double pixel = pixel_of(panel);
  double top = -std::numeric_limits<double>::infinity(), bottom = -top, wide = 0;
  for (const Spot& spot : crowd) {
    top = std::max(top, plane.at(spot.key, 1));
    bottom = std::min(bottom, plane.at(spot.key, 1));
    wide += kWide * spot.count;
  }
  const double middle = 0.5 * (plane.at(crowd.front().key, 0) + plane.at(crowd.back().key, 0));
  int above = 0, below = 0;  // what is in the way there
  const auto see = [&](double x, double low, double high) {
    if (std::abs(x - middle) > 0.5 * wide * pixel + 14 * pixel) return;
    above += high > top && low < top + kBar * pixel ? 1 : 0;
    below += low < bottom && high > bottom - kBar * pixel ? 1 : 0;
  };
  for (const Gauge& gauge : around.gauges) {
    const double tip = gauge.y + 34 * pixel * gauge.value;
    see(gauge.x + (gauge.dx_px + 6) * pixel, std::min(gauge.y, tip), std::max(gauge.y, tip));
  }
  if (around.query) see((*around.query)[0], (*around.query)[1] - 8 * pixel, (*around.query)[1] + 8 * pixel);
  const bool is_above = above <= below;
  double left = -0.5 * wide;
  for (const Spot& spot : crowd) {
    const double half = 0.5 * kWide * spot.count;
    panel.marks.push_back(Text{middle,
                               is_above ? top : bottom,
                               spot.names,
                               true,
                               {Role::line, static_cast<int>(spot.key), 1},
                               left + half,
                               is_above ? 5 - kAway : 5 + kAway,
                               Anchor::centre});
    around.names.emplace_back(middle + (left + half) * pixel,
                              is_above ? top + kAway * pixel : bottom - kAway * pixel);
    left += 2 * half;
  }
}

}  // namespace

void add_named(Panel& panel, const Plane& plane, const char* letter, Around around) {
  constexpr double kCrowded = 38;  // pixels from one to the next
  const std::vector<Spot> spots = spots_of(plane, letter, 1e-6 * (panel.x.hi - panel.x.lo));
  for (const Spot& spot : spots) {
    const int index = static_cast<int>(spot.key);
    Marker marker{.series = letter + std::to_string(index + 1),
                  .x = plane.at(spot.key, 0),
                  .y = plane.at(spot.key, 1),
                  .shape = Shape::prototype,
                  .ink = {Role::mark, index, 1}};
    marker.radius_px = 6;
    marker.element = {ElementId::Kind::token, index};
    panel.marks.push_back(std::move(marker));
  }
  const auto crowds = crowds_of(spots, plane, kCrowded * pixel_of(panel));
  for (const std::vector<Spot>& crowd : crowds)
    if (crowd.size() > 1) add_names(panel, plane, crowd, around);
  for (const std::vector<Spot>& crowd : crowds)
    if (crowd.size() == 1) add_name(panel, plane, crowd.front(), spots, around);
}

}  // namespace iem
