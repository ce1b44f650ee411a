#include "app/gui/widgets/spotlight.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/gui/look/style.h"

namespace iem::gui {
namespace {

constexpr float kSoftEdge = 16, kCellOfVeil = 4, kLitEdge = 2;  // style pixels

// How much of the veil is there at a place: 0 in a hole, 1 outside of all.
float veil_at(ImVec2 at, std::span<const ImVec2> lit, float radius) {
  float out = 1;
  for (const ImVec2& place : lit) {
    const float away = std::hypot(at.x - place.x, at.y - place.y) - px(radius - 0.5F * kSoftEdge);
    const float part = std::clamp(away / px(kSoftEdge), 0.0F, 1.0F);
    out = std::min(out, part * part * (3 - 2 * part));
  }
  return out;
}

// A quad whose corners differ in how much of the veil they have, clockwise from the upper left.
void draw_quad(ImDrawList* list, ImVec2 min, ImVec2 max, const std::array<float, 4>& part) {
  const ImVec2 uv = ImGui::GetFontTexUvWhitePixel();
  const std::array<ImVec2, 4> corners = {min, ImVec2(max.x, min.y), max, ImVec2(min.x, max.y)};
  list->PrimReserve(6, 4);
  const auto first = static_cast<ImDrawIdx>(list->_VtxCurrentIdx);
  for (const int corner : {0, 1, 2, 0, 2, 3}) list->PrimWriteIdx(static_cast<ImDrawIdx>(first + corner));
  for (std::size_t i = 0; i < corners.size(); ++i)
    list->PrimWriteVtx(corners[i], uv, colour(theme().paper, kVeil * part[i]));
}

}  // namespace

// In rows of small cells; those of a row that are alike are one.
void draw_spotlight(ImDrawList* list, ImVec2 min, ImVec2 max, std::span<const ImVec2> lit, float radius) {
  if (lit.empty()) return;
  const float cell = px(kCellOfVeil);
  for (float y = min.y; y < max.y; y += cell) {
    const float bottom = std::min(y + cell, max.y);
    float begin = min.x;
    std::array<float, 4> run = {};
    bool open = false;
    for (float x = min.x; x < max.x; x += cell) {
      const float end = std::min(x + cell, max.x);
      const auto veil = [&](float at_x, float at_y) { return veil_at({at_x, at_y}, lit, radius); };
      const std::array<float, 4> part = {veil(x, y), veil(end, y), veil(end, bottom), veil(x, bottom)};
      const bool flat = std::ranges::all_of(part, [&](float each) { return each == part[0]; });
      if (open && (!flat || part[0] != run[0])) {
        if (run[0] > 0) draw_quad(list, {begin, y}, {x, bottom}, run);
        open = false;
      }
      if (flat && !open) begin = x, run = part, open = true;
      if (!flat) draw_quad(list, {x, y}, {end, bottom}, part);
    }
    if (open && run[0] > 0) draw_quad(list, {begin, y}, {max.x, bottom}, run);
  }
}

void draw_veil(ImDrawList* list, ImVec2 min, ImVec2 max) {
  list->AddRectFilled(min, max, colour(theme().paper, kVeil));
}

void draw_lit_edge(ImDrawList* list, float x0, float x1, float y) {
  list->AddRectFilled({x0, y}, {x1, y + px(kLitEdge)}, colour(theme().accent));
}

}  // namespace iem::gui
