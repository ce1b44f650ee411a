// A figure is a description: marks on axes, with roles instead of colours, and sizes in pixels instead of
// units of one kind of output. The screen, SVG, PDF, PNG, TeX and CSV are written from this one description.
//
// Marks hold spans, not copies: a figure of 100,000 points costs nothing to make. Figure::keep holds the
// owners (the snapshot, computed curves), so a figure stays valid on its own for as long as it lives.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace iem {

struct FieldInput;  // field/field.h

// What a mark stands for, so that the stage can be hit-tested and hovered: prototype 2, point 17, key 5.
struct ElementId {
  enum class Kind : std::uint8_t {
    none,
    point,
    prototype,
    probe_end,
    query,
    key,
    value,
    target,
    score,    // of query i and key j: i * keys + j
    token,    // query i and key i at once; while a query is pinned it stands for the key
    ellipse,  // kEllipseHandles * prototype + handle (figure/ellipse_handles.h)
  };
  Kind kind = Kind::none;
  int index = -1;
  bool operator==(const ElementId&) const = default;
};

// A colour by meaning. Themes (light, dark, print) turn a role into a colour.
enum class Role : std::uint8_t {
  ink,
  muted,
  faint,
  hairline,
  paper,
  accent,
  good,
  warn,
  bad,
  mark,       // the mark colour of prototype `index`: fills, discs, bars
  line,       // the ink of the same hue, dark enough for thin lines and text on paper
  territory,  // the pale colour that a field has where prototype `index` is alone
  lane,       // run `index` of several runs in one plot: 0 ink, then hues that belong to no prototype
};
struct Ink {
  Role role = Role::ink;
  int index = 0;       // prototype, for mark, line and territory; run, for Role::lane
  double alpha = 1.0;  // 0..1
};

// How lines are dashed; paint::dash_pattern has the lengths. Those from `long_dashed` on tell the curves of
// one plot apart.
enum class Dash : std::uint8_t {
  solid,
  dashed,
  dotted,
  long_dashed,
  dots,
  dash_dotted,
  long_short,
  dot_pairs,
  short_dashed,
  longest,
};
// The dash of curve `index` >= 0 of a plot: the first eight all differ.
constexpr Dash series_dash(int index) {
  constexpr Dash kAll[] = {Dash::solid,      Dash::long_dashed, Dash::dots,         Dash::dash_dotted,
                           Dash::long_short, Dash::dot_pairs,   Dash::short_dashed, Dash::longest};
  return kAll[index % 8];
}
// `prototype` means the shape of prototype `index` (disc, square, triangle, diamond, pentagon, star, plus,
// cross).
// `tick` is a short upright bar.
enum class Shape : std::uint8_t { disc, ring, prototype, tick };

// Whether a mark moves with the probed place (probe) or is that place (is_probe), so that a window can redraw
// it alone over the marks that stay.
enum class Follows : std::uint8_t { nothing, is_probe, probe };

using Values = std::span<const double>;

// Polyline; a NaN in x or y lifts the pen (many iso-lines are one mark).
struct Line {
  std::string series;  // name in CSV
  Values x, y;
  Ink ink;
  double width_px = 1.5;
  Dash dash = Dash::solid;
  double halo_px = 0;      // a line in paper colour beneath, wider by this on each side
  std::string label;       // set on the curve itself (there are no legends); empty: none
  bool label_tex = false;  // the label is TeX mathematics
  double label_at = 0.7;   // where along the visible curve, 0..1
  double label_dy_px = -8;
  std::string read_as;  // its name where its values are read off; empty: `series`
  // One of several curves of a plot: on paper its name stands right of the plot, level with its end.
  bool name_at_end = false;
  bool named_on_screen = true;  // false: its name is shown on paper only, where there is room
  Follows follows = Follows::nothing;
};

// Points in one colour, or, with `weights` (N x components, column-major: weight j of point i at [j * N + i],
// summing to 1 over j), each in the mixture of the prototypes' colours in OKLab; or, with `groups`, each in
// the mark colour of its group. More than `density_above` points are splatted as one picture.
struct Scatter {
  std::string series;
  Values x, y;
  Ink ink;
  Values weights;
  int components = 0;
  std::vector<int> groups;  // one a point; in tables, group g is the series "`series` g + 1"
  double radius_px = 2.7;
  double halo_px = 0.9;
  bool shapes = false;  // groups differ in the shape of their prototype too, not in colour alone
  // One a point: in place of a disc the shape of this prototype, in the point's own colour; -1: a small ring.
  std::vector<int> forms = {};
  std::vector<std::uint8_t> open = {};  // of forms, one a point: 1 where only its outline is drawn
  bool density = false;  // draws the density of the points, in the mixture of their colours, instead of discs
  ElementId::Kind element = ElementId::Kind::none;  // element of point i is {element, i}
};

