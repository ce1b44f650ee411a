#include "app/gui/stage/phase_strip.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "app/gui/look/formula.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"

namespace iem::gui {
namespace {

constexpr float kLeft = 24, kFirst = 58, kRight = 24, kGap = 14, kMiddle = 64;
constexpr float kBarTop = 12, kLabel = 34, kValues = 54;
constexpr float kNumber = 10;    // from a shape's place to its number
constexpr float kSingle = 0.6F;  // width of a phase with one number, in those with one a prototype

// Which prototypes are shown: all, or those with the largest r, in their order.
std::vector<int> shown_components(const std::vector<double>& r, int fit) {
  std::vector<int> out(r.size());
  std::iota(out.begin(), out.end(), 0);
  if (static_cast<int>(out.size()) <= fit) return out;
  std::ranges::stable_sort(
      out, [&](int a, int b) { return r[static_cast<std::size_t>(a)] > r[static_cast<std::size_t>(b)]; });
  out.resize(static_cast<std::size_t>(std::max(fit, 1)));
  std::ranges::sort(out);
  return out;
}

enum class Tense { past, present, future };

struct Strip {
  ImDrawList* list;
  float top;
  std::vector<double> r;
  bool words = true;  // in a narrow window the symbols alone say it
};

bool has_room_for_words(const Phase& phase, float width) {
  return measure_text(phase.label, type::kSmall, Face::bold).width + px(8) +
             measure_formula(phase.symbol, type::kBody).width <=
         width + px(6);
}

// Of one prototype: its shape, a number and the air behind it.
float column_width(const Phase& phase, float size) {
  float number = measure_text("−0.0000", size).width;
  for (const double value : phase.values)
    number = std::max(number, measure_text(shown_number(value), size).width);
  return px(kNumber) + number + px(5);
}

int how_many_fit(const Phase& phase, float width, float size) {
  return static_cast<int>((width + px(9)) / column_width(phase, size));
}

void draw_values(const Strip& strip, const Phase& phase, float x, float width, Tense tense) {
  const double fade = tense == Tense::future ? 0.55 : 1;
  const float y = strip.top + px(kValues);
  const ImU32 ink = colour(theme().ink, fade);
  // An infinite distance is one (of a prototype without weight); what is no number has a reason.
  if (std::ranges::any_of(phase.values, [](double v) { return std::isnan(v); })) {
    draw_text(strip.list, text::kNotFinite, {x, y}, colour(theme().bad, fade), type::kSmall);
    return;
  }
  if (phase.values.size() == 1 && phase.is_single) {
    draw_text(strip.list, shown_number(phase.values[0]), {x, y}, ink, type::kSmall);
    return;
  }
  if (phase.is_vector) {
    std::string words = "(";
    for (std::size_t i = 0; i < std::min<std::size_t>(phase.values.size(), 2); ++i)
      words += (i > 0 ? ", " : "") + shown_number(phase.values[i]);
    words += phase.values.size() > 2 ? ", …)" : ")";
    draw_text(strip.list, words, {x, y}, ink, type::kSmall);
    return;
  }
  float size = type::kSmall;
  int fit = how_many_fit(phase, width, size);
  if (fit < static_cast<int>(phase.values.size()) && how_many_fit(phase, width, type::kTick) > fit) {
    size = type::kTick;
    fit = how_many_fit(phase, width, size);
  }
  const std::vector<int> shown = shown_components(strip.r, fit);
  // Spread evenly where all fit: the columns then stand under each other from phase to phase.
  const float pitch = std::min(std::round(width / std::max(1.0F, static_cast<float>(shown.size()))),
                               column_width(phase, size) + px(10));
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const float at = x + static_cast<float>(i) * pitch;
    draw_prototype(strip.list, shown[i], {at + px(4), y - px(4)}, 3.6F * scale(), 0, false, fade);
    draw_text(strip.list, shown_number(phase.values[static_cast<std::size_t>(shown[i])]),
              {at + px(kNumber), y}, ink, size);
  }
}

// Returns true when it was clicked.
bool draw_phase(const Strip& strip, const Phase& phase, float x, float width, Tense tense) {
  ImGui::SetCursorScreenPos({x - px(4), strip.top + px(4)});
  const bool pressed =
      ImGui::InvisibleButton(("##phase." + phase.id).c_str(), {width + px(8), px(56)}, ImGuiButtonFlags_None);
  const bool hovered = ImGui::IsItemHovered();
  draw_focus(strip.list, ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), ImGui::GetItemID());
  const float bar = strip.top + px(kBarTop);
  const Rgb& rule = tense == Tense::present ? theme().accent
                    : tense == Tense::past  ? theme().faint
                                            : theme().hairline;
  strip.list->AddRectFilled({x, bar}, {x + width, bar + px(tense == Tense::present ? 3 : 2)},
                            colour(hovered && tense != Tense::present ? theme().muted : rule));
  const bool bold = tense == Tense::present;
  const Rgb& ink = bold || hovered ? theme().ink : theme().muted;
  const float y = strip.top + px(kLabel);
  const Face face = bold ? Face::bold : Face::regular;
  float used = 0;
  if (strip.words) used = draw_text(strip.list, phase.label, {x, y}, colour(ink), type::kSmall, face) + px(8);
  draw_formula(strip.list, phase.symbol, {x + used, y}, type::kBody, colour(ink));
  if (!phase.values.empty()) draw_values(strip, phase, x, width, tense);
  return pressed;
}

}  // namespace

