#include "app/paint/labels.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "app/paint/curve_name.h"

namespace iem::paint {
namespace {

// Liang and Barsky 1984: does the segment meet the rectangle?
bool meets(Px a, Px b, const PxRect& r) {
  double t0 = 0, t1 = 1;
  const double dx = b.x - a.x, dy = b.y - a.y;
  const double p[4] = {-dx, dx, -dy, dy}, q[4] = {a.x - r.x0, r.x1 - a.x, a.y - r.y0, r.y1 - a.y};
  for (int i = 0; i < 4; ++i) {
    if (p[i] == 0) {
      if (q[i] < 0) return false;
    } else if (p[i] < 0) {
      t0 = std::max(t0, q[i] / p[i]);
    } else {
      t1 = std::min(t1, q[i] / p[i]);
    }
  }
  return t0 <= t1;
}

// Calls `add` for each piece from one point to the next.
template <class Add>
void each_piece(Values x, Values y, const Transform& to_px, const Add& add) {
  Px last{NAN, NAN};
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    const Px p = to_px(x[i], y[i]);
    if (finite(p) && finite(last)) {
      if (distance(last, p) < 3 && i + 1 < x.size()) continue;  // finer than any word needs
      add(last, p);
    }
    last = p;
  }
}

// How far a word above or below its curve has to move, up or down, so that a curve that slopes does not
// strike it through. It follows the curve smoothly; where that is too steep or the plot ends, the word stays.
double push_off(std::span<const Px> curve, Px at, const PxRect& word, const PxRect& plot, bool above) {
  constexpr double kGap = 5, kMost = 18;
  double reach = at.y;
  const auto see = [&](Px a, Px b) {
    for (const double x : {std::max(word.x0, std::min(a.x, b.x)), std::min(word.x1, std::max(a.x, b.x))}) {
      if (x < word.x0 || x > word.x1 || x < std::min(a.x, b.x) || x > std::max(a.x, b.x)) continue;
      const double y = a.x == b.x ? b.y : a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y);
      if (!std::isfinite(y)) continue;  // 0 on a logarithmic axis
      reach = above ? std::min(reach, y) : std::max(reach, y);
    }
  };
  for (std::size_t i = 1; i < curve.size(); ++i) see(curve[i - 1], curve[i]);
  const double push = above ? std::min(0.0, reach - kGap - word.y1) : std::max(0.0, reach + kGap - word.y0);
  const bool inside = word.y0 + push > plot.y0 && word.y1 + push < plot.y1;
  return inside && std::abs(push) <= kMost ? push : 0;
}

// The part of a curve within the plot, by its length.
class VisibleCurve {
 public:
  VisibleCurve(std::span<const Px> curve, const PxRect& plot) {
    for (const Px& p : curve) {
      if (!finite(p) || !plot.grown(0.5).contains(p)) continue;
      length_.push_back(points_.empty() ? 0 : length_.back() + distance(points_.back(), p));
      points_.push_back(p);
    }
  }
  const std::vector<Px>& points() const { return points_; }
  Px at(double t) const {
    const double wanted = std::clamp(t, 0.0, 1.0) * length_.back();
    const auto found = std::lower_bound(length_.begin(), length_.end(), wanted) - length_.begin();
    const auto i = static_cast<std::size_t>(found);
    if (i == 0) return points_[0];
    const double f = (wanted - length_[i - 1]) / std::max(length_[i] - length_[i - 1], 1e-12);
    return {points_[i - 1].x + f * (points_[i].x - points_[i - 1].x),
            points_[i - 1].y + f * (points_[i].y - points_[i - 1].y)};
  }

 private:
  std::vector<Px> points_;
  std::vector<double> length_;
};

