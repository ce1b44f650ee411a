#include "app/paint/heatmap_paint.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "core/base/number.h"
#include "core/field/pool_cells.h"

namespace iem::paint {
namespace {

struct Cells {
  const Heatmap& map;
  const Theme& theme;
  double limit;
  HeatColours colours{theme, map.is_signed};
  std::size_t place(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(map.columns) +
           static_cast<std::size_t>(column);
  }
  double value(int row, int column) const { return map.values[place(row, column)]; }
  std::uint8_t kind(int row, int column) const { return map.kinds[place(row, column)]; }
  Rgb colour(int row, int column) const { return colours(value(row, column) / limit); }
};

// The given rows and columns of a map, every `stride`-th of them.
struct CellsOf {
  std::vector<double> values;
  std::vector<std::uint8_t> kinds;
  CellsOf(const Heatmap& map, std::pair<int, int> rows, std::pair<int, int> columns, int stride = 1) {
    for (int row = rows.first; row < rows.second; row += stride)
      for (int column = columns.first; column < columns.second; column += stride) {
        const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(map.columns) +
                        static_cast<std::size_t>(column);
        values.push_back(map.values[at]);
        if (!map.kinds.empty()) kinds.push_back(map.kinds[at]);
      }
  }
  void give(Heatmap& map) const { map.values = values, map.kinds = kinds; }
};

double full_colour(const Heatmap& map) {
  double limit = map.limit;
  if (limit <= 0) {
    for (double v : map.values) limit = std::isfinite(v) ? std::max(limit, std::abs(v)) : limit;
  }
  return limit > 0 ? limit : 1;
}

// A table of the colours of maps, finer than eight bits per channel. It depends on the theme and on the sign
// alone, and takes longer to make than most maps to paint: made once.
class Ramp {
 public:
  static const Ramp& of(const Theme& theme, bool is_signed) {
    static std::map<std::pair<ThemeId, bool>, Ramp> known;
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    return known.try_emplace({theme.id, is_signed}, theme, is_signed).first->second;
  }
  Ramp(const Theme& theme, bool is_signed) : missing_(to_bytes(theme.hairline)), low_(is_signed ? -1 : 0) {
    const HeatColours colours(theme, is_signed);
    for (std::size_t i = 0; i < bytes_.size(); ++i)
      bytes_[i] = to_bytes(colours(low_ + (1 - low_) * static_cast<double>(i) / kLast));
  }
  // At this part of the full colour.
  std::array<std::uint8_t, 3> at(double part) const {
    if (std::isnan(part)) return missing_;
    const double t = std::clamp(part, low_, 1.0);
    return bytes_[static_cast<std::size_t>(std::lround((t - low_) / (1 - low_) * kLast))];
  }

 private:
  static constexpr double kLast = 1023;
  std::array<std::uint8_t, 3> missing_;
  double low_;
  std::array<std::array<std::uint8_t, 3>, 1024> bytes_;
};

// The colours of a map of kinds: of each kind a row of shades over paper, from the full colour to its palest,
// mixed in OKLab.
class KindShades {
 public:
  KindShades(const Theme& theme, const Heatmap& map) {
    const Oklab paper = to_oklab(theme.paper);
    for (const Heatmap::Kind& kind : map.known) {
      const double palest = kind.fades ? 0.3 : 1;  // of the full colour
      const Rgba ink = resolve(theme, kind.ink);
      const Oklab full = to_oklab(ink.rgb);
      for (int i = 0; i < kShades; ++i) {
        const double part = ink.a * (1 - (1 - palest) * i / (kShades - 1));
        const auto mixed = [part](double a, double b) { return a + part * (b - a); };
        bytes_.push_back(bytes_of({mixed(paper.L, full.L), mixed(paper.a, full.a), mixed(paper.b, full.b)}));
      }
    }
  }
  // At this part of the way to the limit.
  std::array<std::uint8_t, 3> at(std::uint8_t kind, double part) const {
    const int shade = static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * (kShades - 1)));
    return bytes_[static_cast<std::size_t>(kind) * kShades + static_cast<std::size_t>(shade)];
  }

 private:
  static constexpr int kShades = 256;
  std::vector<std::array<std::uint8_t, 3>> bytes_;
};

