#include "app/gui/lessons/guess_hand.h"

#include <cmath>
#include <string>
#include <string_view>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/cover.h"
#include "app/paint/shapes.h"
#include "core/base/number.h"

namespace iem::gui {
namespace {

using paint::Px;

constexpr double kReach_px = 16;  // of the mark, or of the guess
constexpr double kRing_px = 9, kCentre_px = 2, kLine_px = 2.4;
constexpr double kEarlier_px = 4.5, kEarlierAlpha = 0.6;

bool asks_where(const LessonPlayer& player) {
  return player.is_open() && player.page().question && player.page().question->kind == Question::Kind::where;
}

// A dashed arrow, a ring at its tip and a name.
void draw_guess(ImGuiCanvas& canvas, Px from, Px to, std::string_view name) {
  const paint::Rgba ink{theme().accent, 1};
  const double length = distance(from, to);
  if (length > kRing_px + 4) {
    const double share = (length - kRing_px) / length;
    const Px tip{from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)};
    Arrow arrow;
    arrow.width_px = kLine_px, arrow.dash = Dash::dashed, arrow.halo = false;
    paint::paint_arrow(canvas, from, tip, arrow, ink, theme().paper);
  }
  canvas.disc(to, kRing_px, {theme().paper, 1}, 0, {});
  canvas.circle(to, kRing_px, {.colour = ink, .width_px = kLine_px});
  canvas.disc(to, kCentre_px, ink, 0, {});
  const paint::TextStyle style{.size_px = 13, .bold = true, .anchor = Anchor::centre, .colour = ink};
  const double half = 0.5 * canvas.measure_text(name, style).width;
  paint::paint_plate(canvas, {to.x - half, to.y + 18, to.x + half, to.y + 30}, theme());
  canvas.text(name, {to.x, to.y + 28}, style);
}

}  // namespace

void GuessHand::draw(const paint::Transform& to_px, ImDrawList* list) const {
  ImGuiCanvas canvas(list);
  for (const Guess& other : player_.earlier()) {
    const Px at{to_px.px_x(other.x), to_px.px_y(other.y)};
    canvas.disc(at, kEarlier_px + 2, {theme().paper, 0.8}, 0, {});
    canvas.circle(at, kEarlier_px, {.colour = {theme().accent, kEarlierAlpha}, .width_px = 1.6});
  }
  if (!player_.guess() || player_.place() == nullptr) return;
  const Truth& place = *player_.place();
  // After the reveal the mark says how far off it is.
  std::string name = word(text::lesson::kGuessMark);
  if (player_.truth() != nullptr)
    name += ", " + shown_number(gap_of(*player_.page().question, *player_.guess(), *player_.truth())) + " " +
            word(text::lesson::kAway);
  draw_guess(canvas, {to_px.px_x(place.from_x), to_px.px_y(place.from_y)},
             {to_px.px_x(player_.guess()->x), to_px.px_y(player_.guess()->y)}, name);
  if (const Truth* truth = player_.truth()) {
    const Px line[] = {{to_px.px_x(player_.guess()->x), to_px.px_y(player_.guess()->y)},
                       {to_px.px_x(truth->x), to_px.px_y(truth->y)}};
    canvas.polyline(line, {.colour = {theme().ink, 1}, .width_px = 1.2, .dash = Dash::dotted});
  }
}

bool GuessHand::takes(const PanelContext& context, const std::string& figure) const {
  return sketch_.is_of(figure) || context.reduced().covers_figure(figure);
}

void GuessHand::draw_in_place(PanelContext& context, const std::string& figure, ImVec2 min, ImVec2 max) {
  if (sketch_.is_of(figure))
    sketch_.draw(context, figure, min, max);
  else
    draw_cover(min, max);
}

bool GuessHand::update(PanelContext&, const Panel&, const paint::Transform& to_px, Px mouse, bool inside,
                       ImDrawList* list) {
  if (!asks_where(player_)) return holding_ = false;
  bool near = false;
  if (player_.asks() && player_.place() != nullptr) {
    const Truth& place = *player_.place();
    const Px mark{to_px.px_x(place.from_x), to_px.px_y(place.from_y)};
    const Px guess =
        player_.guess() ? Px{to_px.px_x(player_.guess()->x), to_px.px_y(player_.guess()->y)} : mark;
    near = inside && (distance(mouse, mark) < kReach_px || distance(mouse, guess) < kReach_px);
    if (near || holding_) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (near && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) holding_ = true;
    if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) holding_ = false;
    if (holding_ && distance(mouse, mark) > 4) {
      Guess at;
      at.x = to_px.x_at(mouse.x), at.y = to_px.y_at(mouse.y);
      player_.set_guess(at);
    }
  }
  draw(to_px, list);
  return near || holding_;
}

}  // namespace iem::gui
