// The stage of points in more than two dimensions: the rows of W. Where the inputs are the pixels of a
// square, the rows are shown as pictures, each in a frame whose thickness is the unit's r for the pinned
// point, which is shown beside them; else they are rows of a matrix.
#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/figure/ticks.h"
#include "core/labs/layer/figures/formulas.h"
#include "core/labs/layer/figures/list.h"
#include "core/labs/layer/figures/phases.h"

namespace iem {
namespace {

constexpr double kGap = 1.6;        // between tiles, in pixels of a picture
constexpr double kFoot = 1.3;       // below a tile, for its number
constexpr double kWordsBelow = 12;  // px below a tile: clear of its frame and of that of the row below
constexpr double kHeadRow = 1.4;    // pixels of a picture beside it: lower than a line, it has no room
constexpr double kPairRow = 1.23;   // of a word and a number: there they would meet where tiles are narrow
constexpr Eigen::Index kNamedTiles = 64;
constexpr double kClipped = 0.985;  // of the weights are within the scale

Eigen::Index side_of(Eigen::Index inputs) {
  const auto side = static_cast<Eigen::Index>(std::lround(std::sqrt(static_cast<double>(inputs))));
  return side * side == inputs && side > 2 ? side : 0;
}

double weight_scale(const Eigen::Ref<const Layer::RowMajor>& w) {
  std::vector<double> sizes;
  for (Eigen::Index j = 0; j < w.rows(); ++j)
    for (Eigen::Index a = 0; a < w.cols(); ++a)
      if (std::isfinite(w(j, a))) sizes.push_back(std::abs(w(j, a)));
  if (sizes.empty()) return 1;
  const auto at =
      sizes.begin() + static_cast<std::ptrdiff_t>(kClipped * static_cast<double>(sizes.size() - 1));
  std::nth_element(sizes.begin(), at, sizes.end());
  return *at > 0 ? *at : 1;
}

Line tile_frame(Figure& figure, const std::string& series, double x0, double y0, double x1, double y1,
                Ink ink, double width_px) {
  Line line{.series = series, .x = {}, .y = {}, .ink = ink, .width_px = width_px};
  line.x = figure.own({x0, x1, x1, x0, x0});
  line.y = figure.own({y0, y0, y1, y1, y0});
  return line;
}

// The layout of the tiles: rows from the top, y upwards.
struct Tiles {
  Eigen::Index units, side, columns, rows;
  double pitch_x, pitch_y;
  Tiles(Eigen::Index k, Eigen::Index pixels)
      : units(k),
        side(pixels),
        columns(static_cast<Eigen::Index>(std::ceil(std::sqrt(static_cast<double>(k))))),
        rows((k + columns - 1) / columns),
        pitch_x(static_cast<double>(pixels) + kGap),
        pitch_y(static_cast<double>(pixels) + kGap + kFoot) {}
  double left(Eigen::Index j) const { return pitch_x * static_cast<double>(j % columns); }
  double top(Eigen::Index j) const { return -pitch_y * static_cast<double>(j / columns); }
  double width() const { return pitch_x * static_cast<double>(columns) - kGap; }
  double words() const { return 0.8 * (kGap + kFoot); }  // of the strip below a tile, for words
  double height() const { return pitch_y * static_cast<double>(rows) - kGap; }
};

// A picture of side x side numbers with its top left corner at (x, y), `size` wide.
Heatmap picture_of(Figure& figure, const std::string& series, Eigen::RowVectorXd numbers, Eigen::Index side,
                   double x, double y, double size) {
  Heatmap map{.series = series, .rows = static_cast<int>(side), .columns = static_cast<int>(side)};
  map.values = figure.own({numbers.begin(), numbers.end()});
  map.x0 = x, map.x1 = x + size, map.y0 = y - size, map.y1 = y;
  return map;
}

class FilterStage {
 public:
  FilterStage(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
              const PhaseInView& phases)
      : phases_(phases),
        figure_(figure),
        panel_(panel),
        snapshot_(snapshot),
        model_(layer_of(snapshot)),
        tiles_(model_.units(), side_of(model_.inputs())),
        point_(shown_point(snapshot, view)),
        unit_(shown_unit(snapshot, view)),
        chosen_(is_unit_chosen(snapshot, view)) {
    const Eigen::MatrixXd& r = snapshot.evaluation.responsibilities;
    if (point_ >= 0 && point_ < r.rows()) r_ = r.row(point_), d_ = snapshot.evaluation.energies.row(point_);
    if (point_ >= r.rows()) point_ = -1;
    theta_ = shown_theta(snapshot, phases);
    if (phases.on() && (point_ >= 0 || phases.now().in_m_step)) lengths_ = lengths_of_units(phases);
  }

