// Heads, rules, folds, segments, formulas and notes between the rows.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/look/formula.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widget_base.h"
#include "core/figure/tex_lines.h"

namespace iem::gui {
namespace {

constexpr float kSmallestFormula = 9.5F;                    // the t energy is long
constexpr float kBrokenSmaller = 1.5F, kBrokenIndent = 14;  // of a formula in several lines

constexpr float kHead = 22, kFold = 35, kSegment = 28;

// One word of a row of segments.
bool segment(ImGuiID id, const ImRect& box, const Choice& choice, bool selected) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const paint::Theme& t = theme();
  const bool disabled = !choice.disabled.empty();
  const Press press = press_item(box, id, disabled);
  if (disabled) tooltip(choice.disabled);
  const ImVec2 min(box.Min.x + px(2), box.Min.y + px(2)), max(box.Max.x - px(2), box.Max.y - px(2));
  if (selected) {
    const float drop = hairline_px();
    list->AddRectFilled({min.x, min.y + drop}, {max.x, max.y + drop}, colour({0, 0, 0}, 0.10), px(6));
    list->AddRectFilled(min, max, colour(t.raised), px(6));
  } else if (press.hovered) {
    list->AddRectFilled(min, max, colour(t.ink, press.held ? 0.08 : 0.04), px(6));
  }
  draw_focus(list, box.Min, box.Max, id);
  const Face face = selected ? Face::bold : Face::regular;
  const float width = measure_text(choice.label, type::kSmall, face).width;
  const ImU32 ink = colour(selected || press.hovered ? t.ink : t.muted);
  const ImVec2 at(box.GetCenter().x - 0.5F * width, box.GetCenter().y + 0.5F * cap_height(type::kSmall));
  // A stroke behind a word shows that it cannot be chosen; the word stays legible.
  const float middle = std::round(box.GetCenter().y);
  if (disabled)
    list->AddRectFilled({at.x - px(4), middle}, {at.x + width + px(4), middle + hairline_px()},
                        colour(t.faint));
  draw_text(list, choice.label, at, ink, type::kSmall, face);
  return press.pressed;
}

// A list cut after whole items, the last of which says how many are left out: "field, trails, +2".
std::string whole_items(std::string_view list, float room) {
  constexpr std::string_view kComma = ", ";
  if (measure_text(list, type::kSmall).width <= room) return std::string(list);
  std::string_view kept = list;
  for (int out = 1; kept.rfind(kComma) != std::string_view::npos; ++out) {
    kept = kept.substr(0, kept.rfind(kComma));
    std::string words = std::string(kept) + std::string(kComma) + "+" + std::to_string(out);
    if (measure_text(words, type::kSmall).width <= room) return words;
  }
  return cut_to(list, room, type::kSmall);
}

// The state of a group in one line, at the right end of its head.
void draw_state(ImDrawList* list, std::string_view state, ImVec2 right_baseline, float room) {
  draw_text_right(list, whole_items(state, room), right_baseline, colour(theme().muted), type::kSmall);
}

}  // namespace

void group_head(std::string_view label, std::string_view state) {
  const ImRect box = take_row(kHead);
  if (!ImGui::ItemAdd(box, 0)) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float baseline = box.Min.y + px(12.5F);
  const float used =
      draw_text(list, label, {box.Min.x, baseline}, colour(theme().ink), type::kSmall, Face::bold);
  if (state.empty()) return;
  draw_state(list, state, {box.Max.x, baseline}, box.GetWidth() - used - px(12));
}

void group_rule() {
  gap(9);
  const ImRect box = take_row(1);
  draw_rule_h(ImGui::GetWindowDrawList(), box.Min.x, box.Max.x, box.Min.y);
  gap(13);
}