// One bar per value: vertical from `base` to y at x, or horizontal from `base` to x at y.
struct Bars {
  std::string series;
  Values x, y;
  std::vector<Ink> ink;                                      // one for all, or one a bar
  double width = 0.8;                                        // in axis units across the bar,
  double most_px = std::numeric_limits<double>::infinity();  // and no more than this
  double base = 0;
  bool horizontal = false;
  double outline_px = 0;  // where positive only their outlines, open at the base, where signs may stand
};

// Filled between `lower` and `upper` over x.
struct Band {
  std::string series;
  Values x, lower, upper;
  Ink ink;
  bool incomplete = false;  // of draws, some of which are left out at some steps (core/compare/band.h)
};

// The curve (x - centre)^T cov^-1 (x - centre) = sigmas^2.
struct Ellipse {
  std::string series;
  double x = 0, y = 0;
  double xx = 1, xy = 0, yy = 1;  // covariance
  double sigmas = 1;
  Ink ink;
  double width_px = 1.6;
  ElementId element;
};

// From (x0, y0) to (x1, y1), in axis units; heads are sized in pixels and never longer than 60 % of the
// arrow.
struct Arrow {
  std::string series;
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  Ink ink;
  double width_px = 2.4;
  double head_length_px = 10, head_width_px = 8;  // 0: no head, a plain segment
  Dash dash = Dash::solid;
  bool halo = true;
  bool hollow = false;               // outline only, with paper inside: for negative amounts
  std::optional<double> value = {};  // the number it stands for; in tables, the third column
};

// One shape at one place: prototypes, "now" on a curve, handles, start rings.
struct Marker {
  std::string series;
  double x = 0, y = 0;
  Shape shape = Shape::disc;
  Ink ink;
  double radius_px = 6;
  double halo_px = 2;
  bool hollow = false;  // outline of 2 px, paper inside
  double stroke_px = 2;
  ElementId element;
  Follows follows = Follows::nothing;
  bool arrived = false;  // it has reached its target: a window shows one pulse when this becomes true
  bool clear = false;    // a circle alone, around what it marks: nothing is filled
};

// The pinned point: a ring cut into arcs by its responsibilities, around a centre dot, with a leader to its
// name.
struct RingMark {
  std::string series;
  double x = 0, y = 0;
  Values weights;  // sums to 1
  std::string label;
  ElementId element;
  double filled = 1;      // how much of the ring is there; the rest is an empty track
  double radius_px = 10;  // of the middle of the arcs
  bool marked = false;    // the label has formulas, as captions have
};

// A signed number beside (x, y) as a small bar: filled and upwards from its foot for positive values, hollow
// and downwards for negative ones. An arrow beside it says whether the quantity is about to rise or to fall.
struct Gauge {
  std::string series;
  double x = 0, y = 0;
  double dx_px = 0;   // of the foot, from (x, y)
  double value = 0;   // -1 to 1 of the full length
  int direction = 0;  // 1 up, -1 down, 0 no arrow
};

// A matrix of cells. Row 0 is drawn at the top. Signed maps have paper at 0; unsigned run from paper to ink;
// a value that is not finite leaves its cell empty. With `kinds` each cell has the colour of its kind: in
// full at value 0, and paler the larger its value is, where the kind fades.
struct Heatmap {
  std::string series;
  int rows = 0, columns = 0;
  Values values;  // row-major
  double x0 = 0, x1 = 1, y0 = 0, y1 = 1;
  bool is_signed = false;
  double limit = 0;        // value of full colour; 0: the largest magnitude present
  bool cell_text = false;  // write the number into each cell
  bool smooth = false;     // samples of a field: drawn as one picture, interpolated between the samples
  // The elements that the cells stand for: the cell of row i and column j is {elements, i * side *
  // element_columns + j * side}.
  ElementId::Kind elements = ElementId::Kind::none;
  int side = 1, element_columns = 0;
  ElementId element = {};  // the element that all cells together stand for, such as a picture
  struct Kind {
    std::string name;  // in tables
    Ink ink;
    bool fades = true;
  };
  std::vector<Kind> known = {};           // the kinds there are
  std::span<const std::uint8_t> kinds{};  // of each cell, a place in `known`; empty: all are alike
};

// A field over the whole panel (responsibility, entropy, density, ...); evaluated by the GPU on screen and by
// its CPU twin (field/field.h) on paper.
struct FieldMark {
  std::string series;
  std::shared_ptr<const FieldInput> input;
};

