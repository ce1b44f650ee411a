// The scrub row: a number as a label, a value and a track.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/look/style.h"
#include "app/gui/widgets/widget_base.h"
#include "core/base/number.h"

namespace iem::gui {
namespace {

constexpr float kScrubRow = 26, kRowWithTrack = 38, kTrackY = 28;
constexpr float kTrack = 2, kKnob = 5, kMark = 7;

struct Track {
  ImRect line;   // the drawn rule
  ImRect reach;  // the area in which the pointer can grab the knob
};

Track track_of(const RowFrame& frame) {
  const float y = frame.box.Min.y + px(kTrackY);
  const float half = std::max(1.0F, std::round(0.5F * kTrack * scale()));
  Track track;
  track.line = {{frame.box.Min.x, y - half}, {frame.box.Max.x, y + half}};
  track.reach = {{frame.box.Min.x - px(8), y - px(8)}, {frame.box.Max.x + px(8), frame.box.Max.y + px(1)}};
  return track;
}

// Rounds a dragged value to the precision of one pixel of the track.
double rounded(const Range& r, double value) {
  if (r.whole) value = std::round(value);
  const double fine = r.logarithmic ? std::abs(value) * 1e-2 : (r.slider_max - r.slider_min) / 400;
  if (!(fine > 0) || value == 0) return value;
  const double power = std::floor(std::log10(fine));
  // Dividing by a whole power of ten gives the double nearest to the decimal number; multiplying by 0.001
  // does not.
  const double round = power < 0 ? std::round(value * std::pow(10, -power)) / std::pow(10, -power)
                                 : std::round(value / std::pow(10, power)) * std::pow(10, power);
  return std::clamp(round, r.slider_min, r.slider_max);
}

void draw_track(const RowFrame& frame, const Row& row, const Range& range, double value, bool held) {
  const paint::Theme& t = theme();
  const Track track = track_of(frame);
  const float x0 = track.line.Min.x, x1 = track.line.Max.x;
  const float x = x0 + static_cast<float>(share_of_track(range, value)) * (x1 - x0);
  const double fade = frame.disabled ? 0.35 : 1;
  const Rgb& filled = row.changed ? t.accent : held || frame.hovered ? t.ink : t.muted;
  frame.list->AddRectFilled(track.line.Min, track.line.Max, colour(t.hairline), px(1));
  frame.list->AddRectFilled(track.line.Min, {x, track.line.Max.y}, colour(filled, fade), px(1));
  if (frame.disabled) return;
  for (const double mark : row.marks) {
    if (!(mark >= range.slider_min && mark <= range.slider_max)) continue;
    const float at = std::round(x0 + static_cast<float>(share_of_track(range, mark)) * (x1 - x0));
    frame.list->AddLine({at, track.line.Max.y + px(1)}, {at, track.line.Max.y + px(kMark)}, colour(t.ink),
                        px(1.5F));
  }
  const ImVec2 centre(x, track.line.GetCenter().y);
  const float radius = (held ? kKnob + 1.5F : frame.hovered ? kKnob + 0.75F : kKnob) * scale();
  frame.list->AddCircleFilled(centre, radius + 1.5F * scale(), colour(t.panel));
  frame.list->AddCircleFilled(centre, radius, colour(row.changed ? t.accent : t.ink));
}

// Moves the knob by mouse or keys (after Space), by ImGui's slider.
void slide(const RowFrame& frame, const Range& range, double& value, Response& response) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  const Track track = track_of(frame);
  const bool on_track = track.reach.Contains(g.IO.MousePos);
  const bool clicked = frame.hovered && on_track && ImGui::IsMouseClicked(0, ImGuiInputFlags_None, frame.id);
  if (clicked || g.NavActivateId == frame.id) {
    if (clicked) ImGui::SetKeyOwner(ImGuiKey_MouseLeft, frame.id);
    ImGui::SetActiveID(frame.id, g.CurrentWindow);
    ImGui::SetFocusID(frame.id, g.CurrentWindow);
    ImGui::FocusWindow(g.CurrentWindow);
    g.ActiveIdUsingNavDirMask |= (1U << ImGuiDir_Left) | (1U << ImGuiDir_Right);
    response.activated = true;
  }
  // ImGui keeps half a grab and two pixels clear at each end; widened by that, its track is ours exactly.
  const float clear = 0.5F * g.Style.GrabMinSize + 2;
  ImRect bb = track.line, grab;
  bb.Min.x -= clear, bb.Max.x += clear;
  const ImGuiSliderFlags flags = ImGuiSliderFlags_NoRoundToFormat |
                                 (range.logarithmic ? ImGuiSliderFlags_Logarithmic : ImGuiSliderFlags_None);
  double moved = value;
  if (!ImGui::SliderBehavior(bb, frame.id, ImGuiDataType_Double, &moved, &range.slider_min, &range.slider_max,
                             "%.9f", flags, &grab))
    return;
  moved = rounded(range, moved);
  if (moved == value || !is_legal(range, moved)) return;
  value = moved;
  response.changed = true;
  ImGui::MarkItemEdited(frame.id);
}

bool wants_typing(const RowFrame& frame) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  if (frame.disabled) return false;
  if (g.NavActivateId == frame.id && (g.NavActivateFlags & ImGuiActivateFlags_PreferInput)) return true;
  if (!frame.hovered) return false;
  return ImGui::IsMouseDoubleClicked(0) || (ImGui::IsMouseClicked(0) && g.IO.KeyCtrl);
}

