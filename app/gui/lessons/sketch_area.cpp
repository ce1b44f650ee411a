#include "app/gui/lessons/sketch_area.h"

#include <algorithm>
#include <vector>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/gl/screen_paint.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/plots/plot_area.h"

namespace iem::gui {
namespace {

constexpr float kRoomLeft = 40, kRoomBelow = 26;  // style pixels, for the numbers of the axes

void draw_curve(const PlotArea& area, const std::vector<double>& xs, const std::vector<double>& ys,
                const paint::Stroke& stroke) {
  ImGuiCanvas canvas(area.list());
  std::vector<paint::Px> points;
  for (std::size_t i = 0; i < xs.size(); ++i)
    points.push_back({area.to_px().px_x(xs[i]), area.to_px().px_y(ys[i])});
  if (points.size() > 1) canvas.polyline(points, stroke);
}

}  // namespace

bool SketchArea::is_of(const std::string& figure) const {
  if (!player_.is_open() || !player_.page().question) return false;
  const Question& question = *player_.page().question;
  return question.kind == Question::Kind::sketch && question.subject.name == figure;
}

// Replaces what was drawn between the last place and this one.
void SketchArea::add(double x, double y) {
  Guess guess = player_.guess().value_or(Guess{});
  const auto [lo, hi] = std::minmax(x, drawing_ ? last_x_ : x);
  Guess next;
  bool put = false;
  for (std::size_t i = 0; i < guess.curve_x.size(); ++i) {
    const double at = guess.curve_x[i];
    if (at >= lo && at <= hi) continue;
    if (at > hi && !put) next.curve_x.push_back(x), next.curve_y.push_back(y), put = true;
    next.curve_x.push_back(at), next.curve_y.push_back(guess.curve_y[i]);
  }
  if (!put) next.curve_x.push_back(x), next.curve_y.push_back(y);
  player_.set_guess(std::move(next));
  drawing_ = true, last_x_ = x, last_y_ = y;
}

void SketchArea::draw(PanelContext& context, const std::string& figure, ImVec2 min, ImVec2 max) {
  const Panel* panel = main_curve(context.figure(figure)).panel;
  if (panel == nullptr) return;
  Panel empty = *panel;
  empty.marks.clear();
  PlotOptions options;
  options.zoomable = false;
  options.paint = screen_options(*context.fields);
  PlotArea area("##sketch", empty, {min.x + px(kRoomLeft), min.y}, {max.x, max.y - px(kRoomBelow)}, options);
  if (!area.visible()) return;
  area.paint(empty, options);
  const paint::Px mouse = area.mouse();
  const bool down = ImGui::IsMouseDown(ImGuiMouseButton_Left);
  const bool begins = area.hovered() && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  if (player_.asks() && (begins || (drawing_ && down)) && area.hovered())
    add(area.to_px().x_at(mouse.x), area.to_px().y_at(mouse.y));
  if (!down) drawing_ = false;
  if (const Truth* truth = player_.truth())
    draw_curve(area, truth->curve_x, truth->curve_y, {.colour = {theme().ink, 1}, .width_px = 2.2});
  if (player_.guess())
    draw_curve(area, player_.guess()->curve_x, player_.guess()->curve_y,
               {.colour = {theme().accent, 1}, .width_px = 2.4, .dash = Dash::dashed});
}

}  // namespace iem::gui