bool fold_row(const char* id, std::string_view label, std::string_view state, bool& open) {
  const Row row{.id = id};
  const RowFrame frame = begin_row(row, kFold, kFold, RowKind::button);
  if (!frame.visible) return open;
  if (frame.pressed) open = !open;
  draw_rule_h(frame.list, frame.box.Min.x, frame.box.Max.x, frame.box.Min.y);
  const ImVec2 wash_min(frame.box.Min.x - px(8), frame.box.Min.y + px(3)),
      wash_max(frame.box.Max.x + px(8), frame.box.Max.y - px(2));
  if (frame.hovered)
    frame.list->AddRectFilled(wash_min, wash_max, colour(theme().ink, frame.held ? 0.08 : 0.045), px(6));
  draw_focus(frame.list, wash_min, wash_max, frame.id);
  const float mid = std::round(frame.box.GetCenter().y) + hairline_px();
  const float baseline = std::round(mid + 0.5F * cap_height(type::kSmall, Face::bold));
  draw_icon(frame.list, open ? icon::kChevronDown : icon::kChevronRight, {frame.box.Min.x + px(4), mid},
            colour(frame.hovered ? theme().ink : theme().muted), 9);
  const float x = frame.box.Min.x + px(14);
  const float used =
      draw_text(frame.list, label, {x, baseline}, colour(theme().ink), type::kSmall, Face::bold);
  if (!open && !state.empty())
    draw_state(frame.list, state, {frame.box.Max.x, baseline}, frame.box.Max.x - x - used - px(12));
  [[maybe_unused]] ImGuiContext& g = *ImGui::GetCurrentContext();
  IMGUI_TEST_ENGINE_ITEM_INFO(frame.id, id,
                              g.LastItemData.StatusFlags | ImGuiItemStatusFlags_Openable |
                                  (open ? ImGuiItemStatusFlags_Opened : ImGuiItemStatusFlags_None));
  return open;
}

Response segments(const char* id, int& selected, std::span<const Choice> choices) {
  Response response;
  if (ImGui::GetCurrentWindow()->SkipItems || choices.empty()) return response;
  const ImRect box = take_row(kSegment);
  ImGui::GetWindowDrawList()->AddRectFilled(box.Min, box.Max, colour(theme().sunken), px(7));
  ImGui::PushID(id);
  const float each = box.GetWidth() / static_cast<float>(choices.size());
  for (int i = 0; i < static_cast<int>(choices.size()); ++i) {
    const Choice& choice = choices[static_cast<std::size_t>(i)];
    const float x0 = std::round(box.Min.x + static_cast<float>(i) * each);
    const float x1 = std::round(box.Min.x + static_cast<float>(i + 1) * each);
    const ImGuiID item = ImGui::GetID(choice.label.data(), choice.label.data() + choice.label.size());
    if (segment(item, {{x0, box.Min.y}, {x1, box.Max.y}}, choice, i == selected) && i != selected) {
      selected = i;
      response.activated = response.changed = response.released = true;
    }
    response.hovered |= ImGui::IsItemHovered();
  }
  ImGui::PopID();
  if (response.hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right)) response.reset = true;
  return response;
}

namespace {

// One line of a formula in a row of its own.
void formula_line_row(const std::string& tex, float size, const Rgb& ink, float indent,
                      std::string_view value) {
  const FormulaSize extent = measure_formula(tex, size);
  // Lines share a baseline 15 down; tall ones (fractions) get the room they need above and below.
  const float above = std::max(px(15), std::ceil(extent.ascent) + px(3));
  const float below = std::max(px(10), std::ceil(extent.descent) + px(3));
  const ImRect box = take_row((above + below) / scale());
  if (!ImGui::ItemAdd(box, 0)) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float baseline = box.Min.y + above;
  draw_formula(list, tex, {box.Min.x + indent, baseline}, size, colour(ink));
  if (!value.empty())
    draw_text_right(list, value, {box.Max.x, baseline}, colour(theme().ink), type::kBody, Face::bold);
}

}  // namespace

void formula_row(std::string_view tex, float size, const Rgb& ink, std::string_view value) {
  const float room =
      row_width() - (value.empty() ? 0 : measure_text(value, type::kBody, Face::bold).width + px(12));
  float fitting = size;
  while (fitting > kSmallestFormula && measure_formula(tex, fitting).width > room) fitting -= 0.5F;
  if (measure_formula(tex, fitting).width <= room)
    return formula_line_row(std::string(tex), fitting, ink, 0, value);
  // A formula broken into several lines is only slightly smaller.
  fitting = size - kBrokenSmaller;
  const float indent = px(kBrokenIndent);
  const auto fits = [&](const std::string& line) {
    return measure_formula(line, fitting).width <= room - indent;
  };
  bool first = true;
  for (const std::string& line : tex_lines(tex, fits)) {
    formula_line_row(line, fitting, ink, first ? 0 : indent, first ? value : std::string_view());
    first = false;
  }
}

void note(std::string_view words) { paragraph(words, theme().muted); }

float note_height(std::string_view words) { return measure_paragraph(words, row_width()).y + px(4); }

void paragraph(std::string_view words, const Rgb& ink) {
  const float width = row_width();
  const ImVec2 extent = measure_paragraph(words, width);
  const ImRect box = take_row((extent.y + px(4)) / scale());
  if (!ImGui::ItemAdd(box, 0)) return;
  draw_paragraph(ImGui::GetWindowDrawList(), words, {box.Min.x, box.Min.y + px(2)}, colour(ink), width);
}

void gap(float style_px) { take_row(style_px); }

}  // namespace iem::gui