// Each cell is blown up to whole pixels: viewers that smooth pictures anyway then blur only the rims.
Image picture(const Cells& cells, double cell_px, double density) {
  const int zoom = std::clamp(static_cast<int>(std::ceil(cell_px * density)), 1, 8);
  Image image;
  image.width = cells.map.columns * zoom, image.height = cells.map.rows * zoom;
  image.zoom = zoom;
  image.rgba.reserve(4 * static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  std::uint64_t key = 1469598103934665603ull;  // FNV-1a over what the pixels depend on
  const auto stir = [&](double v) { key = (key ^ std::bit_cast<std::uint64_t>(v)) * 1099511628211ull; };
  const Ramp& ramp = Ramp::of(cells.theme, cells.map.is_signed);
  const KindShades shades(cells.theme, cells.map);
  const std::size_t line = 4 * static_cast<std::size_t>(image.width);
  for (int row = 0; row < cells.map.rows; ++row) {
    for (int column = 0; column < cells.map.columns; ++column) {
      const double part = cells.value(row, column) / cells.limit;
      const auto bytes = cells.map.kinds.empty() ? ramp.at(part) : shades.at(cells.kind(row, column), part);
      const std::uint8_t alpha = std::isfinite(cells.value(row, column)) ? 255 : 0;
      for (int i = 0; i < zoom; ++i)
        image.rgba.insert(image.rgba.end(), {bytes[0], bytes[1], bytes[2], alpha});
    }
    for (int i = 1; i < zoom; ++i) {
      image.rgba.resize(image.rgba.size() + line);
      std::copy_n(image.rgba.end() - static_cast<std::ptrdiff_t>(2 * line), line,
                  image.rgba.end() - static_cast<std::ptrdiff_t>(line));
    }
  }
  for (double v : cells.map.values) stir(v);
  for (const std::uint8_t kind : cells.map.kinds) stir(kind);
  for (double v : {cells.limit, double(zoom), double(cells.map.columns),
                   double(static_cast<int>(cells.theme.id)), double(cells.map.is_signed)}) {
    stir(v);
  }
  image.key = key;
  return image;
}

// The map with no more cells than there are pixels to show them, as every n-th of them: kinds have no mean.
void paint_picked(const Heatmap& map, double limit, std::int64_t most, const Transform& to_px,
                  const Theme& theme, Canvas& canvas, const PaintOptions& options) {
  const int longest = std::max(map.rows, map.columns);
  const int stride = static_cast<int>((longest + most - 1) / most);
  const CellsOf picked(map, {0, map.rows}, {0, map.columns}, stride);
  Heatmap fewer = map;
  fewer.rows = (map.rows + stride - 1) / stride, fewer.columns = (map.columns + stride - 1) / stride;
  fewer.limit = limit;
  picked.give(fewer);
  fewer.x1 = map.x0 + (map.x1 - map.x0) * stride * fewer.columns / map.columns;
  fewer.y0 = map.y1 - (map.y1 - map.y0) * stride * fewer.rows / map.rows;  // row 0 is at y1
  paint_heatmap(fewer, to_px, theme, canvas, options);
}

// The map with no more cells than there are pixels to show them; extremes survive.
void paint_pooled(const Heatmap& map, double limit, std::int64_t most, const Transform& to_px,
                  const Theme& theme, Canvas& canvas, const PaintOptions& options) {
  PooledCells pooled(map.rows, map.columns, most, std::numeric_limits<double>::quiet_NaN());
  for (int row = 0; row < map.rows; ++row)
    pooled.add(row, map.values.data() + static_cast<std::ptrdiff_t>(row) * map.columns, map.columns);
  Heatmap fewer = map;
  fewer.rows = pooled.rows(), fewer.columns = pooled.columns();
  fewer.values = pooled.values();
  fewer.limit = limit;
  // The last cells may reach over the edge.
  const auto side = static_cast<double>(pooled.side());
  fewer.x1 = map.x0 + (map.x1 - map.x0) * side * pooled.columns() / map.columns;
  fewer.y1 = map.y0 + (map.y1 - map.y0) * side * pooled.rows() / map.rows;
  paint_heatmap(fewer, to_px, theme, canvas, options);
}

// Which of `count` cells from `first` on, each `each` pixels long, reach between lo and hi: [begin, end).
std::pair<int, int> cells_between(double first, double each, int count, double lo, double hi) {
  const auto cell = [&](double at) { return static_cast<int>(std::clamp(at, 0.0, double(count))); };
  return {cell(std::floor((lo - first) / each)), cell(std::ceil((hi - first) / each))};
}

// Paints a map without the rows and columns outside the plot, of which a zoomed map has very many. Returns
// false, painting nothing, where there are none.
bool paint_visible(const Heatmap& map, const PxRect& all, double limit, const Transform& to_px,
                   const Theme& theme, Canvas& canvas, const PaintOptions& options) {
  const PxRect& plot = to_px.rect();
  const auto [left, right] =
      cells_between(all.x0, all.width() / map.columns, map.columns, plot.x0 - 1, plot.x1 + 1);
  const auto [top, bottom] =
      cells_between(all.y0, all.height() / map.rows, map.rows, plot.y0 - 1, plot.y1 + 1);
  const int columns = right - left, rows = bottom - top;
  if (columns == map.columns && rows == map.rows) return false;
  if (columns <= 0 || rows <= 0) return true;
  const CellsOf visible(map, {top, bottom}, {left, right});
  Heatmap part = map;
  part.rows = rows, part.columns = columns, part.limit = limit;
  visible.give(part);
  // Row 0 is at the top and column 0 at the left, whichever way the axes run.
  const bool mirrored = to_px.px_x(map.x1) < to_px.px_x(map.x0),
             standing = to_px.px_y(map.y1) < to_px.px_y(map.y0);
  const double dx = (map.x1 - map.x0) / map.columns, dy = (map.y1 - map.y0) / map.rows;
  part.x0 = mirrored ? map.x1 - dx * right : map.x0 + dx * left;
  part.x1 = part.x0 + dx * columns;
  part.y0 = standing ? map.y1 - dy * bottom : map.y0 + dy * top;
  part.y1 = part.y0 + dy * rows;
  paint_heatmap(part, to_px, theme, canvas, options);
  return true;
}

}  // namespace

