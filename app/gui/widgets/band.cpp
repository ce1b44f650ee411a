#include "app/gui/widgets/band.h"

#include "app/gui/look/style.h"
#include "imgui_internal.h"

namespace iem::gui {

bool begin_docked(const char* name, bool panel_colour) {
  // The frame is cleared to the paper colour, so docked windows need no background, which would cost a
  // software rasteriser milliseconds. An undocked window needs one, since it lies over others.
  const ImGuiWindow* before = ImGui::FindWindowByName(name);
  const bool on_paper = !panel_colour && before != nullptr && before->DockNode != nullptr;
  ImGui::PushStyleColor(ImGuiCol_WindowBg, colour4(panel_colour ? theme().panel : theme().paper));
  // The corner mark by which a hidden tab bar comes back shows only while the mouse is on it.
  ImGui::PushStyleColor(ImGuiCol_Button, 0);
  ImGui::PushStyleColor(ImGuiCol_ButtonActive, 0);
  const bool open = ImGui::Begin(name, nullptr,
                                 ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoScrollbar |
                                     ImGuiWindowFlags_NoScrollWithMouse |
                                     (on_paper ? ImGuiWindowFlags_NoBackground : ImGuiWindowFlags_None));
  ImGui::PopStyleColor(3);
  // The dock fills what its windows leave blank.
  if (ImGuiDockNode* node = ImGui::GetCurrentWindow()->DockNode; on_paper && node != nullptr)
    node->LastBgColor = 0;
  return open;
}

void end_docked() { ImGui::End(); }

bool begin_band(const char* name, const Band& band, bool panel_colour) {
  ImGui::SetNextWindowPos(band.min);
  ImGui::SetNextWindowSize({band.max.x - band.min.x, band.max.y - band.min.y});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, colour4(panel_colour ? theme().panel : theme().paper));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
  const bool open = ImGui::Begin(
      name, nullptr, kFixedWindow | (panel_colour ? ImGuiWindowFlags_None : ImGuiWindowFlags_NoBackground));
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  return open;
}

void end_band() { ImGui::End(); }

}  // namespace iem::gui
