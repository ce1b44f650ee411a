// Where the prototypes of the stage come from and where they go: their trails, and the pull on each.
#include "core/labs/mixture/figures/stage_layers.h"

namespace iem {
namespace {

// Positions of component j on its way. Where K changed on the way the trail begins anew. Its start is added
// to `starts`.
void add_trail(Figure& figure, Panel& panel, const std::vector<Track::Row>& way, int j,
               std::vector<Marker>& starts) {
  std::vector<double> x, y;
  for (const auto& [step, row] : way) {
    const auto at = static_cast<std::size_t>(3 * j);
    if (at + 1 >= row.size()) {
      x.clear();
      y.clear();
      continue;
    }
    x.push_back(row[at]);
    y.push_back(row[at + 1]);
  }
  if (x.size() < 2) return;
  const double x0 = x[0], y0 = y[0];
  Line line{.series = "trail " + std::to_string(j + 1), .x = {}, .y = {}, .ink = {Role::line, j, 0.7}};
  line.x = figure.own(std::move(x));
  line.y = figure.own(std::move(y));
  line.width_px = 1.6;
  line.halo_px = 1.2;
  panel.marks.push_back(line);
  Scatter knots{.series = "knots " + std::to_string(j + 1), .x = line.x, .y = line.y};
  knots.ink = {Role::line, j, 0.9};
  knots.radius_px = 1.9;
  knots.halo_px = 0;
  if (line.x.size() <= 20) panel.marks.push_back(std::move(knots));  // more would run together
  Marker start{.series = "start", .x = x0, .y = y0, .shape = Shape::disc, .ink = {Role::line, j, 1}};
  start.radius_px = 3.6;
  start.halo_px = 1;
  start.hollow = true;
  start.stroke_px = 1.4;
  starts.push_back(std::move(start));
}

}  // namespace

void add_trails(Figure& figure, Panel& panel, const Snapshot& snapshot, std::size_t most) {
  const std::vector<Track::Row> way = trails_until_now(snapshot, most);
  std::vector<Marker> starts;
  for (int j = 0; j < mixture_of(snapshot).components(); ++j) add_trail(figure, panel, way, j, starts);
  panel.marks.insert(panel.marks.end(), starts.begin(), starts.end());
}

// The gradient step at its true length (of a rule that has no rate, its own step), the EM target as a hollow
// twin, and between the two tips where the rule lands.
void add_pull(Panel& panel, const Snapshot& snapshot, const View& view, int j) {
  const auto c = mixture_of(snapshot).options();
  if (!c.learn_means) return;
  const Eigen::Index at = 2 * j;
  const Theta& now = snapshot.state.theta;
  const SolidStep solid = solid_step(snapshot);
  const Theta& em = snapshot.em_target;
  const std::string& method = snapshot.config().text("optimizer.method");
  if (em.size() > 0) {
    Arrow way{"em " + std::to_string(j + 1), now[at], now[at + 1], em[at], em[at + 1], {Role::line, j, 1}};
    way.width_px = 1.8;
    way.head_length_px = way.head_width_px = 0;
    way.dash = Dash::dashed;
    panel.marks.push_back(way);
  }
  if (solid.to) {
    const Theta& to = *solid.to;
    const std::string name = (solid.of_gradient ? "gradient " : "step ") + std::to_string(j + 1);
    panel.marks.push_back(Arrow{name, now[at], now[at + 1], to[at], to[at + 1], {Role::line, j, 1}});
  }
  if (em.size() > 0) {
    Marker twin{.series = "em target",
                .x = em[at],
                .y = em[at + 1],
                .shape = Shape::prototype,
                .ink = {Role::line, j, 1}};
    twin.radius_px = 6.5;
    twin.hollow = true;
    panel.marks.push_back(twin);
  }
  if (method == "gd_to_em" && em.size() > 0) {
    const Theta& gd = *solid.to;
    Arrow slider{"blend", gd[at], gd[at + 1], em[at], em[at + 1], {Role::accent, 0, 1}};
    slider.width_px = 1.5;
    slider.head_length_px = slider.head_width_px = 0;
    panel.marks.push_back(slider);
    Marker knob{.series = "next",
                .x = snapshot.next[at],
                .y = snapshot.next[at + 1],
                .shape = Shape::disc,
                .ink = {Role::accent}};
    knob.radius_px = 4.5;
    knob.element = {ElementId::Kind::target, j};
    panel.marks.push_back(knob);
  }
  const ElementId self{ElementId::Kind::prototype, j};
  if (view.hovered != self && view.pinned != self) return;
  const std::string index = std::to_string(j + 1);
  if (em.size() > 0)
    panel.marks.push_back(Text{em[at],
                               em[at + 1],
                               "\\mu_{" + index + "}^{\\mathrm{EM}}",
                               true,
                               {Role::line, j, 1},
                               0,
                               -16,
                               Anchor::centre,
                               true});
  if (solid.to)
    panel.marks.push_back(
        Text{(*solid.to)[at],
             (*solid.to)[at + 1],
             (solid.of_gradient ? "-\\eta\\,\\partial J/\\partial\\mu_{" : "\\Delta\\mu_{") + index + "}",
             true,
             {Role::line, j, 1},
             0,
             22,
             Anchor::centre,
             true});
}

}  // namespace iem
