#include "core/labs/kit/prototype_handles.h"

#include <cmath>

#include "core/figure/ellipse_handles.h"
#include "core/labs/kit/lab.h"
#include "core/run/snapshot.h"

namespace iem {

std::optional<HeldEllipse> held_ellipse(const Snapshot& snapshot, int j) {
  if (j < 0) return std::nullopt;
  const auto means = natural_block(snapshot, "means"), covariances = natural_block(snapshot, "covariances");
  const auto at = static_cast<std::size_t>(j);
  if (!means || !covariances || means->data.size() < 2 * at + 2 || covariances->data.size() < 4 * at + 4)
    return std::nullopt;
  const double* s = covariances->data.data() + 4 * at;
  return HeldEllipse{means->data[2 * at], means->data[2 * at + 1], {s[0], s[1], s[3]}};
}

std::optional<Edit> ellipse_moved(const Drag& drag) {
  const int j = drag.index / kEllipseHandles;
  const auto taken = held_ellipse(drag.taken, j), now = held_ellipse(drag.now, j);
  std::optional<Tensor> covariances = natural_block(drag.now, "covariances");
  if (!taken || !now || !covariances) return std::nullopt;
  const EllipseFrame frame = ellipse_frame(taken->sigma, drag.length_x, drag.length_y,
                                           ellipse_freedom(drag.taken.config().text("model.covariance")));
  const Sym2 sigma =
      covariance_of(dragged(frame, drag.index % kEllipseHandles, drag.x - now->x, drag.y - now->y));
  const bool tied = drag.now.config().text("model.covariance") == "tied";
  for (std::size_t k = 0; 4 * k + 3 < covariances->data.size(); ++k) {
    if (!tied && k != static_cast<std::size_t>(j)) continue;
    double* to = covariances->data.data() + 4 * k;
    to[0] = sigma.xx, to[1] = to[2] = sigma.xy, to[3] = sigma.yy;
  }
  return Edit{"state.covariances", std::move(*covariances)};
}

void add_ellipse_handles(Panel& panel, const Snapshot& snapshot, const HeldEllipse& ellipse, int j) {
  constexpr double kRound = 1e-9;  // relative; axes this equal have no direction
  const auto [unit_x, unit_y] = equal_lengths(panel);
  const EllipseFreedom freedom = ellipse_freedom(snapshot.config().text("model.covariance"));
  const EllipseFrame frame = ellipse_frame(ellipse.sigma, unit_x, unit_y, freedom);
  const bool round = std::abs(frame.a - frame.b) <= kRound * frame.a;
  for (int handle = kEllipseHandles - 1; handle >= 0; --handle) {
    if (!has_handle(freedom, handle) || (turns(handle) && round)) continue;
    const auto [dx, dy] = handle_offset(frame, handle);
    if (turns(handle)) {
      const auto [ax, ay] = handle_offset(frame, handle == kAxisHandles ? 0 : 2);
      Arrow stalk{"stalk",        ellipse.x + ax, ellipse.y + ay,
                  ellipse.x + dx, ellipse.y + dy, {Role::line, j, 0.6}};
      stalk.width_px = 1;
      stalk.head_length_px = stalk.head_width_px = 0;
      panel.marks.push_back(stalk);
    }
    Marker knob{.series = "handle", .x = ellipse.x + dx, .y = ellipse.y + dy, .shape = Shape::disc};
    knob.ink = {Role::line, j, 1};
    knob.radius_px = turns(handle) ? 3.5 : 4.5;
    knob.hollow = !turns(handle);
    knob.stroke_px = 1.5;
    knob.halo_px = 1;
    knob.element = {ElementId::Kind::ellipse, kEllipseHandles * j + handle};
    panel.marks.push_back(knob);
  }
}

Marker ring_on_line(std::string series, double x, double y, int j) {
  Marker ring{.series = std::move(series), .x = x, .y = y, .shape = Shape::disc, .ink = {Role::line, j, 1}};
  ring.radius_px = 4.2;
  ring.hollow = true;
  ring.stroke_px = 1.6;
  ring.halo_px = 1;
  ring.element = {ElementId::Kind::target, j};
  return ring;
}

Marker mark_on_line(std::string series, double x, double y, int j) {
  Marker mark{
      .series = std::move(series), .x = x, .y = y, .shape = Shape::prototype, .ink = {Role::mark, j, 1}};
  mark.radius_px = 6.5;
  mark.element = {ElementId::Kind::prototype, j};
  return mark;
}

void add_line_ends(Panel& panel, const Tensor& line, const std::string& series) {
  for (int end = 0; end < 2; ++end) {
    const auto i = static_cast<std::size_t>(2 * end);
    Marker handle{.series = series, .x = line.data[i], .y = line.data[i + 1], .shape = Shape::disc};
    handle.ink = {Role::ink};
    handle.radius_px = 5;
    handle.halo_px = 1;
    handle.hollow = true;
    handle.element = {ElementId::Kind::probe_end, end};
    panel.marks.push_back(handle);
  }
}

std::optional<Edit> probe_end_moved(const Drag& drag) {
  Tensor probe = drag.view.config.tensor("view.probe");
  const auto at = static_cast<std::size_t>(2 * drag.index);
  if (at + 1 >= probe.data.size()) return std::nullopt;
  probe.data[at] = drag.x;
  probe.data[at + 1] = drag.y;
  return Edit{"view.probe", std::move(probe)};
}

}  // namespace iem
