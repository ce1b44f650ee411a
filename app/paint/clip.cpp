#include "app/paint/clip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace iem::paint {
namespace {

double size(Px p) { return std::max(std::abs(p.x), std::abs(p.y)); }

// Small enough that differences and products with fractions stay finite.
Px bounded(Px p) {
  constexpr double kMost = 1e300;
  return {std::clamp(p.x, -kMost, kMost), std::clamp(p.y, -kMost, kMost)};
}

Px along(Px a, Px b, double t) { return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)}; }

Px into(const PxRect& r, Px p) { return {std::clamp(p.x, r.x0, r.x1), std::clamp(p.y, r.y0, r.y1)}; }

struct Chord {
  Px from, to;
  bool cut_from = false, cut_to = false;  // whether this end was moved to the edge
};

// The sides of the rectangle a point lies beyond.
unsigned sides(Px p, const PxRect& r) {
  return (p.x < r.x0 ? 1u : 0u) | (p.x > r.x1 ? 2u : 0u) | (p.y < r.y0 ? 4u : 0u) | (p.y > r.y1 ? 8u : 0u);
}

// Where the segment crosses one of these sides. Counted from the end nearer to the origin: seen from an end
// 1e20 pixels away, the whole rectangle is one rounding error.
Px crossing(Px a, Px b, unsigned side, const PxRect& r) {
  if (size(a) > size(b)) std::swap(a, b);
  if (side & 3u) {
    const double x = side & 1u ? r.x0 : r.x1;
    return {x, a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x))};
  }
  const double y = side & 4u ? r.y0 : r.y1;
  return {a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)), y};
}

// The part of the segment inside (Cohen & Sutherland: end after end is moved to a side it lies beyond).
std::optional<Chord> chord(Px a, Px b, const PxRect& r) {
  Chord out{bounded(a), bounded(b)};
  for (int moves = 0; moves < 8; ++moves) {
    const unsigned from = sides(out.from, r), to = sides(out.to, r);
    if ((from | to) == 0) return out;
    if ((from & to) != 0) return std::nullopt;
    const Px at = crossing(out.from, out.to, from ? from : to, r);
    from ? (out.from = at, out.cut_from = true) : (out.to = at, out.cut_to = true);
  }
  return std::nullopt;  // its visible part is only a rounding error
}

// `back` pixels before p on the way from a to p.
Px moved_back(Px a, Px p, double back) {
  const double length = std::hypot(p.x - a.x, p.y - a.y);
  if (!(length > 0) || !std::isfinite(length) || !std::isfinite(back)) return p;
  return {p.x - back * ((p.x - a.x) / length), p.y - back * ((p.y - a.y) / length)};
}

class LineCutter {
 public:
  LineCutter(const PxRect& rect, double period_px) : rect_(rect), period_px_(period_px) {}

  void segment(Px a, Px b) {
    if (!finite(a) || !finite(b)) return lift();
    const std::optional<Chord> inside = chord(a, b, rect_);
    if (!inside || (inside->cut_from && !run_.empty())) lift();
    if (inside) {
      if (run_.empty()) run_.push_back(inside->cut_from ? whole_dash(a, inside->from) : inside->from);
      run_.push_back(inside->to);
      if (inside->cut_to) lift();
    }
    if (period_px_ > 0) walked_ += std::hypot(b.x - a.x, b.y - a.y);
  }

  std::vector<std::vector<Px>> finish() {
    lift();
    return std::move(runs_);
  }

 private:
  void lift() {
    if (run_.size() > 1) runs_.push_back(std::move(run_));
    run_.clear();
  }
  Px whole_dash(Px a, Px entry) const {
    if (period_px_ <= 0) return entry;
    return moved_back(a, entry, std::fmod(walked_ + std::hypot(entry.x - a.x, entry.y - a.y), period_px_));
  }

  PxRect rect_;
  double period_px_, walked_ = 0;
  std::vector<Px> run_;
  std::vector<std::vector<Px>> runs_;
};

bool same(Px a, Px b) { return a.x == b.x && a.y == b.y; }

// Cuts an area at one edge: `inside` tells on which side a point is, `cross` gives the crossing of the edge.
template <class Inside, class Cross>
std::vector<Px> cut_area(const std::vector<Px>& in, const Inside& inside, const Cross& cross) {
  std::vector<Px> out;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const Px a = in[i], b = in[(i + 1) % in.size()];
    if (inside(a)) out.push_back(a);
    if (inside(a) != inside(b)) out.push_back(inside(a) ? cross(a, b) : cross(b, a));
  }
  return out;
}

