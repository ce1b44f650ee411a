// The drawing tools of the phases of an update on a stage: lines from the shown point to every component
// (threads), bars along them, the stack of the bars, the ring around the point, and numbers.
//
// A share of 1 has the same length in every phase. Lengths in pixels are for a stage of about 560 pixels;
// lines and bars carry their numbers (Arrow::value), so that a table of the figure has them too.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

#include "core/labs/kit/phases/phases.h"

namespace iem {

class Microscope {
 public:
  using Place = Eigen::Vector2d;
  // `from` is the place of the point, `to` the places of the components, and `shares` the final share of
  // each, by which the components are chosen that get numbers where not all fit.
  Microscope(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
             const PhaseInView& phases, Place from, std::vector<Place> to, std::vector<double> shares);

  // Draws the phase that is shown; marks of a point only where a point is shown.
  void draw();

  // --- what phases draw with ---

  // Lines from the point towards every component, of this part of the full length.
  void threads(double grown, double alpha);
  // Bars along the lines from the ring: filled and towards the component, or for negative lengths hollow and
  // away from it.
  void bars(const std::vector<double>& lengths, double alpha = 1);
  // The transition from lines to such bars.
  void threads_to_bars(const std::vector<double>& lengths, double part);
  // The bars stacked beside the point: `moved` is the part of their way there, `left` the part of them that
  // is left. `total` is written over them.
  void stack(const std::vector<double>& lengths, double moved, double left, const std::string& total);
  // The ring around the point, split by `weights`, which sum to 1; the part `filled` of it is drawn.
  void ring(std::vector<double> weights, double filled);
  // A number for each component, or for those with the largest shares: on its line, or at the end of its bar,
  // or (numbers_at_bars with `part`) on its way between the two.
  void numbers(const std::vector<double>& values, double alpha = 1);
  void numbers_at_bars(const std::vector<double>& values, const std::vector<double>& lengths,
                       double alpha = 1, double part = 1);
  // A number above or below every component, clear of the marks that leave it in the directions `ways`.
  void numbers_beside(const std::vector<double>& values, const std::vector<Place>& ways, double alpha = 1);
  // Arrows weights(i, j) (x_i - component j) from every component: pale for all points, with the weight as
  // width; and for the shown point, wide and with its number.
  void pulls_of_points(const Eigen::MatrixXd& weights, double grown);
  void own_pull(const std::vector<double>& weights, double grown);
  // Every component on its way to `next`, with its old place and the distance. With `shapes` the old place is
  // drawn as a prototype, else as the tip of an arrow.
  void walk(const std::vector<Place>& next, double grown, bool shapes = true);

  // The numbers of the phase, and those of the phase before (zeros where that has not as many).
  const std::vector<double>& values() const { return phases_.now().values; }
  std::vector<double> values_before() const;
  // The values of the first phase that holds shares, else of this one.
  const std::vector<double>& shares() const { return shares_; }

  Figure& figure() { return figure_; }
  Panel& panel() { return panel_; }
  const Snapshot& snapshot() const { return snapshot_; }
  const View& view() const { return view_; }
  const PhaseInView& phases() const { return phases_; }
  int point() const { return phases_.point; }
  const Place& from() const { return from_; }
  const std::vector<Place>& to() const { return to_; }
  // The most components that get marks, and numbers: those with the largest shares.
  static constexpr std::size_t kDrawn = 64, kNumbered = 8;

 private:
  std::optional<double> value_of(std::size_t j) const;  // of the phase; nothing: it has none of each
  Place at(std::size_t j, double px) const;             // so far from the point towards component j
  Place at_bar(std::size_t j, double px) const;         // and along its bar, which keeps clear of the others
  double length_px(std::size_t j) const;                // from the point to the component
  Place direction(std::size_t j) const;                 // unit vector in pixels
  double number_on_thread_px(std::size_t j) const;
  double number_at_bar_px(std::size_t j, double length) const;
  double kept_on_stage(std::size_t j, double px) const;
  void spread_bars();
  Place foot_of_stack() const;
  Arrow bar(const std::string& series, std::size_t j, const Place& from, const Place& to, double alpha) const;
  void way(const std::string& series, std::size_t j, const Place& end, double width_px);
  void number(std::size_t j, const Place& at, double dy_px, double value, double alpha);

  Figure& figure_;
  Panel& panel_;
  const Snapshot& snapshot_;
  const View& view_;
  const PhaseInView& phases_;
  Place from_;
  std::vector<Place> to_;
  std::vector<double> shares_;
  Place pixel_;                                // in axis units
  std::vector<std::size_t> drawn_, numbered_;  // components in their order
  std::vector<Place> bar_ways_;                // one a component: unit vectors in pixels
  double bar_px_ = 8;                          // how wide
};

}  // namespace iem
