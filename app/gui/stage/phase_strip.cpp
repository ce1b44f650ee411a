#include "app/gui/stage/phase_strip.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <string_view>

#include "app/gui/context/explain.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/cover.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"

namespace iem::gui {
namespace {

constexpr float kLeft = 24, kFirst = 58, kRight = 24, kGap = 14, kMiddle = 64;
constexpr float kBarTop = 12, kLabel = 34, kValues = 54;
constexpr float kColumnsOver = 9;  // that the columns of a phase may reach over its end
constexpr float kNumber = 10;      // from a shape's place to its number
constexpr float kAfterNumber = 5, kLeastAfterNumber = 3;
constexpr float kReachOver = 4,
                kAfterSymbol = 6;  // of "+23", over the end of its phase and behind the symbol
// By these the columns are laid out, whatever the numbers are: with them columns would come and go as a run
// goes on. A column is never narrower than the first; with room for the second the type is not smaller; the
// third is the longest there is, beyond which columns are not spread.
constexpr std::string_view kNarrowNumber = "−0.0000", kUsualNumber = "−0.00000",
                           kWideNumber = "−0.000 × 10^−10";
constexpr int kFewerDigits = kShownDigits - 1;  // of all numbers of a phase, where more have no room
constexpr float kOneRow = 66, kRowPitch = 16;
constexpr int kFewestDigits = 2;  // of the numbers of a vector
constexpr int kFewRows = 3, kMostStripRows = 6;
constexpr float kSingle = 0.6F;  // width of a phase with one number, in those with one a prototype

// The prototypes that are shown, in their order: all where they fit, else `fit` of them in the order of r,
// from the index `first` on.
std::vector<int> shown_components(const std::vector<double>& r, int fit, int first) {
  std::vector<int> all(r.size());
  std::iota(all.begin(), all.end(), 0);
  const auto count = static_cast<int>(all.size());
  if (count <= fit) return all;
  std::ranges::stable_sort(
      all, [&](int a, int b) { return r[static_cast<std::size_t>(a)] > r[static_cast<std::size_t>(b)]; });
  fit = std::max(fit, 1);
  const auto from = all.begin() + std::clamp(first, 0, count - fit);
  std::vector<int> out(from, from + fit);
  std::ranges::sort(out);
  return out;
}

enum class Tense { past, present, future };

struct Strip {
  PanelContext& context;
  ImDrawList* list;
  float top;
  std::vector<double> r;
  int rows = 1;       // of prototypes
  bool words = true;  // in a narrow window the symbols alone say it
  int first = 0;      // see shown_components
  int fit = 0;        // the fewest that a phase has room for; 0: nothing is left out
  bool opens = true;  // a phase can be looked at
};

// The width of one prototype: its shape, a number and the gap behind it.
float column_width(std::string_view number, float size) {
  return px(kNumber) + measure_text(number, size).width + px(kAfterNumber);
}

// The type size of the numbers of a phase, how many have room and the width of each, and "+23" where that
// many have none.
struct Fit {
  float size = type::kSmall;
  int count = 0;
  float pitch = 0;
  std::string left_out;
};
Fit fit_of(const Phase& phase, float width, int rows) {
  const auto all = static_cast<int>(phase.values.size());
  if (phase.is_single || phase.is_vector || all == 0) return {.count = all};
  const float room = width + px(kColumnsOver);
  const auto columns = [&](int count) { return static_cast<float>((count + rows - 1) / rows); };
  Fit out{.count = all};
  if (columns(all) * column_width(kUsualNumber, out.size) > room) out.size = type::kTick;
  if (const float narrow = column_width(kNarrowNumber, out.size); columns(all) * narrow > room)
    out.count = std::clamp(rows * static_cast<int>(room / narrow), 1, all);
  if (out.count < all) out.left_out = "+" + std::to_string(all - out.count);
  // Spread evenly where all fit: the columns then stand under each other from phase to phase.
  out.pitch = std::min(std::round(room / columns(out.count)), column_width(kWideNumber, out.size));
  return out;
}

// Whether a phase has this number of component j with a minus. r and -r are then written with the same
// digits.
bool has_minus(const std::vector<Phase>& phases, std::size_t j, double value) {
  constexpr double kSame = 1e-9;
  return value < 0 || std::ranges::any_of(phases, [&](const Phase& phase) {
           if (phase.is_single || phase.is_vector || j >= phase.values.size()) return false;
           return phase.values[j] < 0 && std::abs(phase.values[j] + value) <= kSame * std::abs(value);
         });
}

bool has_room_for_number(const std::vector<Phase>& phases, std::size_t j, double value, int digits,
                         const Fit& fit) {
  const std::string number = shown_number(has_minus(phases, j, value) ? -std::abs(value) : value, digits);
  return measure_text(number, fit.size).width <= fit.pitch - px(kNumber) - px(kLeastAfterNumber);
}

// The significant digits of the shown numbers of a phase: as many of each. Single numbers that need more room
// have fewer still, so that no prototype is left out for them.
std::vector<int> digits_of(const std::vector<Phase>& phases, const Phase& phase,
                           const std::vector<int>& shown, const Fit& fit) {
  const auto fits = [&](int j, int digits) {
    const auto at = static_cast<std::size_t>(j);
    return has_room_for_number(phases, at, phase.values[at], digits, fit);
  };
  const bool all_fit = std::ranges::all_of(shown, [&](int j) { return fits(j, kShownDigits); });
  std::vector<int> out(shown.size(), all_fit ? kShownDigits : kFewerDigits);
  for (std::size_t i = 0; i < shown.size() && !all_fit; ++i)
    while (out[i] > 1 && !fits(shown[i], out[i])) --out[i];
  return out;
}

bool has_room_for_words(const Phase& phase, const Fit& fit, float width) {
  const float said = fit.left_out.empty() ? 0 : measure_text(fit.left_out, type::kTick).width + px(4);
  return measure_text(phase.label, type::kSmall, Face::bold).width + px(8) +
             measure_formula(phase.symbol, type::kBody).width + said <=
         width + px(6);
}

std::string vector_words(const std::vector<double>& values, int digits) {
  std::string words = "(";
  for (std::size_t i = 0; i < std::min<std::size_t>(values.size(), 2); ++i)
    words += (i > 0 ? ", " : "") + shown_number(values[i], digits);
  return words + (values.size() > 2 ? ", …)" : ")");
}

// With the digits, then the type size at which it ends before the next phase; cut where none does.
void draw_vector(ImDrawList* list, const std::vector<double>& values, ImVec2 at, float width, ImU32 ink) {
  const float room = width + px(kColumnsOver);
  for (int digits = kShownDigits; digits >= kFewestDigits; --digits)
    for (const float size : {type::kSmall, type::kTick})
      if (const std::string words = vector_words(values, digits); measure_text(words, size).width <= room) {
        draw_text(list, words, at, ink, size);
        return;
      }
  draw_text_cut(list, vector_words(values, kFewestDigits), at, ink, room, type::kTick);
}

void draw_values(Strip& strip, const Phase& phase, const Fit& fit, float x, float width, Tense tense) {
  const bool future = tense == Tense::future;
  const float y = strip.top + px(kValues);
  const ImU32 ink = colour(future ? theme().muted : theme().ink);
  // An infinite distance is shown as such (a prototype without weight has one); for NaN a message is shown.
  if (std::ranges::any_of(phase.values, [](double v) { return std::isnan(v); })) {
    draw_text(strip.list, text::kNotFinite, {x, y}, colour(theme().bad), type::kSmall);
    return;
  }
  if (phase.values.size() == 1 && phase.is_single) {
    draw_text(strip.list, shown_number(phase.values[0]), {x, y}, ink, type::kSmall);
    return;
  }
  if (phase.is_vector) return draw_vector(strip.list, phase.values, {x, y}, width, ink);
  const std::vector<int> shown = shown_components(strip.r, fit.count, strip.first);
  const std::vector<int> digits = digits_of(strip.context.phases(), phase, shown, fit);
  const auto rows = static_cast<std::size_t>(strip.rows);
  std::vector<float> ends(rows, x);  // of the numbers of a row so far: one of 10^-16 may be too long
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const float at = std::max(x + static_cast<float>(i / rows) * fit.pitch, ends[i % rows]);
    const float down = y + static_cast<float>(i % rows) * px(kRowPitch);
    draw_prototype(strip.list, shown[i], {at + px(4), down - px(4)}, 3.6F * scale(), 0, false,
                   future ? 0.55 : 1);
    const float wide =
        draw_text(strip.list, shown_number(phase.values[static_cast<std::size_t>(shown[i])], digits[i]),
                  {at + px(kNumber), down}, ink, fit.size);
    ends[i % rows] = at + px(kNumber) + wide + px(kLeastAfterNumber);
  }
  if (!fit.left_out.empty()) strip.fit = strip.fit == 0 ? fit.count : std::min(strip.fit, fit.count);
}

// Where the phases stand in a strip of this width, screen pixels.
struct Places {
  float letters = type::kPhase;  // the size of E and M: words take more room and stand smaller
  float first_left = 0, middle = 0, unit = 0;
  float width_of(const Phase& phase) const { return std::floor(unit * (phase.is_single ? kSingle : 1)); }
};
Places places_of(PanelContext& context, float width) {
  const std::vector<Phase>& phases = context.phases();
  const auto [first_half, second_half] = context.lab().half_names();
  Places out;
  if (first_half.size() > 1) out.letters = type::kBody;
  const auto room = [&](const std::string& name) {
    return name.size() > 1 ? measure_text(name, out.letters, Face::bold).width - px(20) : 0;
  };
  out.first_left = px(kFirst) + room(first_half), out.middle = px(kMiddle) + room(second_half);
  float weight = 0, gaps = 0;
  for (std::size_t i = 0; i < phases.size(); ++i) {
    weight += phases[i].is_single ? kSingle : 1;
    if (i > 0) gaps += phases[i].in_m_step != phases[i - 1].in_m_step ? out.middle : px(kGap);
  }
  out.unit = (width - out.first_left - px(kRight) - gaps) / weight;
  return out;
}

// A presenter's strip has as many rows as it takes to leave no prototype out, three at first; more than six
// would leave no room for the stage.
int rows_of(PanelContext& context, float width) {
  if (!context.presenting) return 1;
  const Places places = places_of(context, width);
  int rows = 1;
  for (const Phase& phase : context.phases())
    if (!phase.is_single && !phase.is_vector)
      rows = std::max(rows, std::min(kFewRows, static_cast<int>(phase.values.size())));
  const auto all_fit = [&] {
    return std::ranges::all_of(context.phases(), [&](const Phase& phase) {
      return fit_of(phase, places.width_of(phase), rows).left_out.empty();
    });
  };
  while (rows < kMostStripRows && !all_fit()) ++rows;
  return rows;
}

// Returns true when it was clicked.
bool draw_phase(Strip& strip, const Phase& phase, const Fit& fit, float x, float width, Tense tense) {
  const bool covered = strip.context.reduced().covers_phase(phase, strip.r, strip.context.lab().id());
  ImGui::SetCursorScreenPos({x - px(4), strip.top + px(4)});
  const bool pressed =
      ImGui::InvisibleButton(("##phase." + phase.id).c_str(),
                             {width + px(8), ImGui::GetWindowHeight() - px(10)}, ImGuiButtonFlags_EnableNav);
  const bool hovered = ImGui::IsItemHovered();
  const std::string more = fit.left_out.empty() ? "" : fit.left_out + std::string(text::kMoreInPhases);
  explain_formula(strip.context, phase.symbol,
                  phase.help + (phase.help.empty() || more.empty() ? "" : " ") + more);
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
  used += draw_formula(strip.list, phase.symbol, {x + used, y}, type::kBody, colour(ink));
  if (!fit.left_out.empty()) {
    // At the end of the phase; behind a wide symbol it reaches into the gap to the next one.
    const float own = measure_text(fit.left_out, type::kTick).width;
    const float end = std::max(width + px(kReachOver), used + px(kAfterSymbol) + own);
    draw_text_right(strip.list, fit.left_out, {x + end, y}, colour(theme().muted), type::kTick);
  }
  if (covered)
    draw_cover({x, strip.top + px(kLabel + 6)}, {x + width, strip.top + px(kValues + 5)});
  else if (!phase.values.empty())
    draw_values(strip, phase, fit, x, width, tense);
  return pressed && strip.opens;
}

}  // namespace

