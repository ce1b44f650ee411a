// What the phases of an update draw on a stage with: lines from the point that is looked at to every
// component, bars along them, their stack, the ring about the point, and the numbers.
//
// A share of 1 is as long in every phase. Lengths in pixels are of a stage of middling size; lines and bars
// carry the number they stand for (Arrow::value), so that a table of the figure has it too.
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
  // `from`: where the point is; `to`: where each component is; `shares`: how much each counts in the end,
  // which says how far its bars reach and whose numbers are written where not all fit.
  Microscope(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
             const PhaseInView& phases, Place from, std::vector<Place> to, std::vector<double> shares);

  // Draws the phase in view; what belongs to a point only where one is shown.
  void draw();

  // --- what phases draw with ---

  // From the point towards every component, so much of the way.
  void threads(double grown, double alpha);
  // Along them from the ring: towards the component, filled, or, where negative, away from it and hollow.
  void bars(const std::vector<double>& lengths, double alpha = 1);
  // The threads on their way to be such bars.
  void threads_to_bars(const std::vector<double>& lengths, double part);
  // The bars on each other beside the point: so far on their way there, and so much of them left. `total`
  // is written over them.
  void stack(const std::vector<double>& lengths, double moved, double left, const std::string& total);
  // About the point, `weights` of which sum to 1; so much of it filled.
  void ring(std::vector<double> weights, double filled);
  // One a component, of many those that count most: on its thread; at the end of its bar; or between the two.
  void numbers(const std::vector<double>& values, double alpha = 1);
  void numbers_at_bars(const std::vector<double>& values, const std::vector<double>& lengths,
                       double alpha = 1, double part = 1);
  // Above or below every component, out of the way of what leaves it in these directions.
  void numbers_beside(const std::vector<double>& values, const std::vector<Place>& ways, double alpha = 1);
  // From every component weights(i, j) (x_i - component j) of the points, as wide as the weight, pale; and of
  // the shown point, broad, with its number.
  void pulls_of_points(const Eigen::MatrixXd& weights, double grown);
  void own_pull(const std::vector<double>& weights, double grown);
  // Every component on its way to where it goes, where it was, and how far it is. With `shapes` it was a
  // prototype, else the tip of an arrow.
  void walk(const std::vector<Place>& next, double grown, bool shapes = true);

  // The phase's own numbers, and those of the one before (zeros where there is none of as many).
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
  // How many components have marks, and a number: those that count most.
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
