#include "app/gui/context/strokes.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace iem::gui {
namespace {

constexpr double kStays_s = 8, kFades_s = 1.5;
constexpr double kPenWidth = 3;  // style pixels

}  // namespace

void Strokes::draw_to(double x, double y) {
  if (strokes_.empty() || !strokes_.back().drawn) strokes_.emplace_back();
  Stroke& stroke = strokes_.back();
  if (!stroke.x.empty() && stroke.x.back() == x && stroke.y.back() == y) return;
  stroke.x.push_back(x), stroke.y.push_back(y);
}

void Strokes::lift(double now_s) {
  if (strokes_.empty() || !strokes_.back().drawn) return;
  strokes_.back().drawn = false, strokes_.back().ended_s = now_s;
}

void Strokes::fade(double now_s, bool held) {
  for (Stroke& stroke : strokes_) {
    if (stroke.drawn) continue;
    if (held) stroke.ended_s = std::max(stroke.ended_s, now_s - kStays_s);
    stroke.alpha = std::clamp(1 - (now_s - stroke.ended_s - kStays_s) / kFades_s, 0.0, 1.0);
  }
  std::erase_if(strokes_, [](const Stroke& stroke) { return stroke.alpha <= 0; });
}

bool Strokes::fading(double now_s) const {
  return std::ranges::any_of(
      strokes_, [&](const Stroke& stroke) { return !stroke.drawn && now_s >= stroke.ended_s + kStays_s; });
}

void Strokes::add_to(Panel& panel) const {
  for (const Stroke& stroke : strokes_) {
    Line line;
    line.series = "pen";
    line.x = stroke.x, line.y = stroke.y;
    line.ink = {Role::warn, 0, stroke.alpha};
    line.width_px = kPenWidth, line.halo_px = 1;
    panel.marks.emplace_back(line);
  }
}

void Strokes::add_copies_to(Figure& figure) const {
  if (figure.panels.empty()) return;
  Panel copies;
  add_to(copies);
  for (Mark& mark : copies.marks) {
    Line line = std::get<Line>(std::move(mark));
    line.x = figure.own({line.x.begin(), line.x.end()});
    line.y = figure.own({line.y.begin(), line.y.end()});
    figure.panels.front().marks.emplace_back(std::move(line));
  }
}

}  // namespace iem::gui