// Where the way from a to b crosses the value v of a coordinate.
void add_crossing(double a, double b, double v, std::vector<double>& at) {
  if ((a < v) == (b < v)) return;
  at.push_back(std::clamp((v - a) / (b - a), 0.0, 1.0));
}

}  // namespace

std::vector<std::vector<Px>> clip_line(std::span<const Px> points, const PxRect& rect, bool closed,
                                       double period_px) {
  LineCutter cutter(rect, period_px);
  for (std::size_t i = 1; i < points.size(); ++i) cutter.segment(points[i - 1], points[i]);
  if (!closed || points.empty()) return cutter.finish();
  cutter.segment(points.back(), points.front());
  std::vector<std::vector<Px>> runs = cutter.finish();
  // The first and the last piece of a closed line are one line if they meet in its first point.
  if (runs.size() > 1 && same(runs.front().front(), points.front()) &&
      same(runs.back().back(), points.front())) {
    runs.back().insert(runs.back().end(), runs.front().begin() + 1, runs.front().end());
    runs.erase(runs.begin());
  }
  return runs;
}

std::vector<Px> clip_area(std::span<const Px> outline, const PxRect& r) {
  std::vector<Px> out;
  for (const Px& p : outline) {
    if (!finite(p)) return {};
    out.push_back(bounded(p));
  }
  const auto at_x = [](double x) {
    return [x](Px in, Px to) { return Px{x, in.y + (x - in.x) / (to.x - in.x) * (to.y - in.y)}; };
  };
  const auto at_y = [](double y) {
    return [y](Px in, Px to) { return Px{in.x + (y - in.y) / (to.y - in.y) * (to.x - in.x), y}; };
  };
  out = cut_area(
      out, [&](Px p) { return p.x >= r.x0; }, at_x(r.x0));
  out = cut_area(
      out, [&](Px p) { return p.x <= r.x1; }, at_x(r.x1));
  out = cut_area(
      out, [&](Px p) { return p.y >= r.y0; }, at_y(r.y0));
  out = cut_area(
      out, [&](Px p) { return p.y <= r.y1; }, at_y(r.y1));
  return out.size() < 3 ? std::vector<Px>{} : out;
}

std::vector<BandPiece> clip_band(std::span<const Px> upper, std::span<const Px> lower, const PxRect& r) {
  std::vector<BandPiece> pieces(1);
  const auto lift = [&] {
    if (pieces.back().upper.size() > 1) pieces.emplace_back();
    pieces.back() = {};
  };
  for (std::size_t i = 1; i < std::min(upper.size(), lower.size()); ++i) {
    const std::array<Px, 4> corners = {upper[i - 1], upper[i], lower[i - 1], lower[i]};
    if (!std::ranges::all_of(corners, [](Px p) { return finite(p); })) {
      lift();
      continue;
    }
    const Px u0 = bounded(corners[0]), u1 = bounded(corners[1]), l0 = bounded(corners[2]),
             l1 = bounded(corners[3]);
    // Between these places each curve stays on one side of each edge, and clamping is exact.
    std::vector<double> at = {0, 1};
    for (const double x : {r.x0, r.x1}) add_crossing(u0.x, u1.x, x, at);
    for (const double y : {r.y0, r.y1}) add_crossing(u0.y, u1.y, y, at), add_crossing(l0.y, l1.y, y, at);
    std::ranges::sort(at);
    for (std::size_t k = 1; k < at.size(); ++k) {
      if (at[k] == at[k - 1]) continue;
      const double middle = along(u0, u1, 0.5 * (at[k - 1] + at[k])).x;
      if (middle < r.x0 || middle > r.x1) {
        lift();
        continue;
      }
      for (const double t : {at[k - 1], at[k]}) {
        if (t == at[k - 1] && !pieces.back().upper.empty()) continue;  // where the last one ended
        pieces.back().upper.push_back(into(r, along(u0, u1, t)));
        pieces.back().lower.push_back(into(r, along(l0, l1, t)));
      }
    }
  }
  if (pieces.back().upper.size() < 2) pieces.pop_back();
  return pieces;
}

}  // namespace iem::paint
