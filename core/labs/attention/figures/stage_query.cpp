// One query of the attention stage: its tick, its output, its target and the error between them.
#include <numbers>
#include <optional>
#include <utility>

#include "core/labs/attention/figures/stage_names.h"

namespace iem {
namespace {

// A query on the stage, with the places of what it reads and of what it should.
struct QueryOnStage {
  Eigen::Index i;
  bool shown;  // the one whose attention is drawn
  bool reads;  // its output is drawn
  Eigen::RowVector2d place, output;
  std::optional<Eigen::RowVector2d> target;
  bool met = false;  // the output has reached the target

  Ink ink() const { return {shown ? Role::ink : Role::faint}; }
};

QueryOnStage query_on_stage(const Panel& panel, const AttentionStage& s, Eigen::Index i) {
  const bool shown = i == s.query;
  QueryOnStage q{
      i,           shown, !shown || s.shows_reading(), s.now.queries.row(i), s.from_query(i, s.rows.outputs),
      std::nullopt};
  const Eigen::MatrixXd& targets = s.snapshot.data().targets;
  if (targets.rows() == 0) return q;
  q.target = s.from_query(i, targets);
  q.met = (q.output - *q.target).norm() < 0.035 * (panel.x.hi - panel.x.lo);
  return q;
}

void add_error(Panel& panel, const AttentionStage& s, const QueryOnStage& q) {
  const double ox = q.output[0], oy = q.output[1], tx = (*q.target)[0], ty = (*q.target)[1];
  Arrow error{"error", ox, oy, tx, ty, {Role::bad}};
  error.width_px = 1.6;
  error.head_length_px = error.head_width_px = 0;
  error.dash = Dash::dashed;
  panel.marks.push_back(std::move(error));
  FreeSide side = side_at(s, panel, tx, ty);
  side.avoid_mark(ox, oy);
  side.avoid_line(ox, oy);
  side.avoid_line(q.place[0], q.place[1]);
  if (s.places())
    for (const double angle : {-2.4, -1.6, -0.7, 0.0, 0.7})
      side.avoid_angle(angle);  // a key's name and gauge
  // Where the output has reached its target, both names are written at the target.
  const std::string name = (q.met ? symbol("o", q.i) + ",\\," : "") + symbol("y", q.i);
  panel.marks.push_back(
      beside(tx, ty, name, q.ink(), side, s.places() ? 1.6 : 0, (s.places() ? 22 : 17) + (q.met ? 9 : 0)));
}

void add_target_of_query(Panel& panel, const AttentionStage& s, const QueryOnStage& q) {
  Marker target{
      .series = "target", .x = (*q.target)[0], .y = (*q.target)[1], .shape = Shape::ring, .ink = q.ink()};
  target.radius_px = q.shown ? 5.5 : 3;
  target.halo_px = 1;
  target.stroke_px = q.shown ? 2 : 1;
  target.clear = s.places();  // targets are places among the keys, which they must not hide
  panel.marks.push_back(std::move(target));
}

void add_output_of_query(Panel& panel, const QueryOnStage& q) {
  Arrow output{
      "output " + std::to_string(q.i + 1), q.place[0], q.place[1], q.output[0], q.output[1], q.ink()};
  output.width_px = q.shown ? 2 : 1;
  output.head_length_px = output.head_width_px = q.shown ? 9 : 6;
  panel.marks.push_back(std::move(output));
}

// The name of its output, and the ring of what is shown.
void add_reading(Panel& panel, const AttentionStage& s, const QueryOnStage& q) {
  if (!q.met) {
    FreeSide side = side_at(s, panel, q.output[0], q.output[1]);
    side.avoid_line(q.place[0], q.place[1]);
    // The name of the target stands on its far side.
    if (q.target) side.avoid_line((*q.target)[0], (*q.target)[1]);
    panel.marks.push_back(beside(q.output[0], q.output[1], symbol("o", q.i), q.ink(), side, kLowerLeft, 15));
  }
  Marker ring{
      .series = "pinned", .x = q.place[0], .y = q.place[1], .shape = Shape::ring, .ink = {Role::accent}};
  ring.radius_px = 9.5;
  ring.stroke_px = 2;
  if (!s.phases.on()) panel.marks.push_back(std::move(ring));
}

void add_query_itself(Panel& panel, const AttentionStage& s, const QueryOnStage& q) {
  const double x = q.place[0], y = q.place[1];
  const Ink ink{q.shown ? Role::ink : Role::muted};
  Marker tick{.series = "query " + std::to_string(q.i + 1), .x = x, .y = y, .shape = Shape::tick};
  tick.ink = ink;
  tick.radius_px = 6;
  tick.halo_px = 1;
  tick.element = {ElementId::Kind::query, static_cast<int>(q.i)};
  panel.marks.push_back(std::move(tick));
  if (s.model.queries() > kMostNamed) return;
  FreeSide side = side_at(s, panel, x, y);
  side.avoid_line(q.output[0], q.output[1]);
  if (q.shown)
    for (Eigen::Index j = 0; j < s.model.visible(q.i); ++j)
      if (s.rows.attention(q.i, j) > 0.02) side.avoid_line(s.now.keys(j, 0), s.now.keys(j, 1));
  const double wish = q.shown ? std::numbers::pi : 0;
  panel.marks.push_back(beside(x, y, symbol("q", q.i), ink, side, wish, q.shown ? 23 : 20));
}

}  // namespace

void add_query(Panel& panel, const AttentionStage& s, Eigen::Index i) {
  const QueryOnStage q = query_on_stage(panel, s, i);
  if (q.target && q.reads) {
    if (q.shown) add_error(panel, s, q);
    add_target_of_query(panel, s, q);
  }
  if (q.reads) add_output_of_query(panel, q);
  if (q.shown && q.reads) add_reading(panel, s, q);
  add_query_itself(panel, s, q);
}

}  // namespace iem
