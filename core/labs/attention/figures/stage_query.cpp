// One query of the attention stage: its tick, its output, its target and the error between them.
#include <numbers>

#include "core/labs/attention/figures/stage_names.h"

namespace iem {
namespace {

bool has_met(const Panel& panel, const Eigen::RowVector2d& output, const Eigen::RowVector2d& target) {
  return (output - target).norm() < 0.035 * (panel.x.hi - panel.x.lo);
}

}  // namespace

void add_query(Panel& panel, const AttentionStage& s, Eigen::Index i) {
  const bool shown = i == s.query, reads = !shown || s.shows_reading();
  const double x = s.now.queries(i, 0), y = s.now.queries(i, 1);
  const double ox = s.from_query(i, s.rows.outputs)[0], oy = s.from_query(i, s.rows.outputs)[1];
  const Ink ink{shown ? Role::ink : Role::faint};
  const Eigen::MatrixXd& targets = s.snapshot.data().targets;
  if (targets.rows() > 0 && reads) {
    const double tx = s.from_query(i, targets)[0], ty = s.from_query(i, targets)[1];
    if (shown) {
      Arrow error{"error", ox, oy, tx, ty, {Role::bad}};
      error.width_px = 1.6;
      error.head_length_px = error.head_width_px = 0;
      error.dash = Dash::dashed;
      panel.marks.push_back(std::move(error));
      const bool met = has_met(panel, {ox, oy}, {tx, ty});
      FreeSide side = side_at(s, panel, tx, ty);
      side.avoid_mark(ox, oy);
      side.avoid_line(ox, oy);
      side.avoid_line(x, y);
      if (s.places())
        for (const double angle : {-2.4, -1.6, -0.7, 0.0, 0.7})
          side.avoid_angle(angle);  // a key's name and gauge
      // Where the output has reached its target, both names are written at the target.
      const std::string name = (met ? symbol("o", i) + ",\\," : "") + symbol("y", i);
      panel.marks.push_back(
          beside(tx, ty, name, ink, side, s.places() ? 1.6 : 0, (s.places() ? 22 : 17) + (met ? 9 : 0)));
    }
    Marker target{.series = "target", .x = tx, .y = ty, .shape = Shape::ring, .ink = ink};
    target.radius_px = shown ? 5.5 : 3;
    target.halo_px = 1;
    target.stroke_px = shown ? 2 : 1;
    target.clear = s.places();  // targets are places among the keys, which they must not hide
    panel.marks.push_back(std::move(target));
  }
  Arrow output{"output " + std::to_string(i + 1), x, y, ox, oy, ink};
  output.width_px = shown ? 2 : 1;
  output.head_length_px = output.head_width_px = shown ? 9 : 6;
  if (reads) panel.marks.push_back(std::move(output));
  if (shown && reads) {
    FreeSide side = side_at(s, panel, ox, oy);
    side.avoid_line(x, y);
    bool met = false;
    if (targets.rows() > 0) {
      // The name of the target stands on its far side.
      const Eigen::RowVector2d target = s.from_query(i, targets);
      side.avoid_line(target[0], target[1]);
      met = has_met(panel, {ox, oy}, target);
    }
    if (!met) panel.marks.push_back(beside(ox, oy, symbol("o", i), ink, side, kLowerLeft, 15));
    Marker ring{.series = "pinned", .x = x, .y = y, .shape = Shape::ring, .ink = {Role::accent}};
    ring.radius_px = 9.5;
    ring.stroke_px = 2;
    if (!s.phases.on()) panel.marks.push_back(std::move(ring));
  }
  Marker tick{.series = "query " + std::to_string(i + 1), .x = x, .y = y, .shape = Shape::tick};
  tick.ink = {shown ? Role::ink : Role::muted};
  tick.radius_px = 6;
  tick.halo_px = 1;
  tick.element = {ElementId::Kind::query, static_cast<int>(i)};
  panel.marks.push_back(std::move(tick));
  if (s.model.queries() <= kMostNamed) {
    FreeSide side = side_at(s, panel, x, y);
    side.avoid_line(ox, oy);
    if (shown)
      for (Eigen::Index j = 0; j < s.model.visible(i); ++j)
        if (s.rows.attention(i, j) > 0.02) side.avoid_line(s.now.keys(j, 0), s.now.keys(j, 1));
    const double wish = shown ? std::numbers::pi : 0;
    panel.marks.push_back(
        beside(x, y, symbol("q", i), {shown ? Role::ink : Role::muted}, side, wish, shown ? 23 : 20));
  }
}

}  // namespace iem
