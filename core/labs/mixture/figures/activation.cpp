// An activation derived from a mixture (math.md section 4, live derivation): the posterior mean along the
// probe line,
//   a(t) = sum_j r_j(x(t)) mu_j . n,   x(t) on the line, t = x . n, n its direction.
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/libm.h"
#include "core/field/field.h"
#include "core/labs/mixture/figures/list.h"

namespace iem {
namespace {

constexpr int kOnProbe = 241;
constexpr std::size_t kNamedAreas = 8;

// Along the probe line: places, the posterior mean of mu . n, and r_j there.
struct ProbeReading {
  std::vector<double> t, mean;
  std::vector<std::vector<double>> shares;
};

ProbeReading probe_reading(const FieldInput& input, const ProbeLine& probe) {
  const std::size_t k = input.components.size();
  ProbeReading out{std::vector<double>(kOnProbe), std::vector<double>(kOnProbe, 0.0),
                   std::vector<std::vector<double>>(k, std::vector<double>(kOnProbe))};
  std::vector<double> r(k);
  for (std::size_t s = 0; s < kOnProbe; ++s) {
    const double along = probe.length * static_cast<double>(s) / (kOnProbe - 1);
    out.t[s] = probe.t0 + along;
    field_responsibilities(input, probe.x0 + along * probe.nx, probe.y0 + along * probe.ny, r.data());
    for (std::size_t j = 0; j < k; ++j) {
      const FieldComponent& c = input.components[j];
      out.shares[j][s] = r[j];
      out.mean[s] += r[j] * (c.mu_x * probe.nx + c.mu_y * probe.ny);
    }
  }
  return out;
}

// The area of r_j, from 0 at the foot of the panel to 1 at the top, and its edge.
void add_share_area(Figure& figure, Panel& panel, Values x, std::vector<double> share, std::size_t j,
                    std::size_t count) {
  const std::string name = "r " + std::to_string(j + 1);
  Band band{.series = name, .x = x, .lower = {}, .upper = {}, .ink = {Role::mark, static_cast<int>(j), 0.13}};
  for (double& each : share) each = panel.y.lo + each * (panel.y.hi - panel.y.lo);
  band.lower = figure.own(std::vector<double>(share.size(), panel.y.lo));
  band.upper = figure.own(std::move(share));
  // Pale areas look the same grey in print, so each has an edge with its dash and its name.
  Line edge{.series = "edge of " + name, .x = x, .y = band.upper};
  mark_as_prototype(edge, static_cast<int>(j), 1);
  edge.width_px = 1;
  edge.label = count <= kNamedAreas ? "r_{" + std::to_string(j + 1) + "}" : "";
  edge.label_tex = edge.name_at_end = true;
  edge.named_on_screen = false;
  edge.label_at = (static_cast<double>(j) + 0.5) / static_cast<double>(count);
  panel.marks.push_back(std::move(band));
  panel.marks.push_back(std::move(edge));
}

}  // namespace

ProbeLine probe_line(const Snapshot& snapshot, const View& view) {
  const Tensor& given = view.config.tensor("view.probe");
  double x0, y0, x1, y1;
  if (given.data.size() == 4) {
    x0 = given.data[0], y0 = given.data[1], x1 = given.data[2], y1 = given.data[3];
  } else {
    const auto [lo, hi] = stage_range(snapshot, view, 0);
    x0 = lo, x1 = hi;
    y0 = y1 = snapshot.data().points.col(1).mean();
  }
  ProbeLine probe{x0, y0, 1, 0, 0, libm::hypot(x1 - x0, y1 - y0)};
  if (probe.length > 0) {
    probe.nx = (x1 - x0) / probe.length;
    probe.ny = (y1 - y0) / probe.length;
  }
  probe.t0 = x0 * probe.nx + y0 * probe.ny;
  return probe;
}

Figure activation_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "activation", .title = "Derived activation", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) +
                   ". Posterior mean of $\\mu\\cdot n$ along the probe line: $a(t) = \\sum_j "
                   "r_j(t)\\,\\mu_j\\cdot n$. Areas: $r_j$, from 0 at the foot to 1 at the top.";
  const FieldInput input =
      mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, FieldKind::responsibility);
  ProbeReading along = probe_reading(input, probe_line(snapshot, view));

  Panel panel;
  panel.title = "Derived activation";
  panel.title_tex = "\\mathrm{E}[\\mu\\cdot n\\mid t]";
  panel.x.label = "t along the probe line";
  panel.x.lo = along.t.front();
  panel.x.hi = along.t.back();
  std::tie(panel.y.lo, panel.y.hi) = range_of(along.mean, 0.35);
  panel.y.max_ticks = 4;
  panel.grid = false;
  const Values x = figure.own(std::move(along.t));
  const std::size_t count = along.shares.size();
  for (std::size_t j = 0; j < count; ++j)
    add_share_area(figure, panel, x, std::move(along.shares[j]), j, count);
  Line value{.series = "activation", .x = x, .y = figure.own(std::move(along.mean)), .ink = {Role::ink}};
  value.width_px = 2.6;
  value.label = "a(t)";
  value.label_tex = value.name_at_end = true;
  value.named_on_screen = false;
  panel.marks.push_back(std::move(value));
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