void paint_heatmap(const Heatmap& map, const Transform& to_px, const Theme& theme, Canvas& canvas,
                   const PaintOptions& options) {
  if (map.rows <= 0 || map.columns <= 0) return;
  if (map.values.size() < static_cast<std::size_t>(map.rows) * static_cast<std::size_t>(map.columns)) return;
  const Cells cells{map, theme, full_colour(map)};
  const Px a = to_px(map.x0, map.y0), b = to_px(map.x1, map.y1);
  if (!finite(a) || !finite(b)) return;
  const PxRect all{std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
  const double w = all.width() / map.columns, h = all.height() / map.rows;
  if (paint_visible(map, all, cells.limit, to_px, theme, canvas, options)) return;
  if (const double pixels = std::min(w, h) * options.image_density; pixels < 1) {
    const auto most = static_cast<std::int64_t>(pixels * std::max(map.rows, map.columns));
    if (most < 1) return;
    return map.kinds.empty() ? paint_pooled(map, cells.limit, most, to_px, theme, canvas, options)
                             : paint_picked(map, cells.limit, most, to_px, theme, canvas, options);
  }
  if (map.smooth)
    return canvas.image(picture(cells, 1 / options.image_density, options.image_density), all, true);
  if (std::min(w, h) < 6 || !map.kinds.empty()) {
    canvas.image(picture(cells, std::min(w, h), options.image_density), all, false);
    return;
  }
  const double type = options.type_scale * std::clamp(h / options.type_scale - 2, 10.0, 12.0);
  TextStyle style{type, false, Anchor::centre, {}};
  const bool tiny = cells.limit < 0.005;  // two decimals would all be 0
  const auto words = [&](double v, int decimals) {
    return tiny ? format_number(v, 1) : format_fixed(v, decimals);
  };
  int decimals = !map.cell_text ? -1 : cells.limit < 0.1 ? 3 : 2;
  while (decimals >= 0 &&
         canvas.measure_text(words(map.is_signed ? -0.88 * cells.limit : 0.88 * cells.limit, decimals), style)
                 .width > w - 4) {
    --decimals;
  }
  const double gap = std::min(w, h) >= 10 ? 1 : 0.5;
  for (int row = 0; row < map.rows; ++row) {
    for (int column = 0; column < map.columns; ++column) {
      if (!std::isfinite(cells.value(row, column))) continue;
      const double x = all.x0 + column * w, y = all.y0 + row * h;
      const Rgb colour = cells.colour(row, column);
      canvas.fill_rect({x + gap / 2, y + gap / 2, x + w - gap / 2, y + h - gap / 2}, with_alpha(colour, 1));
      if (decimals < 0 || h < style.size_px + 1) continue;
      style.colour = with_alpha(text_on(colour), 1);
      canvas.text(words(cells.value(row, column), decimals), {x + w / 2, y + h / 2 + 0.355 * style.size_px},
                  style);
    }
  }
}

}  // namespace iem::paint
