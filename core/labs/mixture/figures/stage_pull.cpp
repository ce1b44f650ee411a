// The next steps of the prototypes on the stage: the step that will be taken, the gradient step behind it,
// and the twin at the step of EM.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/number.h"
#include "core/figure/arrow_scale.h"
#include "core/labs/kit/plane_stage.h"
#include "core/labs/mixture/figures/stage_layers.h"

namespace iem {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

// The place of the blend of the gradient step and EM's step, as these are drawn.
Eigen::Vector2d blended(const Snapshot& snapshot, const Eigen::Vector2d& gradient, Eigen::Index at) {
  const double lambda = snapshot.config().real("optimizer.blend");
  if (lambda == 1) return snapshot.em_target.segment<2>(at);
  return (1 - lambda) * gradient + lambda * snapshot.em_target.segment<2>(at);
}

// Whether the step is a blend of the gradient's and EM's.
bool blends(const Snapshot& snapshot) {
  return snapshot.em_target.size() > 0 && snapshot.config().text("optimizer.method") == "gd_to_em";
}

void add_twin(Panel& panel, const Snapshot& snapshot, int j) {
  const Eigen::Vector2d now = snapshot.state.theta.segment<2>(2 * j),
                        em = snapshot.em_target.segment<2>(2 * j);
  Arrow way{"em " + std::to_string(j + 1), now[0], now[1], em[0], em[1], {Role::line, j, 1}};
  way.width_px = 1.8;
  way.head_length_px = way.head_width_px = 0;
  way.dash = Dash::dashed;
  panel.marks.push_back(way);
  Marker twin{
      .series = "em target", .x = em[0], .y = em[1], .shape = Shape::prototype, .ink = {Role::line, j, 1}};
  twin.radius_px = 6.5;
  twin.hollow = true;
  panel.marks.push_back(twin);
}

// The handle for lambda at the tip of the step.
void add_knob(Panel& panel, const Snapshot& snapshot, int j, const Eigen::Vector2d& gradient,
              const Eigen::Vector2d& tip, bool named) {
  const Eigen::Vector2d em = snapshot.em_target.segment<2>(2 * j);
  Arrow slider{"blend", gradient[0], gradient[1], em[0], em[1], {Role::accent, 0, 1}};
  slider.width_px = 1.2;
  slider.head_length_px = slider.head_width_px = 0;
  panel.marks.push_back(slider);
  const double lambda = snapshot.config().real("optimizer.blend");
  Marker knob{.series = "next", .x = tip[0], .y = tip[1], .shape = Shape::disc, .ink = {Role::accent}};
  knob.radius_px = 4.5;
  knob.element = {ElementId::Kind::target, j};
  knob.arrived = lambda == 1;
  panel.marks.push_back(knob);
  if (!named) return;
  Text text{tip[0], tip[1], lambda == 1 ? "=\\mathrm{EM}" : "\\lambda=" + format_fixed(lambda, 2)};
  text.tex = true;
  text.ink = {Role::accent};
  text.dx_px = 12;
  text.dy_px = 5;
  text.plate = true;
  panel.marks.push_back(std::move(text));
}

// On no mark of their own: the twin's name lies beyond the twin, seen from the prototype, and that of the
// step beside its tip, or below it where the step lies level.
void add_names(Panel& panel, const Snapshot& snapshot, int j, const Eigen::Vector2d* gradient,
               const Eigen::Vector2d* step) {
  constexpr double kAbove = -18, kBelow = 28, kBeside = 16, kLevel = 5;  // px
  const std::string index = std::to_string(j + 1);
  const Eigen::Vector2d now = snapshot.state.theta.segment<2>(2 * j);
  if (snapshot.em_target.size() > 0) {
    const Eigen::Vector2d em = snapshot.em_target.segment<2>(2 * j);
    panel.marks.push_back(Text{em[0],
                               em[1],
                               "\\mu_{" + index + "}^{\\mathrm{EM}}",
                               true,
                               {Role::line, j, 1},
                               0,
                               em[1] >= now[1] ? kAbove : kBelow,
                               Anchor::centre,
                               true});
  }
  const Eigen::Vector2d* tip = gradient != nullptr ? gradient : step;
  if (tip == nullptr) return;
  const std::string tex = gradient != nullptr ? "-\\eta\\,\\partial J/\\partial\\mu_{" + index + "}"
                                              : "\\Delta\\mu_{" + index + "}";
  const double wide = panel.x.hi - panel.x.lo, high = panel.y.hi - panel.y.lo;
  const bool steep = std::abs((*tip)[1] - now[1]) * wide > std::abs((*tip)[0] - now[0]) * high;
  Text name{(*tip)[0], (*tip)[1], tex, true, {Role::line, j, 1}, 0, kBelow, Anchor::centre, true};
  if (steep) name.dx_px = kBeside, name.dy_px = kLevel, name.anchor = Anchor::left;
  panel.marks.push_back(std::move(name));
}

void add_pull(Panel& panel, const Snapshot& snapshot, const View& view, int j, double magnified, int named) {
  const Eigen::Index at = 2 * j;
  const Eigen::Vector2d now = snapshot.state.theta.segment<2>(at);
  const NextStep next = next_step(snapshot);
  const bool has_em = snapshot.em_target.size() > 0;
  if (has_em) add_twin(panel, snapshot, j);
  const auto drawn = [&](const Theta& to) -> Eigen::Vector2d {
    return now + magnified * (to.segment<2>(at) - now);
  };
  const std::string index = std::to_string(j + 1);
  Eigen::Vector2d gradient, step;
  if (next.gradient != nullptr) {
    gradient = drawn(*next.gradient);
    Arrow arrow{"gradient " + index, now[0], now[1], gradient[0], gradient[1], {Role::line, j, 1}};
    if (next.step != nullptr) arrow.ink.alpha = 0.4, arrow.width_px = 1.8;
    panel.marks.push_back(arrow);
  }
  if (next.step != nullptr) {
    const bool is_em = next.step == &snapshot.em_target;  // drawn where it is, as its twin
    step = blends(snapshot) ? blended(snapshot, gradient, at)
           : is_em          ? Eigen::Vector2d(next.step->segment<2>(at))
                            : drawn(*next.step);
    panel.marks.push_back(Arrow{"step " + index, now[0], now[1], step[0], step[1], {Role::line, j, 1}});
  }
  if (blends(snapshot)) add_knob(panel, snapshot, j, gradient, step, j == named);
  const ElementId self{ElementId::Kind::prototype, j};
  if (view.hovered == self || view.pinned == self)
    add_names(panel, snapshot, j, next.gradient != nullptr ? &gradient : nullptr,
              next.step != nullptr ? &step : nullptr);
}

// The prototype whose lambda is written out: the hovered or pinned one, else the one with the longest step.
int named_one(const Snapshot& snapshot, const View& view) {
  const int count = mixture_of(snapshot).components();
  for (const ElementId& each : {view.hovered, view.pinned})
    if (each.kind == ElementId::Kind::prototype && each.index < count) return each.index;
  int best = 0;
  double longest = -1;
  for (int j = 0; j < count && snapshot.em_target.size() > 0; ++j) {
    const double length =
        (snapshot.em_target.segment<2>(2 * j) - snapshot.state.theta.segment<2>(2 * j)).norm();
    if (length > longest) longest = length, best = j;
  }
  return best;
}

// Where the axes have scales of their own, lengths are those on the stage. Nothing where no step can be seen.
std::optional<double> own_magnification(const Snapshot& snapshot, const View& view) {
  const NextStep next = next_step(snapshot);
  std::vector<const Theta*> drawn;
  if (next.gradient != nullptr) drawn.push_back(next.gradient);
  // A blend ends between the other two as they are drawn, and the step of EM is drawn where it is.
  if (next.step != nullptr && next.step != &snapshot.em_target && !blends(snapshot))
    drawn.push_back(next.step);
  if (drawn.empty()) return std::nullopt;
  const auto length_of = [&](int axis) {
    const auto [lo, hi] = stage_range(snapshot, view, axis);
    return hi - lo;
  };
  const Eigen::Vector2d lengths(length_of(0), length_of(1));
  const Eigen::Vector2d stage = has_equal_aspect(snapshot, view)
                                    ? Eigen::Vector2d(Eigen::Vector2d::Constant(lengths.minCoeff()))
                                    : lengths;
  double longest = 0, em = 0;
  for (Eigen::Index at = 0; at < 2 * mixture_of(snapshot).components(); at += 2) {
    const auto length = [&](const Theta& to) {
      return (to.segment<2>(at) - snapshot.state.theta.segment<2>(at)).cwiseQuotient(stage).norm();
    };
    for (const Theta* step : drawn)
      if (const double here = length(*step); here > longest) {
        longest = here;
        if (snapshot.em_target.size() > 0) em = length(snapshot.em_target);
      }
  }
  return visible_times(longest, snapshot.em_target.size() > 0 ? em : kUnlimited);
}

}  // namespace

