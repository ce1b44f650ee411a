// J and an upper bound that touches it at the present theta, along the line to the minimum of the bound: for
// EM Q = J + (1/N) sum a_ij (d_ij(theta') - d_ij(theta)) where an M-step exists, and Boehning & Lindsay's
// parabola for linear energies.
#include <cmath>
#include <functional>
#include <tuple>

#include "core/base/number.h"
#include "core/labs/classifier/figures/list.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

constexpr int kOnBound = 81;

struct BoundLine {
  Theta to;  // the minimum of the bound
  std::vector<double> s, j, q;
  double slope = 0;    // dJ/ds here
  double at_twin = 0;  // Q there
};

double loss_at(const Snapshot& snapshot, const Theta& theta, Evaluation& out) {
  ThreadPool alone(1);
  snapshot.model().evaluate(theta, snapshot.temperature, snapshot.data(), {}, Wanted::rows, alone, out);
  return out.loss;
}

BoundLine along(const Snapshot& snapshot, Theta to,
                const std::function<double(double, const Evaluation&)>& surrogate) {
  BoundLine line{std::move(to), {}, {}, {}, 0, 0};
  const Theta& here = snapshot.state.theta;
  Evaluation there;
  for (int i = 0; i < kOnBound; ++i) {
    const double s = -0.6 + 2.2 * i / (kOnBound - 1);
    line.s.push_back(s);
    line.j.push_back(loss_at(snapshot, here + s * (line.to - here), there));
    line.q.push_back(surrogate(s, there));
  }
  loss_at(snapshot, line.to, there);
  line.at_twin = surrogate(1, there);
  line.slope = snapshot.evaluation.gradient.dot(line.to - here);
  return line;
}

// The parabola through the present J with J's slope at s = 0 and its minimum at s = 1.
BoundLine parabola(const Snapshot& snapshot) {
  const Classifier& model = classifier_of(snapshot);
  Theta to =
      model.bound_step(snapshot.state.theta, snapshot.temperature, snapshot.data(), snapshot.evaluation);
  const double slope = snapshot.evaluation.gradient.dot(to - snapshot.state.theta),
               j = snapshot.evaluation.loss;
  return along(snapshot, std::move(to),
               [=](double s, const Evaluation&) { return j + slope * (s - 0.5 * s * s); });
}

BoundLine of_em(const Snapshot& snapshot) {
  Evaluation here;
  const double j = loss_at(snapshot, snapshot.state.theta, here);
  const auto n = static_cast<double>(snapshot.data().size());
  return along(snapshot, snapshot.em_target, [=](double, const Evaluation& there) {
    double rise = 0;
    for (Eigen::Index i = 0; i < there.energies.size(); ++i) {
      const double a = here.pulls.data()[i];
      if (a != 0) rise += a * (there.energies.data()[i] - here.energies.data()[i]);
    }
    return j + rise / n;
  });
}

Panel bound_panel(Figure& figure, const Snapshot& snapshot, BoundLine line, bool by_em) {
  Panel panel;
  panel.title = "Bound";
  panel.title_tex = "J\\leq Q";
  panel.x = {.label = by_em ? "from here (0) to where EM goes (1)" : "from here (0) to the lowest of Q (1)",
             .lo = line.s.front(),
             .hi = line.s.back()};
  std::tie(panel.y.lo, panel.y.hi) = range_of(line.j, 0.1);
  const double least = 1e-6 * std::max(1.0, std::abs(panel.y.lo));
  if (panel.y.hi - panel.y.lo < least) panel.y.lo -= least, panel.y.hi += least;
  if (std::isfinite(line.at_twin)) panel.y.hi = std::max(panel.y.hi, line.at_twin);
  const double room = 0.4 * (panel.y.hi - panel.y.lo);
  panel.y.hi += room;
  panel.y.lo -= 0.8 * room;  // for the name of the axis
  for (double& value : line.q)
    if (!(value < panel.y.hi + 4 * room)) value = std::nan("");  // leaves the picture
  for (double& value : line.j)
    if (!std::isfinite(value)) value = std::nan("");
  const double here = snapshot.evaluation.loss;
  const Values x = figure.own(std::move(line.s));
  Line bound{.series = "Q", .x = x, .y = figure.own(std::move(line.q)), .ink = {Role::warn}, .width_px = 2};
  bound.label = "Q";
  bound.dash = Dash::dashed;
  bound.label_at = 0.12;
  Line loss{.series = "J", .x = x, .y = figure.own(std::move(line.j)), .ink = {Role::ink}, .width_px = 2.4};
  loss.label = "J";
  loss.label_dy_px = 14;
  panel.marks.push_back(std::move(bound));
  panel.marks.push_back(std::move(loss));
  // Gradient descent uses only the slope here, which J and the bound share.
  constexpr double kArrow = 0.4;
  panel.marks.push_back(Arrow{"gradient", 0, here, kArrow, here + kArrow * line.slope, {Role::accent}});
  Marker now{.series = "here", .x = 0, .y = here, .shape = Shape::disc, .ink = {Role::accent}};
  now.radius_px = 5;
  panel.marks.push_back(now);
  if (std::isfinite(line.at_twin)) {
    Marker twin = now;
    twin.series = by_em ? "em" : "lowest of Q";
    twin.x = 1, twin.y = line.at_twin, twin.hollow = true;
    panel.marks.push_back(twin);
  }
  return panel;
}

}  // namespace

Figure classifier_bound_figure(const Snapshot& snapshot, const View&) {
  const Classifier& model = classifier_of(snapshot);
  const FigureType type{"bound", "Bound", ""};
  const std::string lead = caption_start(snapshot) + ". ";
  const bool by_em = snapshot.em_target.size() > 0 && snapshot.em_target.allFinite(),
             by_parabola = model.bound_unavailable().empty();
  if (!by_em && !by_parabola)
    return sentence_figure(type, model.is_linear() ? model.bound_unavailable() : model.em_unavailable(),
                           lead);
  if (!std::isfinite(snapshot.evaluation.loss) || !snapshot.evaluation.gradient.allFinite())
    return sentence_figure(type, "J is not finite here.", lead);
  Figure figure{.id = "bound", .title = "Bound", .caption = {}, .panels = {}, .keep = {}};
  BoundLine line = by_em ? of_em(snapshot) : parabola(snapshot);
  figure.caption = lead;
  if (by_em)
    figure.caption +=
        "$J$ and EM's surrogate $Q=J+\\frac1N\\sum_{ij}r^\\star_{ij}\\,(d_{ij}(\\theta')-d_{ij}(\\theta))$ "
        "touch here; the "
        "hollow twin is its lowest place";
  else
    figure.caption +=
        "$J$ and the parabola with the curvature $\\frac{1}{2\\tau}(I-\\frac1K 11^\\top)\\otimes S$ touch "
        "here, and it is "
        "nowhere below (Böhning and Lindsay 1988); the hollow twin is its lowest place";
  figure.caption += ", $Q=" + number_tex(line.at_twin) + "$ from $J=" + number_tex(snapshot.evaluation.loss) +
                    "$. Arrow: the slope, which is all that gradient descent goes by.";
  figure.panels.push_back(bound_panel(figure, snapshot, std::move(line), by_em));
  return figure;
}

}  // namespace iem
