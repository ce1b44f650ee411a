// Buttons without frames, tabs and menus.
#include <algorithm>
#include <cmath>
#include <map>

#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widget_base.h"
#include "imgui_internal.h"

namespace iem::gui {
namespace {

struct Pressed {
  ImRect box;
  Press press;
  bool visible = false, disabled = false;
  ImDrawList* list = nullptr;
};

Pressed submit(const Button& button, ImVec2 size) {
  Pressed out;
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  if (window->SkipItems) return out;
  out.box = {window->DC.CursorPos, {window->DC.CursorPos.x + size.x, window->DC.CursorPos.y + size.y}};
  out.list = window->DrawList;
  out.disabled = !button.disabled.empty();
  ImGui::ItemSize(size);
  out.press = press_item(out.box, window->GetID(button.id), out.disabled);
  out.visible = true;
  if (out.disabled)
    tooltip(button.disabled);
  else
    tooltip(button.help, {}, button.shortcut);
  return out;
}

void wash(const Pressed& p, bool selected, float radius) {
  const double strength = p.press.held ? 0.10 : p.press.hovered ? 0.055 : selected ? 0.07 : 0;
  if (strength > 0) p.list->AddRectFilled(p.box.Min, p.box.Max, colour(theme().ink, strength), radius);
}

float centred_baseline(const ImRect& box, float size, Face face = Face::regular) {
  return std::round(box.GetCenter().y + 0.5F * cap_height(size, face));
}

Rgb mixed(const Rgb& a, const Rgb& b, double t) {
  return {a.r + t * (b.r - a.r), a.g + t * (b.g - a.g), a.b + t * (b.b - a.b)};
}

}  // namespace

bool icon_button(const Button& button, std::string_view icon, float icon_size, float box) {
  const Pressed p = submit(button, {px(box), px(box)});
  if (!p.visible) return false;
  wash(p, button.selected, px(6));
  draw_focus(p.list, p.box.Min, p.box.Max, ImGui::GetItemID());
  const Rgb& ink = p.press.hovered || button.selected ? theme().ink : theme().muted;
  draw_icon(p.list, icon, p.box.GetCenter(), colour(ink, p.disabled ? 0.4 : 1), icon_size);
  return p.press.pressed;
}

bool play_button(const Button& button, bool playing) {
  const paint::Theme& t = theme();
  const Pressed p = submit(button, {px(34), px(34)});
  if (!p.visible) return false;
  const ImVec2 centre(std::floor(p.box.GetCenter().x), std::floor(p.box.GetCenter().y));
  const Rgb disc = p.press.held      ? mixed(t.accent, t.ink, 0.25)
                   : p.press.hovered ? mixed(t.accent, t.ink, 0.12)
                                     : t.accent;
  p.list->AddCircleFilled(centre, 17 * scale(), colour(p.disabled ? t.faint : disc));
  if (ImGui::GetCurrentContext()->NavId == ImGui::GetItemID() && ImGui::GetCurrentContext()->NavCursorVisible)
    p.list->AddCircle(centre, 20 * scale(), colour(t.accent), 0, 1.5F * scale());
  // A triangle's weight sits left of the middle of its box.
  draw_icon(p.list, playing ? icon::kPause : icon::kPlay, {centre.x + (playing ? 0 : px(1)), centre.y},
            colour(t.on_accent), 14);
  return p.press.pressed;
}

bool text_button(const Button& button, std::string_view label, bool primary) {
  const paint::Theme& t = theme();
  const Face face = primary ? Face::bold : Face::regular;
  const float width = measure_text(label, type::kBody, face).width;
  const Pressed p = submit(button, {width + 2 * px(primary ? 16 : 10), px(30)});
  if (!p.visible) return false;
  if (primary) {
    const Rgb fill = p.press.held      ? mixed(t.accent, t.ink, 0.25)
                     : p.press.hovered ? mixed(t.accent, t.ink, 0.12)
                                       : t.accent;
    p.list->AddRectFilled(p.box.Min, p.box.Max, colour(p.disabled ? t.hairline : fill), px(6));
  } else {
    wash(p, button.selected, px(6));
  }
  const float out = primary ? px(3) : 0;
  draw_focus(p.list, {p.box.Min.x - out, p.box.Min.y - out}, {p.box.Max.x + out, p.box.Max.y + out},
             ImGui::GetItemID());
  const Rgb& ink = p.disabled ? t.muted : primary ? t.on_accent : t.ink;
  draw_text(p.list, label, {p.box.GetCenter().x - 0.5F * width, centred_baseline(p.box, type::kBody, face)},
            colour(ink), type::kBody, face);
  return p.press.pressed;
}

bool tab(const Button& button, std::string_view label, float height) {
  const paint::Theme& t = theme();
  // Tabs are as wide as their bold word, so that selecting one does not move the others.
  const float width = measure_text(label, type::kBody, Face::bold).width;
  const Pressed p = submit(button, {width + 2 * px(11), height});
  if (!p.visible) return false;
  const Face face = button.selected ? Face::bold : Face::regular;
  const float own = measure_text(label, type::kBody, face).width;
  const float left = std::round(p.box.GetCenter().x - 0.5F * own);
  const Rgb& ink = button.selected || p.press.hovered ? t.ink : t.muted;
  draw_text(p.list, label, {left, centred_baseline(p.box, type::kBody, face)}, colour(ink), type::kBody,
            face);
  if (button.selected)
    p.list->AddRectFilled({left, p.box.Max.y - px(3)}, {left + std::round(own), p.box.Max.y - px(1)},
                          colour(t.accent));
  draw_focus(p.list, {p.box.Min.x, p.box.Min.y + px(8)}, {p.box.Max.x, p.box.Max.y - px(8)},
             ImGui::GetItemID());
  return p.press.pressed;
}

bool menu_button(const Button& button, std::string_view lead, std::string_view value) {
  const paint::Theme& t = theme();
  const float lead_width = lead.empty() ? 0 : measure_text(lead, type::kBody).width + px(8);
  const float width = lead_width + measure_text(value, type::kBody).width + px(18);
  const Pressed p = submit(button, {width + 2 * px(10), px(30)});
  if (!p.visible) return false;
  wash(p, button.selected, px(6));
  draw_focus(p.list, p.box.Min, p.box.Max, ImGui::GetItemID());
  const float x = p.box.Min.x + px(10), y = centred_baseline(p.box, type::kBody);
  draw_text(p.list, lead, {x, y}, colour(t.muted));
  draw_text(p.list, value, {x + lead_width, y}, colour(p.disabled ? t.muted : t.ink));
  draw_icon(p.list, icon::kChevronDown, {p.box.Max.x - px(15), std::round(p.box.GetCenter().y) + px(1)},
            colour(p.press.hovered ? t.ink : t.muted), 9);
  return p.press.pressed;
}

namespace {

// Puts the next window where the caller wants it, but for what would not be inside the program's window. A
// window that has begun is too late for that: only what is in it would move.
void keep_next_inside(const ImVec2& size) {
  const ImGuiNextWindowData& next = ImGui::GetCurrentContext()->NextWindowData;
  if ((next.HasFlags & ImGuiNextWindowDataFlags_HasPos) == 0) return;
  const ImVec2 room = ImGui::GetIO().DisplaySize;
  const ImVec2 at(next.PosVal.x - next.PosPivotVal.x * size.x, next.PosVal.y - next.PosPivotVal.y * size.y);
  ImGui::SetNextWindowPos({std::clamp(at.x, px(4), std::max(px(4), room.x - size.x - px(4))),
                           std::clamp(at.y, px(4), std::max(px(4), room.y - size.y - px(4)))});
}

}  // namespace

bool begin_menu(const char* id) {
  static std::map<ImGuiID, ImVec2> sizes;  // of menus that have been open; their first frame is not shown
  ImVec2& size = sizes[ImGui::GetID(id)];
  if (ImGui::IsPopupOpen(id)) keep_next_inside(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(6), px(6)});
  const bool open = ImGui::BeginPopup(id, ImGuiWindowFlags_NoMove);
  ImGui::PopStyleVar();
  if (!open) return false;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  size = ImGui::GetWindowSize();
  return true;
}