  void draw(double scale) {
    const auto w = model_.weights(theta_);
    for (Eigen::Index j = 0; j < model_.units(); ++j) {
      Heatmap tile = picture_of(figure_, "unit " + std::to_string(j + 1), w.row(j), tiles_.side,
                                tiles_.left(j), tiles_.top(j), static_cast<double>(tiles_.side));
      tile.is_signed = true;
      tile.limit = scale;
      tile.element = {ElementId::Kind::prototype, static_cast<int>(j)};
      panel_.marks.push_back(std::move(tile));
      add_frame(j);
      if (model_.units() <= kNamedTiles) add_words(j);
    }
    double right = tiles_.width();
    if (point_ >= 0) right = add_point();
    panel_.x.lo = -1, panel_.x.hi = right + 1;
    panel_.y.lo = -tiles_.height() - 1, panel_.y.hi = 1;
  }

 private:
  // The part of the responsibilities that the shown phase has computed already, 0 to 1.
  double answers() const {
    if (!phases_.stands_still()) return 1;
    const auto has_come = std::ranges::find_if(phases_.all, &Phase::is_share) - phases_.all.begin();
    return phases_.index < has_come ? 0 : phases_.index > has_come ? 1 : phases_.part;
  }

  // A frame 1 px outside the tile, as thick as r; the chosen unit has an additional frame.
  void add_frame(Eigen::Index j) {
    constexpr double kOff = 0.22, kThickest = 3.2;
    const double x = tiles_.left(j), y = tiles_.top(j), s = static_cast<double>(tiles_.side);
    const double share = r_.size() > 0 && answers() > 0 ? answers() * r_[j] / r_.maxCoeff() : 0.3;
    panel_.marks.push_back(tile_frame(figure_, "frame " + std::to_string(j + 1), x - kOff, y - s - kOff,
                                      x + s + kOff, y + kOff, {Role::muted},
                                      std::max(0.4, kThickest * share)));
    if (j != unit_ || !chosen_) return;
    panel_.marks.push_back(tile_frame(figure_, "chosen", x - 2.2 * kOff, y - s - 2.2 * kOff,
                                      x + s + 2.2 * kOff, y + 2.2 * kOff, {Role::accent}, 2));
  }

  // The unit's number, and the pinned point's distance from it as a bar and a number.
  void add_words(Eigen::Index j) {
    const double x = tiles_.left(j), y = tiles_.top(j) - static_cast<double>(tiles_.side);
    Text name{.x = x, .y = y, .text = std::to_string(j + 1), .ink = {Role::muted}};
    name.dy_px = kWordsBelow;
    name.bold = j == unit_ && chosen_;
    if (name.bold) name.ink = {Role::accent};
    name.row = tiles_.words();
    panel_.marks.push_back(std::move(name));
    if (phases_.on()) return add_phase_bar(j);
    if (d_.size() == 0) return;
    Text number{.x = x + static_cast<double>(tiles_.side),
                .y = y,
                .text = format_fixed(d_[j], 1),
                .ink = {Role::ink}};
    number.dy_px = kWordsBelow;
    number.anchor = Anchor::right;
    number.row = tiles_.words();
    if (d_[j] < 0.05) number.ink = {Role::muted};
    panel_.marks.push_back(std::move(number));
    const double most = d_.maxCoeff();
    if (!(most > 0) || d_[j] < 0.02 * most || model_.units() > 36) return;
    // Clear of the two numbers where they are smallest beside the tile.
    const double side = static_cast<double>(tiles_.side), from = x + 2.2,
                 full = std::max(side - 5.4, 0.3 * side);
    Line bar{.series = "d " + std::to_string(j + 1), .x = {}, .y = {}, .ink = {Role::ink}, .width_px = 3};
    bar.x = figure_.own({from, from + full * d_[j] / most});
    bar.y = figure_.own({y - 0.95, y - 0.95});
    panel_.marks.push_back(std::move(bar));
  }

  // The number of the shown phase for the unit, and a bar, hollow where the number is negative.
  void add_phase_bar(Eigen::Index j) {
    constexpr double kAbove = 0.55;  // of the tile, clear of its frame
    const double x = tiles_.left(j), y = tiles_.top(j) - static_cast<double>(tiles_.side),
                 over = tiles_.top(j) + kAbove;
    const auto at = static_cast<std::size_t>(j);
    if (at >= lengths_.size()) return;
    const double side = static_cast<double>(tiles_.side);
    Text number{.x = x + side, .y = y, .text = shown_number(phases_.now().values[at], 3), .ink = {Role::ink}};
    number.dy_px = kWordsBelow;
    number.anchor = Anchor::right;
    number.row = tiles_.words();
    panel_.marks.push_back(std::move(number));
    Arrow bar{phases_.now().id + " " + std::to_string(j + 1),
              x,
              over,
              x + side * std::abs(lengths_[at]),
              over,
              {Role::ink}};
    bar.width_px = 4;
    bar.head_length_px = bar.head_width_px = 0;
    bar.halo = false;
    bar.hollow = phases_.now().values[at] < 0;
    bar.value = phases_.now().values[at];
    panel_.marks.push_back(std::move(bar));
  }

