// Places words: keeps the occupied rectangles and curves, and searches a free place near a wished one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "app/paint/canvas.h"
#include "app/paint/transform.h"
#include "core/figure/figure.h"

namespace iem::paint {

class LabelPlacer {
 public:
  // Everything a panel draws that a word should not cover.
  LabelPlacer(const Panel& panel, const Transform& to_px);
  // Only what a plate must not cover: markers and arrows with a head. Points and curves may lie under a
  // plate.
  static LabelPlacer for_plates(const Panel& panel, const Transform& to_px);

  void take(const PxRect& rect) { rects_.push_back(rect); }
  // Lines and arrows count no more: for words that would have to give way in every step of a run that plays.
  void forget_curves() { segments_.clear(); }
  bool covers(const PxRect& rect) const;  // anything that was taken
  // Inside the plot and clear of all that is taken, but for the curve `own`.
  bool is_free(const PxRect& rect, const Line* own = nullptr) const;

  struct Place {
    Px left;
    bool free = true;  // false: nothing was free, this is the wish
    bool visible = true;
  };
  // How a place for the name of a curve is sought.
  enum class NameSearch : std::uint8_t {
    none,       // only where it wishes to stand, and nowhere if another word is there
    else_wish,  // the nearest free place along the curve; without one where it wishes to stand
    else_own,   // the same; without one on its own curve, if on no other
  };
  // Baseline and left end of the name of `line`, which is `curve` in pixels. It wishes to stand centred at
  // fraction `label_at` of the curve's visible length, `label_dy_px` from it; free places are sought on
  // either side of the curve. Takes the place.
  Place on_curve(const Line& line, std::span<const Px> curve, const TextExtent& size, NameSearch search);

  // The nearest free place to `wish` around a point; the wish when there is none within `reach_px`.
  Place around(Px point, Px wish, const TextExtent& size, double reach_px);

  // The same for a word in a corner: slid from `wish` by `step` up to `steps` times until free.
  Place along(Px wish, const TextExtent& size, Px step, int steps, bool search);

 private:
  LabelPlacer(const Panel& panel, const Transform& to_px, bool data_too);
  PxRect plot_;
  std::vector<PxRect> rects_;
  struct Segment {
    Px a, b;
    const Line* line;  // null: of an arrow
  };
  std::vector<Segment> segments_;
};

// A corner of the plot for a box of this size: the first from the upper right on that is clear of all that is
// taken, else the upper right.
struct Corner {
  PxRect box;
  bool free = false;
};
Corner free_corner(const LabelPlacer& taken, const PxRect& plot, double width, double height);
// The same with places along the edges and in the middle.
Corner free_place(const LabelPlacer& taken, const PxRect& plot, double width, double height);

PxRect text_rect(Px left_baseline, const TextExtent& size);

// How a text is written, and the left end of its baseline where it asks to stand; nothing where it is far
// outside or its rows are lower than a line.
struct TextWish {
  TextStyle style;  // without a colour
  TextExtent size;
  Px left;
};
std::optional<TextWish> text_wish(const Text& text, const Transform& to_px, Canvas& canvas,
                                  double type_scale);

}  // namespace iem::paint
