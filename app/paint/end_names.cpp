#include "app/paint/end_names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <string>

#include "app/paint/curve_name.h"
#include "app/paint/labels.h"
#include "app/paint/shapes.h"

namespace iem::paint {
namespace {

constexpr double kGap = 7, kSample = 22, kBetween = 5;  // px: plot to sample, sample, sample to name
constexpr double kLineHeight = 15, kFormulaHeight = 18;
constexpr double kKeyApart = 14;                    // px between the columns of a key
constexpr double kKeyLine = 14, kMostOfPlot = 0.5;  // of a key inside: a line, and its share of the height

bool is_named(const Line& line) { return line.name_at_end && !line.label.empty(); }

// The curves of a panel whose names stand beside or below it.
std::vector<const Line*> named_lines(const Panel& panel) {
  std::vector<const Line*> out;
  for (const Mark& mark : panel.marks)
    if (const auto* line = std::get_if<Line>(&mark); line && is_named(*line)) out.push_back(line);
  return out;
}

bool is_named_run(const Line* line) { return line->named_on_screen && line->ink.role == Role::lane; }

// A sample of the curve with its hue and dash, and its name behind it; `at` is the left end of the sample.
void paint_sampled_name(const Line& line, Px at, const Theme& theme, Canvas& canvas, double type_scale) {
  const std::array<Px, 2> sample = {{at, {at.x + kSample, at.y}}};
  canvas.polyline(sample, {resolve(theme, line.ink), line.width_px, line.dash});
  write_name(line, {at.x + kSample + kBetween, at.y + 4.2 * type_scale}, theme, canvas, type_scale);
}

// How high the curve ends; nothing when no part of it is in the plot.
std::optional<double> height_of_end(const Line& line, const Transform& to_px) {
  const PxRect seen = to_px.rect().grown(0.5);
  for (std::size_t i = std::min(line.x.size(), line.y.size()); i-- > 0;) {
    const Px p = to_px(line.x[i], line.y[i]);
    if (finite(p) && seen.contains(p)) return p.y;
  }
  return std::nullopt;
}

// Every k-th name, the first and the last among them.
void thin_out(std::vector<EndName>& names, std::size_t most) {
  if (names.size() <= most) return;
  std::vector<EndName> kept;
  for (std::size_t k = 0; k < most; ++k)
    kept.push_back(names[most > 1 ? k * (names.size() - 1) / (most - 1) : 0]);
  names = std::move(kept);
}

// The heights nearest to those wished for (least squares) that are `apart` or more from each other: names
// that touch become a block around the mean of their wishes.
void push_apart(std::vector<EndName>& names, double apart) {
  struct Block {
    double sum = 0;  // of wish - place within the block
    std::size_t count = 0;
    double top() const { return sum / static_cast<double>(count); }
  };
  std::vector<Block> blocks;
  for (const EndName& name : names) {
    blocks.push_back({name.middle, 1});
    while (blocks.size() > 1) {
      Block& above = blocks[blocks.size() - 2];
      const Block& below = blocks.back();
      const double height = apart * static_cast<double>(above.count);
      if (above.top() + height <= below.top()) break;
      above.sum += below.sum - height * static_cast<double>(below.count);
      above.count += below.count;
      blocks.pop_back();
    }
  }
  std::size_t i = 0;
  for (const Block& block : blocks)
    for (std::size_t k = 0; k < block.count; ++k)
      names[i++].middle = block.top() + apart * static_cast<double>(k);
}

double apart_of(const Panel& panel) {
  const bool formulas = std::ranges::any_of(named_lines(panel), &Line::label_tex);
  return formulas ? kFormulaHeight : kLineHeight;
}

double key_line(const Panel& panel) {
  const bool formulas = std::ranges::any_of(named_lines(panel), &Line::label_tex);
  return formulas ? kFormulaHeight : kKeyLine;
}

// How many names stand above each other within `height`.
std::size_t rows_in(double height, double apart) {
  return static_cast<std::size_t>(std::max(1.0, std::floor(height / apart) + 1));
}

}  // namespace

bool end_names_fit(const Panel& panel, double height_px) {
  return named_lines(panel).size() <= rows_in(height_px, apart_of(panel));
}

std::vector<EndName> place_end_names(const Panel& panel, const Transform& to_px, double type_scale) {
  std::vector<EndName> names;
  for (const Line* line : named_lines(panel))
    if (const auto y = height_of_end(*line, to_px)) names.push_back({line, *y});
  std::ranges::stable_sort(names, {}, &EndName::middle);
  const double apart = apart_of(panel) * type_scale;
  const PxRect& plot = to_px.rect();
  thin_out(names, rows_in(plot.height(), apart));
  push_apart(names, apart);
  if (names.empty()) return names;
  // A block that reaches beyond the plot moves back as a whole.
  const double most = plot.y1, least = plot.y0;
  for (std::size_t i = names.size(); i-- > 0;)
    names[i].middle = std::min(names[i].middle, most - apart * static_cast<double>(names.size() - 1 - i));
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i].middle = std::max(names[i].middle, least + apart * static_cast<double>(i));
  return names;
}

double end_name_room(const Panel& panel, Canvas& canvas, const PaintOptions& options) {
  double widest = 0;
  for (const Line* line : named_lines(panel))
    widest = std::max(widest, measure_name(*line, canvas, options.type_scale).width);
  return widest > 0 ? kGap + kSample + kBetween + widest : 0;
}

void paint_end_names(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                     const PaintOptions& options) {
  for (const EndName& name : place_end_names(panel, to_px, options.type_scale))
    paint_sampled_name(*name.line, {to_px.rect().x1 + kGap, name.middle}, theme, canvas, options.type_scale);
}