// Left end of a word `dx` beside the middle of the curve's point at `t`, above or below it.
Px word_at(const VisibleCurve& curve, const Line& line, const TextExtent& size, double t, double dx,
           bool above) {
  const Px p = curve.at(t);
  const double away = std::abs(line.label_dy_px);
  return {p.x - 0.5 * size.width + dx, above ? p.y - away - size.descent * 0.5 : p.y + away + size.ascent};
}

// Places nearest to the wish are tried first; at each one the wished side, the other side, then beside the
// curve where it is steep.
template <class Fits>
std::optional<Px> nearest_on(const VisibleCurve& curve, const Line& line, const TextExtent& size,
                             const Fits& fits) {
  const bool wish_above = line.label_dy_px <= 0;
  const double beside = 0.5 * size.width + 6;
  for (int k = 0; k <= 40; ++k) {
    const double t = line.label_at + (k % 2 ? 0.025 : -0.025) * ((k + 1) / 2);
    if (t < 0.02 || t > 0.98) continue;
    for (const double dx : {0.0, beside, -beside})
      for (const bool above : {wish_above, !wish_above})
        if (const Px left = word_at(curve, line, size, t, dx, above); fits(left)) return left;
  }
  return {};
}

// As near to the wish as it can be without leaving the plot; where it would be cut above or below, on the
// other side of the curve.
Px settled_name(const VisibleCurve& curve, const Line& line, const TextExtent& size, const PxRect& plot,
                bool push) {
  constexpr double kSeenOutside = 6;  // px that a window shows beyond the plot
  const auto on_side = [&](bool above) {
    Px left = word_at(curve, line, size, line.label_at, 0, above);
    if (size.width < plot.width()) left.x = std::clamp(left.x, plot.x0, plot.x1 - size.width);
    if (push) left.y += push_off(curve.points(), curve.at(line.label_at), text_rect(left, size), plot, above);
    return left;
  };
  const auto is_cut = [&](Px left) {
    const PxRect word = text_rect(left, size);
    return word.y0 < plot.y0 - kSeenOutside || word.y1 > plot.y1 + kSeenOutside;
  };
  const bool wish_above = line.label_dy_px <= 0;
  Px wish = on_side(wish_above);
  if (!push || !is_cut(wish)) return wish;
  if (const Px other = on_side(!wish_above); !is_cut(other)) return other;
  if (size.ascent + size.descent < plot.height())
    wish.y = std::clamp(wish.y, plot.y0 + size.ascent, plot.y1 - size.descent);
  return wish;
}

constexpr double kInset = 6;  // from the edges of the plot

// At these fractions of the way from the left to the right and from the top down.
PxRect box_at(const PxRect& plot, double right, double down, double width, double height) {
  const double x = plot.x0 + kInset + right * (plot.width() - 2 * kInset - width);
  const double y = plot.y0 + kInset + down * (plot.height() - 2 * kInset - height);
  return {x, y, x + width, y + height};
}

}  // namespace

Corner free_corner(const LabelPlacer& taken, const PxRect& plot, double width, double height) {
  const auto at = [&](double right, double down) { return box_at(plot, right, down, width, height); };
  for (const auto& [right, down] : {std::pair(1.0, 0.0), {0.0, 0.0}, {1.0, 1.0}, {0.0, 1.0}})
    if (taken.is_free(at(right, down))) return {at(right, down), true};
  return {at(1, 0), false};
}

// Few places, so that it seldom moves while curves grow.
Corner free_place(const LabelPlacer& taken, const PxRect& plot, double width, double height) {
  for (const double right : {1.0, 0.75, 0.5, 0.25, 0.0})
    for (const double down : {0.0, 1.0, 0.5, 0.25, 0.75})
      if (const PxRect box = box_at(plot, right, down, width, height); taken.is_free(box)) return {box, true};
  return {box_at(plot, 1, 0, width, height), false};
}

PxRect text_rect(Px left, const TextExtent& size) {
  return {left.x, left.y - size.ascent, left.x + size.width, left.y + size.descent};
}

