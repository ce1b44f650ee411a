#include "app/gui/context/view_state.h"

#include <algorithm>
#include <cmath>

#include "core/labs/kit/lab.h"
#include "core/labs/kit/phases/phases.h"

namespace iem::gui {
namespace {

bool has_key(const Config& config, const char* key) { return config.table().find(key) != nullptr; }

// A probe line through the middle of the data along its longer axis, where the activation changes most.
Tensor probe_across(const Dataset& data) {
  const auto x = data.points.col(0), y = data.points.col(1);
  const double mx = x.mean(), my = y.mean();
  const double sx = std::sqrt((x.array() - mx).square().mean()),
               sy = std::sqrt((y.array() - my).square().mean());
  const double covariance = ((x.array() - mx) * (y.array() - my)).mean();
  const double sign = covariance < 0 ? -1 : 1;
  return {{2, 2}, {mx - 1.8 * sx, my - 1.8 * sign * sy, mx + 1.8 * sx, my + 1.8 * sign * sy}};
}

// Where the data has a middle and an extent; else the probe line stays as it is.
void lay_probe(Config& config, const Dataset& data) {
  if (!has_key(config, "view.probe") || data.dimension() != 2 || data.size() < 2) return;
  const Tensor probe = probe_across(data);
  const std::vector<double>& ends = probe.data;
  const bool is_finite = std::ranges::all_of(ends, [](double v) { return std::isfinite(v); });
  if (is_finite && (ends[0] != ends[2] || ends[1] != ends[3])) config.set("view.probe", probe);
}

}  // namespace

int ViewState::pinned_point(const Snapshot& snapshot) const {
  const auto n = static_cast<int>(snapshot.data().size());
  if (!has_key(config, "view.pinned")) return -1;
  const auto index = static_cast<int>(config.integer("view.pinned"));
  return index < n ? index : -1;
}

int ViewState::shown_point(const Snapshot& snapshot) const {
  const auto n = static_cast<int>(snapshot.data().size());
  const int under = lab_of(*snapshot.setup).point_of(hovered, snapshot), kept = pinned_point(snapshot);
  const bool as_key = hovered.kind == ElementId::Kind::token && kept >= 0;
  return under >= 0 && under < n && !as_key ? under : kept;
}

void ViewState::pin_point(int index) {
  if (has_key(config, "view.pinned")) config.set("view.pinned", std::int64_t{index});
  touch();
}

std::string ViewState::chosen_phase() const {
  if (!has_key(config, "view.phase") || !config.is_set("view.phase")) return {};
  const std::string& id = config.text("view.phase");
  return id == kNoPhase ? std::string() : id;
}

void ViewState::choose_phase(const std::string& id) {
  if (has_key(config, "view.phase")) config.set("view.phase", id.empty() ? std::string(kNoPhase) : id);
  touch();
}

void ViewState::show(const PlotRange& range) {
  if (!has_key(config, "view.x") || !has_key(config, "view.y")) return;
  for (const double end : {range.x0, range.x1, range.y0, range.y1})
    if (!std::isfinite(end)) return;
  const Tensor x{{2}, {range.x0, range.x1}}, y{{2}, {range.y0, range.y1}};
  if (config.tensor("view.x") == x && config.tensor("view.y") == y) return;
  config.set("view.x", x);
  config.set("view.y", y);
  touch();
}

std::optional<PlotRange> ViewState::shown_range() const {
  if (!has_key(config, "view.x") || !config.is_set("view.x") || !config.is_set("view.y")) return std::nullopt;
  const auto &x = config.tensor("view.x").data, &y = config.tensor("view.y").data;
  return PlotRange{x[0], x[1], y[0], y[1]};
}

void ViewState::look_at(const Dataset& data) {
  own_data = true;
  for (const char* key : {"view.x", "view.y"})
    if (has_key(config, key)) config.reset(key);
  lay_probe(config, data);
  touch();
}

void ViewState::fit_stage(const Config& scene) {
  for (const char* key : {"view.x", "view.y", "view.z"}) {
    if (!has_key(config, key)) continue;
    config.reset(key);
    if (scene.is_set(key) && !own_data) config.set(key, scene.value(key));
  }
  ++fits;
  touch();
}

ViewState initial_view(const Config& scene, const Dataset& data) {
  ViewState view{.config = scene, .pinned = {}, .hovered = {}, .zoom = {}};
  if (has_key(scene, "view.probe") && !scene.is_set("view.probe")) lay_probe(view.config, data);
  return view;
}

}  // namespace iem::gui