NamesBelow names_below(const std::vector<Panel>& panels, double width_px, Canvas& canvas) {
  constexpr double kApart = 18;
  NamesBelow out;
  std::set<std::string> said;
  double widest = 0;
  for (const Panel& panel : panels)
    for (const Line* line : named_lines(panel)) {
      if (!said.insert(line->label).second) continue;
      out.lines.push_back(*line);
      if (!line->label_tex)
        out.lines.back().label = cut_words(line->label, width_px - kSample - kBetween,
                                           {kNameSize, false, Anchor::left, {}}, canvas);
      widest = std::max(widest, kSample + kBetween + measure_name(out.lines.back(), canvas, 1).width);
    }
  if (out.lines.empty()) return out;
  out.column_px = widest + kApart;
  out.columns = static_cast<std::size_t>(std::max(1.0, std::floor((width_px + kApart) / out.column_px)));
  out.height_px = kLineHeight * static_cast<double>((out.lines.size() + out.columns - 1) / out.columns);
  return out;
}

void paint_names_below(const NamesBelow& names, Px top_left, const Theme& theme, Canvas& canvas) {
  for (std::size_t i = 0; i < names.lines.size(); ++i) {
    const double x = top_left.x + names.column_px * static_cast<double>(i % names.columns);
    const double y = top_left.y + kLineHeight * (static_cast<double>(i / names.columns) + 0.5);
    paint_sampled_name(names.lines[i], {x, y}, theme, canvas, 1);
  }
}

bool key_fits(const Panel& panel, double height_px) {
  return key_line(panel) * static_cast<double>(named_lines(panel).size()) <= kMostOfPlot * height_px;
}

bool names_runs(const Panel& panel) { return std::ranges::count_if(named_lines(panel), is_named_run) >= 2; }

bool has_key(const Panel& panel, const PaintOptions& options) {
  if (options.key_inside) return !named_lines(panel).empty();
  if (options.place_labels) return false;
  return std::ranges::count_if(named_lines(panel), is_named_run) >= 3;
}

namespace {

// What a key keeps clear of besides the marks: the names of the axes, and texts. Muted ones give way to it.
void take_words(const Panel& panel, const Transform& to_px, Canvas& canvas, const PaintOptions& options,
                LabelPlacer& taken) {
  for (const PxRect& name : axis_name_rects(panel, to_px, canvas, options)) taken.take(name.grown(2));
  for (const Mark& mark : panel.marks) {
    const auto* text = std::get_if<Text>(&mark);
    if (!text || (!options.place_labels && text->ink.role == Role::muted)) continue;
    if (const auto wish = text_wish(*text, to_px, canvas, options.type_scale))
      taken.take(text_rect(wish->left, wish->size).grown(2));
  }
}

// The names of a key with so many columns, within `plot`; nothing where it would hide what it names.
std::optional<TextExtent> key_size(const Key& key, std::size_t columns, const PxRect& plot) {
  const std::size_t rows = (key.lines.size() + columns - 1) / columns;
  const double width = key.column_px * static_cast<double>(columns) - kKeyApart;
  const double height = key.line_px * static_cast<double>(rows);
  if (height > kMostOfPlot * plot.height() || (columns > 1 && width > plot.width() - 14)) return {};
  return TextExtent{width, height, 0};
}

}  // namespace

Key place_key(const Panel& panel, const Transform& to_px, Canvas& canvas, const PaintOptions& options,
              bool asked) {
  Key key;
  if (!asked && !has_key(panel, options)) return key;
  double widest = 0;
  for (const Line* line : named_lines(panel)) {
    if (!line->named_on_screen && !options.key_inside) continue;
    key.lines.push_back(line);
    widest = std::max(widest, measure_name(*line, canvas, options.type_scale).width);
  }
  // Runs in the order in which they stand elsewhere: the first is drawn last, above the others.
  std::ranges::stable_sort(key.lines, {}, [](const Line* line) {
    return line->ink.role == Role::lane ? line->ink.index : std::numeric_limits<int>::max();
  });
  key.line_px = key_line(panel) * options.type_scale;
  key.column_px = kSample + kBetween + widest + kKeyApart;
  const PxRect& plot = to_px.rect();
  LabelPlacer taken(panel, to_px);
  take_words(panel, to_px, canvas, options, taken);
  // On paper it stands in a corner whatever is there, since room has been counted for it.
  const std::size_t most = options.key_inside ? 1 : key.lines.size();
  for (const bool corners : {true, false})
    for (key.columns = 1; key.columns <= most; ++key.columns) {
      const auto size = key_size(key, key.columns, plot);
      if (!size || (!corners && options.key_inside)) continue;
      const Corner place = corners ? free_corner(taken, plot, size->width, size->ascent)
                                   : free_place(taken, plot, size->width, size->ascent);
      if (!place.free && !options.key_inside) continue;
      key.box = place.box, key.on_plate = !place.free, key.shown = true;
      return key;
    }
  return key;
}

void paint_key(const Key& key, const Theme& theme, Canvas& canvas, const PaintOptions& options) {
  if (!key.shown) return;
  if (key.on_plate) paint_plate(canvas, key.box, theme);
  for (std::size_t i = 0; i < key.lines.size(); ++i) {
    const double x = key.box.x0 + key.column_px * static_cast<double>(i % key.columns);
    const double y = key.box.y0 + key.line_px * (static_cast<double>(i / key.columns) + 0.5);
    paint_sampled_name(*key.lines[i], {x, y}, theme, canvas, options.type_scale);
  }
}

}  // namespace iem::paint