std::optional<TextWish> text_wish(const Text& text, const Transform& to_px, Canvas& canvas,
                                  double type_scale) {
  const Px p = to_px(text.x, text.y);
  if (!finite(p) || !to_px.rect().grown(40).contains(p)) return {};
  TextWish out;
  out.style = {(text.tex ? kNameFormulaSize : kNameSize) * type_scale, text.bold, Anchor::left, {}};
  if (text.row > 0 && std::abs(to_px(text.x, text.y + text.row).y - p.y) < out.style.size_px) return {};
  out.size =
      text.tex ? canvas.measure_formula(text.text, out.style) : canvas.measure_text(text.text, out.style);
  const double back = text.anchor == Anchor::left ? 0 : text.anchor == Anchor::centre ? 0.5 : 1;
  out.left = {p.x + text.dx_px - back * out.size.width, p.y + text.dy_px};
  return out;
}

LabelPlacer::LabelPlacer(const Panel& panel, const Transform& to_px) : LabelPlacer(panel, to_px, true) {}

LabelPlacer LabelPlacer::for_plates(const Panel& panel, const Transform& to_px) {
  return {panel, to_px, false};
}

LabelPlacer::LabelPlacer(const Panel& panel, const Transform& to_px, bool data_too) : plot_(to_px.rect()) {
  constexpr std::size_t kManyPoints = 3000;  // a cloud of more points leaves no free place anyway
  for (const Mark& mark : panel.marks) {
    const auto* line = std::get_if<Line>(&mark);
    if (line && data_too) {
      each_piece(line->x, line->y, to_px, [&](Px a, Px b) { segments_.push_back({a, b, line}); });
    } else if (const auto* scatter = std::get_if<Scatter>(&mark); scatter && data_too) {
      const std::size_t n = std::min(scatter->x.size(), kManyPoints);
      for (std::size_t i = 0; i < n; ++i) {
        const Px p = to_px(scatter->x[i], scatter->y[i]);
        if (finite(p)) rects_.push_back(PxRect{p.x, p.y, p.x, p.y}.grown(scatter->radius_px));
      }
    } else if (const auto* marker = std::get_if<Marker>(&mark)) {
      const Px p = to_px(marker->x, marker->y);
      const bool counts = data_too || marker->radius_px > 3;
      if (finite(p) && counts)
        rects_.push_back(PxRect{p.x, p.y, p.x, p.y}.grown(marker->radius_px + marker->halo_px));
    } else if (const auto* ring = std::get_if<RingMark>(&mark)) {
      const Px p = to_px(ring->x, ring->y);
      if (finite(p)) rects_.push_back(PxRect{p.x, p.y, p.x, p.y}.grown(14));
    } else if (const auto* gauge = std::get_if<Gauge>(&mark)) {
      const Px p = to_px(gauge->x, gauge->y);
      const double up = 34 * gauge->value;
      if (finite(p))
        rects_.push_back({p.x + gauge->dx_px - 7, std::min(p.y, p.y - up) - 2, p.x + gauge->dx_px + 19,
                          std::max(p.y, p.y - up) + 2});
    } else if (const auto* bars = std::get_if<Bars>(&mark)) {
      for (std::size_t i = 0; i < bars->x.size() && i < kManyPoints; ++i) {
        const double h = 0.5 * bars->width;
        const Px a = bars->horizontal ? to_px(bars->base, bars->y[i] - h) : to_px(bars->x[i] - h, bars->base);
        const Px b = bars->horizontal ? to_px(bars->x[i], bars->y[i] + h) : to_px(bars->x[i] + h, bars->y[i]);
        if (finite(a) && finite(b)) {
          rects_.push_back({std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)});
        }
      }
    } else if (const auto* arrow = std::get_if<Arrow>(&mark);
               arrow && (data_too || arrow->head_length_px > 0)) {
      const Px a = to_px(arrow->x0, arrow->y0), b = to_px(arrow->x1, arrow->y1);
      if (finite(a) && finite(b)) segments_.push_back({a, b, nullptr});
    }
  }
}

