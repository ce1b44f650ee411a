// What somebody has drawn over the stage with a pen, in axis units: it goes with the stage when that is
// moved, fades after a while, and is exported with the figure as long as it is there.
#pragma once

#include <vector>

#include "core/figure/figure.h"

namespace iem::gui {

class Strokes {
 public:
  // Draws on from the last place of the stroke that is being drawn, or begins one.
  void draw_to(double x, double y);
  void lift(double now_s);  // ends that stroke
  void wipe() { strokes_.clear(); }
  // Takes away what has faded. While `held`, what is there stays as it is.
  void fade(double now_s, bool held);

  bool empty() const { return strokes_.empty(); }
  bool fading(double now_s) const;  // whether any of it changes by itself at present

  // Adds them to a panel as lines, which point into this.
  void add_to(Panel& panel) const;
  // Adds them to the first panel of a figure, which holds their numbers itself: what is exported on another
  // thread must not change while somebody draws on.
  void add_copies_to(Figure& figure) const;

 private:
  struct Stroke {
    std::vector<double> x, y;
    double ended_s = 0, alpha = 1;
    bool drawn = true;  // still being drawn
  };
  std::vector<Stroke> strokes_;
};

}  // namespace iem::gui