ImRect field_of(const RowFrame& frame) {
  const float mid = std::round(frame.line.GetCenter().y), half = px(11);
  const float width = std::min(px(112), 0.6F * frame.box.GetWidth());
  return {{frame.box.Max.x - width, mid - half}, {frame.box.Max.x + px(6), mid + half}};
}

void copy_value(const RowFrame& frame, double value) {
  if (!frame.hovered && !frame.focused) return;
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_C))
    ImGui::SetClipboardText(exact_number(value).c_str());
}

}  // namespace

double share_of_track(const Range& r, double value) {
  // Logarithms first: a quotient of a value that was typed may overflow.
  const double lo = r.logarithmic ? std::log(r.slider_min) : r.slider_min;
  const double hi = r.logarithmic ? std::log(r.slider_max) : r.slider_max;
  const double t = ((r.logarithmic ? std::log(value) : value) - lo) / (hi - lo);
  return std::isnan(t) ? 0.0 : std::clamp(t, 0.0, 1.0);
}

Response scrub_row(const Row& row, double& value, const Range& range) {
  Response response;
  const bool has_track = range.slider_max > range.slider_min;
  const RowFrame frame = begin_row(row, has_track ? kRowWithTrack : kScrubRow, kScrubRow, RowKind::own);
  if (!frame.visible) return response;
  if (!typing_in(frame.id) && wants_typing(frame)) {
    begin_typing(frame.id, value);
    response.activated = true;
  }
  const bool typing = typing_in(frame.id);
  if (has_track && !typing && !frame.disabled) slide(frame, range, value, response);
  response.released = ImGui::IsItemDeactivatedAfterEdit();
  const bool held = ImGui::IsItemActive() && !typing;
  draw_row(frame, row, false);
  if (has_track) draw_track(frame, row, range, value, held);
  const bool whole = range.whole && std::abs(value) < 1e15;
  const std::string shown = !row.reads.empty() ? std::string(row.reads)
                            : whole            ? format_whole(std::llround(value))
                                               : format_value(value);
  if (!typing) draw_value(frame, row, shown, frame.box.Max.x);
  copy_value(frame, value);
  finish_row(frame, row, response, "Double-click to type a value");
  if (typing && type_number(field_of(frame), frame.id, row.id, range, value, response.refused))
    response.changed = response.released = true;
  return response;
}

}  // namespace iem::gui