// A field of energies as a surface over the panel's ranges, seen from above at an angle, with a well at every
// prototype. A panel that holds one draws nothing else but the prototypes on it and the box around it; the
// panel's own axes have neither ticks nor names.
struct SurfaceMark {
  std::string series;
  std::shared_ptr<const FieldInput> input;
  double azimuth = 32, elevation = 52;  // degrees
  std::array<std::string, 3> names;     // of the axes: x, y, height
};

enum class Anchor : std::uint8_t { left, centre, right };
struct Text {
  double x = 0, y = 0;
  std::string text;
  bool tex = false;
  Ink ink;
  double dx_px = 0, dy_px = 0;  // from (x, y), y downwards
  Anchor anchor = Anchor::left;
  bool plate = false;  // a patch of paper colour behind it, for text over data
  bool bold = false;
  double row = 0;  // distance along y between such texts; where it is less than a line they are left out
  // The name of a mark at (x, y): on a page it may go so far from it where its place is taken.
  double reach_px = 0;
};

// A key to signs that have no name on the plot, in its lower left corner; lines that do not fit go above the
// plot.
enum class Sign : std::uint8_t {
  full_bar,
  hollow_bar,
  arrow,
  dashes,
  shape,
  arrow_along,  // to the right, as arrows of any direction are
  stop,         // a line that ends in a bar
  ring
};
struct Legend {
  std::vector<std::pair<Sign, std::string>> entries;
  std::vector<int> prototypes =
      {};                      // one an entry, whose shape and colour it has, where some are Sign::shape
  std::vector<Ink> inks = {};  // one an entry, of the full bars that are not in ink
};

using Mark = std::variant<FieldMark, SurfaceMark, Heatmap, Band, Bars, Line, Scatter, Ellipse, Arrow, Marker,
                          RingMark, Gauge, Legend, Text>;

enum class Scale : std::uint8_t { linear, log10 };
// What an axis measures, where the window can act on it: it can go to a step.
enum class Quantity : std::uint8_t { other, step };
struct Axis {
  std::string label;  // words, set inside the plot's corner, never rotated: "bill length"
  std::string unit;   // "mm"; empty: none
  double lo = 0, hi = 1;
  Scale scale = Scale::linear;
  bool ticks = true;
  bool whole = false;  // ticks at whole numbers only: steps, counts
  int max_ticks = 5;
  bool downwards = false;  // counted from the top, as rows of a matrix are; the arrow at the name points down
  Quantity quantity = Quantity::other;
  bool end_tick = false;           // a number at `hi` too, if it is a whole one: where the data end
  bool marked = false;             // `label` has $formulas$, as captions do (core/figure/caption.h)
  std::optional<double> top = {};  // of an axis that is `downwards`: where its numbers begin, with 0
  bool share = false;              // of shares or probabilities: air may be beyond 0 and 1, but no numbers
};

struct Panel {
  Axis x, y;
  bool equal_aspect = false;  // one unit of x and of y have the same length
  bool grid = true;           // horizontal hairlines
  double height = 1;          // share of the figure's height
  std::string title;          // words
  std::string title_tex;      // symbol after them
  std::vector<Mark> marks;    // drawn in this order
};

// What only paper has; set by core/figure/furniture.h.
struct PaperLook {
  bool title = true;           // the figure's title above a single panel
  std::string letter;          // of the figure among others: "a" stands as (a) before the title; empty: none
  bool legend_inside = false;  // names of curves and the key to signs inside the plots, where they have room
  static constexpr double kTypePt = 7;
  double type_pt = kTypePt;  // size of numbers and names; everything else grows with it
  std::string palette;       // id of core/figure/palette.h; empty: the program's own
};

// A figure of one or more panels. With one column they are stacked and share their extent along x; with more
// they stand side by side, row after row. `caption` states scene, step, seed and equation.
struct Figure {
  std::string id;
  std::string title;
  std::string caption;
  std::vector<Panel> panels;
  std::vector<std::shared_ptr<const void>> keep;
  std::string sentence = {};  // why there is nothing to show; empty when there is
  int columns = 1;            // of panels, which then all have the same size
  PaperLook paper = {};
  std::string doubt = {};  // why what it shows is not proven (Snapshot::doubt); empty: it is

  // Stores computed numbers with the figure and returns a view of them.
  Values own(std::vector<double> numbers) {
    auto kept = std::make_shared<const std::vector<double>>(std::move(numbers));
    keep.push_back(kept);
    return *kept;
  }
};

}  // namespace iem
