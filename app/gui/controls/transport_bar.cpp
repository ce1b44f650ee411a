#include "app/gui/controls/transport_bar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "app/gui/context/actions.h"
#include "app/gui/context/explain.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/cell.h"
#include "app/gui/widgets/cover.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"
#include "core/base/words.h"
#include "core/check/finite.h"
#include "core/run/divergence.h"

namespace iem::gui {
namespace {

constexpr float kMargin = 24;
// The fields of numbers have room for these, so that nothing moves while a run plays.
constexpr std::int64_t kManySteps = 88'888;
constexpr double kLongLoss = -8.888e-10;

}  // namespace

std::vector<MathPiece> loss_equation(double loss) {
  using Kind = MathPiece::Kind;
  std::vector<MathPiece> pieces = {{"J", Kind::formula}, {"{=}", Kind::relation}};
  for (MathPiece& piece : loss_pieces(loss)) pieces.push_back(std::move(piece));
  return pieces;
}

void TransportBar::set_speed(int index) {
  speed_ = std::clamp(index, 0, static_cast<int>(speeds().size()) - 1);
}

void TransportBar::play(PanelContext& context) {
  const bool phases = speed().kind == Speed::Kind::phases;
  context.walks = phases && !context.phases().empty();
  told_ = phases ? 1 : speed().steps_per_second;  // where there are no phases, one step in that time
  if (!context.walks) context.engine().play(told_);
}

void TransportBar::pause(PanelContext& context) {
  context.walks = false;
  context.engine().pause();
}

void TransportBar::follow(PanelContext& context) {
  constexpr double kNoticeable = 1.1;
  const Snapshot& now = context.snapshot();
  context.pace = told_;
  standing_.follow(now);
  follow_loop(context);
  if (speed().kind != Speed::Kind::adaptive || !now.playing || now.serial == serial_) return;
  serial_ = now.serial;
  const double rate = adaptive_.follow(now);
  if (rate < told_ * kNoticeable && rate > told_ / kNoticeable) return;
  context.engine().play(told_ = rate);
}

// A loop goes over the whole scrub bar.
void TransportBar::follow_loop(PanelContext& context) {
  const Snapshot& now = context.snapshot();
  const std::int64_t end = context.view().loops ? shown_steps(now) : 0;
  if (end != loop_end_) context.engine().loop(loop_end_ = end);
  // A walk through phases takes its steps itself.
  if (context.walks && end > 0 && now.state.step >= end) context.engine().seek(0);
}

float TransportBar::buttons(PanelContext& context, ImVec2 min) {
  const Actions& actions = *context.actions;
  const float mid = min.y + px(26);
  const auto bare = [&](const char* action, std::string_view icon, float centre) {
    ImGui::SetCursorScreenPos({min.x + px(centre - 15), mid - px(15)});
    const Action* a = actions.find(action);
    const std::string reason = actions.disabled(action);
    if (icon_button({.id = action, .help = a->label, .shortcut = a->keys, .disabled = reason}, icon))
      actions.run(action);
  };
  bare("transport.start", icon::kStart, 28);
  bare("transport.back", icon::kStepBack, 60);
  ImGui::SetCursorScreenPos({min.x + px(83), mid - px(17)});
  const std::string still = actions.disabled("transport.play");
  const bool playing = context.snapshot().playing || context.walks;
  if (play_button({.id = "transport.play",
                   .help = actions.find("transport.play")->label,
                   .shortcut = actions.keys("transport.play"),
                   .disabled = still},
                  playing))
    actions.run("transport.play");
  bare("transport.forward", icon::kStepForward, 140);
  bare("transport.end", icon::kEnd, 174);
  bare("transport.restart", icon::kRestart, 208);
  bare("transport.new_start", icon::kDice, 240);
  return min.x + px(258);
}

float TransportBar::speed_menu(PanelContext& context, ImVec2 at) {
  const std::string& label = speed().label;
  ImGui::SetCursorScreenPos({at.x, at.y - px(15)});
  const std::string help = std::string(text::kSpeed) + ", " + speed().rate;
  if (text_button({.id = "##speed", .help = help, .shortcut = "1 … 0"}, label)) ImGui::OpenPopup("speeds");
  const float end = ImGui::GetItemRectMax().x;
  if (context.view().loops)
    draw_icon(ImGui::GetWindowDrawList(), icon::kLoop, {end + px(6), at.y}, colour(theme().accent), 11);
  ImGui::SetNextWindowPos({at.x, at.y - px(18)}, ImGuiCond_Always, {0, 1});
  if (begin_menu("speeds")) {
    for (int i = 0; i < static_cast<int>(speeds().size()); ++i) {
      const Speed& each = speeds()[static_cast<std::size_t>(i)];
      if (menu_item(each.label + ", " + each.rate, context.actions->keys(each.id), i == speed_))
        context.actions->run(each.id);
    }
    menu_rule();
    if (menu_item(text::action::kLoop, context.actions->keys("transport.loop"), context.view().loops))
      context.actions->run("transport.loop");
    end_menu();
  }
  // The widest label keeps the rest in its place.
  return std::max(end, at.x + measure_text(text::kAdaptiveSpeed, type::kBody).width + px(20));
}

float TransportBar::step_text(PanelContext& context, float x, float baseline) {
  const Snapshot& s = context.snapshot();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const std::string total = format_whole(std::max(shown_steps(s), kManySteps));
  const std::string now = format_whole(s.state.step);
  x += draw_text(list, text::kStep, {x, baseline}, colour(theme().muted), type::kSmall) + px(8);
  const float field = measure_text(total, type::kName, Face::bold).width;
  draw_text_right(list, now, {x + field, baseline}, colour(s.divergence ? theme().bad : theme().ink),
                  type::kName, Face::bold);
  x += field + px(7);
  const std::int64_t last = std::max(s.last_step(), s.state.step);
  const std::string known = last > 0 ? std::string(text::kOf) + " " + format_whole(last) : std::string();
  draw_text(list, known, {x, baseline}, colour(theme().muted), type::kSmall);
  return x + measure_text(std::string(text::kOf) + " " + total, type::kSmall).width;
}

// Returns its left edge.
float TransportBar::meter(PanelContext& context, float right, float mid, bool with_formula) {
  const Snapshot& s = context.snapshot();
  // An objective without responsibilities has no identity that is about them.
  const bool applies = s.model().responsibilities_unavailable().empty() ||
                       !s.setup->problem().identity_is_of_responsibilities();
  const ExactQuantity* exact = s.exact.empty() ? nullptr : &s.exact.front();
  const bool holds = exact ? exact->holds() : identity_holds(s.identity);
  const std::string lost = applies ? cannot_be_checked(s) : std::string();
  // A run that is still far from a value known by theory is not marked as an error.
  const Rgb& ink = !applies || (exact && !holds && lost.empty()) ? theme().muted
                   : !lost.empty()                               ? theme().warn
                   : holds                                       ? theme().good
                                                                 : theme().bad;
  const std::string number = !applies        ? std::string(text::kNoIdentity)
                             : !lost.empty() ? lost
                             : exact         ? beside_theory(*exact)
                                             : tiny_number(s.identity.largest_difference);
  with_formula = with_formula && applies && lost.empty();
  const float number_width = std::max(
      measure_text(number, type::kBody, Face::bold).width,
      exact ? measure_text("−0.00000, " + std::string(text::kTheory) + " " + format_number(exact->theory),
                           type::kBody, Face::bold)
                  .width
            : measure_text("0.0 × 10^−00", type::kBody, Face::bold).width);
  const std::string formula = exact ? exact->symbol : context.lab().identity_text().meter;
  const float formula_width = with_formula ? measure_formula(formula, 15).width + px(10) : 0;
  const float width = px(14) + px(16) + formula_width + number_width + px(14);
  const ImVec2 min(std::round(right - width), mid - px(15)), max(right, mid + px(15));
  if (context.reduced().covers_panel("meter")) {
    draw_cover(min, max);
    return min.x;
  }
  ImGui::SetCursorScreenPos(min);
  if (ImGui::InvisibleButton("##meter", {max.x - min.x, max.y - min.y}, ImGuiButtonFlags_EnableNav))
    checks_asked_ = true;
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_pill(list, min, max, ink);
  if (ImGui::IsItemHovered()) list->AddRectFilled(min, max, colour(ink, 0.08), 0.5F * (max.y - min.y));
  draw_focus(list, min, max, ImGui::GetItemID());
  explain_formula(context, applies ? context.lab().identity_text().meter : std::string(), text::kChecksHelp,
                  !checks_open_);
  const float baseline = mid + std::round(0.5F * cap_height(type::kBody));
  if (context.reduced().highlights_panel("meter"))
    list->AddRect(min, max, colour(theme().accent), 0.5F * (max.y - min.y), px(1.6F));
  if (!exact || holds || !lost.empty())
    draw_icon(list,
              !applies                ? icon::kMinus
              : holds && lost.empty() ? icon::kCheck
                                      : icon::kWarning,
              {min.x + px(20), mid}, colour(ink), 11);
  if (with_formula) draw_formula(list, formula, {min.x + px(30), baseline}, 15, colour(theme().ink));
  draw_text_right(list, number, {max.x - px(14), baseline}, colour(ink), type::kBody, Face::bold);
  return min.x;
}

// Draws J with a sign that it is minimised, or a message where something went wrong. Returns the left edge of
// its field, which is as wide where there is no objective.
float TransportBar::loss(PanelContext& context, float right, float baseline) {
  const Snapshot& s = context.snapshot();
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (s.divergence) {
    // The stage's head says what went wrong; a lab without phases has no such stage.
    std::string words = what_is_left(s.state, *s.divergence);
    if (context.phases().empty())
      words = std::string(text::kStep) + " " + format_whole(s.divergence->step) + ": " +
              s.divergence->quantity + " " + std::string(text::kNotFinite);
    const float width = measure_text(words, type::kBody, Face::bold).width;
    draw_text(list, words, {right - width, baseline}, colour(theme().bad), type::kBody, Face::bold);
    ImGui::SetCursorScreenPos({right - width, baseline - px(16)});
    ImGui::InvisibleButton("##diverged", {width, px(24)});
    tooltip(s.diagnoses.empty() ? words : capitalised(s.diagnoses.front().text),
            what_is_left(s.state, *s.divergence));
    return right - width;
  }
  constexpr float kSize = 16;
  const float arrow = measure_formula("\\downarrow", kSize).width + px(6);
  const float field = measure_math(loss_equation(kLongLoss), kSize) + arrow;
  if (context.reduced().covers_part("loss_value")) {
    draw_cover({right - field, baseline - px(20)}, {right, baseline + px(10)});
    return right - field;
  }
  if (!s.evaluation.has_loss) return right - field;
  const std::vector<MathPiece> pieces = loss_equation(s.evaluation.loss);
  const float width = measure_math(pieces, kSize) + arrow;
  const float end =
      right - width + draw_math(list, pieces, {right - width, baseline}, kSize, colour(theme().ink));
  draw_formula(list, "\\downarrow", {end + px(6), baseline}, kSize, colour(theme().ink));
  return right - std::max(width, field);
}

void TransportBar::draw(PanelContext& context) {
  const ImVec2 min = ImGui::GetWindowPos();
  const float right = min.x + ImGui::GetWindowWidth() - px(kMargin);
  const float mid = min.y + px(26), baseline = mid + std::round(0.5F * cap_height(type::kBody));
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_rule_h(list, min.x, min.x + ImGui::GetWindowWidth(), min.y);
  if (context.reduced().covers_panel("step")) {
    const float end =
        context.reduced().shows_panel("meter") ? meter(context, right, mid, true) - px(22) : right;
    return draw_cover({min.x + px(kMargin), mid - px(17)}, {end, mid + px(17)});
  }
  if (!context.reduced().shows_panel("step")) {  // it is here for the meter alone
    meter(context, right, mid, true);
    return;
  }
  float x = speed_menu(context, {buttons(context, min), mid});
  x += px(8);
  // While a question is open the one thing to press is Reveal.
  if (context.reduced().asks())
    list->AddRectFilled({min.x, min.y + px(2)}, {x - px(2), min.y + ImGui::GetWindowHeight()},
                        colour(theme().panel, 0.6));
  draw_rule_v(list, x, mid - px(9), mid + px(9));
  const float below = x + px(18);
  x = step_text(context, below, baseline) + px(24);
  // In a narrow window the scrub bar takes precedence over the meter's formula.
  const float room = right - x;
  float left = right;
  if (context.reduced().shows_panel("meter")) left = meter(context, right, mid, room > px(600));
  if (room > px(480)) left = loss(context, left - px(22), baseline);
  if (left - px(24) - x > px(40)) scrub_.draw(context, x, left - px(24), mid);
  // Below the step, where nothing else is: it comes and goes without moving anything.
  standing_.draw({below, min.y + px(47)}, right - below);
  said_in_ = ImGui::GetFrameCount();
}

}  // namespace iem::gui
