// The words of a panel: texts, names of pinned points, labels of curves. They come last, over everything.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "app/paint/bounded_canvas.h"
#include "app/paint/brush.h"
#include "app/paint/curve_name.h"
#include "app/paint/end_names.h"
#include "app/paint/labels.h"
#include "app/paint/shapes.h"

namespace iem::paint {
namespace {

constexpr double kBesideLine = 3;  // px from a line through the plot to a name that it is not to cross

// Clear of curves too where there is such a place, else of marks and other names.
Px named_from_near(const Text& text, Px wish, const TextExtent& size, const Brush& b, LabelPlacer& placer,
                   LabelPlacer& plates) {
  Px left = wish;
  if (!plates.is_free(text_rect(wish, size))) {
    const Px mark = b.to_px(text.x, text.y);
    const auto clear = placer.around(mark, wish, size, text.reach_px);
    left = clear.free ? clear.left : plates.around(mark, wish, size, text.reach_px).left;
  }
  plates.take(text_rect(left, size));
  return left;
}

void paint_text(const Text& text, const Brush& b, LabelPlacer& placer, LabelPlacer& plates) {
  const auto wish = text_wish(text, b.to_px, b.canvas, b.options.type_scale);
  if (!wish) return;
  TextStyle style = wish->style;
  style.colour = resolve(b.theme, text.ink);
  const TextExtent size = wish->size;
  Px left = wish->left;
  if (text.reach_px > 0 && b.options.searches_places())
    left = named_from_near(text, left, size, b, placer, plates);
  if (text.plate) {
    left = plates.around(b.to_px(text.x, text.y), left, size, 60).left;
    plates.take(text_rect(left, size).grown(3));
    paint_plate(b.canvas, text_rect(left, size), b.theme);
  }
  if (!b.options.place_labels && text.ink.role == Role::muted && placer.covers(text_rect(left, size))) return;
  text.tex ? b.canvas.formula(text.text, left, style) : b.canvas.text(text.text, left, style);
  placer.take(text_rect(left, size).grown(2));
}

// The name of a pinned point at the end of a leader: up and to the left, or where there is room.
void paint_name(const RingMark& ring, const Brush& b, LabelPlacer& placer) {
  const Px p = b.to_px(ring.x, ring.y);
  if (ring.label.empty() || !b.shows(p)) return;
  const TextStyle style{kNameSize * b.options.type_scale, true, Anchor::left, with_alpha(b.theme.ink, 1)};
  const TextExtent size =
      ring.marked ? b.canvas.measure_marked(ring.label, style) : b.canvas.measure_text(ring.label, style);
  struct NamePlace {
    Px knee, words;
  };
  std::vector<NamePlace> spots;
  for (double reach : {30.0, 46.0, 64.0}) {
    for (const Px way : {Px{-1, -1}, Px{1, -1}, Px{-1, 1}, Px{1, 1}}) {
      const Px knee{p.x + way.x * reach, p.y + way.y * reach};
      spots.push_back(
          {knee, {way.x > 0 ? knee.x + 2 : knee.x - 2 - size.width, knee.y + (way.y > 0 ? size.ascent : 0)}});
    }
  }
  const auto is_inside = [&](const NamePlace& s) {
    const PxRect rect = text_rect(s.words, size).grown(4);
    const PxRect& plot = b.to_px.rect();
    return plot.contains({rect.x0, rect.y0}) && plot.contains({rect.x1, rect.y1});
  };
  const auto fits = [&](const NamePlace& s) {
    return is_inside(s) &&
           (!b.options.searches_places() || placer.is_free(text_rect(s.words, size).grown(4)));
  };
  auto found = std::find_if(spots.begin(), spots.end(), fits);
  if (found == spots.end()) found = std::find_if(spots.begin(), spots.end(), is_inside);
  if (found == spots.end()) return;  // a plot too small for words: they would cover the numbers beside it
  const NamePlace spot = *found;
  const Px rim{p.x + (spot.knee.x > p.x ? 1 : -1) * 9.9 * b.options.mark_scale,
               p.y + (spot.knee.y > p.y ? 1 : -1) * 9.9 * b.options.mark_scale};
  const std::array<Px, 2> leader = {rim, spot.knee};
  b.canvas.polyline(leader, {with_alpha(b.theme.paper, 0.9), 3});
  b.canvas.polyline(leader, {style.colour, 1});
  paint_plate(b.canvas, text_rect(spot.words, size), b.theme);
  ring.marked ? b.canvas.marked_text(ring.label, spot.words, style)
              : b.canvas.text(ring.label, spot.words, style);
  placer.take(text_rect(spot.words, size).grown(4));
}

std::vector<Px> in_pixels(const Line& line, const Transform& to_px) {
  std::vector<Px> curve;
  for (std::size_t i = 0; i < std::min(line.x.size(), line.y.size()); ++i)
    curve.push_back(to_px(line.x[i], line.y[i]));
  return curve;
}

// Whether each curve that a key could name has room for its name on itself. Those out of view need none.
bool has_room_for_names(const Brush& b, LabelPlacer placer, LabelPlacer::NameSearch search) {
  for (const Mark& mark : b.panel.marks) {
    const auto* text = std::get_if<Text>(&mark);
    if (!text || text->ink.role == Role::muted) continue;  // a muted one gives way
    if (const auto wish = text_wish(*text, b.to_px, b.canvas, b.options.type_scale))
      placer.take(text_rect(wish->left, wish->size).grown(2));
  }
  const PxRect seen = b.to_px.rect().grown(0.5);
  return std::ranges::none_of(b.panel.marks, [&](const Mark& mark) {
    const auto* line = std::get_if<Line>(&mark);
    if (!line || !line->name_at_end || !line->named_on_screen || line->label.empty()) return false;
    const std::vector<Px> curve = in_pixels(*line, b.to_px);
    if (std::ranges::none_of(curve, [&](Px p) { return finite(p) && seen.contains(p); })) return false;
    const TextExtent size = measure_name(*line, b.canvas, b.options.type_scale);
    return !placer.on_curve(*line, curve, size, search).visible;
  });
}

void paint_label(const Line& line, const Brush& b, LabelPlacer& placer, LabelPlacer::NameSearch search) {
  if (line.label.empty() || !(line.named_on_screen || b.options.place_labels)) return;
  const TextExtent size = measure_name(line, b.canvas, b.options.type_scale);
  const std::vector<Px> curve = in_pixels(line, b.to_px);
  const auto place = placer.on_curve(line, curve, size, search);
  if (!place.visible) return;
  const PxRect words = text_rect(place.left, size);
  const bool crossed = words.x0 - kBesideLine < b.options.line_x && b.options.line_x < words.x1 + kBesideLine;
  if (!place.free || crossed || draws<Heatmap>(b.panel)) paint_plate(b.canvas, words, b.theme);
  write_name(line, place.left, b.theme, b.canvas, b.options.type_scale);
}

}  // namespace

void paint_words(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& surface,
                 const PaintOptions& options) {
  const bool any = std::any_of(panel.marks.begin(), panel.marks.end(), [&](const Mark& m) {
    const auto* line = std::get_if<Line>(&m);
    return std::holds_alternative<Text>(m) || std::holds_alternative<RingMark>(m) ||
           (options.key_inside && std::holds_alternative<Legend>(m)) || (line && !line->label.empty());
  });
  if (!any) return;
  BoundedCanvas canvas(surface, to_px.rect());
  const Brush brush{panel, to_px, theme, canvas, options, surface};
  // On screen words stay where they are put, except for names of curves over steps and of runs, which the
  // curves would come to cross. Only a search needs to know what is taken.
  const bool runs =
      !options.place_labels && names_runs(panel) && !draws<FieldMark>(panel) && !draws<Heatmap>(panel);
  const bool search = options.searches_places() || panel.x.quantity == Quantity::step || runs;
  using enum LabelPlacer::NameSearch;
  const LabelPlacer::NameSearch of_names = !search ? none : options.place_labels ? else_wish : else_own;
  static const Panel empty;
  LabelPlacer placer(search ? panel : empty, to_px);
  LabelPlacer plates = LabelPlacer::for_plates(options.searches_places() ? panel : empty, to_px);
  if (search)
    for (const PxRect& name : axis_name_rects(panel, to_px, canvas, options)) placer.take(name.grown(2));
  if (search && !std::isnan(options.line_x))
    placer.take(
        {options.line_x - kBesideLine, to_px.rect().y0, options.line_x + kBesideLine, to_px.rect().y1});
  Key key = place_key(panel, to_px, canvas, options);
  if (of_names == else_own && !key.shown && !has_room_for_names(brush, placer, of_names))
    key = place_key(panel, to_px, canvas, options, true);
  if (key.shown) placer.take(key.box.grown(2));
  canvas.begin_group("labels");
  // On screen what is muted gives way to other words.
  for (const bool muted : {false, true})
    for (const Mark& mark : panel.marks) {
      const auto* text = std::get_if<Text>(&mark);
      if (text && (options.place_labels ? !muted : muted == (text->ink.role == Role::muted)))
        paint_text(*text, brush, placer, plates);
    }
  for (const Mark& mark : panel.marks) {
    if (const auto* ring = std::get_if<RingMark>(&mark)) paint_name(*ring, brush, plates);
  }
  for (const Mark& mark : panel.marks) {
    const auto* line = std::get_if<Line>(&mark);
    const bool elsewhere =
        line && line->name_at_end && (options.names_at_ends || options.names_in_key || key.shown);
    if (line && !elsewhere) paint_label(*line, brush, placer, of_names);
  }
  paint_key(key, theme, canvas, options);
  if (options.key_inside) paint_legend_inside(brush, key.box);
  canvas.end_group();
}

}  // namespace iem::paint
