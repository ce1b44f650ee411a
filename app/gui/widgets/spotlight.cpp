#include "app/gui/widgets/spotlight.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "app/gui/look/style.h"

namespace iem::gui {
namespace {

constexpr float kSoftEdge = 16, kCellOfVeil = 4, kLitEdge = 2;  // style pixels

// How much of the veil is there at a place: 0 in a hole, 1 outside of all.
class Veil {
 public:
  Veil(std::span<const ImVec2> lit, float radius)
      : lit_(lit),
        inner_(px(radius - 0.5F * kSoftEdge)),
        edge_(px(kSoftEdge)) {}

  float at(float x, float y) const {
    float out = 1;
    for (const ImVec2& place : lit_) {
      const float dx = x - place.x, dy = y - place.y, squared = dx * dx + dy * dy;
      if (squared >= (inner_ + edge_) * (inner_ + edge_)) continue;
      if (squared <= inner_ * inner_) return 0;
      const float part = (std::sqrt(squared) - inner_) / edge_;
      out = std::min(out, part * part * (3 - 2 * part));
    }
    return out;
  }

 private:
  std::span<const ImVec2> lit_;
  float inner_, edge_;
};

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

// In rows of small cells, each corner worked out once; neighbours of a row that are alike are one.
void draw_spotlight(ImDrawList* list, ImVec2 min, ImVec2 max, std::span<const ImVec2> lit, float radius) {
  if (lit.empty() || max.x <= min.x || max.y <= min.y) return;
  const Veil veil(lit, radius);
  const float cell = px(kCellOfVeil);
  const auto columns = static_cast<std::size_t>(std::ceil((max.x - min.x) / cell));
  const auto x_of = [&](std::size_t i) { return std::min(min.x + static_cast<float>(i) * cell, max.x); };
  std::vector<float> upper(columns + 1), lower(columns + 1);
  const auto fill = [&](std::vector<float>& row, float y) {
    for (std::size_t i = 0; i <= columns; ++i) row[i] = veil.at(x_of(i), y);
  };
  fill(lower, min.y);
  for (float y = min.y; y < max.y; y += cell) {
    const float bottom = std::min(y + cell, max.y);
    std::swap(upper, lower);
    fill(lower, bottom);
    for (std::size_t i = 0; i < columns;) {
      const std::array<float, 4> part = {upper[i], upper[i + 1], lower[i + 1], lower[i]};
      const bool flat = std::ranges::all_of(part, [&](float each) { return each == part[0]; });
      std::size_t end = i + 1;
      while (flat && end < columns && upper[end + 1] == part[0] && lower[end + 1] == part[0]) ++end;
      if (!flat || part[0] > 0) draw_quad(list, {x_of(i), y}, {x_of(end), bottom}, part);
      i = end;
    }
  }
}

void draw_veil(ImDrawList* list, ImVec2 min, ImVec2 max) {
  list->AddRectFilled(min, max, colour(theme().paper, kVeil));
}

void draw_lit_edge(ImDrawList* list, float x0, float x1, float y) {
  list->AddRectFilled({x0, y}, {x1, y + px(kLitEdge)}, colour(theme().accent));
}

}  // namespace iem::gui
