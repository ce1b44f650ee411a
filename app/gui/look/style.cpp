#include "app/gui/look/style.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/gui/look/fonts.h"
#include "implot.h"

namespace iem::gui {
namespace {

Look g_look;  // one window a program, as in ImGui itself

void set_lengths(ImGuiStyle& s) {
  s = ImGuiStyle();
  s.FontSizeBase = std::round(type::kBody * scale());
  s.WindowPadding = {0, 0};
  s.FramePadding = {px(8), px(5)};
  s.ItemSpacing = {px(8), px(8)};
  s.ItemInnerSpacing = {px(8), px(4)};
  s.CellPadding = {px(6), px(4)};
  s.IndentSpacing = px(16);
  s.WindowMinSize = {px(32), px(32)};
  s.WindowRounding = s.ChildRounding = 0;
  s.FrameRounding = s.ImageRounding = s.SelectableRounding = s.MenuItemRounding = px(6);
  s.PopupRounding = px(8);
  s.GrabRounding = px(8);
  s.GrabMinSize = px(12);
  s.ScrollbarSize = px(8);
  s.ScrollbarRounding = px(4);
  s.ScrollbarPadding = px(2);
  s.WindowBorderSize = s.ChildBorderSize = s.FrameBorderSize = 0;
  s.PopupBorderSize = hairline_px();
  s.TabRounding = s.TabBorderSize = s.TabBarOverlineSize = 0;
  s.TabMinWidthShrink = px(1000);  // names of tabs are never cut; where they do not fit, tabs scroll
  s.TabBarBorderSize = hairline_px();
  s.DockingSeparatorSize = hairline_px();
  s.WindowBorderHoverPadding = px(4);
  s.SeparatorSize = hairline_px();
  s.SeparatorTextBorderSize = hairline_px();
  s.InputTextCursorSize = px(1);
  s.DragDropTargetBorderSize = px(2);
  s.DragDropTargetRounding = px(6);
  s.DisplaySafeAreaPadding = {px(8), px(8)};
  s.WindowMenuButtonPosition = ImGuiDir_None;
  s.DockingNodeHasCloseButton = false;
  s.DisabledAlpha = 1;  // code that draws disabled text chooses the muted colour itself
  s.CircleTessellationMaxError = 0.10F;
  s.CurveTessellationMaxError = 0.5F;
}

void set_surfaces(ImVec4* c, const paint::Theme& t) {
  const ImVec4 clear(0, 0, 0, 0);
  c[ImGuiCol_Text] = colour4(t.ink);
  c[ImGuiCol_TextDisabled] = colour4(t.muted);
  c[ImGuiCol_WindowBg] = colour4(t.paper);
  c[ImGuiCol_ChildBg] = clear;
  c[ImGuiCol_PopupBg] = colour4(t.raised);
  c[ImGuiCol_Border] = colour4(t.hairline);
  c[ImGuiCol_BorderShadow] = clear;
  c[ImGuiCol_FrameBg] = colour4(t.sunken);
  c[ImGuiCol_FrameBgHovered] = colour4(t.sunken);
  c[ImGuiCol_FrameBgActive] = colour4(t.sunken);
  c[ImGuiCol_TitleBg] = c[ImGuiCol_TitleBgActive] = c[ImGuiCol_TitleBgCollapsed] = colour4(t.panel);
  c[ImGuiCol_MenuBarBg] = colour4(t.paper);
  c[ImGuiCol_ScrollbarBg] = clear;
  c[ImGuiCol_ScrollbarGrab] = colour4(t.faint, 0.45);
  c[ImGuiCol_ScrollbarGrabHovered] = colour4(t.faint, 0.75);
  c[ImGuiCol_ScrollbarGrabActive] = colour4(t.muted);
  c[ImGuiCol_DockingEmptyBg] = colour4(t.panel);
  c[ImGuiCol_ModalWindowDimBg] = colour4(t.paper, 0.6);
  c[ImGuiCol_NavWindowingDimBg] = colour4(t.paper, 0.4);
}

void set_parts(ImVec4* c, const paint::Theme& t) {
  const ImVec4 clear(0, 0, 0, 0);
  c[ImGuiCol_CheckMark] = c[ImGuiCol_SliderGrab] = c[ImGuiCol_SliderGrabActive] = colour4(t.ink);
  c[ImGuiCol_CheckboxSelectedBg] = colour4(t.sunken);
  c[ImGuiCol_Button] = clear;
  c[ImGuiCol_ButtonHovered] = c[ImGuiCol_HeaderHovered] = colour4(t.ink, 0.05);
  c[ImGuiCol_ButtonActive] = c[ImGuiCol_HeaderActive] = colour4(t.ink, 0.10);
  c[ImGuiCol_Header] = colour4(t.ink, 0.05);
  c[ImGuiCol_Separator] = colour4(t.hairline);
  c[ImGuiCol_SeparatorHovered] = colour4(t.accent, 0.6);
  c[ImGuiCol_SeparatorActive] = colour4(t.accent);
  c[ImGuiCol_ResizeGrip] = clear;
  c[ImGuiCol_ResizeGripHovered] = colour4(t.accent, 0.3);
  c[ImGuiCol_ResizeGripActive] = colour4(t.accent, 0.6);
  c[ImGuiCol_InputTextCursor] = colour4(t.accent);
  c[ImGuiCol_TextSelectedBg] = colour4(t.accent, 0.24);
  c[ImGuiCol_TextLink] = colour4(t.accent);
  c[ImGuiCol_Tab] = c[ImGuiCol_TabDimmed] = clear;
  c[ImGuiCol_TabSelected] = c[ImGuiCol_TabDimmedSelected] = colour4(t.paper);
  c[ImGuiCol_TabHovered] = colour4(t.ink, 0.05);
  c[ImGuiCol_TabSelectedOverline] = c[ImGuiCol_TabDimmedSelectedOverline] = clear;
  c[ImGuiCol_DockingPreview] = colour4(t.accent, 0.18);
  c[ImGuiCol_PlotLines] = c[ImGuiCol_PlotHistogram] = colour4(t.muted);
  c[ImGuiCol_PlotLinesHovered] = c[ImGuiCol_PlotHistogramHovered] = colour4(t.accent);
  c[ImGuiCol_TableHeaderBg] = c[ImGuiCol_TableRowBg] = c[ImGuiCol_TableRowBgAlt] = clear;
  c[ImGuiCol_TableBorderStrong] = c[ImGuiCol_TableBorderLight] = colour4(t.hairline);
  c[ImGuiCol_TreeLines] = colour4(t.hairline);
  c[ImGuiCol_DragDropTarget] = colour4(t.accent);
  c[ImGuiCol_DragDropTargetBg] = colour4(t.accent, 0.06);
  c[ImGuiCol_UnsavedMarker] = colour4(t.accent);
  c[ImGuiCol_NavCursor] = c[ImGuiCol_NavWindowingHighlight] = colour4(t.accent);
}

void set_plot_style(const paint::Theme& t) {
  ImPlotStyle& s = ImPlot::GetStyle();
  s = ImPlotStyle();
  s.PlotDefaultSize = {px(300), px(120)};
  s.PlotMinSize = {px(60), px(40)};
  s.PlotBorderSize = 0;
  s.PlotPadding = {0, 0};
  s.LabelPadding = {px(6), px(5)};
  s.MajorTickLen = s.MinorTickLen = {0, 0};
  s.MajorGridSize = {hairline_px(), hairline_px()};
  s.MinorAlpha = 0;
  s.MousePosPadding = s.LegendPadding = {px(8), px(8)};
  s.AnnotationPadding = {px(4), px(2)};
  const ImVec4 clear(0, 0, 0, 0);
  ImVec4* c = s.Colors;
  c[ImPlotCol_FrameBg] = c[ImPlotCol_PlotBg] = c[ImPlotCol_PlotBorder] = c[ImPlotCol_AxisBg] = clear;
  c[ImPlotCol_LegendBg] = colour4(t.raised);
  c[ImPlotCol_LegendBorder] = colour4(t.hairline);
  c[ImPlotCol_LegendText] = c[ImPlotCol_TitleText] = c[ImPlotCol_InlayText] = colour4(t.ink);
  c[ImPlotCol_AxisText] = c[ImPlotCol_Crosshairs] = colour4(t.muted);
  c[ImPlotCol_AxisGrid] = colour4(t.hairline, 0.8);
  c[ImPlotCol_AxisTick] = colour4(t.hairline);
  c[ImPlotCol_AxisBgHovered] = colour4(t.accent, 0.08);
  c[ImPlotCol_AxisBgActive] = colour4(t.accent, 0.14);
  c[ImPlotCol_Selection] = colour4(t.accent);
}

}  // namespace

void apply_look(const Look& look) {
  g_look = look;
  ImGuiStyle& style = ImGui::GetStyle();
  set_lengths(style);
  set_surfaces(style.Colors, theme());
  set_parts(style.Colors, theme());
  set_plot_style(theme());
}

const Look& current_look() { return g_look; }

double stepped_scale(double user_scale, int direction) {
  if (direction == 0) return 1;
  constexpr std::array kSteps = {0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0};
  if (direction > 0) {
    const auto* up = std::ranges::find_if(kSteps, [&](double s) { return s > user_scale + 1e-6; });
    return up == kSteps.end() ? kSteps.back() : *up;
  }
  double best = kSteps.front();
  for (const double s : kSteps)
    if (s < user_scale - 1e-6) best = s;
  return best;
}

const paint::Theme& theme() { return paint::theme(g_look.theme); }

float scale() { return static_cast<float>(g_look.monitor_scale * g_look.user_scale); }

float px(float style_px) {
  const float screen = std::round(style_px * scale());
  return style_px > 0 ? std::max(1.0F, screen) : screen;
}

float hairline_px() { return std::max(1.0F, std::round(scale())); }

ImVec4 colour4(const Rgb& rgb, double alpha) {
  return {static_cast<float>(rgb.r), static_cast<float>(rgb.g), static_cast<float>(rgb.b),
          static_cast<float>(alpha)};
}

ImU32 colour(const Rgb& rgb, double alpha) {
  ImVec4 c = colour4(rgb, alpha);
  // Stock ImGui fades whole regions through the style (BeginDisabled); own drawing follows.
  c.w *= ImGui::GetStyle().Alpha;
  return ImGui::ColorConvertFloat4ToU32(c);
}

ImU32 colour(const paint::Rgba& rgba) { return colour(rgba.rgb, rgba.a); }

void draw_rule_h(ImDrawList* list, float x0, float x1, float y) {
  y = std::round(y);
  list->AddRectFilled({std::round(x0), y}, {std::round(x1), y + hairline_px()}, colour(theme().hairline));
}

void draw_rule_v(ImDrawList* list, float x, float y0, float y1) {
  x = std::round(x);
  list->AddRectFilled({x, std::round(y0)}, {x + hairline_px(), std::round(y1)}, colour(theme().hairline));
}

}  // namespace iem::gui