  // Adds the pinned point at the size of a tile, the legend, and the points of the chosen unit. Returns the
  // right edge.
  double add_point() {
    const double s = static_cast<double>(tiles_.side), x = tiles_.width() + 2.5;
    const Dataset& data = snapshot_.data();
    Heatmap own = picture_of(figure_, "point", data.points.row(point_), tiles_.side, x, 0, s);
    panel_.marks.push_back(std::move(own));
    panel_.marks.push_back(tile_frame(figure_, "edge", x, -s, x + s, 0, {Role::hairline}, 1));
    double y = -s;
    add_row(x, y, "point " + std::to_string(point_),
            data.has_labels() ? label_words(data, data.labels[point_]) : "", true);
    const double zero = (d_.array() <= 0).count();
    const Eigen::Index best = [&] {
      Eigen::Index at = 0;
      r_.maxCoeff(&at);
      return at;
    }();
    if (phases_.on() && phases_.now().is_single) add_total(x, y -= 1.9);
    add_row(x, y -= 1.9, "largest r", format_fixed(r_[best], 3));
    add_row(x, y -= 1.5, "largest d", format_fixed(d_.maxCoeff(), 1));
    add_row(x, y -= 1.5, "at 0", format_number(zero) + " of " + std::to_string(d_.size()));
    double entropy = 0;
    for (const double r : r_) entropy -= r > 0 ? r * libm::log(r) : 0;
    add_row(x, y -= 1.5, "entropy", format_fixed(entropy, 3));
    add_row(x, y -= 1.5, "log " + std::to_string(d_.size()),
            format_fixed(libm::log(static_cast<double>(d_.size())), 3));
    add_answers(x, y - 4.0);
    return x + s;
  }

  // The number of a phase that has a single one for all units, behind its symbol: its name is too long.
  void add_total(double x, double y) {
    add_row(x, y, phases_.now().symbol, shown_number(phases_.now().values[0]), true);
    std::get<Text>(panel_.marks[panel_.marks.size() - 2]).tex = true;
    std::get<Text>(panel_.marks.back()).ink = {Role::ink, 0, phases_.part};
  }

  void add_row(double x, double y, const std::string& words, const std::string& value, bool bold = false) {
    Text left{.x = x, .y = y, .text = words, .ink = {bold ? Role::ink : Role::muted}};
    left.dy_px = 15, left.bold = bold, left.row = bold ? kHeadRow : kPairRow;
    Text right{.x = x + static_cast<double>(tiles_.side),
               .y = y,
               .text = value,
               .ink = {bold ? Role::muted : Role::ink}};
    right.dy_px = 15, right.anchor = Anchor::right, right.row = left.row;
    panel_.marks.push_back(std::move(left));
    if (!value.empty()) panel_.marks.push_back(std::move(right));
  }

  // The points farthest along the normal of the chosen unit.
  void add_answers(double x, double top) {
    constexpr int kAcross = 2, kShown = 8;
    const double s = static_cast<double>(tiles_.side), size = (s - 1) / kAcross;
    const int rows = std::min(kShown / kAcross, static_cast<int>((tiles_.height() + top - 1) / (size + 0.8)));
    if (rows < 1) return;
    add_row(x, top + 1.9, "largest z of unit " + std::to_string(unit_ + 1), "", true);
    const auto w = model_.weights(snapshot_.state.theta);
    const Eigen::VectorXd z = snapshot_.data().points * w.row(unit_).transpose();
    std::vector<Eigen::Index> order(static_cast<std::size_t>(z.size()));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Eigen::Index>(i);
    const auto count = std::min(order.size(), static_cast<std::size_t>(kAcross * rows));
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                      [&](Eigen::Index a, Eigen::Index b) { return z[a] > z[b] || (z[a] == z[b] && a < b); });
    for (std::size_t n = 0; n < count; ++n) {
      const double left = x + static_cast<double>(n % kAcross) * (size + 1),
                   high = top - static_cast<double>(n / kAcross) * (size + 0.8) - 0.4;
      Heatmap small = picture_of(figure_, "answer " + std::to_string(n + 1),
                                 snapshot_.data().points.row(order[n]), tiles_.side, left, high, size);
      small.element = {ElementId::Kind::point, static_cast<int>(order[n])};
      panel_.marks.push_back(std::move(small));
    }
  }

