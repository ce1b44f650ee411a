#include "app/gui/controls/scrub_bar.h"

#include <algorithm>
#include <cmath>

#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {
namespace {

constexpr float kTrack = 3, kKnob = 6.5F, kRing = 2;
constexpr std::int64_t kLeastShown = 40;

struct StepLine {
  float x0, x1, y;
  std::int64_t steps;
  float at(std::int64_t step) const {
    return x0 + (x1 - x0) * static_cast<float>(static_cast<double>(std::clamp<std::int64_t>(step, 0, steps)) /
                                               static_cast<double>(steps));
  }
};

void draw_track(ImDrawList* list, const StepLine& line, const Snapshot& s) {
  const paint::Theme& t = theme();
  const float half = 0.5F * px(kTrack);
  const float top = std::round(line.y - half), bottom = top + px(kTrack);
  const Rgb& ink = s.divergence ? t.bad : t.accent;
  const float now = line.at(s.state.step), known = line.at(s.last_step());
  list->AddRectFilled({line.x0, top}, {line.x1, bottom}, colour(t.hairline), half);
  if (known > now) list->AddRectFilled({now, top}, {known, bottom}, colour(ink, 0.38), half);
  // Of a run that began at a checkpoint: as far as a replay under way has come, and what can be shown.
  const float first = line.at(s.first_kept);
  if (s.first_step > 0 && s.past->standing() == Past::Standing::coming)
    list->AddRectFilled({line.x0, top}, {std::min(first, line.at(s.past->reached())), bottom}, colour(ink),
                        half);
  list->AddRectFilled({first, top}, {now, bottom}, colour(ink), half);
}

void draw_keyframes(ImDrawList* list, const StepLine& line, const Snapshot& s) {
  float last = -1e9F;
  for (const std::int64_t step : s.keyframes) {
    const float x = std::round(line.at(step));
    if (x - last < px(5)) continue;
    last = x;
    list->AddRectFilled({x, line.y + px(8)}, {x + hairline_px(), line.y + px(13)}, colour(theme().faint));
  }
}

void draw_edits(ImDrawList* list, const StepLine& line, const Snapshot& s) {
  float last = -1e9F;
  const float top = line.y - px(18), half = 4 * scale();
  for (const EditSpan& span : edit_spans(s.edits)) {
    const float x = std::round(line.at(span.first)) + 0.5F, end = std::round(line.at(span.last)) + 0.5F;
    if (end > x + half) list->AddRectFilled({x, top}, {end, top + px(2)}, colour(theme().ink));
    if (x - last < px(9)) continue;
    last = x;
    list->AddTriangleFilled({x - half, top}, {x + half, top}, {x, top + 7 * scale()}, colour(theme().ink));
  }
}

}  // namespace

std::int64_t shown_steps(const Snapshot& s) {
  const Config& config = s.config();
  std::int64_t stop = 0;
  if (config.table().find("schedule.stop_steps") != nullptr) stop = config.integer("schedule.stop_steps");
  if (stop >= s.last_step() && stop > 0) return stop;
  std::int64_t round = kLeastShown;
  for (std::int64_t decade = 10; round < s.last_step(); decade *= 10)
    for (const std::int64_t digit : {5, 10, 20, 40})
      if (round < s.last_step()) round = std::max(round, digit * decade);
  return round;
}

std::vector<EditSpan> edit_spans(const std::vector<Edit>& edits) {
  std::vector<EditSpan> out;
  for (const Edit& edit : edits) {
    const bool goes_on = !out.empty() && out.back().key == edit.key && edit.step - out.back().last <= 1 &&
                         edit.step >= out.back().last;
    if (goes_on)
      out.back().last = edit.step;
    else
      out.push_back({edit.key, edit.step, edit.step});
  }
  return out;
}

void SeekByPointer::follow(PanelContext& context, float x0, float x1) {
  if (!ImGui::IsItemActive()) {
    asked_ = -1;
    return;
  }
  const double fraction = std::clamp((ImGui::GetIO().MousePos.x - x0) / (x1 - x0), 0.0F, 1.0F);
  const auto under = static_cast<std::int64_t>(
      std::llround(fraction * static_cast<double>(shown_steps(context.snapshot()))));
  if (!context.reduced().steps() || under == asked_) return;
  context.engine().seek(under);
  asked_ = under;
}

void ScrubBar::draw(PanelContext& context, float x0, float x1, float y) {
  const Snapshot& s = context.snapshot();
  const StepLine line{x0, x1, std::round(y), shown_steps(s)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImGui::SetCursorScreenPos({x0 - px(8), line.y - px(16)});
  // The bar is for the mouse only; with the keyboard one uses the buttons beside it, arrows, Home and End.
  ImGui::InvisibleButton("##scrub", {x1 - x0 + px(16), px(32)});
  const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
  seek_.follow(context, x0, x1);
  if (context.reduced().steps() && hovered && ImGui::GetIO().MouseWheel != 0)
    context.engine().step(ImGui::GetIO().MouseWheel > 0 ? -1 : 1);
  draw_track(list, line, s);
  draw_keyframes(list, line, s);
  draw_edits(list, line, s);
  const ImVec2 knob(line.at(s.state.step),
                    line.y + 0.5F * static_cast<float>(static_cast<int>(px(kTrack)) % 2));
  list->AddCircleFilled(knob, (kKnob + kRing) * scale(), colour(theme().panel));
  list->AddCircleFilled(knob, (hovered || held ? kKnob + 1 : kKnob) * scale(),
                        colour(s.divergence ? theme().bad : theme().accent));
  if (hovered && !held) tooltip(text::kScrubHelp);
}

}  // namespace iem::gui
