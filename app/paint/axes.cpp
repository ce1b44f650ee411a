// Rules, tick numbers and the names of the axes, set horizontally inside the plot's corners.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "app/paint/bounded_canvas.h"
#include "app/paint/brush.h"
#include "app/paint/labels.h"
#include "app/paint/shapes.h"
#include "core/base/cut_text.h"
#include "core/base/number.h"
#include "core/base/power_of_ten.h"
#include "core/base/utf8.h"
#include "core/figure/caption.h"
#include "core/figure/ticks.h"

namespace iem::paint {
PxRect ground_of(const Panel& panel, const Transform& to_px) {
  const PxRect plot = to_px.rect();
  for (const Mark& mark : panel.marks)
    if (const auto* map = std::get_if<Heatmap>(&mark)) {
      const Px a = to_px(map->x0, map->y1), b = to_px(map->x1, map->y0);
      return {std::max(plot.x0, a.x), std::max(plot.y0, a.y), std::min(plot.x1, b.x), std::min(plot.y1, b.y)};
    }
  return plot;
}

namespace {

constexpr double kTickSize = 12, kTickGap = 6;

void rule(Canvas& canvas, Px a, Px b, Rgba colour, double width) {
  const std::array<Px, 2> ends = {a, b};
  canvas.polyline(ends, {colour, width});
}

constexpr std::size_t kFewestLetters = 8;  // of a label

// Its first and last letters with "…" between them, together `letters`; all of it where it has no more.
std::string shortened(std::string_view text, std::size_t letters) {
  const std::size_t all = count_letters(text);
  if (letters >= all) return std::string(text);
  const std::size_t kept = letters - 1, last = kept / 2;
  return std::string(text.substr(0, byte_of_letter(text, kept - last))) + "\u2026" +
         std::string(text.substr(byte_of_letter(text, all - last)));
}

// "bill length (mm)", "J (nats) + 2.224" where the numbers are counted from there, with a small arrow in the
// axis' direction before (up) or after (right) the words.
struct AxisName {
  std::string words;
  bool marked = false;  // with $formulas$ among them
  TextExtent words_size;
  static constexpr double kArrow = 9, kGap = 6;
  bool reversed = false;  // the axis runs left or down, and so does the arrow
  TextExtent size() const {
    return {words_size.width + kArrow + kGap, words_size.ascent, words_size.descent};
  }
};

// Where the name is wider than `room_px` letters are left out in the middle of the label; unit and offset
// stay.
AxisName axis_name(const Axis& axis, double room_px, Canvas& canvas, const TextStyle& style) {
  AxisName name;
  name.reversed = axis.lo > axis.hi || axis.downwards;
  std::string behind = axis.unit.empty() ? "" : "(" + axis.unit + ")";
  if (const std::string offset = offset_words(axis); !offset.empty())
    behind += (behind.empty() ? "" : " ") + offset;
  if (!behind.empty() && !axis.label.empty()) behind.insert(0, " ");
  const double room = room_px - AxisName::kArrow - AxisName::kGap;
  if (axis.marked) {  // a formula loses none of its letters
    name.words = axis.label + caption_words(behind);
    name.words_size = canvas.measure_marked(name.words, style);
    name.marked = name.words_size.width <= room;
    if (name.marked) return name;
  }
  const std::string label = axis.marked ? plain_caption(axis.label) : axis.label;
  const auto write = [&](std::size_t letters) {
    name.words = shortened(label, letters) + behind;
    name.words_size = canvas.measure_text(name.words, style);
    return name.words_size.width <= room;
  };
  const std::size_t all = count_letters(label);
  write(most_fitting(std::min(all, kFewestLetters), all, write));
  return name;
}

void small_arrow(Canvas& canvas, Px from, Px to, Rgba colour) {
  rule(canvas, from, to, colour, 1.2);
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  const Px u{3 * (to.x - from.x) / length, 3 * (to.y - from.y) / length};
  const std::array<Px, 3> head = {
      {{to.x - u.x - u.y, to.y - u.y + u.x}, to, {to.x - u.x + u.y, to.y - u.y - u.x}}};
  canvas.polyline(head, {colour, 1.2});
}

void paint_name(const AxisName& name, bool up, Px left, bool plate, const Theme& theme,
                const TextStyle& style, Canvas& canvas) {
  if (plate) paint_plate(canvas, text_rect(left, name.size()), theme);
  const auto write = [&](Px at, const TextStyle& with) {
    name.marked ? canvas.marked_text(name.words, at, with) : canvas.text(name.words, at, with);
  };
  const double middle = left.y - 0.36 * style.size_px;  // of the lower-case letters and ascenders
  if (up) {
    Px tail{left.x + 4, left.y}, tip{left.x + 4, left.y - 9};
    if (name.reversed) std::swap(tail, tip);
    small_arrow(canvas, tail, tip, style.colour);
    write({left.x + AxisName::kArrow + AxisName::kGap, left.y}, style);
  } else {
    // The text is anchored at its arrow, since LaTeX may set the words wider or narrower.
    TextStyle held = style;
    held.anchor = Anchor::right;
    write({left.x + name.words_size.width, left.y}, held);
    const double x = left.x + name.words_size.width + AxisName::kGap;
    Px tail{x, middle}, tip{x + AxisName::kArrow, middle};
    if (name.reversed) std::swap(tail, tip);
    small_arrow(canvas, tail, tip, style.colour);
  }
}

// The minus hangs to the left, so that digits stand under their place.
PxRect x_tick_label(const Tick& tick, const Transform& to_px, Canvas& canvas, const TextStyle& style) {
  const double width = canvas.measure_text(tick.label, style).width;
  const double minus =
      tick.label.starts_with("\u2212") ? 0.5 * canvas.measure_text("\u2212", style).width : 0;
  const double middle = to_px.px_x(tick.value) - minus;
  const double baseline = to_px.rect().y1 + kTickGap + 0.71 * style.size_px;
  return {middle - width / 2, baseline - style.size_px, middle + width / 2, baseline};
}

bool has_x_numbers(const Panel& panel, const PaintOptions& options) {
  return panel.x.ticks && options.numbers;
}

struct NamePlace {
  bool shown = false, outside = false, plate = false;
  AxisName name;
  Px left;
};
struct NamePlaces {
  NamePlace x, y;
};

// In place of the last numbers.
void name_in_tick_row(NamePlace& place, const TextExtent& size, const Transform& to_px,
                      const TextStyle& style) {
  place.outside = true;
  place.left = {to_px.rect().x1 - size.width, to_px.rect().y1 + kTickGap + 0.71 * style.size_px};
}

// Whether two numbers, which show the scale, are left of a name in their row.
bool has_room_among_ticks(const Axis& axis, const TextExtent& name, const Transform& to_px) {
  constexpr double kHalfNumber = 20;  // px, at most in a plot that has room for this
  Axis in_use = axis;
  in_use.lo = to_px.x().lo, in_use.hi = to_px.x().hi;
  const double end = to_px.rect().x1 - name.width - kHalfNumber;
  const std::vector<Tick> ticks = fitting_ticks(in_use, to_px.rect().width(), true);
  return std::ranges::count_if(ticks, [&](const Tick& tick) { return to_px.px_x(tick.value) < end; }) >= 2;
}

// `other_name` is where that of the other axis stands, if anywhere.
NamePlace place_name(const Axis& axis, bool up, const Panel& panel, const Transform& to_px, Canvas& canvas,
                     const TextStyle& style, const PaintOptions& options,
                     const std::optional<PxRect>& other_name = {}) {
  NamePlace place;
  place.shown = !axis.label.empty() || !axis.unit.empty() || tick_offset(axis) != 0;
  if (!place.shown) return place;
  const double inset = options.place_labels ? 0 : 9;
  place.name = axis_name(axis, to_px.rect().width() - 2 * inset, canvas, style);
  const TextExtent size = place.name.size();
  if (options.place_labels) {
    // On paper always outside and at one place: on no curve, and the same in every frame of an animation.
    const PxRect& plot = to_px.rect();
    place.outside = true;
    const double below = kTickGap + 0.71 * style.size_px + 17 * options.type_scale;
    place.left = up ? Px{plot.x0 - 4, plot.y0 - 8}
                    : Px{std::max(plot.x0, plot.x1 - size.width), plot.y1 + (panel.x.ticks ? below : 17)};
    return place;
  }
  const PxRect r = ground_of(panel, to_px);
  const Px wish =
      up ? Px{r.x0 + inset, r.y0 + inset + 0.8 * size.ascent} : Px{r.x1 - inset - size.width, r.y1 - inset};
  place.left = wish;
  const bool matrix = draws<Heatmap>(panel) && panel.x.whole;
  if (draws<FieldMark>(panel) || (draws<Heatmap>(panel) && !matrix)) {
    place.plate = true;  // a field covers the whole plot, so no place is free of colour
    return place;
  }
  if (matrix || (!up && axis.quantity == Quantity::step && has_x_numbers(panel, options))) {
    // A plate would hide entries of a matrix, and curves come to every corner of the plot as a run goes on;
    // only the row of tick numbers has room: there, in place of the last.
    place.shown = !up && has_x_numbers(panel, options);
    name_in_tick_row(place, size, to_px, style);
    return place;
  }
  LabelPlacer taken(panel, to_px);
  if (other_name) taken.take(other_name->grown(2));
  // On screen one of the corners, so that the name does not wander with the curve.
  const auto is_free = [&](Px left) {
    PxRect words = text_rect(left, size);
    words.y1 += 2;  // half a curve's width; above the letters the ascent leaves as much
    return taken.is_free(words);
  };
  const double left = r.x0 + inset, right = r.x1 - inset - size.width;
  const double near = wish.y, far = up ? r.y1 - inset : r.y0 + inset + 0.8 * size.ascent;
  std::vector<Px> corners = {wish, {up ? right : left, near}};
  // At the other end of the plot it would be taken for the name of the other axis.
  if (const Axis& other = up ? panel.x : panel.y; other.label.empty() && other.unit.empty())
    corners.insert(corners.end(), {{wish.x, far}, {up ? right : left, far}});
  if (const auto free = std::ranges::find_if(corners, is_free); free != corners.end()) {
    place.left = *free;
    return place;
  }
  if (!up && has_x_numbers(panel, options) && has_room_among_ticks(panel.x, size, to_px)) {
    name_in_tick_row(place, size, to_px, style);
    return place;
  }
  place.plate = true;
  return place;
}

NamePlaces name_places(const Panel& panel, const Transform& to_px, Canvas& canvas, const TextStyle& style,
                       const PaintOptions& options) {
  // The ranges in use, by which it is decided whether numbers are counted from an offset.
  const auto in_use = [](Axis axis, const Axis& range) {
    axis.lo = range.lo, axis.hi = range.hi;
    return axis;
  };
  const NamePlace y = place_name(in_use(panel.y, to_px.y()), true, panel, to_px, canvas, style, options);
  std::optional<PxRect> taken;
  if (y.shown && !y.outside) taken = text_rect(y.left, y.name.size());
  return {place_name(in_use(panel.x, to_px.x()), false, panel, to_px, canvas, style, options, taken), y};
}

TextStyle name_style(const Theme& theme, const PaintOptions& options) {
  return {kTickSize * options.type_scale, false, Anchor::left, with_alpha(theme.muted, 1)};
}

void paint_names(const NamePlaces& places, const Theme& theme, const TextStyle& style, Canvas& canvas) {
  if (places.y.shown) paint_name(places.y.name, true, places.y.left, places.y.plate, theme, style, canvas);
  if (places.x.shown) paint_name(places.x.name, false, places.x.left, places.x.plate, theme, style, canvas);
}

}  // namespace

void paint_grid(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& surface,
                const PaintOptions& options) {
  if (draws<FieldMark>(panel) || draws<SurfaceMark>(panel) || draws<Heatmap>(panel)) return;
  BoundedCanvas canvas(surface, to_px.rect());
  const PxRect& r = to_px.rect();
  const Rgba colour = with_alpha(theme.hairline, 0.8);
  if (panel.grid) {
    for (const Tick& tick : y_ticks(panel, to_px, options.type_scale)) {
      const double y = to_px.px_y(tick.value);
      if (y > r.y0 - 0.5 && y < r.y1 - 1) rule(canvas, {r.x0, y}, {r.x1, y}, colour, theme.hairline_px);
    }
  }
  if (!panel.x.ticks && !panel.y.ticks) return;  // words alone have no axes
  const Rgba axis = with_alpha(theme.hairline, 1);
  rule(canvas, {r.x0, r.y0}, {r.x0, r.y1}, axis, theme.hairline_px);
  rule(canvas, {r.x0, r.y1}, {r.x1, r.y1}, axis, theme.hairline_px);
}

double y_tick_width(const Panel& panel, const Transform& to_px, Canvas& canvas, const PaintOptions& options) {
  if (!panel.y.ticks) return 0;
  double width = 0;
  const TextStyle style{kTickSize * options.type_scale, false, Anchor::right, {}};
  for (const Tick& tick : y_ticks(panel, to_px, options.type_scale))
    width = std::max(width, canvas.measure_text(tick.label, style).width);
  return width > 0 ? width + kTickGap : 0;
}

Overhang x_tick_overhang(const Panel& panel, const Transform& to_px, Canvas& canvas,
                         const PaintOptions& options) {
  Overhang out;
  if (!panel.x.ticks) return out;
  const PxRect& r = to_px.rect();
  const TextStyle style{kTickSize * options.type_scale, false, Anchor::centre, {}};
  for (const Tick& tick : fitting_ticks(to_px.x(), r.width(), true, options.type_scale)) {
    const PxRect label = x_tick_label(tick, to_px, canvas, style);
    out.left = std::max(out.left, r.x0 - label.x0);
    out.right = std::max(out.right, label.x1 - r.x1);
  }
  return out;
}

void paint_axes(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& surface,
                const PaintOptions& options) {
  BoundedCanvas canvas(surface, to_px.rect());
  TextStyle style{kTickSize * options.type_scale, false, Anchor::right, with_alpha(theme.muted, 1)};
  const PxRect& r = to_px.rect();
  const double digit_height = 0.71 * style.size_px;
  const NamePlaces names = name_places(panel, to_px, canvas, name_style(theme, options), options);
  if (panel.y.ticks && options.numbers) {
    for (const Tick& tick : y_ticks(panel, to_px, options.type_scale)) {
      canvas.text(tick.label, {r.x0 - kTickGap, to_px.px_y(tick.value) + 0.5 * digit_height}, style);
    }
  }
  if (has_x_numbers(panel, options)) {
    const PxRect named = text_rect(names.x.left, names.x.name.size()).grown(6);
    style.anchor = Anchor::centre;
    for (const Tick& tick : fitting_ticks(to_px.x(), r.width(), true, options.type_scale)) {
      const PxRect label = x_tick_label(tick, to_px, canvas, style);
      const bool taken = options.taken_from < options.taken_to && label.x1 > options.taken_from &&
                         label.x0 < options.taken_to;
      if (taken || (names.x.shown && names.x.outside && named.overlaps(label))) continue;
      canvas.text(tick.label, {0.5 * (label.x0 + label.x1), label.y1}, style);
    }
  }
  paint_names(names, theme, name_style(theme, options), canvas);
}

NameRoom axis_name_room(const Panel& panel, const Transform& to_px, Canvas& canvas,
                        const PaintOptions& options) {
  const TextStyle style{kTickSize * options.type_scale, false, Anchor::left, {}};
  const NamePlaces places = name_places(panel, to_px, canvas, style, options);
  return {places.y.outside ? 20 * options.type_scale : 0, places.x.outside ? 17 * options.type_scale : 0};
}

std::vector<PxRect> axis_name_rects(const Panel& panel, const Transform& to_px, Canvas& canvas,
                                    const PaintOptions& options) {
  const TextStyle style{kTickSize * options.type_scale, false, Anchor::left, {}};
  const NamePlaces places = name_places(panel, to_px, canvas, style, options);
  std::vector<PxRect> out;
  for (const NamePlace* place : {&places.x, &places.y})
    if (place->shown && !place->outside) out.push_back(text_rect(place->left, place->name.size()));
  return out;
}

void paint_axis_names(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                      const PaintOptions& options) {
  const TextStyle style = name_style(theme, options);
  paint_names(name_places(panel, to_px, canvas, style, options), theme, style, canvas);
}

}  // namespace iem::paint