int current_phase(const ViewState& view, const std::vector<Phase>& phases) {
  if (view.phase >= 0 && view.phase < static_cast<int>(phases.size())) return view.phase;
  int last = 0;
  for (std::size_t i = 0; i < phases.size(); ++i)
    if (!phases[i].in_m_step) last = static_cast<int>(i);
  return last;
}

void move_phase(PanelContext& context, int direction) {
  const auto count = static_cast<int>(context.phases().size());
  if (count == 0) return;
  const int next = current_phase(context.view(), context.phases()) + direction;
  if (next >= count) context.engine().step(1);
  if (next < 0) context.engine().step(-1);
  context.view().phase = (next + count) % count;
  context.view().touch();
}

void PhaseStrip::draw(PanelContext& context) {
  const std::vector<Phase>& phases = context.phases();
  const ImVec2 min = ImGui::GetWindowPos();
  Strip strip{ImGui::GetWindowDrawList(), min.y, context.responsibilities()};
  draw_rule_h(strip.list, min.x, min.x + ImGui::GetWindowWidth(), min.y);
  if (phases.empty()) return;
  const int current = current_phase(context.view(), phases);
  const auto [first_half, second_half] = context.lab().half_names();
  // Single letters are large; words take more room and stand smaller.
  const float size = first_half.size() > 1 ? type::kBody : type::kPhase;
  const auto room = [&](const std::string& name) {
    return name.size() > 1 ? measure_text(name, size, Face::bold).width - px(20) : 0;
  };
  const float first_left = px(kFirst) + room(first_half), middle = px(kMiddle) + room(second_half);
  float weight = 0, gaps = 0;
  for (std::size_t i = 0; i < phases.size(); ++i) {
    weight += phases[i].is_single ? kSingle : 1;
    if (i > 0) gaps += phases[i].in_m_step != phases[i - 1].in_m_step ? middle : px(kGap);
  }
  const float unit = (ImGui::GetWindowWidth() - first_left - px(kRight) - gaps) / weight;
  const auto width_of = [unit](const Phase& p) { return std::floor(unit * (p.is_single ? kSingle : 1)); };
  strip.words =
      std::ranges::all_of(phases, [&](const Phase& p) { return has_room_for_words(p, width_of(p)); });
  const float letter = min.y + px(40);
  const bool in_m = phases[static_cast<std::size_t>(current)].in_m_step;
  draw_text(strip.list, first_half, {min.x + px(kLeft), letter}, colour(theme().ink), size, Face::bold);
  float x = min.x + first_left;
  for (std::size_t i = 0; i < phases.size(); ++i) {
    if (i > 0 && phases[i].in_m_step != phases[i - 1].in_m_step) {
      draw_text(strip.list, second_half, {x - middle + px(24), letter},
                colour(in_m ? theme().ink : theme().muted), size, Face::bold);
    }
    const float width = width_of(phases[i]);
    const int index = static_cast<int>(i);
    const Tense tense = index < current ? Tense::past : index == current ? Tense::present : Tense::future;
    if (draw_phase(strip, phases[i], x, width, tense)) {
      context.view().phase = index;
      context.view().touch();
    }
    const bool turns = i + 1 < phases.size() && phases[i + 1].in_m_step != phases[i].in_m_step;
    x += width + (turns ? middle : px(kGap));
  }
  if (strip.r.empty())
    draw_text(
        strip.list,
        std::string(text::kPhaseHint) + context.lab().point_names().first + std::string(text::kPhaseHintEnd),
        {min.x + first_left, min.y + px(kValues)}, colour(theme().muted), type::kSmall);
}

}  // namespace iem::gui
