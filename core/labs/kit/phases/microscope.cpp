#include "core/labs/kit/phases/microscope.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/labs/kit/phases/pulls.h"

namespace iem {
namespace {

constexpr double kStageHigh_px = 560;  // about how many a stage is high
constexpr double kFull_px = 150;       // a share of 1
constexpr double kRim_px = 20;         // where bars begin, outside the ring
constexpr double kRing_px = 11;
constexpr double kThread_px = 1.2, kBar_px = 8, kThinnest_px = 2;
constexpr double kWide_px = 27, kHigh_px = 10;  // half of a number

Eigen::Vector2d pixel_of_stage(const Panel& panel) {
  const double y = (panel.y.hi - panel.y.lo) / kStageHigh_px, x = (panel.x.hi - panel.x.lo) / kStageHigh_px;
  return panel.equal_aspect ? Eigen::Vector2d(std::max(x, y), std::max(x, y)) : Eigen::Vector2d(x, y);
}

double between(double a, double b, double part) { return a + (b - a) * part; }

// The `most` components with a place that have the largest shares, in their order.
std::vector<std::size_t> of_most(const std::vector<Eigen::Vector2d>& places,
                                 const std::vector<double>& shares, std::size_t most) {
  std::vector<std::size_t> out;
  for (std::size_t j = 0; j < places.size(); ++j)
    if (places[j].allFinite()) out.push_back(j);
  if (out.size() <= most) return out;
  const auto weight = [&](std::size_t j) {
    return j < shares.size() && std::isfinite(shares[j]) ? std::abs(shares[j]) : 0.0;
  };
  std::ranges::stable_sort(out, [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
  out.resize(most);
  std::ranges::sort(out);
  return out;
}

}  // namespace

Microscope::Microscope(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                       const PhaseInView& phases, Place from, std::vector<Place> to,
                       std::vector<double> shares)
    : figure_(figure),
      panel_(panel),
      snapshot_(snapshot),
      view_(view),
      phases_(phases),
      from_(std::move(from)),
      to_(std::move(to)),
      shares_(std::move(shares)),
      pixel_(pixel_of_stage(panel)),
      drawn_(of_most(to_, shares_, kDrawn)),
      numbered_(of_most(to_, shares_, kNumbered)) {
  spread_bars();
}

void Microscope::draw() {
  if (!phases_.on() || !phases_.now().marks) return;
  if (phases_.stands_still() && phases_.point < 0) return;
  phases_.now().marks(*this, phases_.part);
  const std::string of = ", of " + std::to_string(to_.size()) + ".";
  if (drawn_.size() < to_.size())
    figure_.caption += " Drawn: the " + std::to_string(drawn_.size()) + " that count most" + of;
  if (numbered_.size() < drawn_.size())
    figure_.caption += " Numbers: of the " + std::to_string(numbered_.size()) + " that count most" + of;
}

std::vector<double> Microscope::values_before() const {
  const auto before = static_cast<std::size_t>(std::max(phases_.index - 1, 0));
  std::vector<double> out = phases_.all[before].values;
  if (phases_.index == 0 || out.size() != values().size()) out.assign(values().size(), 0.0);
  return out;
}

std::optional<double> Microscope::value_of(std::size_t j) const {
  const Phase& now = phases_.now();
  const bool each = !now.is_single && !now.is_vector && j < now.values.size();
  return each ? std::optional(now.values[j]) : std::nullopt;
}

double Microscope::length_px(std::size_t j) const {
  const Place way = (to_[j] - from_).cwiseQuotient(pixel_);
  return libm::hypot(way[0], way[1]);
}

// The direction of component j; components at the place of the point itself get different directions.
Eigen::Vector2d Microscope::direction(std::size_t j) const {
  const double length = length_px(j);
  if (length > 1e-6 && std::isfinite(length)) return (to_[j] - from_).cwiseQuotient(pixel_) / length;
  const double angle = 2 * std::numbers::pi * static_cast<double>(j) / static_cast<double>(to_.size());
  return {libm::cos(angle), libm::sin(angle)};
}

Eigen::Vector2d Microscope::at(std::size_t j, double px) const {
  return from_ + px * direction(j).cwiseProduct(pixel_);
}

// Turns bars of components in nearly the same direction apart, as little as necessary, so that they stand
// side by side; where there are few bars, also those that are negative and point to the other side.
void Microscope::spread_bars() {
  constexpr int kPasses = 60;
  bar_ways_.assign(to_.size(), Place(1, 0));
  if (drawn_.empty()) return;
  const auto count = static_cast<double>(drawn_.size());
  bar_px_ = std::clamp(1.6 * std::numbers::pi * kRim_px / count, kThinnest_px, kBar_px);
  const double wished = (bar_px_ + 3) / kRim_px;
  const double round = (count * wished < 0.9 * std::numbers::pi ? 1 : 2) * std::numbers::pi;
  const double apart = std::min(wished, 0.95 * round / count);
  struct Turned {
    double angle, rest;  // within one round, and what is left of it
    std::size_t component;
  };
  std::vector<Turned> bars;
  for (const std::size_t j : drawn_) {
    const Place way = direction(j);
    const double angle = libm::atan2(way[1], way[0]), rest = round * std::floor(angle / round);
    bars.push_back({angle - rest, rest, j});
  }
  std::ranges::stable_sort(bars, {}, &Turned::angle);
  for (int pass = 0; pass < kPasses && bars.size() > 1; ++pass)
    for (std::size_t i = 0; i < bars.size(); ++i) {
      const bool last = i + 1 == bars.size();
      Turned &a = bars[i], &b = bars[last ? 0 : i + 1];
      const double close = apart - (b.angle - a.angle + (last ? round : 0));
      if (close > 0) a.angle -= 0.5 * close, b.angle += 0.5 * close;
    }
  for (const Turned& bar : bars)
    bar_ways_[bar.component] = {libm::cos(bar.angle + bar.rest), libm::sin(bar.angle + bar.rest)};
}

Eigen::Vector2d Microscope::at_bar(std::size_t j, double px) const {
  return from_ + px * bar_ways_[j].cwiseProduct(pixel_);
}

void Microscope::threads(double grown, double alpha) {
  for (const std::size_t j : drawn_) {
    Arrow thread = bar(phases_.now().id + " thread", j, from_, at(j, grown * length_px(j)), alpha);
    thread.width_px = kThread_px;
    thread.value = value_of(j);
    panel_.marks.push_back(std::move(thread));
  }
}

Arrow Microscope::bar(const std::string& series, std::size_t j, const Place& from, const Place& to,
                      double alpha) const {
  const auto index = static_cast<int>(j);
  Arrow out{series + " " + std::to_string(j + 1), from[0], from[1], to[0], to[1], {Role::line, index, alpha}};
  out.width_px = bar_px_;
  out.head_length_px = out.head_width_px = 0;
  return out;
}

void Microscope::bars(const std::vector<double>& lengths, double alpha) {
  for (const std::size_t j : drawn_) {
    if (j >= lengths.size() || !std::isfinite(lengths[j])) continue;
    const double sign = lengths[j] < 0 ? -1 : 1;
    Arrow out =
        bar(phases_.now().id, j, at(j, sign * kRim_px), at(j, sign * kRim_px + kFull_px * lengths[j]), alpha);
    out.hollow = lengths[j] < 0;
    out.value = value_of(j);
    panel_.marks.push_back(std::move(out));
  }
}

void Microscope::threads_to_bars(const std::vector<double>& lengths, double part) {
  for (const std::size_t j : drawn_) {
    if (j >= lengths.size() || !std::isfinite(lengths[j])) continue;
    const Place begin = from_ + part * (at_bar(j, kRim_px) - from_), thread_end = at(j, length_px(j)),
                end = thread_end + part * (at_bar(j, kRim_px + kFull_px * lengths[j]) - thread_end);
    Arrow out = bar(phases_.now().id, j, begin, end, 1);
    out.ink.role = Role::mark;
    out.width_px = between(kThread_px, bar_px_, part);
    out.value = value_of(j);
    panel_.marks.push_back(std::move(out));
  }
}

// The foot of the stack: beside the point, where it covers the fewest components and stays on the stage.
Eigen::Vector2d Microscope::foot_of_stack() const {
  constexpr double kHalf_px = 26, kAbove_px = 40;
  Place best = from_;
  double least = 1e300;
  for (const double dx : {64.0, -64.0, 100.0, -100.0, 140.0, -140.0})
    for (const double dy : {-75.0, -20.0, -140.0}) {
      const Place foot = from_ + Place(dx, dy).cwiseProduct(pixel_),
                  top = foot + Place(0, kFull_px + kAbove_px).cwiseProduct(pixel_);
      double cost = 0.01 * std::abs(dx) + 0.005 * std::abs(dy);
      const double side = kHalf_px * pixel_[0];
      if (foot[0] - side < panel_.x.lo || foot[0] + side > panel_.x.hi) cost += 100;
      if (foot[1] < panel_.y.lo || top[1] > panel_.y.hi) cost += 100;
      const auto covers = [&](const Place& place, double beyond_px) {
        return std::abs(place[0] - foot[0]) < side + beyond_px * pixel_[0] &&
               place[1] > foot[1] - beyond_px * pixel_[1] && place[1] < top[1] + beyond_px * pixel_[1];
      };
      for (const std::size_t j : drawn_) cost += covers(to_[j], 8) ? 10 : 0;
      for (const std::size_t j : numbered_) {
        const double share = j < shares_.size() && std::isfinite(shares_[j]) ? shares_[j] : 0;
        cost += covers(at_bar(j, number_at_bar_px(j, share)), 18) ? 6 : 0;
        for (double px = kRim_px; px < kRim_px + kFull_px * share; px += 15)
          cost += covers(at_bar(j, px), 6) ? 1 : 0;
      }
      if (cost < least) least = cost, best = foot;
    }
  return best;
}

void Microscope::stack(const std::vector<double>& lengths, double moved, double left,
                       const std::string& total) {
  constexpr double kGap_px = 1.5;
  const Place foot = foot_of_stack();
  double height = 0;
  for (const std::size_t j : drawn_) {
    if (j >= lengths.size() || !std::isfinite(lengths[j])) continue;
    const double length = kFull_px * lengths[j] * left;
    const Place low = foot + Place(0, height * pixel_[1]),
                high = low + Place(0, std::max(length - kGap_px, 0.4) * pixel_[1]);
    const Place begin = at_bar(j, kRim_px), end = at_bar(j, kRim_px + kFull_px * lengths[j]);
    Arrow out =
        bar(phases_.now().id + " stack", j, begin + moved * (low - begin), end + moved * (high - end), 1);
    out.ink.role = Role::mark;
    out.width_px = between(bar_px_, 1.7 * kBar_px, moved);
    out.value = lengths[j];
    height += length;
    if (left > 0) panel_.marks.push_back(std::move(out));
  }
  if (!(moved >= 1) || !(left > 0)) return;
  const Place top = foot + Place(0, height * pixel_[1]);
  Text sum{top[0], top[1], total, true, {Role::ink, 0, left}, 0, -12, Anchor::centre, true};
  panel_.marks.push_back(std::move(sum));
}

void Microscope::ring(std::vector<double> weights, double filled) {
  RingMark out{phases_.now().id + " ring",      from_[0], from_[1],
               figure_.own(std::move(weights)), "",       {ElementId::Kind::point, phases_.point}};
  out.filled = filled;
  out.radius_px = kRing_px;
  panel_.marks.push_back(std::move(out));
}

// The distance `px`, reduced as far as necessary to stay on the stage.
double Microscope::kept_on_stage(std::size_t j, double px) const {
  const double sign = px < 0 ? -1 : 1;
  const Place room = Place(kWide_px, kHigh_px).cwiseProduct(pixel_);
  const auto inside = [&](double away) {
    const Place there = at_bar(j, away);
    return there[0] - room[0] > panel_.x.lo && there[0] + room[0] < panel_.x.hi &&
           there[1] - room[1] > panel_.y.lo && there[1] + room[1] < panel_.y.hi;
  };
  while (sign * px > kRim_px + kWide_px && !inside(px)) px -= 10 * sign;
  return px;
}

// The distance of a number on its line; beyond the component where there is no room before it.
double Microscope::number_on_thread_px(std::size_t j) const {
  const Place u = direction(j);
  const double half = std::abs(u[0]) * kWide_px + std::abs(u[1]) * kHigh_px + 4, length = length_px(j);
  const double px = std::max(0.58 * length, kRim_px + half);
  return px + half + 8 > length ? length + 10 + half : px;
}

double Microscope::number_at_bar_px(std::size_t j, double length) const {
  const Place u = bar_ways_[j];
  const double half = std::abs(u[0]) * kWide_px + std::abs(u[1]) * kHigh_px + 7;
  const double px = kRim_px + kFull_px * std::abs(length) + half;
  return kept_on_stage(j, length < 0 ? -px : px);
}

void Microscope::number(std::size_t j, const Place& at, double dy_px, double value, double alpha) {
  panel_.marks.push_back(Text{at[0],
                              at[1],
                              shown_number(value),
                              false,
                              {Role::line, static_cast<int>(j), alpha},
                              0,
                              dy_px,
                              Anchor::centre,
                              true,
                              true});
}

void Microscope::numbers(const std::vector<double>& values, double alpha) {
  for (const std::size_t j : numbered_)
    if (j < values.size()) number(j, at(j, kept_on_stage(j, number_on_thread_px(j))), 4, values[j], alpha);
}

void Microscope::numbers_at_bars(const std::vector<double>& values, const std::vector<double>& lengths,
                                 double alpha, double part) {
  for (const std::size_t j : numbered_) {
    if (j >= values.size() || j >= lengths.size() || !std::isfinite(lengths[j])) continue;
    const Place thread = at(j, kept_on_stage(j, number_on_thread_px(j)));
    const Place bar_end = at_bar(j, number_at_bar_px(j, lengths[j]));
    number(j, thread + part * (bar_end - thread), 4, values[j], alpha);
  }
}

void Microscope::numbers_beside(const std::vector<double>& values, const std::vector<Place>& ways,
                                double alpha) {
  constexpr double kAbove_px = -15, kBelow_px = 25;
  for (const std::size_t j : numbered_)
    if (j < values.size())
      number(j, to_[j], j < ways.size() && ways[j][1] < 0 ? kAbove_px : kBelow_px, values[j], alpha);
}

void Microscope::way(const std::string& series, std::size_t j, const Place& end, double width_px) {
  if (!end.allFinite()) return;
  Arrow out = bar(series, j, to_[j], end, 1);
  out.width_px = width_px;
  out.head_length_px = 10, out.head_width_px = 8;
  out.value = value_of(j);
  panel_.marks.push_back(std::move(out));
}

void Microscope::pulls_of_points(const Eigen::MatrixXd& weights, double grown) {
  const Eigen::MatrixXd& points = snapshot_.data().points;
  if (weights.rows() != points.rows() || points.cols() != 2) return;
  for (const std::size_t j : drawn_)
    if (static_cast<Eigen::Index>(j) < weights.cols())
      add_pulls(panel_, points, weights, {static_cast<int>(j), to_[j], drawn_.size(), grown});
}

void Microscope::own_pull(const std::vector<double>& weights, double grown) {
  std::vector<Place> ways(to_.size(), Place(0, 0));
  for (const std::size_t j : drawn_) {
    if (j >= weights.size()) continue;
    ways[j] = weights[j] * (from_ - to_[j]);
    way(phases_.now().id, j, to_[j] + grown * ways[j], 3);
  }
  numbers_beside(values(), ways, grown);
}

void Microscope::walk(const std::vector<Place>& next, double grown, bool shapes) {
  constexpr double kShort_px = 14;  // a shorter path is hidden by the component itself
  std::vector<Place> ways(to_.size(), Place(0, 0));
  for (const std::size_t j : drawn_) {
    if (j >= next.size()) continue;
    Marker was{.series = "was", .x = to_[j][0], .y = to_[j][1], .shape = Shape::prototype};
    was.ink = {Role::line, static_cast<int>(j), 0.7};
    was.radius_px = shapes ? 5 : 3;
    was.hollow = true;
    if (!shapes) was.shape = Shape::ring, was.stroke_px = 1;
    panel_.marks.push_back(std::move(was));
    ways[j] = next[j] - to_[j];
    if (shapes || ways[j].cwiseQuotient(pixel_).norm() > kShort_px)
      way(phases_.now().id, j, to_[j] + grown * ways[j], 1.8);
  }
  numbers_beside(values(), ways, grown);
}

}  // namespace iem