// A step of the wheel is one component; another point begins with its largest r.
void PhaseStrip::scroll(PanelContext& context, int components, int fit) {
  const int point = context.view().shown_point(context.snapshot());
  if (point != point_) first_ = 0;
  point_ = point;
  first_ = std::clamp(first_, 0, fit > 0 ? components - fit : 0);
  const ImVec2 min = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  if (fit == 0 || !ImGui::IsMouseHoveringRect(min, {min.x + size.x, min.y + size.y})) return;
  wheel_ -= ImGui::GetIO().MouseWheel;
  const int steps = static_cast<int>(wheel_);
  wheel_ -= static_cast<float>(steps);
  first_ = std::clamp(first_ + steps, 0, components - fit);
}

float PhaseStrip::height(PanelContext& context) {
  const int rows = rows_of(context, ImGui::GetIO().DisplaySize.x);
  return kOneRow + kRowPitch * static_cast<float>(rows - 1);
}

void PhaseStrip::draw(PanelContext& context) {
  const std::vector<Phase>& phases = context.phases();
  const ImVec2 min = ImGui::GetWindowPos();
  Strip strip{.context = context,
              .list = ImGui::GetWindowDrawList(),
              .top = min.y,
              .r = context.responsibilities(),
              .rows = rows_of(context, ImGui::GetWindowWidth()),
              .first = first_};
  draw_rule_h(strip.list, min.x, min.x + ImGui::GetWindowWidth(), min.y);
  if (phases.empty()) return;
  const Reduced& reduced = context.reduced();
  if (reduced.covers_panel("strip")) {
    const float right = min.x + ImGui::GetWindowWidth();
    return draw_cover({min.x + px(kLeft), min.y + px(8)}, {right - px(kRight), min.y + px(58)});
  }
  strip.opens = !reduced.covers_anything();  // the stage would show what a phase comes to
  const int current = walk_.chosen(context);
  const Places places = places_of(context, ImGui::GetWindowWidth());
  const auto& [first_half, second_half] = context.lab().half_names();
  const float middle = places.middle;
  std::vector<Fit> fits;
  for (const Phase& phase : phases) {
    fits.push_back(fit_of(phase, places.width_of(phase), strip.rows));
    strip.words = strip.words && has_room_for_words(phase, fits.back(), places.width_of(phase));
  }
  const float letter = min.y + px(40);
  const bool in_m = current < 0 || phases[static_cast<std::size_t>(current)].in_m_step;
  draw_text(strip.list, first_half, {min.x + px(kLeft), letter}, colour(theme().ink), places.letters,
            Face::bold);
  float x = min.x + places.first_left;
  for (std::size_t i = 0; i < phases.size(); ++i) {
    if (i > 0 && phases[i].in_m_step != phases[i - 1].in_m_step) {
      draw_text(strip.list, second_half, {x - middle + px(24), letter},
                colour(in_m ? theme().ink : theme().muted), places.letters, Face::bold);
    }
    const float width = places.width_of(phases[i]);
    const int index = static_cast<int>(i);
    if (phases[i].in_m_step && reduced.covers_part("m_phases")) {
      const float right = min.x + ImGui::GetWindowWidth() - px(kRight);
      draw_cover({x, min.y + px(8)}, {right, min.y + ImGui::GetWindowHeight() - px(8)});
      break;
    }
    const bool behind = current < 0 || index < current;  // where none is looked at all are equal
    const Tense tense = behind ? Tense::past : index == current ? Tense::present : Tense::future;
    if (draw_phase(strip, phases[i], fits[i], x, width, tense))
      walk_.choose(context, index == current ? -1 : index);
    const bool turns = i + 1 < phases.size() && phases[i + 1].in_m_step != phases[i].in_m_step;
    x += width + (turns ? middle : px(kGap));
  }
  scroll(context, static_cast<int>(strip.r.size()), strip.fit);
  if (strip.r.empty())
    draw_text(
        strip.list,
        std::string(text::kPhaseHint) + context.lab().point_names().first + std::string(text::kPhaseHintEnd),
        {min.x + places.first_left, min.y + px(kValues)}, colour(theme().muted), type::kSmall);
}

}  // namespace iem::gui