  const PhaseInView& phases_;
  Theta theta_;
  std::vector<double> lengths_;  // of the bars of the phase in view
  Figure& figure_;
  Panel& panel_;
  const Snapshot& snapshot_;
  const Layer& model_;
  Tiles tiles_;
  int point_, unit_;
  bool chosen_;
  Eigen::RowVectorXd r_, d_;  // of the pinned point; empty: there is none
};

// The numbers of the shown phase for each unit, as bars right of the rows.
void add_bars_of_rows(Panel& panel, const PhaseInView& phases, double right, double units) {
  const std::vector<double> lengths = lengths_of_units(phases);
  const double wide = 0.22 * right;
  panel.x.hi = right + 2 * wide;
  for (std::size_t j = 0; j < lengths.size(); ++j) {
    const double value = phases.now().values[j], y = units - static_cast<double>(j) - 0.5;
    Arrow bar{phases.now().id + " " + std::to_string(j + 1),
              right + 0.1 * wide,
              y,
              right + (0.1 + 0.8 * std::abs(lengths[j])) * wide,
              y,
              {Role::line, static_cast<int>(j)}};
    bar.width_px = 8;
    bar.head_length_px = bar.head_width_px = 0;
    bar.hollow = value < 0;
    bar.value = value;
    panel.marks.push_back(std::move(bar));
    Text number{.x = right + 1.1 * wide, .y = y, .text = shown_number(value)};
    number.dy_px = 4;
    number.row = 1;
    panel.marks.push_back(std::move(number));
  }
}

// A row a unit, a column an input.
void add_matrix(Figure& figure, Panel& panel, const Layer& model, const Theta& theta, double scale) {
  const auto w = model.weights(theta);
  panel.x = {.label = "input", .lo = 0, .hi = static_cast<double>(w.cols()), .whole = true};
  panel.y = {.label = "unit", .lo = 0, .hi = static_cast<double>(w.rows()), .whole = true, .downwards = true};
  panel.y.ticks = false;
  for (Eigen::Index j = 0; j < w.rows(); ++j) {
    Heatmap row{.series = "unit " + std::to_string(j + 1), .rows = 1, .columns = static_cast<int>(w.cols())};
    row.values = figure.own({w.row(j).begin(), w.row(j).end()});
    row.x1 = panel.x.hi, row.y1 = panel.y.hi - static_cast<double>(j), row.y0 = row.y1 - 1;
    row.is_signed = true;
    row.limit = scale;
    row.cell_text = w.rows() <= 16 && w.cols() <= 10;
    row.element = {ElementId::Kind::prototype, static_cast<int>(j)};
    panel.marks.push_back(std::move(row));
  }
}

}  // namespace

Figure layer_filters(const Snapshot& snapshot, const View& view) {
  const Layer& model = layer_of(snapshot);
  const bool pictures = side_of(model.inputs()) > 0;
  const double scale = weight_scale(model.weights(snapshot.state.theta));
  Figure figure{
      .id = "stage", .title = pictures ? "Filters" : "Weights", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". The rows $w_j$ of $W$, from $-" + number_tex(scale, 2) +
                   "$ (red) to $" + number_tex(scale, 2) + "$ (blue). $" +
                   layer_distance_tex(snapshot.config()) + "$.";
  Panel panel;
  panel.grid = false;
  panel.title = figure.title;
  panel.title_tex = "w_j\\ \\mathrm{within}\\ {\\pm}" + number_tex(scale, 2);
  const PhaseInView phases = phase_in_view(snapshot, view, shown_point(snapshot, view));
  name_phase(figure, panel, phases, "point " + std::to_string(phases.point));
  if (pictures) {
    panel.equal_aspect = true;
    panel.x.ticks = panel.y.ticks = false;
    FilterStage(figure, panel, snapshot, view, phases).draw(scale);
    if (const int point = shown_point(snapshot, view); point >= 0)
      figure.caption += " Frames: how far each unit answers for point " + std::to_string(point) +
                        ", its $r_j$; bars: its $d_j$. Right: the point, and those of largest z of unit " +
                        std::to_string(shown_unit(snapshot, view) + 1) + ".";
    const Tensor &x = view.config.tensor("view.x"), &y = view.config.tensor("view.y");
    if (x.data.size() == 2) panel.x.lo = x.data[0], panel.x.hi = x.data[1];
    if (y.data.size() == 2) panel.y.lo = y.data[0], panel.y.hi = y.data[1];
  } else {
    add_matrix(figure, panel, model, shown_theta(snapshot, phases), scale);
    if (phases.on() && (phases.point >= 0 || phases.now().in_m_step))
      add_bars_of_rows(panel, phases, panel.x.hi, static_cast<double>(model.units()));
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