bool menu_item(std::string_view label, std::string_view shortcut, bool checked, std::string_view disabled) {
  const paint::Theme& t = theme();
  const float label_width = measure_text(label, type::kBody, checked ? Face::bold : Face::regular).width;
  const float shortcut_width = shortcut.empty() ? 0 : measure_text(shortcut, type::kSmall).width + px(24);
  const float needed = px(28) + label_width + shortcut_width + px(14);
  const ImVec2 size(std::max(needed, ImGui::GetContentRegionAvail().x), px(28));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::PushID(label.data(), label.data() + label.size());
  ImGui::BeginDisabled(!disabled.empty());
  const std::string name(label);
  ImGui::PushStyleColor(ImGuiCol_Text, ImVec4(0, 0, 0, 0));  // drawn below, with the tick and the shortcut
  const bool pressed = ImGui::Selectable("##item", false, ImGuiSelectableFlags_None, size);
  ImGui::PopStyleColor();
  ImGui::EndDisabled();
  if (!disabled.empty()) tooltip(disabled);
  const ImRect box(at, {at.x + size.x, at.y + size.y});
  ImGui::PopID();
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (checked)
    draw_icon(list, icon::kCheck, {at.x + px(14), std::round(box.GetCenter().y)}, colour(t.ink), 10);
  const float y = centred_baseline(box, type::kBody);
  draw_text(list, label, {at.x + px(28), y}, colour(disabled.empty() ? t.ink : t.muted), type::kBody,
            checked ? Face::bold : Face::regular);
  draw_text_right(list, shortcut, {box.Max.x - px(10), y}, colour(t.muted), type::kSmall);
  return pressed;
}

void menu_rule() {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({0, px(9)});
  draw_rule_h(ImGui::GetWindowDrawList(), at.x + px(8), at.x + ImGui::GetContentRegionAvail().x - px(8),
              at.y + px(4));
}

void end_menu() {
  ImGui::PopStyleVar();
  ImGui::EndPopup();
}

}  // namespace iem::gui
