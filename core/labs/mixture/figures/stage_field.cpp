// The layers below the points of the stage: the field, and iso-lines of the log density.
#include <algorithm>
#include <utility>

#include "core/base/hash.h"
#include "core/field/contour.h"
#include "core/field/field.h"
#include "core/labs/mixture/figures/stage_layers.h"
#include "core/run/divergence.h"

namespace iem {
namespace {

std::uint64_t bits_of(const Theta& theta, double tau) {
  Hash hash;
  hash.add(std::span<const double>(theta.data(), static_cast<std::size_t>(theta.size())));
  hash.add(tau);
  return hash.value();
}

FieldKind field_kind(const std::string& id) {
  if (id == "entropy") return FieldKind::entropy;
  if (id == "density") return FieldKind::density;
  if (id == "energy") return FieldKind::energy;
  if (id == "assignment") return FieldKind::assignment;
  return FieldKind::responsibility;
}

}  // namespace

void add_field(Panel& panel, const Snapshot& snapshot, const View& view) {
  const std::string& id = view.config.text("view.field");
  const bool competitive = snapshot.model().responsibilities_unavailable().empty();
  if (id == "off" || id == "gradient" || id == "difference" || (!competitive && id != "assignment") ||
      is_broken(snapshot))
    return;
  auto input = std::make_shared<FieldInput>(
      mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, field_kind(id)));
  input->boundaries = view.config.flag("view.boundaries");
  Hash hash;
  hash.add(bits_of(snapshot.state.theta, snapshot.temperature));
  hash.add(input->energy);
  hash.add(std::span<const double>(input->shape));
  hash.add(static_cast<std::uint64_t>(input->kind) * 2 + (input->boundaries ? 1 : 0));
  hash.add(std::uint64_t{mixture_of(snapshot).options().volume_term});
  hash.add(static_cast<std::uint64_t>(input->responsibility));
  input->revision = hash.value();
  panel.marks.push_back(FieldMark{"field", std::move(input)});
}

bool raise_field(Panel& panel, const View& view) {
  if (!view.config.flag("view.landscape") || panel.marks.empty()) return false;
  const auto* flat = std::get_if<FieldMark>(&panel.marks.back());
  if (!flat || flat->input->kind != FieldKind::energy) return false;
  SurfaceMark surface{.series = "landscape", .input = flat->input};
  surface.azimuth = view.config.real("view.azimuth");
  surface.elevation = view.config.real("view.elevation");
  const auto name_of = [](Axis& axis, const char* otherwise) {
    axis.ticks = false;
    std::string name = std::exchange(axis.label, {});
    if (!axis.unit.empty()) name += " (" + std::exchange(axis.unit, {}) + ")";
    return name.empty() ? std::string(otherwise) : name;
  };
  surface.names = {name_of(panel.x, "x"), name_of(panel.y, "y"), "energy"};
  panel.marks.back() = std::move(surface);
  return true;
}

// Iso-lines of the log density, closer together near the top, over somewhat more than the visible range so
// that a pan does not show their ends.
void add_density(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  if (is_broken(snapshot)) return;
  if (!view.config.flag("view.density") || !snapshot.model().responsibilities_unavailable().empty()) return;
  const FieldInput input =
      mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, FieldKind::density);
  constexpr int kSamples = 80;
  const double mx = 0.25 * (panel.x.hi - panel.x.lo), my = 0.25 * (panel.y.hi - panel.y.lo);
  const FieldView grid{panel.x.lo - mx, panel.x.hi + mx, panel.y.lo - my,
                       panel.y.hi + my, kSamples,        kSamples};
  const std::vector<double> values = sample_log_density(input, grid);
  const double top = *std::max_element(values.begin(), values.end());
  Line line{.series = "density", .x = {}, .y = {}, .ink = {Role::ink, 0, 0.13}, .width_px = 1};
  Polylines lines;
  for (double below : {0.25, 0.75, 1.35, 2.0, 2.75, 3.6, 4.6})
    append(lines, iso_lines(values, kSamples, kSamples, grid.x0, grid.x1, grid.y0, grid.y1, top - below));
  if (lines.x.empty()) return;  // the density is too flat, or its levels differ by rounding only
  line.x = figure.own(std::move(lines.x));
  line.y = figure.own(std::move(lines.y));
  panel.marks.push_back(std::move(line));
}

}  // namespace iem