bool LabelPlacer::covers(const PxRect& rect) const {
  return std::ranges::any_of(rects_, [&](const PxRect& r) { return r.overlaps(rect); });
}

bool LabelPlacer::is_free(const PxRect& rect, const Line* own) const {
  if (rect.x0 < plot_.x0 + 1 || rect.x1 > plot_.x1 - 1 || rect.y0 < plot_.y0 + 1 || rect.y1 > plot_.y1 - 1)
    return false;
  const auto taken = [&](const PxRect& r) { return r.overlaps(rect); };
  const auto crossed = [&](const Segment& s) {
    return (own == nullptr || s.line != own) && meets(s.a, s.b, rect);
  };
  return std::none_of(rects_.begin(), rects_.end(), taken) &&
         std::none_of(segments_.begin(), segments_.end(), crossed);
}

LabelPlacer::Place LabelPlacer::on_curve(const Line& line, std::span<const Px> curve, const TextExtent& size,
                                         NameSearch search) {
  const VisibleCurve visible(curve, plot_);
  if (visible.points().empty()) return {{}, false, false};
  const bool searches = search != NameSearch::none;
  if (searches) {
    const auto is_clear = [&](Px left) { return is_free(text_rect(left, size).grown(2)); };
    if (const auto left = nearest_on(visible, line, size, is_clear)) {
      take(text_rect(*left, size).grown(2));
      return {*left, true, true};
    }
  }
  if (search == NameSearch::else_own) {
    constexpr double kPlate = 4;  // beyond the word
    const auto hides_no_other = [&](Px left) { return is_free(text_rect(left, size).grown(kPlate), &line); };
    const auto left = nearest_on(visible, line, size, hides_no_other);
    if (!left) return {{}, false, false};
    take(text_rect(*left, size).grown(kPlate));
    return {*left, false, true};
  }
  const Px wish = settled_name(visible, line, size, plot_, !searches);
  const auto covered = [&](const PxRect& r) { return r.overlaps(text_rect(wish, size)); };
  if (!searches && std::ranges::any_of(rects_, covered)) return {wish, false, false};
  take(text_rect(wish, size).grown(2));
  return {wish, !searches, true};
}

LabelPlacer::Place LabelPlacer::around(Px point, Px wish, const TextExtent& size, double reach_px) {
  std::vector<Px> candidates = {wish};
  for (double away = 10; away <= reach_px; away += 7) {
    for (int k = 0; k < 24; ++k) {
      // The centre of the word on an oval that keeps its rim `away` from the point on every side.
      const double a = 2 * std::numbers::pi * k / 24, h = 0.5 * (size.ascent + size.descent);
      const Px centre{point.x + (0.5 * size.width + away) * std::cos(a), point.y + (h + away) * std::sin(a)};
      candidates.push_back({centre.x - 0.5 * size.width, centre.y + h - size.descent});
    }
  }
  const auto from_wish = [&](Px p) { return distance(p, wish); };
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](Px a, Px b) { return from_wish(a) < from_wish(b); });
  for (Px left : candidates) {
    const PxRect rect = text_rect(left, size).grown(4);
    if (!is_free(rect)) continue;
    take(rect);
    return {left, true, true};
  }
  take(text_rect(wish, size).grown(4));
  return {wish, false, true};
}

LabelPlacer::Place LabelPlacer::along(Px wish, const TextExtent& size, Px step, int steps, bool search) {
  for (int k = 0; search && k <= steps; ++k) {
    const Px left{wish.x + k * step.x, wish.y + k * step.y};
    const PxRect rect = text_rect(left, size).grown(2);
    if (!is_free(rect)) continue;
    take(rect);
    return {left, true, true};
  }
  take(text_rect(wish, size).grown(2));
  return {wish, !search, true};
}

}  // namespace iem::paint