std::optional<double> visible_times(double longest, double most) {
  constexpr double kSeen = 0.05, kLong = 0.1;  // of the stage
  constexpr double kNone = 1e-7;               // of the stage: not to be seen however much it is magnified
  if (!(longest > kNone)) return std::nullopt;
  double best = 1;
  for (double decade = 1; decade < 1e6; decade *= 10)
    for (const double digit : {1.0, 2.0, 3.0, 5.0}) {
      const double length = digit * decade * longest;
      if (best * longest >= kSeen && length > std::min(most, kLong)) return best;
      best = digit * decade;
    }
  return best;
}

double magnification(const Snapshot& snapshot, const View& view) {
  const std::optional<double> own = own_magnification(snapshot, view);
  if (!own) return 1;
  return view.arrows ? view.arrows->agreed(*own) : *own;
}

std::pair<Sign, std::string> magnification_entry(const std::string& name, double magnified) {
  return {Sign::arrow_along, name + " " + format_fixed(magnified, 0) + "\u00d7"};
}

void add_pulls(Panel& panel, const Snapshot& snapshot, const View& view, double magnified) {
  if (!mixture_of(snapshot).options().learn_means) return;
  const int named = named_one(snapshot, view);
  for (int j = 0; j < mixture_of(snapshot).components(); ++j)
    add_pull(panel, snapshot, view, j, magnified, named);
}

}  // namespace iem
